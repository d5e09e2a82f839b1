"""The days of the archive, by year and month: which there are, how many stories each has, and when it last changed."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from itertools import groupby

from nutgraf.newsroom.days import last_of_month
from nutgraf.streams.models import Day


@dataclass(frozen=True)
class Month:
    """A month of the archive with its days, the latest first."""

    first: datetime.date
    days: list[Day] = field(default_factory=list)

    @property
    def stories(self) -> int:
        """How many public stories it has."""
        return sum(day.stories for day in self.days)

    @property
    def changed_at(self) -> datetime.datetime:
        """When any of them last changed."""
        return max(day.changed_at for day in self.days)


def months(*, with_changes: bool = False) -> list[Month]:
    """Return every month that has a public story, the latest first, if asked with when it last changed: one query."""
    days = Day.objects.order_by("-day")
    if not with_changes:
        days = days.only("stories")
    return [Month(first, list(some)) for first, some in groupby(days, key=lambda day: day.day.replace(day=1))]


def of_month(first: datetime.date) -> Month:
    """Return a month with those of its days that have a public story: one query, of these days and no others."""
    number = last_of_month(first).day
    found = Day.objects.only("stories").in_bulk([first + datetime.timedelta(days=n) for n in range(number)])
    return Month(first, sorted(found.values(), key=lambda day: day.day, reverse=True))
