"""Say when an event's day begins and when it is over, in the newsroom's time: then it stands in the timeline, not in what's next."""

from __future__ import annotations

import datetime
from calendar import monthrange

from django.utils import timezone

# No newsroom waits longer.
NEVER = datetime.datetime(9999, 12, 30, tzinfo=datetime.UTC)


def passes_at(
    *,
    starts: datetime.date,
    time: datetime.time | None = None,
    ends: datetime.date | None = None,
    precision: str = "DAY",
) -> datetime.datetime:
    """Return the moment at which an event is coming no more.

    One with an hour passes when it begins, one of several days at the end of its
    last; one of which only the month or the year is known, at the end of that.
    """
    if precision == "DAY" and time and (ends is None or ends == starts):
        return _moment(starts, time)
    return _moment(_last_day(starts, ends, precision), datetime.time.max)


def begins_at(day: datetime.date) -> datetime.datetime:
    """Return the moment from which a day is today."""
    return _moment(day, datetime.time.min)


def _last_day(starts: datetime.date, ends: datetime.date | None, precision: str) -> datetime.date:
    day = max(starts, ends or starts)
    if precision == "YEAR":
        return datetime.date(day.year, 12, 31)
    if precision == "MONTH":
        return day.replace(day=monthrange(day.year, day.month)[1])
    return day


def _moment(day: datetime.date, time: datetime.time) -> datetime.datetime:
    """Return a moment in the newsroom's zone; an hour that summer time skips or repeats is the earlier one."""
    if day >= NEVER.date():
        return NEVER
    return timezone.make_aware(datetime.datetime.combine(day, time)).astimezone(datetime.UTC)
