"""Say when an event is over, in the newsroom's time: then it stands in the timeline, not in what's next."""

from __future__ import annotations

import datetime

from nutgraf.newsroom.days import last_of_month, moment


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
        return moment(starts, time)
    return moment(_last_day(starts, ends, precision), datetime.time.max)


def _last_day(starts: datetime.date, ends: datetime.date | None, precision: str) -> datetime.date:
    day = max(starts, ends or starts)
    if precision == "YEAR":
        return datetime.date(day.year, 12, 31)
    if precision == "MONTH":
        return last_of_month(day)
    return day
