"""What's next, and the events that have passed: each shown once, however many stories have it."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.db.models import QuerySet
from django.utils import timezone

from nutgraf.newsroom.days import begins_at
from nutgraf.published import recording
from nutgraf.stories.models import Event
from nutgraf.storylines.models import Entry, Mention, Storyline
from nutgraf.storylines.models.kinds import Kind
from nutgraf.storylines.parts import mentions
from nutgraf.storylines.parts.mentions import Place

COMING = 12
# Of one event so many stories are linked.
LINKS = 3


@dataclass(frozen=True)
class Happening:
    """An event as a storyline shows it: as the latest story has it, in an editor's words if there are any."""

    entry: Entry
    event: Event
    what: str
    places: list[Place]
    at: int

    @property
    def day(self) -> datetime.date:
        """The day that it stands under: the first of its own, or of its month or year."""
        return self.event.starts


def coming(storyline: Storyline, *, at: datetime.datetime, size: int | None = COMING) -> list[Happening]:
    """Return what is still to come, the soonest first.

    A page that shows it is another as soon as the first has passed, and as soon as the day of one has come.
    One more than `size` says that there are more.
    """
    entries = _events(storyline).filter(passes_at__gt=at).order_by("passes_at", "pk")
    found = list(entries[: size + 1] if size else entries)
    recording.valid_until(found[0].passes_at if found else None)
    happenings = sorted(_happenings(found), key=_soonest)
    today = timezone.localdate(at)
    next_day = min((one.day for one in happenings if one.day > today and one.event.is_of_one_day), default=None)
    recording.valid_until(begins_at(next_day) if next_day else None)
    return happenings


def passed(
    storyline: Storyline, *, at: datetime.datetime, before: datetime.date | None = None, size: int
) -> tuple[list[Happening], datetime.date | None]:
    """Return what has passed, the latest first: up to a moment, or before a day.

    At least `size` of them and always whole days, with the day before which there is more.
    """
    events = _events(storyline).filter(passes_at__lte=at).order_by("-starts", "-pk")
    if before:
        events = events.filter(starts__lt=before)
    found = list(events[: size + 1])
    ends = None
    if len(found) > size:
        ends = found[size - 1].starts
        if found.pop().starts == ends:
            found = [one for one in found if one.starts != ends] + list(events.filter(starts=ends))
            ends = ends if events.filter(starts__lt=ends).exists() else None
    # That it has passed is news, too, though nobody filed it.
    return [_passed(one) for one in _happenings(found)], ends


def declare_next(storyline: Storyline, *, at: datetime.datetime) -> None:
    """Declare that a page which shows what has passed is another as soon as the next event has."""
    following = _events(storyline).filter(passes_at__gt=at).order_by("passes_at").first()
    recording.valid_until(following.passes_at if following else None)


def _events(storyline: Storyline) -> QuerySet[Entry]:
    return Entry.objects.filter(storyline=storyline, kind=Kind.EVENT, is_hidden=False)


def _passed(one: Happening) -> Happening:
    assert one.entry.passes_at  # noqa: S101 (asked for)
    return replace(one, at=max(one.at, int(one.entry.passes_at.timestamp())))


def _soonest(one: Happening) -> tuple[datetime.datetime, datetime.date, int]:
    return (one.entry.passes_at or datetime.datetime.max, one.day, one.entry.pk)


def _happenings(entries: Sequence[Entry]) -> list[Happening]:
    found = mentions.latest(entries, each=LINKS)
    return [_happening(entry, found[entry.pk]) for entry in entries if entry.pk in found]


def _happening(entry: Entry, some: list[Mention]) -> Happening:
    event = some[0].event
    assert event  # noqa: S101 (an entry of events has only these)
    what = entry.words or some[0].words or event.what
    return Happening(entry, event, what, mentions.places(some), mentions.changed_at(some))
