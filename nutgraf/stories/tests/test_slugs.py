"""A slug that nobody chose is short, and ends with a whole word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nutgraf.stories.samples import make_story
from nutgraf.stories.slugs import LONGEST, shorten


@given(st.from_regex(r"[a-z]{1,30}(-[a-z]{1,30}){0,9}", fullmatch=True))
def test_a_short_slug_is_whole_words_of_the_long_one(slug):
    short = shorten(slug)

    assert len(short) <= LONGEST
    assert f"{slug}-".startswith(f"{short}-")


def test_one_endless_word_is_cut():
    assert shorten("x" * 100) == "x" * LONGEST


@pytest.mark.django_db
def test_a_long_headline_makes_a_short_address(noon):
    story = make_story(
        "Harbour pilots walk out at midnight after the port authority cancels their winter contract", at=noon
    )

    assert story.slug == "harbour-pilots-walk-out-at-midnight-after-the-port-authority"


@pytest.mark.django_db
def test_stories_whose_headlines_are_signs_alone_have_slugs_too(noon):
    assert [make_story(headline, at=noon, is_draft=True).slug for headline in ("???", "!", "…")] == [
        "story",
        "story-1",
        "story-2",
    ]
