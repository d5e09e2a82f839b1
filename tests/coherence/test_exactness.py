"""What no page shows of a thing makes no page stale: cards name authors and sections, and say nothing else of them."""

from __future__ import annotations

import datetime
from itertools import count

import pytest
from django.db import connection

from nutgraf.media.samples import make_picture
from nutgraf.newsroom.samples import make_author, make_section
from nutgraf.published import contents, keys, writes
from nutgraf.published.samples import commit, is_true, stored
from nutgraf.published.store import the_store
from nutgraf.stories import actions
from nutgraf.stories.models import ChangeKind, Label, Point, Story
from nutgraf.stories.samples import make_story, paragraph, point, rewrite
from nutgraf.streams import actions as streams


@pytest.fixture
def newsroom(db, settings, tmp_path, noon):
    """A story in a section, with its pages in a store of their own."""
    story = make_story(at=noon, hero=make_picture())
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


ARCHIVE = {
    "year": "/archive/",
    "month": "/archive/2026/11/",
    "day": "/archive/2026/11/22/",
    "map": "/sitemap/2026-11.xml",
}


def stale_in_archive(change) -> set[str]:
    commit()
    for address in ARCHIVE.values():
        stored(address)
    change()
    return {name for name, address in ARCHIVE.items() if not is_true(address)}


def test_the_archive_names_stories_and_shows_nothing_else_of_them(newsroom, noon):
    later = noon + datetime.timedelta(hours=1)

    assert stale_in_archive(lambda: rewrite(newsroom, paragraph("More come."), at=later)) == {"map"}
    assert stale_in_archive(lambda: _set(newsroom, title="Another")) == {"month", "day", "map"}
    assert stale_in_archive(lambda: actions.unpublish(story=newsroom, by=None)) == set(ARCHIVE)


CORRECTIONS = ("/corrections/", "/corrections/feed.atom")


def are_corrections_stale(change) -> bool:
    commit()
    for address in CORRECTIONS:
        stored(address)
    change()
    return {is_true(address) for address in CORRECTIONS} == {False}


def test_a_publication_concerns_the_corrections_only_if_it_is_one_or_of_a_story_there(newsroom, noon):
    times = (noon + datetime.timedelta(hours=n) for n in count(1))

    def change(story, words, **said):
        rewrite(story, paragraph(words), at=next(times), **said)

    other = make_story("Tide", at=noon)
    assert not are_corrections_stale(lambda: make_story("News", at=noon))
    assert not are_corrections_stale(lambda: change(newsroom, "More come."))
    said = {"change": ChangeKind.CORRECTION, "sentence": "There are more of them."}
    assert are_corrections_stale(lambda: change(newsroom, "Many come.", **said))
    assert not are_corrections_stale(lambda: change(newsroom, "Many come late."))
    assert not are_corrections_stale(lambda: actions.unpublish(story=other, by=None))
    assert are_corrections_stale(lambda: actions.unpublish(story=newsroom, by=None))


def test_what_a_label_does_concerns_the_cards_of_its_points(newsroom):
    label = Label.objects.get(points__story=newsroom)
    fronts = {"front", "section", "author"}

    assert not fronts & stale(lambda: Label.objects.create(name="The tide", slug="tide", job=Label.Job.WHY))
    assert fronts <= stale(lambda: _set(label, job=Label.Job.NEW))
    assert not fronts & stale(lambda: _set(label, job=Label.Job.WIDE))
    assert not fronts & stale(label.delete)


def test_versions_side_by_side_do_not_say_what_their_authors_are(newsroom):
    address = f"{newsroom.address}changes/"
    stored(address)
    _set(newsroom.authors[0], role="Harbour correspondent")
    assert is_true(address)

    _set(newsroom, title="Another")

    assert not is_true(address)


def test_a_page_is_told_as_one_that_shows_a_thing_however_little_of_it_it_shows(newsroom):
    for address in (*PAGES.values(), *ARCHIVE.values()):
        stored(address)

    def where(thing) -> set[str]:
        return set(contents.showing(the_store(), keys.mentions(type(thing), thing.pk)))

    assert where(newsroom) == {*PAGES.values(), *ARCHIVE.values()} - {"/authors/", "/labels/", "/archive/"}
    assert where(newsroom.authors[0]) == {"/", "/world/", "/authors/", "/authors/rosa-vale/"}


def _by_hand():
    with connection.cursor() as cursor:
        cursor.execute("UPDATE stories_story SET lede = 'By hand'")


def _with_many(monkeypatch):
    monkeypatch.setattr(writes, "MOST_ROWS", 0)
    Story.objects.update(lede="With many")


@pytest.mark.parametrize("how", ["by hand", "with many"])
def test_what_is_changed_by_hand_or_with_many_is_heard_by_who_shows_its_row(newsroom, monkeypatch, how):
    """A story stands in two tables, and only one of them may be told as a whole."""
    stored(newsroom.address)

    changed = stale(_by_hand if how == "by hand" else lambda: _with_many(monkeypatch))

    assert changed >= {"front", "section", "author"}
    assert not is_true(newsroom.address)
