"""A card is made once for all stored pages that show it, and is never another than one that is made anew."""

from __future__ import annotations

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from nutgraf.newsroom.samples import make_author, make_section
from nutgraf.published import rendering, verifying
from nutgraf.published.samples import commit, stored
from nutgraf.stories import actions
from nutgraf.stories.samples import make_story
from nutgraf.streams import queries

HOUR = datetime.timedelta(hours=1)
PAGES = ["/", "/world/", "/latest/", "/authors/rosa-vale/"]


@pytest.fixture
def three(store, noon):
    """Three public stories, and a store for the pages that show them."""
    rendering.handler.cache_clear()
    world, rosa = make_section("World"), make_author("Rosa Vale")
    made = [make_story(f"Ferry {n}", at=noon - n * HOUR, section=world, authors=[rosa]) for n in range(3)]
    commit()
    return made


def asked_of(table, address):
    with CaptureQueriesContext(connection) as asked:
        stored(address)
    return [one["sql"] for one in asked if f'FROM "{table}"' in one["sql"]]


def test_a_second_page_with_the_same_cards_loads_no_story(three):
    assert len(asked_of("stories_story", "/latest/")) == 3

    assert asked_of("stories_story", "/authors/rosa-vale/") == []


def test_of_a_new_story_only_its_own_card_is_made(three, noon):
    stored("/latest/")

    make_story("Ferry 4", at=noon + HOUR, section=three[0].section, authors=three[0].authors)
    commit()

    assert len(asked_of("stories_story", "/latest/")) == 1
    assert stored("/latest/").identity.count(b"<article") == 4


@pytest.mark.parametrize("change", [{"title": "Ferry to the islands"}, {"lede": "<p>It sails again.</p>"}])
def test_a_change_of_a_story_is_on_every_page_that_shows_its_card(three, change):
    for address in PAGES:
        stored(address)

    three[1].refresh_from_db()
    for name, value in change.items():
        setattr(three[1], name, value)
    three[1].save()
    commit()

    assert [verifying.compare(address) for address in PAGES] == [None] * 4, "none of them is true any more"
    for address in PAGES:
        assert next(iter(change.values())).encode() in stored(address).identity or "lede" in change
        assert verifying.compare(address) is True


def test_a_withdrawn_story_has_no_card_any_more(three):
    for address in PAGES:
        stored(address)

    actions.unpublish(story=three[0], by=None)
    commit()

    for address in PAGES:
        page = stored(address)
        assert b"Ferry 0" not in page.identity
        assert b"Ferry 1" in page.identity
        assert verifying.compare(address) is True


def test_a_card_names_its_section_but_on_that_sections_front(three):
    assert b"story-card__section" in stored("/").identity
    assert b"story-card__section" not in stored("/world/").identity


def test_cards_further_down_are_loaded_together_and_not_kept(store, three):
    stored("/latest/")
    kept = len(store.fragments)
    first = queries.page(size=1).next_cursor

    assert len(asked_of("stories_story", f"/latest/?before={first}")) == 1
    assert len(store.fragments) == kept
