"""One label, many spellings."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nutgraf.copydesk.labels import label_key, tidy_label


@pytest.mark.parametrize(
    "spelling",
    ["The bottom line", "the bottom line:", "Bottom Line", "  The   bottom\tline : ", "THE BOTTOM LINE —"],
)
def test_spellings_of_one_label_have_one_key(spelling):
    assert label_key(spelling) == label_key("The bottom line")


def test_straight_and_curly_apostrophes_are_the_same():
    assert label_key("What's next") == label_key("What\u2019s next")


def test_the_comma_inside_a_label_counts():
    assert label_key("Yes, but") != label_key("Yes but")


def test_a_label_that_is_only_an_article_keeps_it():
    assert label_key("The") == "the"


def test_a_stored_label_has_no_colon():
    assert tidy_label(" Why it\n matters : ") == "Why it matters"


@given(st.lists(st.from_regex(r"[a-z]+('[a-z]+)?", fullmatch=True), min_size=1, max_size=6))
def test_typing_habits_do_not_change_a_key(words):
    label = " ".join(words)

    assert label_key("\t" + "  ".join(words).upper().replace("'", "\u2019") + " : ") == label_key(label)
