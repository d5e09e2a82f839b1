"""Two numbers count the same thing whichever is asked first, whatever form their words have, and never by accident."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nutgraf.storylines import corpus
from nutgraf.storylines.sameness import Answer, counted, in_unit_of, key, same

WORDS = st.sampled_from(
    "people dead deaths homes without power in Corvane striking bus drivers a day hectares burned of voters last year more".split()
)
COUNTS = st.one_of(st.lists(WORDS, max_size=6).map(" ".join), st.text(max_size=20))
UNITS = st.sampled_from(["", "%", "acres", "hectares", "dollars", "euros", "furlongs"])
THINGS = st.builds(counted, COUNTS, UNITS)


@given(THINGS)
def test_a_thing_is_the_same_as_itself(thing):
    assert same(thing, thing).answer is Answer.YES


@given(THINGS, THINGS)
def test_the_order_makes_no_difference(one, other):
    assert same(one, other) == same(other, one)


@given(THINGS, THINGS)
def test_equal_keys_are_the_same_thing(one, other):
    if one.key == other.key:
        assert same(one, other).answer is Answer.YES


@given(COUNTS, UNITS)
def test_capitals_and_spaces_make_no_difference(counts, unit):
    assert key(counts, unit) == key(f"  {' '.join(counts.split())} ", f" {unit}")
    assert key(counts.casefold(), unit) == key(counts.casefold().upper().casefold(), unit.upper())


@pytest.mark.parametrize("pair", corpus.numbers("practice"), ids=str)
def test_the_practice_pairs_are_judged_as_a_person_judges_them(pair):
    assert same(pair.one, pair.other).answer is pair.answer


def test_a_number_that_changes_its_unit_is_compared_in_one():
    assert same(counted("burned", "acres"), counted("burned", "hectares")).answer is Answer.YES
    assert in_unit_of(Decimal(100), "hectares", "acres") == pytest.approx(Decimal("247.105"), abs=Decimal("0.001"))
    assert in_unit_of(Decimal(3), "%", "people") is None


def test_currencies_are_never_converted():
    assert in_unit_of(Decimal(3), "dollars", "euros") is None
    assert same(counted("cost of the bridge", "$"), counted("cost of the bridge", "€")).answer is Answer.UNSURE


def test_a_slip_of_the_hand_makes_no_other_thing():
    assert same(counted("hectares of farmlnad"), counted("hectares of farmland")).answer is Answer.YES


def test_a_figure_before_is_a_value_and_one_behind_is_a_name():
    assert same(counted("40 dead"), counted("dead")).answer is Answer.YES
    assert same(counted("trams on line 5"), counted("trams on line 7")).answer is not Answer.YES
