"""Key numbers: the same thing counted over time is one, with its history; sources that differ are shown as differing."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import BooleanField, Case, QuerySet, Value, When

from nutgraf.stories.models import Number
from nutgraf.storylines import sameness
from nutgraf.storylines.identity import normal
from nutgraf.storylines.models import Entry, Mention, Storyline
from nutgraf.storylines.models.kinds import Kind
from nutgraf.storylines.parts import mentions
from nutgraf.storylines.parts.mentions import Place

SHOWN = 6
PER_PAGE = 40
# So much of one history is read.
HISTORY = 24


@dataclass(frozen=True)
class Reading:
    """One value, as of a day and according to somebody; told once, however many stories have it."""

    number: Number
    as_of: datetime.date
    places: list[Place]
    at: int
    # In the unit of the latest, or nothing where it can't be brought into that.
    comparable: Decimal | None


@dataclass(frozen=True)
class KeyNumber:
    """Something that is counted, with its latest value."""

    entry: Entry
    counts: str
    latest: Reading
    # What other sources say of the same day.
    differing: list[Reading]
    history: list[Reading]
    # How many facts are older than the history that is read.
    more: int
    at: int

    @property
    def charted(self) -> list[tuple[datetime.date, Decimal]]:
        """Days and values for a chart, the earliest first; where sources differ, each value of a day."""
        return sorted((one.as_of, one.comparable) for one in self.history if one.comparable is not None)


def shown(storyline: Storyline) -> tuple[list[KeyNumber], bool]:
    """Return those that the page shows: the pinned, then those counted again and again; and whether there are more."""
    has_history = Case(When(count__gt=1, then=Value(True)), default=Value(False), output_field=BooleanField())
    entries = list(_numbers(storyline).order_by("-is_pinned", has_history.desc(), "-latest_at", "-id")[: SHOWN + 1])
    return _key_numbers(entries[:SHOWN]), len(entries) > SHOWN


def every(storyline: Storyline, *, after: str = "") -> tuple[list[KeyNumber], str]:
    """Return numbers by what they count, those after a key, and the key after which to read on, if there are more."""
    entries = list(_numbers(storyline).filter(key__gt=after).order_by("key")[: PER_PAGE + 1])
    has_more = len(entries) > PER_PAGE
    return _key_numbers(entries[:PER_PAGE]), entries[PER_PAGE - 1].key if has_more else ""


def _numbers(storyline: Storyline) -> QuerySet[Entry]:
    return Entry.objects.filter(storyline=storyline, kind=Kind.NUMBER, is_hidden=False)


def _key_numbers(entries: Sequence[Entry]) -> list[KeyNumber]:
    found = mentions.latest(entries, each=HISTORY)
    return [_key_number(entry, found[entry.pk]) for entry in entries if entry.pk in found]


def _key_number(entry: Entry, some: list[Mention]) -> KeyNumber:
    history = _history(some)
    latest = history[0]
    differing = [
        one
        for one in history[1:]
        if one.as_of == latest.as_of
        and normal(one.number.source) != normal(latest.number.source)
        and (one.comparable, one.number.value_to) != (latest.comparable, latest.number.value_to)
    ]
    counts = entry.words or some[0].words or latest.number.counts
    return KeyNumber(
        entry, counts, latest, differing, history, max(0, entry.count - len(some)), max(one.at for one in history)
    )


def _history(some: list[Mention]) -> list[Reading]:
    """Return the values that some mentions tell, the pinned and then the latest first, each once."""
    told: dict[tuple[object, ...], list[Mention]] = {}
    for mention in some:
        number = mention.number
        assert number  # noqa: S101 (an entry of numbers has only these)
        same = (mention.as_of, number.value, number.value_to, normal(number.unit), normal(number.source))
        told.setdefault(same, []).append(mention)
    unit = some[0].number.unit if some[0].number else ""
    return [_reading(group, unit) for group in told.values()]


def _reading(group: list[Mention], unit: str) -> Reading:
    number = group[0].number
    assert number  # noqa: S101 (as above)
    return Reading(
        number,
        group[0].as_of,
        mentions.places(group),
        # What several stories tell was new with the first of them.
        min(mentions.changed_at([one]) for one in group),
        sameness.in_unit_of(number.value, number.unit, unit),
    )
