"""A moment in an address is a date, a moment or a word for one; all else is said to be none."""

import contextlib
import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nutgraf.reader import since

NOON = datetime.datetime(2026, 11, 22, 12, tzinfo=datetime.UTC)


@pytest.fixture(autouse=True)
def _zone(settings):
    settings.TIME_ZONE = "Europe/Berlin"


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-11-20", "2026-11-19T23:00:00+00:00"),
        ("2026-11-20T15:12", "2026-11-20T14:12:00+00:00"),
        ("2026-11-20 15:12", "2026-11-20T14:12:00+00:00"),
        ("2026-11-20T15:12:00+02:00", "2026-11-20T13:12:00+00:00"),
        ("2026-11-20T15:12:00 02:00", "2026-11-20T13:12:00+00:00"),
        ("2026-11-20T15:12:00Z", "2026-11-20T15:12:00+00:00"),
        ("1795262400", "2026-11-21T12:00:00+00:00"),
        ("yesterday", "2026-11-21T12:00:00+00:00"),
        ("week", "2026-11-15T12:00:00+00:00"),
        ("1900-01-02", "1900-01-01T23:00:00+00:00"),
        # The clock was put forward over this one.
        ("2026-03-29T02:30", "2026-03-29T01:30:00+00:00"),
    ],
)
def test_a_moment_is_read(text, moment):
    assert since.parse(text, at=NOON).isoformat()[:16] == moment[:16]


@pytest.mark.parametrize(
    "text",
    ["", "2026-02-30", "20-11-2026", "Thursday", "<b>", "0001-01-01", "9999999999999", "2026-11-20T25:00", "-5", "²"],
)
def test_what_is_no_moment_is_said_to_be_none(text):
    with pytest.raises(since.NotAMoment):
        since.parse(text, at=NOON)


@pytest.mark.parametrize("zone", ["UTC", "America/New_York", "Asia/Tokyo"])
@pytest.mark.parametrize("text", ["0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "0001-01-01", "9999-12-31T12:00"])
def test_the_ends_of_the_calendar_are_no_moments_wherever_the_newsroom_is(text, zone, settings):
    settings.TIME_ZONE = zone

    with pytest.raises(since.NotAMoment):
        since.parse(text, at=NOON)


@given(st.text(max_size=30) | st.from_regex(r"[0-9T:+ Z-]{0,25}", fullmatch=True))
def test_whatever_is_asked_for_is_a_moment_or_none(text):
    with contextlib.suppress(since.NotAMoment):
        assert since.parse(text, at=NOON).utcoffset() == datetime.timedelta()
