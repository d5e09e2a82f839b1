"""Servers with other settings, or of another version, keep to their own pages in one store."""

from __future__ import annotations

import logging

import pytest
from taggit.models import Tag

from nutgraf.lib.spell import Spell
from nutgraf.published import following, opening, pressing
from nutgraf.published import store as stores
from nutgraf.published.meters import meters
from nutgraf.published.recording import Recording
from nutgraf.published.samples import stored as page_at
from nutgraf.published.store import the_store
from nutgraf.published.stored import StoredPage
from nutgraf.published.tests import tags


@pytest.fixture
def opened(pages, monkeypatch):
    """Return the store, opened by a server that we are."""
    monkeypatch.setattr(opening, "fingerprint", lambda files: "ours")
    monkeypatch.setattr(pressing, "_kept_out", Spell())
    opening.open_store()
    return pages


@pytest.fixture
def other(opened):
    """Return the store as another server sees it, which has other settings and has not opened it yet."""
    other = stores.Store(opened.folder)
    other.made_of = "theirs"
    return other


def refused() -> float:
    return meters().refusals.labels("another server's store")._value.get()


def test_another_servers_pages_are_neither_found_nor_pressed_among(opened, other, caplog):
    page_at("/tags/red/")
    other.clear()
    before = refused()

    answers = [pressing.fetch("/tags/red/") for _ in range(2)]

    assert [answer.content for answer in answers] == [b"<h1>Red</h1>"] * 2
    assert len(tags.rendered) == 3
    assert (refused() - before, other.size()) == (2, 0)
    assert caplog.text.count("Another server") == 1

    assert other.keep(tags.page("/tags/red/"), Recording())

    assert opened.find("/tags/red/") is None
    assert other.find("/tags/red/").identity == b"x" * 999


@pytest.mark.parametrize("name", ["page.html", "llms.txt", "opensearch.xml"])
def test_whatever_lies_among_templates_makes_pages(settings, tmp_path, name):
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [tmp_path]}]
    before = opening.fingerprint()

    (tmp_path / name).write_text("Mine")

    assert opening.fingerprint() != before


def test_each_installed_package_makes_pages(monkeypatch, tmp_path):
    monkeypatch.syspath_prepend(tmp_path)
    before = opening.fingerprint()

    (tmp_path / "nh3-99.dist-info").mkdir()

    assert opening.fingerprint() != before


@pytest.fixture
def stale(opened):
    """Two pages that are read, the first more than the second, and that something has changed since."""
    page_at("/tags/red/")
    page_at("/tags/")
    opened.count({"/tags/red/": 9, "/tags/": 3})
    Tag.objects.filter(slug="red").update(name="Rot")
    tags.commit()


def test_what_is_read_most_is_pressed_again_when_nobody_is_being_answered(opened, stale, monkeypatch):
    seen = []
    monkeypatch.setattr(following.right_of_way, "give", lambda: seen.append(opened.has("/tags/red/")))

    assert following.press_again() == 2

    assert seen == [False, True], "before each page, the most read first"
    assert opened.has("/tags/")


def test_what_changes_meanwhile_comes_first_again(opened, stale, monkeypatch):
    has_changed: list[bool] = []

    def change_once():
        if opened.has("/tags/red/") and not has_changed:
            has_changed.append(True)
            Tag.objects.filter(slug="red").update(name="Rouge")
            tags.commit()

    monkeypatch.setattr(following.right_of_way, "give", change_once)

    assert following.press_again() == 1
    assert not opened.has("/tags/")
    assert following.press_again() == 2


def test_nobody_presses_again_what_another_server_keeps(opened, other, monkeypatch):
    page_at("/tags/red/")
    other.clear()
    other.keep(tags.page("/tags/red/"), Recording())
    other.count({"/tags/red/": 9})
    tags.change("any:taggit_tag")
    other.connection.execute("UPDATE page SET until = 1")
    tags.rendered.clear()

    assert following.press_again() == 0
    assert tags.rendered == []


def test_whoever_opens_the_store_again_has_it(opened, other, caplog):
    caplog.set_level(logging.INFO, "nutgraf")
    other.clear()
    pressing.fetch("/tags/red/")

    opening.open_store()

    assert isinstance(pressing.fetch("/tags/red/"), StoredPage)
    assert other.find("/tags/red/") is None
    assert "kept again" in caplog.text


def test_a_store_that_is_nobodys_is_emptied_by_whoever_serves_from_it_next(opened, other):
    other.clear()
    other.keep(tags.page("/theirs/"), Recording())
    opening.leave_store()

    page_at("/tags/red/")

    assert the_store().meta("made_of") == "ours"
    assert opened.size() == 1


def test_a_store_that_was_begun_anew_is_ours(opened):
    page_at("/tags/red/")
    for file in opened.folder.glob("store.sqlite3*"):
        file.unlink()

    page_at("/tags/red/")

    assert opened.meta("made_of") == "ours"
    assert opened.find("/tags/red/")


def test_a_command_that_serves_nobody_leaves_the_store_whose_it_is(opened):
    command = stores.Store(opened.folder)

    command.clear()

    assert command.meta("made_of") == "ours"
    assert isinstance(pressing.fetch("/tags/red/"), StoredPage)
