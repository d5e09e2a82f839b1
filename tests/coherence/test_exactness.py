"""What no page shows of a thing makes no page stale: cards name authors and sections, and say nothing else of them."""

from __future__ import annotations

import pytest

from nutgraf.media.samples import make_picture
from nutgraf.newsroom.samples import make_author, make_section
from nutgraf.published.samples import commit, is_true, stored
from nutgraf.stories import actions
from nutgraf.stories.models import Point
from nutgraf.stories.samples import make_story, paragraph, point
from nutgraf.streams import actions as streams


@pytest.fixture
def newsroom(db, settings, tmp_path):
    """A story in a section, with its pages in a store of their own."""
    from nutgraf.published.store import the_store

    story = make_story(hero=make_picture())
    settings.PAGE_STORE, settings.PUBLIC_URL, settings.DATA_DIR = True, "http://testserver", tmp_path
    the_store.cache_clear()
    commit()
    yield story
    the_store.cache_clear()


PAGES = {
    "front": "/",
    "section": "/world/",
    "author": "/authors/rosa-vale/",
    "authors": "/authors/",
    "labels": "/labels/",
}


def stale(change) -> set[str]:
    """Return the names of the pages that a change makes stale."""
    commit()
    for address in PAGES.values():
        stored(address)
    change()
    return {name for name, address in PAGES.items() if not is_true(address)}


def _set(thing, **values):
    for name, value in values.items():
        setattr(thing, name, value)
    thing.save()


def test_a_name_is_on_every_card_and_a_biography_on_one_page(newsroom):
    author = make_author()

    assert stale(lambda: _set(author, name="Rosa Dale")) == {"front", "section", "author", "authors"}
    assert stale(lambda: _set(author, bio="She was born by the sea.")) == {"author"}


def test_a_biography_is_on_no_story_and_what_an_author_is_on_each_of_theirs(newsroom):
    author = newsroom.authors[0]
    stored(newsroom.address)
    _set(author, bio="She was born by the sea.", email="rosa@example.org")
    assert is_true(newsroom.address)

    _set(author, role="Harbour correspondent")

    assert not is_true(newsroom.address)


def test_a_section_is_described_on_its_own_front_only(newsroom):
    stored(newsroom.address)

    assert stale(lambda: _set(make_section(), description="What moves the world.")) == {"section"}
    assert is_true(newsroom.address)


def test_every_page_names_every_section(newsroom):
    assert stale(lambda: make_section("Science")) == set(PAGES)


def test_a_draft_concerns_nobody(newsroom):
    newsroom.title = "Another"

    assert stale(lambda: actions.revise(story=newsroom, by=None)) == set()


def test_a_new_story_concerns_the_lists_that_it_enters(newsroom):
    other = make_section("Science")
    stored("/science/")

    assert stale(lambda: make_story("News", section=other, authors=[make_author("Eli Marsh")])) <= {"front", "authors"}
    assert not is_true("/science/")


def test_a_pin_concerns_its_front(newsroom):
    assert stale(lambda: streams.pin(story=newsroom)) == {"front"}


def test_a_note_for_the_desk_concerns_nobody(newsroom):
    assert stale(lambda: _set(newsroom.hero, rights_note="Once.", title="Quay")) == set()


def test_a_paragraph_that_gets_a_label_may_open_a_card_that_had_not_loaded_it(newsroom):
    make_story("Tide", paragraph("Ships wait."), point("Our own", "They have waited before."))

    def label_it() -> None:
        Point.objects.filter(label_text="").update(label_text="The latest")

    assert stale(label_it) >= {"front", "section"}
