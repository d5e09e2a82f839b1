"""Lines that belong to no story are told by patterns, and what is passed over before them would have matched none."""

import pytest

from nutgraf.copydesk import promos
from nutgraf.copydesk.corpus import pieces

LINES = sorted({" ".join(line.split()) for piece in pieces("dev") for line in piece.text.split("\n") if line.strip()})
# How lines of this kind go on, in all that begin with "the", "what" or "by".
ENDINGS = [
    "lead-1st ld",
    "author is Ida Brook",
    "week's top stories in your inbox",
    "to read next",
    "using it you agree",
]


@pytest.mark.parametrize("word", ["The ", "What ", "By ", "(The "])
def test_no_pattern_means_a_line_that_is_passed_over_for_its_second_word(word):
    lines = [word + rest for rest in LINES + ENDINGS]

    passed_over = [line for line in lines if len(line) <= promos.LONGEST and not promos._is_worth_a_look(line)]

    assert passed_over
    assert not any(promos._WHOLE_REASONS.find(line) or promos._BEGINNING_REASONS.find(line) for line in passed_over)
