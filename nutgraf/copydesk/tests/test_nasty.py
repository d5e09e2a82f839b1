"""No copy keeps the reader busy for ever or breaks it: fragments of the grammar repeated without end, and nothing of them lost."""

import datetime
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from nutgraf.copydesk import reading
from nutgraf.copydesk.tests.test_reading import check_that_nothing_is_lost

AT = datetime.datetime(2026, 3, 5, 12, tzinfo=datetime.UTC)
FRAGMENTS = [
    "Jan. 1, ", "next Tuesday ", "on Friday ", "Monday to ", "by the end of ", "in early 2027 ", "May ", "9 a.m. ", "two weeks ago ",
    "1 ", "1) ", "1,0", "12:", "twenty-", "half ", "a third of ", "one in ", "from 3 to ", "$1 ", "5% ", "million ", "dozens of ", "aged 4, ",
    '"a ', "“a,” he said, ", "'a ", "‘", "’", "s' ", "said ", "told the ", "according to ", "who ", ", and ", "Ida Brook ", "Mr. ", "d'", "(AB) ",
    "\n", "\n\n", "\n- ", "\n1. ", "\n> ", "> > a\n", "--\n", "By Ida Brook\n", "Photo: A/B via ", "Why it matters: ", "**", "[a](b ", "# a\n",
    "<p>", "</p>", "<li>", "&amp;", "<b>", ":", ".", "?", "é", "\u0301", "\u00ad", "\u2028",
]  # fmt: skip


@settings(deadline=None, max_examples=30)
@given(st.lists(st.sampled_from(FRAGMENTS), min_size=1, max_size=4), st.integers(min_value=1, max_value=400))
def test_fragments_repeated_are_read_to_the_end_and_nothing_is_lost(fragments, times):
    copy = reading.read("".join(fragments) * times, at=AT, zone=ZoneInfo("UTC"), form="text")

    check_that_nothing_is_lost(copy)


@settings(deadline=None, max_examples=30)
@given(st.lists(st.sampled_from(FRAGMENTS), min_size=1, max_size=4), st.integers(min_value=1, max_value=60))
def test_every_fact_of_repeated_fragments_stands_in_the_copy(fragments, times):
    copy = reading.read("A headline\n\n" + "".join(fragments) * times, at=AT, zone=ZoneInfo("UTC"), form="text")

    for story in copy.stories:
        for fact in [*story.quotes, *story.numbers, *story.events]:
            start, end = fact.span
            assert 0 <= start < end <= len(copy.text)
        for number in story.numbers:
            assert " ".join(copy.text[slice(*number.span)].split()) == number.text
