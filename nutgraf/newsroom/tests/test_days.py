"""A day begins at midnight in the newsroom, and ends when the next begins."""

import datetime

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from nutgraf.newsroom.days import LONG_AGO, NEVER, begins_at, ends_at, moment

ZONES = ["UTC", "Europe/Berlin", "America/Santiago", "Asia/Kathmandu", "Pacific/Kiritimati", "Pacific/Pago_Pago"]


@pytest.mark.parametrize(
    ("zone", "day", "begins", "hours"),
    [
        ("UTC", "2026-11-29", "2026-11-29T00:00", 24),
        ("Asia/Kathmandu", "2026-11-29", "2026-11-28T18:15", 24),
        ("Europe/Berlin", "2027-03-28", "2027-03-27T23:00", 23),
        ("Europe/Berlin", "2026-10-25", "2026-10-24T22:00", 25),
        ("America/Santiago", "2026-09-06", "2026-09-06T04:00", 23),
    ],
    ids=["a day", "a quarter of an hour", "summer time begins", "summer time ends", "no midnight"],
)
def test_a_day_is_as_long_as_it_is_in_the_newsroom(zone, day, begins, hours):
    found = datetime.date.fromisoformat(day)
    with timezone.override(zone):
        low, high = begins_at(found), ends_at(found)

    assert low == datetime.datetime.fromisoformat(f"{begins}+00:00")
    assert high - low == datetime.timedelta(hours=hours)


@given(st.dates(), st.sampled_from(ZONES))
def test_each_day_of_the_calendar_ends_where_the_next_begins(day, zone):
    with timezone.override(zone):
        low, high = begins_at(day), ends_at(day)
        following = begins_at(day + datetime.timedelta(days=1)) if day < datetime.date.max else NEVER

    assert LONG_AGO <= low <= high == following <= NEVER
    assert low.utcoffset() == datetime.timedelta()


@pytest.mark.parametrize("zone", ZONES)
def test_the_ends_of_the_calendar_are_the_same_everywhere(zone):
    with timezone.override(zone):
        assert moment(datetime.date.min, datetime.time(12)) == LONG_AGO
        assert moment(datetime.date.max, datetime.time(12)) == NEVER
        assert ends_at(datetime.date.max) == NEVER
