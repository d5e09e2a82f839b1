"""When an event is over, in the newsroom's time."""

import datetime

import pytest
from django.utils import timezone

from nutgraf.newsroom.days import NEVER
from nutgraf.storylines.passing import passes_at


@pytest.mark.parametrize(
    ("zone", "day", "time", "expected"),
    [
        ("Europe/Berlin", datetime.date(2027, 3, 28), datetime.time(2, 30), "2027-03-28T01:30:00+00:00"),
        ("Europe/Berlin", datetime.date(2026, 10, 25), datetime.time(2, 30), "2026-10-25T00:30:00+00:00"),
        ("Europe/Berlin", datetime.date(2027, 3, 28), None, "2027-03-28T21:59:59.999999+00:00"),
        ("America/Santiago", datetime.date(2026, 9, 5), None, "2026-09-06T03:59:59.999999+00:00"),
    ],
    ids=["skipped hour", "repeated hour", "day of 23 hours", "day before one without midnight"],
)
def test_an_event_across_the_change_of_summer_time_passes_in_the_newsrooms_time(zone, day, time, expected):
    with timezone.override(zone):
        assert passes_at(starts=day, time=time).isoformat() == expected


def test_an_event_at_the_end_of_the_calendar_never_passes():
    assert passes_at(starts=datetime.date(9999, 12, 31)) == NEVER
