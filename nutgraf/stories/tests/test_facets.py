"""Days, sections and whatever a story belongs to are words of the index, and the fewest of them that do."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nutgraf.stories import facets
from nutgraf.stories.matching import Question
from nutgraf.stories.matching.question import Span

DAYS = st.dates(datetime.date(2019, 1, 1), datetime.date(2023, 12, 31))


def test_whole_years_and_months_are_one_word_each():
    first, last = datetime.date(2024, 11, 29), datetime.date(2026, 2, 2)

    assert list(facets.covering(first, last)) == [
        "ngd20241129",
        "ngd20241130",
        "ngm202412",
        "ngy2025",
        "ngm202601",
        "ngd20260201",
        "ngd20260202",
    ]


@given(DAYS, DAYS, DAYS)
def test_a_day_is_covered_if_and_only_if_it_is_between(first, last, day):
    words = set(facets.covering(first, last))

    assert bool(words & {f"ngy{day:%Y}", f"ngm{day:%Y%m}", f"ngd{day:%Y%m%d}"}) == (first <= day <= last)


def test_the_end_of_the_calendar_is_an_end():
    assert list(facets.covering(datetime.date(9999, 12, 30), datetime.date.max)) == ["ngd99991230", "ngd99991231"]


def test_a_name_is_one_word():
    assert facets.word("section:3") == "ngsection3"


@given(st.none() | DAYS, st.none() | DAYS, DAYS)
def test_each_reach_is_longer_and_the_last_is_all(since, until, newest):
    question = Question(terms=("a",), since=since, until=until)
    *reaches, last = question.reaches(newest)

    assert last == question
    begins = [one.since for one in reaches if one.since]
    assert len(begins) == len(reaches)
    assert begins == sorted(set(begins), reverse=True)
    assert all(since is None or begin > since for begin in begins)


@given(st.none() | DAYS, st.none() | DAYS, DAYS)
def test_no_question_takes_more_words_than_there_are_days_to_name(since, until, day):
    span = Span(datetime.date(2020, 5, 5), datetime.date(2022, 5, 5))

    assert sum(map(len, Question(since=since, until=until).facets(span))) < 100


@pytest.mark.parametrize(
    ("typed", "terms"),
    [
        ("harbour pilots harbour", ("harbour", "pilots")),
        ('"port selva" pilots', ("port selva", "pilots")),
        ("“port selva”", ("port selva",)),
        ('"never closed', ("never closed",)),
        ("- * () \x00\x1b", ()),
        ("a\u202eb", ("a", "b")),
        ("港口 مرفأ", ("港口", "مرفأ")),
    ],
)
def test_what_is_typed_is_read_as_words_and_phrases(typed, terms):
    assert Question.parse(typed).terms == terms
