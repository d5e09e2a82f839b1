"""Days and moments counted from when the demo is built, and how the house writes them."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


@dataclass(frozen=True)
class Dates:
    """Day 0 is the day of the news, however early in the morning the demo is built."""

    at: datetime.datetime

    @property
    def today(self) -> datetime.date:
        # Stories up to nine hours old belong to day 0. Built at dawn, that is still yesterday's news.
        return timezone.localdate(self.at - timedelta(hours=10))

    # Data

    def day(self, offset: int) -> datetime.date:
        return self.today + timedelta(days=offset)

    def workday(self, offset: int) -> datetime.date:
        """Return that day, or the nearest one on which offices are open, away from day 0."""
        day = self.day(offset)
        while day.weekday() > 4:
            day += timedelta(days=1 if offset > 0 else -1)
        return day

    def clock(self, offset: int, hour: int, minute: int = 0) -> datetime.datetime:
        """Return a moment of another day, in the newsroom's time."""
        moment = datetime.datetime.combine(self.day(offset), datetime.time(hour, minute))
        return timezone.make_aware(moment)

    def ago(self, *, hours: int = 0, minutes: int = 0) -> datetime.datetime:
        return self.at - timedelta(hours=hours, minutes=minutes)

    def year(self, offset: int) -> int:
        return self.today.year + offset

    def first_of_month(self, offset: int) -> datetime.date:
        """Return the first day of a month, counted from this one."""
        months = self.today.year * 12 + self.today.month - 1 + offset
        return datetime.date(months // 12, months % 12 + 1, 1)

    def first_of_year(self, offset: int) -> datetime.date:
        return datetime.date(self.year(offset), 1, 1)

    def tomorrow(self, hour: int, minute: int) -> datetime.datetime:
        """Return a moment of the day after the real one, which day 0 may not be."""
        day = timezone.localdate(self.at) + timedelta(days=1)
        return timezone.make_aware(datetime.datetime.combine(day, datetime.time(hour, minute)))

    # Words

    def weekday(self, offset: int) -> str:
        """Write a near day: “Tuesday”."""
        return weekday(self.day(offset))

    def on(self, offset: int) -> str:
        """Write a day a week or so away: “Tuesday, 12 March”."""
        return in_full(self.day(offset))

    def date(self, offset: int) -> str:
        """Write a day further away: “12 March”."""
        return day_and_month(self.day(offset))

    def month(self, offset: int) -> str:
        """Write a month, counted from this one: “March”."""
        return MONTHS[self.first_of_month(offset).month - 1]

    def address(self, section: str, at: datetime.datetime, slug: str) -> str:
        """Write the address of a story of ours, to link to."""
        return f"/{section}/{timezone.localdate(at):%Y/%m/%d}/{slug}/"


def weekday(day: datetime.date) -> str:
    """Write “Tuesday”."""
    return WEEKDAYS[day.weekday()]


def day_and_month(day: datetime.date) -> str:
    """Write “12 March”."""
    return f"{day.day} {MONTHS[day.month - 1]}"


def in_full(day: datetime.date) -> str:
    """Write “Tuesday, 12 March”."""
    return f"{weekday(day)}, {day_and_month(day)}"
