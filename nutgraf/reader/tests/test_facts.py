"""Numbers, dates and moments are written as the newsroom's language has them, and exact for machines."""

import datetime
from decimal import Decimal

import pytest
from django.utils import translation

from nutgraf.reader.templatetags.reader_facts import event_date, event_time, figure, moment

NUMBER = {"value": Decimal("2500.000000"), "value_to": None, "wording": "", "unit": ""}
EVENT = {"starts": datetime.date(2026, 11, 24), "ends": None, "precision": "DAY", "time": None}


@pytest.mark.parametrize(
    ("changed", "written"),
    [
        ({}, "2,500"),
        ({"value": Decimal("31.500000"), "unit": "%"}, '31.5<span class="number__unit">%</span>'),
        ({"value_to": Decimal("3000")}, "2,500–3,000"),
        ({"wording": "2 to 1"}, "2 to 1"),
        ({"unit": "km"}, '2,500\u00a0<span class="number__unit">km</span>'),
        ({"unit": "$"}, '<span class="number__unit">$</span>2,500'),
        ({"value": Decimal("0.000000")}, "0"),
        ({"value": Decimal("1000000")}, "1,000,000"),
    ],
)
def test_a_number_reads_as_people_write_it(changed, written):
    assert figure(NUMBER | changed) == written


def test_a_number_follows_the_language():
    with translation.override("de"):
        assert figure(NUMBER | {"value": Decimal("1234.5")}) == "1.234,5"


@pytest.mark.parametrize(
    ("changed", "written"),
    [
        ({}, '<time datetime="2026-11-24">November 24</time>'),
        ({"precision": "MONTH"}, '<time datetime="2026-11">November 2026</time>'),
        ({"precision": "YEAR"}, '<time datetime="2026">2026</time>'),
        (
            {"ends": datetime.date(2026, 11, 25)},
            '<time datetime="2026-11-24">November 24</time> – <time datetime="2026-11-25">November 25</time>',
        ),
    ],
)
def test_an_event_is_as_exact_as_it_is_known(changed, written):
    assert event_date(EVENT | changed, near=datetime.date(2026, 11, 22)) == written


def test_an_event_in_another_year_names_it():
    assert "2027" in event_date(EVENT | {"starts": datetime.date(2027, 1, 2)}, near=datetime.date(2026, 12, 30))


def test_the_hour_of_an_event_is_the_newsrooms(settings):
    settings.TIME_ZONE = "Europe/Lisbon"

    assert event_time(EVENT | {"time": datetime.time(10)}) == '<time datetime="2026-11-24T10:00+00:00">10 a.m.</time>'


def test_a_moment_is_told_in_the_newsrooms_zone(settings):
    settings.TIME_ZONE = "Asia/Tokyo"
    at = datetime.datetime(2026, 11, 22, 20, 30, tzinfo=datetime.UTC)

    told = moment(at, zone=True)

    assert 'datetime="2026-11-23T05:30:00+09:00"' in told
    assert "Nov. 23, 2026, 5:30 a.m. JST" in told
