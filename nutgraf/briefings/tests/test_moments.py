"""A briefing goes out at its hour in its zone, across every change of summer time, and on each day once."""

import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nutgraf.briefings.models import Briefing

ZONES = ["Europe/Lisbon", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "Africa/Casablanca", "UTC"]


@given(
    zone=st.sampled_from(ZONES),
    hour=st.times().map(lambda time: time.replace(second=0, microsecond=0)),
    day=st.dates(datetime.date(2020, 1, 1), datetime.date(2035, 12, 30)),
)
def test_the_moment_of_a_day_is_its_hour_there_and_the_next_day_s_comes_later(zone, hour, day):
    briefing = Briefing(hour=hour, time_zone=zone)

    moment = briefing.moment_on(day)
    there = moment.astimezone(ZoneInfo(zone))

    # Only where the clock was put forward over that hour is it another, by no more than that.
    assert there.date() == day
    gap = abs(datetime.datetime.combine(day, there.time()) - datetime.datetime.combine(day, hour))
    assert gap in (datetime.timedelta(0), datetime.timedelta(minutes=30), datetime.timedelta(hours=1))
    assert briefing.moment_on(day + datetime.timedelta(days=1)) > moment


@pytest.mark.parametrize(
    ("day", "utc"),
    [
        # Seven in Lisbon is six by Greenwich in summer, and seven in winter.
        (datetime.date(2026, 10, 24), 6),
        (datetime.date(2026, 10, 25), 7),
        (datetime.date(2027, 3, 27), 7),
        (datetime.date(2027, 3, 28), 6),
    ],
)
def test_seven_stays_seven_when_the_clocks_change(day, utc):
    briefing = Briefing(hour=datetime.time(7), time_zone="Europe/Lisbon")

    assert briefing.moment_on(day) == datetime.datetime(day.year, day.month, day.day, utc, tzinfo=datetime.UTC)


@given(days=st.sets(st.sampled_from("0123456"), min_size=1), day=st.dates())
def test_the_next_day_is_one_of_the_rhythm_within_a_week(days, day):
    if day > datetime.date.max - datetime.timedelta(days=8):
        return
    briefing = Briefing(days="".join(sorted(days)))

    following = briefing.next_day(day)

    assert str(following.weekday()) in days
    assert datetime.timedelta(0) < following - day <= datetime.timedelta(days=7)
