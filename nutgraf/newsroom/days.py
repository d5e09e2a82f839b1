"""Say when a day begins, in the newsroom's time."""

from __future__ import annotations

import datetime
from calendar import monthrange

from django.utils import timezone

# Whatever the zone, the calendar has these; nothing is earlier, and no newsroom waits longer.
LONG_AGO = datetime.datetime(1, 1, 2, tzinfo=datetime.UTC)
NEVER = datetime.datetime(9999, 12, 30, tzinfo=datetime.UTC)


def begins_at(day: datetime.date) -> datetime.datetime:
    """Return the moment from which a day is today."""
    return moment(day, datetime.time.min)


def ends_at(day: datetime.date) -> datetime.datetime:
    """Return the moment at which a day is over."""
    return begins_at(day + datetime.timedelta(days=1)) if day < NEVER.date() else NEVER


def last_of_month(day: datetime.date) -> datetime.date:
    """Return the last day of the month that a day is in."""
    return day.replace(day=monthrange(day.year, day.month)[1])


def moment(day: datetime.date, time: datetime.time) -> datetime.datetime:
    """Return a moment of a day, in UTC; an hour that summer time skips or repeats is the earlier one."""
    if day < LONG_AGO.date():
        return LONG_AGO
    if day >= NEVER.date():
        return NEVER
    return timezone.make_aware(datetime.datetime.combine(day, time)).astimezone(datetime.UTC)
