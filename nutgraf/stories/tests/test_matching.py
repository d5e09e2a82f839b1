"""Stories are found by words and by what they belong to; of a frequent word the newest are."""

import datetime

import pytest
from django.db import connection

from nutgraf.stories import actions, matching
from nutgraf.stories.matching import Question, postgresql
from nutgraf.stories.models import Word
from nutgraf.stories.samples import make_story, point
from nutgraf.stories.words import guess

pytestmark = pytest.mark.django_db


@pytest.fixture
def years(noon):
    """Twelve stories, one a month, the newest first."""
    filed = [make_story(f"Harbour number {n}", at=noon - datetime.timedelta(days=30 * n)) for n in reversed(range(12))]
    return filed[::-1]


def keys(text, **rest):
    return matching.find(Question.parse(text, **rest)).keys


def test_of_more_than_are_ranked_the_newest_are(years):
    found = matching.find(Question.parse("harbour"), most=3)

    assert (set(found.keys), found.are_all) == ({story.pk for story in years[:3]}, False)


def test_exactly_as_many_as_are_ranked_are_all(years):
    found = matching.find(Question.parse("harbour"), most=12)

    assert (len(found.keys), found.are_all) == (12, True)


def test_a_phrase_is_looked_for_in_the_newest_with_its_words_where_the_index_knows_no_places(noon, monkeypatch):
    monkeypatch.setattr(postgresql, "LOOKED_THROUGH", 2)
    old = make_story("A ship of bread", at=noon - datetime.timedelta(days=900))
    for n in range(3):
        make_story(f"Bread of the ship {n}", at=noon - datetime.timedelta(days=n))

    found = matching.find(Question.parse('"ship of bread"'))
    before = matching.find(Question.parse('"ship of bread"', until=noon.date() - datetime.timedelta(days=100)))

    expected = ([old.pk], True, 0) if connection.vendor == "sqlite" else ([], False, 2)
    assert (found.keys, found.are_all, found.looked_through) == expected
    assert (before.keys, before.are_all, before.looked_through) == ([old.pk], True, 0)


def test_the_newest_are_by_publication_and_not_by_when_they_were_filed(noon):
    """An archive that is imported is older than what was there."""
    new = make_story("Harbour", at=noon)
    old = [make_story(f"Harbour {n}", at=noon - datetime.timedelta(days=3000)) for n in range(2)]

    assert matching.find(Question.parse("harbour"), most=1).keys == [new.pk]
    assert matching.find(Question.parse("harbour"), is_newest_first=True).keys[0] == new.pk
    assert set(keys("harbour")) == {new.pk, *(story.pk for story in old)}


def test_a_headline_counts_more_than_a_text(noon):
    in_text = make_story("Bread", point("Why it matters", "The comet passes."), at=noon)
    in_headline = make_story("Comet seen", point("Why it matters", "Bread."), at=noon - datetime.timedelta(days=2))

    assert keys("comet") == [in_headline.pk, in_text.pk]


def test_of_the_newest_of_many_those_with_the_word_in_the_headline_come_first(noon):
    texts = [point("Why it matters", "The comet passes.")]
    make_story("Long ago", *texts, at=noon - datetime.timedelta(days=400))
    headed = make_story("Comet seen", at=noon - datetime.timedelta(days=2))
    newer = make_story("Bread", *texts, at=noon)

    assert matching.find(Question.parse("comet"), most=2).keys == [headed.pk, newer.pk]


def test_a_phrase_is_found_as_one(noon):
    port = make_story("Port Selva", at=noon)
    make_story("Selva has no port", at=noon)

    assert keys('"port selva"') == [port.pk]
    assert len(keys("port selva")) == 2


def test_a_filter_is_part_of_the_question_however_many_have_the_word(years):
    section = years[11].section

    found = matching.find(Question.parse("harbour", belongs_to=("all",), until=years[11].address_date), most=1)

    assert section
    assert (found.keys, found.are_all) == ([years[11].pk], True)


def test_what_the_index_still_has_is_not_shown_when_it_is_not_public(years):
    type(years[0]).objects.filter(pk=years[0].pk).update(live=False)

    assert years[0].pk not in keys("harbour")


def test_drafts_give_no_words_away(noon):
    make_story("Zugzwang", at=noon, is_draft=True)

    assert not Word.objects.filter(text="zugzwang").exists()


def test_a_word_is_guessed_until_nobody_can_read_it(noon):
    story = make_story("Zugzwang", at=noon)
    make_story("Other", at=noon)
    assert guess(Question.parse("zugzwnag")) == ["zugzwang"]

    actions.unpublish(story=story, by=None)

    assert guess(Question.parse("zugzwnag")) is None


@pytest.mark.parametrize("typed", ["ahrbour", "harbor", "harrbour", "hárbour", "HARBUOR"])
def test_usual_slips_are_put_right(noon, typed):
    make_story("Harbour", at=noon)

    found = keys(typed) and ["harbour"] or guess(Question.parse(typed))

    assert found == ["harbour"]
