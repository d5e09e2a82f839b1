"""What happens to storylines: stories go in and out, entries are overruled, they are renamed, closed, merged and left alone."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

from tests.coherence.acts.registry import MOST_ROWS, act, editor, now, pick
from tests.coherence.acts.stories import a_draft_of, a_story, publish_draft

if TYPE_CHECKING:
    from nutgraf.storylines.models import Entry, Storyline

NAMES = ("Harbour blockade", "Pilots’ strike", "The long winter")


def a_storyline(number: int) -> Storyline | None:
    from nutgraf.storylines.models import Storyline

    return pick(Storyline.objects.standing(), number)


def an_entry(number: int) -> Entry | None:
    from nutgraf.storylines.models import Entry

    return pick(Entry.objects.all(), number)


def facts(a: int, b: int) -> list[dict[str, Any]]:
    from nutgraf.stories.samples import body, event, number, point, quote

    day = now().date() + datetime.timedelta(days=b % 3 - 1)
    hour = datetime.time((now().hour + 1) % 24) if a % 2 else None
    parts = [
        point("Why it matters", "Bread comes by ship.", facts=[number(a % 5, "ships waiting", as_of=day)]),
        quote(f"We waited {b % 3}", ("Ana Duarte", "Jon Askew")[a % 2], "pilot", ("", "Port", "Guild")[b % 3]),
        event(f"Vote {a % 2}", starts=day, time=hour, place="Port Selva"),
        number(b % 7, ("pilots ill", "tugs idle")[a % 2], source=("Port", "Guild")[b % 2]),
    ]
    return body(*parts[: 1 + b % 4], seed=f"facts {a % 2}")


@act
def open_a_storyline(a: int, b: int) -> None:
    from nutgraf.storylines import actions
    from nutgraf.storylines.models import Storyline

    if Storyline.objects.count() < MOST_ROWS:
        slug = f"storyline-{a % 97}-{b % 97}"
        actions.open_storyline(name=NAMES[a % 3], slug=slug, by=editor(a), at=now(), summary=f"It goes on {b % 3}.")


@act
def put_a_story_in(a: int, b: int) -> None:
    from nutgraf.storylines import actions

    if (story := a_story(a)) and (storyline := a_storyline(b)):
        actions.put_in(story=story, storyline=storyline, by=editor(b), at=now())


@act
def take_a_story_out(a: int, b: int) -> None:
    from nutgraf.storylines import actions
    from nutgraf.storylines.models import StorylineStory

    if place := pick(StorylineStory.objects.all(), a):
        actions.take_out(story=place.story, storyline=place.storyline, by=editor(b), at=now())


@act
def publish_facts(a: int, b: int) -> None:
    """As the form does it: with a place in a storyline, and the facts that go there."""
    from nutgraf.storylines.models import StorylineStory

    if draft := a_draft_of(a):
        draft.body = facts(a, b)
        if (storyline := a_storyline(b)) and b % 3:
            kept = [one for one in draft.storyline_places.all() if one.storyline_id != storyline.pk]
            draft.storyline_places = [*kept, StorylineStory(storyline=storyline, added_at=now(), by=editor(a))]
        publish_draft(draft, b)


@act
def overrule_an_entry(a: int, b: int) -> None:
    from nutgraf.storylines import overriding

    if not (entry := an_entry(a)):
        return
    mention = entry.mentions.order_by("pk").first()
    what: Any = mention if mention and b % 5 == 0 else entry
    given: dict[str, Any] = {"note": "", "by": editor(b), "at": now()}
    if b % 4 == 0:
        overriding.pin(what=what, **given)
    elif b % 4 == 1:
        overriding.hide(what=what, **given)
    elif b % 4 == 2:
        overriding.reword(what=what, words=f"in other words {a % 3}", **given)
    elif into := an_entry(b):
        overriding.merge(entry=entry, into=into, **given)


@act
def take_an_override_back(a: int, b: int) -> None:
    from nutgraf.storylines import overriding
    from nutgraf.storylines.models import Override

    if override := pick(Override.objects.all(), a):
        overriding.take_back(override=override, by=editor(b), at=now())


@act
def write_a_summary(a: int, b: int) -> None:
    from nutgraf.storylines import actions

    if storyline := a_storyline(a):
        actions.summarise(storyline=storyline, text=f"It goes on {b % 3}.", by=editor(b), at=now())


@act
def rename_a_storyline(a: int, b: int) -> None:
    if storyline := a_storyline(a):
        storyline.name = NAMES[b % 3]
        if b % 2:
            storyline.slug = f"renamed-{a % 97}-{b % 97}"
        storyline.save()


@act
def close_or_open_a_storyline(a: int, b: int) -> None:
    from nutgraf.storylines import actions

    if storyline := a_storyline(a):
        (actions.close if b % 2 else actions.reopen)(storyline=storyline, by=editor(b), at=now())


@act
def let_storylines_rest(a: int, b: int) -> None:
    """As the clock does, in a newsroom that is impatient."""
    from nutgraf.storylines import actions
    from nutgraf.storylines.models import Storyline

    actions.tend(at=now() + datetime.timedelta(days=(a % 3) * Storyline._meta.get_field("quiet_after_days").default))


@act
def merge_storylines(a: int, b: int) -> None:
    from nutgraf.storylines import actions

    one, other = a_storyline(a), a_storyline(b)
    if one and other:
        actions.merge(storyline=one, into=other, by=editor(b), at=now())


@act
def delete_a_storyline(a: int, b: int) -> None:
    if storyline := a_storyline(a):
        storyline.delete()
