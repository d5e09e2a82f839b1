"""A storyline and what happens in it between two visits; run as `python -m tests.journeys.crisis DIR STEP`."""

from __future__ import annotations

import datetime
import sys
import time
from pathlib import Path
from typing import Any

NAME = "The blockade of Port Ellery"
PATH = "/storylines/the-blockade-of-port-ellery/"
UPDATED, CORRECTED, FILED = "Pilots walk out", "Flour runs short", "A date for talks"
PASSING, COMING = "The council meets", "Talks open on the pier"
SENTENCE = "Four bakeries had shut, not seven, when this story was published."
PASSES_AFTER_SECONDS = 40


def open_storyline() -> None:
    """The storyline as a reader finds it first: three stories of the last days, one of which has an event that is near."""
    from nutgraf.storylines.samples import make_storyline

    storyline = make_storyline(NAME, at=now() - datetime.timedelta(days=5), summary="The port is shut. Bread is short.")
    file(storyline, UPDATED, point("Why it matters", "No ship moves without them."), days=3)
    file(storyline, CORRECTED, number(7, "bakeries shut"), quote("We bake at night.", "Jon Askew"), days=2)
    file(storyline, "A quiet night", point("The latest", "Nothing moved."), days=1)
    soon = now().astimezone(zone()) + datetime.timedelta(seconds=PASSES_AFTER_SECONDS)
    file(storyline, "The council is called", event(PASSING, starts=soon.date(), time=soon.time()), days=0)


def go_on() -> None:
    """What happens while the reader is away: an update, a correction, and a story with a coming event."""
    from nutgraf.stories.models import ChangeKind
    from nutgraf.storylines.models import Storyline

    change(UPDATED, point("Why it matters", "No ship moves without them."), point("The latest", "They are back."))
    # Moments are told in whole seconds, and what has the same one counts as one change.
    time.sleep(1.1)
    change(
        CORRECTED,
        number(4, "bakeries shut"),
        quote("We bake at night.", "Jon Askew"),
        change=ChangeKind.CORRECTION,
        sentence=SENTENCE,
    )
    time.sleep(1.1)
    day = now().date() + datetime.timedelta(days=9)
    file(Storyline.objects.get(name=NAME), FILED, event(COMING, starts=day, place="Port Ellery"), days=0)


def file(storyline: Any, headline: str, *parts: Any, days: int) -> None:
    from nutgraf.storylines.samples import make_story_in

    make_story_in(storyline, headline, *parts, at=now() - datetime.timedelta(days=days))


def change(headline: str, *parts: Any, **fields: Any) -> None:
    from nutgraf.stories import actions, samples
    from nutgraf.stories.models import Story

    story = Story.objects.get(title=headline)
    # The same parts keep their blocks.
    story.body = samples.body(*parts, seed=headline)
    actions.revise(story=story, by=None)
    actions.publish(story=story, by=None, at=now(), **fields)


def now() -> datetime.datetime:
    from django.utils import timezone

    return timezone.now()


def zone() -> datetime.tzinfo:
    from django.utils import timezone

    return timezone.get_default_timezone()


def point(*arguments: Any) -> Any:
    from nutgraf.stories import samples

    return samples.point(*arguments)


def number(*arguments: Any) -> Any:
    from nutgraf.stories import samples

    return samples.number(*arguments)


def quote(*arguments: Any) -> Any:
    from nutgraf.stories import samples

    return samples.quote(*arguments)


def event(*arguments: Any, **fields: Any) -> Any:
    from nutgraf.stories import samples

    return samples.event(*arguments, **fields)


STEPS = {step.__name__: step for step in (open_storyline, go_on)}

if __name__ == "__main__":
    from nutgraf.config import data_folder

    data_folder.use(Path(sys.argv[1]))
    STEPS[sys.argv[2]]()
