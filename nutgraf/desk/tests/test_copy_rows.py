"""A place in the text that was read is found again in what was typed, whatever signs were in it that nobody sees."""

from hypothesis import given
from hypothesis import strategies as st

from nutgraf.copydesk.intake.cleaning import clean
from nutgraf.desk import copy_rows

LETTERS = "ab. \n\u2022\u00e9e\u0301\u4e2d\U0001f600"
UNSEEN = "\x00\x01\x07\x0b\x1b\x7f\x85\u00ad\u200b\u200d\u2028\u202e\ufeff"


@given(st.text(alphabet=LETTERS + UNSEEN, max_size=80))
def test_every_letter_that_was_read_is_found_where_it_was_typed(source):
    text = clean(source)

    places = copy_rows._places(text, source)

    # A joiner is taken out beside some letters only, so it is no business of a piece by itself.
    found = [clean(source[start:end]).replace("\u200d", "") for start, end in zip(places, places[1:], strict=False)]
    assert found == [letter.replace("\u200d", "") for letter in text]


def test_marks_do_not_drift_over_what_a_binary_file_leaves_between_the_letters():
    source = "".join(f"{letter}\x00" for letter in "A head\n\nA sentence that goes on for a while.")
    text = clean(source)

    assert [source[place] for place in copy_rows._places(text, source)[:-1]] == list(text)
