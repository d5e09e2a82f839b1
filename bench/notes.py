"""Milliseconds from what stands in the story form to its notes, for a normal story and for a very long one."""

from __future__ import annotations

import datetime
import time
from collections.abc import Iterator
from typing import Any

from bench.figures import Figure, Stopwatch
from bench.ground import Ground

ROUNDS = 30
FULL_STORIES = 60
MOST_MS = 150
TEXT = (
    "Ships may enter the harbour of Port Ellery again from Thursday, and at the end of the day 2,500 tonnes of flour"
    " wait. “We have waited for this for nine days,” said Mara Lind, a pilot. The quay was closed by the port authority."
)


def measure(ground: Ground) -> Iterator[Figure]:
    """Send the form to the desk as its script does, and ask the rules alone."""
    archive = ground.archives[0]
    with archive.opened():
        yield from _desk()
        yield from _in_storyline()
    yield from _rules()


def _desk() -> Iterator[Figure]:
    from django.test import Client
    from django.urls import reverse

    from nutgraf.desk.samples import filled_form, filled_point
    from nutgraf.newsroom import roles
    from nutgraf.newsroom.samples import make_staff
    from nutgraf.stories.models import Story

    client = Client(SERVER_NAME="localhost")
    noor: Any = make_staff("Noor Reed", roles.EDITOR)
    client.force_login(noor)
    url = reverse("notes_of_story", args=[Story.objects.first().pk])
    for points, aim in ((5, MOST_MS), (60, 0)):
        data = filled_form(*[filled_point(text=f"<p>{TEXT}</p>") for _ in range(points)])
        count = client.post(url, data).json()["count"]
        watch = Stopwatch()
        for _ in range(ROUNDS):
            with watch.running():
                client.post(url, data)
        yield Figure(
            f"notes on a story of {points} points, at the desk",
            f"{watch.median:.0f} ms, worst {max(watch.rounds):.0f}; {count} notes",
            f"{aim} ms or less" if aim else "",
            watch.median <= aim if aim else None,
        )


def _in_storyline() -> Iterator[Figure]:
    from django.test import Client
    from django.urls import reverse

    from nutgraf.desk.samples import filled_form, filled_point
    from nutgraf.newsroom import roles
    from nutgraf.newsroom.samples import make_staff
    from nutgraf.stories.samples import event, number, quote
    from nutgraf.storylines.samples import make_story_in, make_storyline

    client = Client(SERVER_NAME="localhost")
    editor: Any = make_staff("Ines Hale", roles.EDITOR)
    client.force_login(editor)
    storyline = make_storyline("Measured storyline")
    for place in range(FULL_STORIES):
        facts = [number(place, f"things of kind {one}") for one in range(6)]
        said = [quote("No.", f"Speaker {place} {one}", role="clerk") for one in range(6)]
        happened = [event(f"Event {place} {one}", starts=datetime.date(2026, 11, 20)) for one in range(6)]
        make_story_in(storyline, f"Measured {place}", *facts, *said, *happened, lede=f"<p>{TEXT}</p>")
    data = filled_form(*[filled_point(text=f"<p>{TEXT}</p>") for _ in range(5)])
    data["storyline_places"] = [str(storyline.pk)]
    watch = Stopwatch()
    for _ in range(ROUNDS):
        with watch.running():
            client.post(reverse("notes"), data)
    yield Figure(
        f"the same in a storyline of {FULL_STORIES * 6} facts of each kind",
        f"{watch.median:.0f} ms, worst {max(watch.rounds):.0f}",
        f"{MOST_MS} ms or less",
        watch.median <= MOST_MS,
    )


def _rules() -> Iterator[Figure]:
    from nutgraf.copydesk import rules
    from nutgraf.copydesk.drafts import Draft, point

    def processor_seconds(points: int) -> float:
        draft = Draft(headline="Harbour reopens", lede=TEXT, body=[point("The latest", TEXT) for _ in range(points)])
        started = time.process_time()
        rules.check(draft, rules.House())
        return time.process_time() - started

    processor_seconds(1)
    few, many = (min(processor_seconds(points) for _ in range(3)) for points in (50, 500))
    yield Figure(
        "rules over 500 points, without the desk",
        f"{many * 1000:.0f} ms, {many / few:.1f} times those over 50",
        "12 times or less",
        many / few <= 12,
    )
