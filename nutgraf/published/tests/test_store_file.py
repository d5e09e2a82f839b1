"""Whatever happens to the store's file, readers are answered, and with nothing that is damaged."""

from __future__ import annotations

import sqlite3

import pytest
from taggit.models import Tag

from nutgraf.published import pressing, store_file
from nutgraf.published import store as stores
from nutgraf.published.recording import Recording
from nutgraf.published.samples import is_true
from nutgraf.published.samples import stored as page_at
from nutgraf.published.serving.tide import StoreTide
from nutgraf.published.tests.tags import page


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE body SET gzip = substr(gzip, 1, 20)",
        "UPDATE body SET gzip = x'00'",
        "UPDATE body SET gzip = 'text'",
        "UPDATE body SET br = substr(br, 2)",
        "UPDATE body SET br = 'text'",
        'UPDATE page SET headers = \'[["content-type", "text/plain"]]\'',
        "UPDATE page SET headers = 'no JSON'",
        "UPDATE page SET etag = 'another'",
        "UPDATE page SET generation = generation + 1000",
        "UPDATE page SET until = 99999999999",
        "UPDATE page SET address = '/y/' WHERE address = '/x/'",
    ],
)
def test_a_damaged_row_is_not_served_but_pressed_anew(store, damage, caplog):
    store.keep(page(), Recording())
    store.connection.execute(damage)

    assert store.find("/x/") is None
    assert store.find("/y/") is None


def test_a_damaged_page_is_pressed_anew_for_whoever_asks(pages, caplog):
    page_at("/tags/red/")
    pages.connection.execute("UPDATE body SET gzip = x'00'")

    assert page_at("/tags/red/").identity == b"<h1>Red</h1>"
    assert "was damaged" in caplog.text


@pytest.mark.parametrize("is_open", [False, True], ids=["closed", "open"])
def test_a_damaged_file_is_left_for_another(pages, is_open, caplog):
    page_at("/tags/red/")
    pages.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    if not is_open:
        pages.connection.close()
        pages._local.pid = None
    size = pages.file.stat().st_size
    with pages.file.open("r+b") as file:
        file.write(b"damage" * (size // 6))
    if is_open:
        pages.connection.execute("PRAGMA shrink_memory")

    assert page_at("/tags/red/").identity == b"<h1>Red</h1>"
    assert page_at("/tags/red/").identity == b"<h1>Red</h1>"
    Tag.objects.filter(slug="red").update(name="Rot")
    assert not is_true("/tags/red/")


def test_a_file_that_is_no_store_is_left_for_another(settings, tmp_path, store, caplog):
    folder = tmp_path / "other"
    folder.mkdir()
    (folder / "store.sqlite3").write_bytes(b"Not a database, but long enough to be taken for one." * 100)

    other = stores.Store(folder)

    assert other.follow()
    assert other.find("/") is None


def test_a_folder_that_is_deleted_is_made_again(pages):
    page_at("/tags/red/")
    for file in pages.folder.glob("store.sqlite3*"):
        file.unlink()

    assert page_at("/tags/red/").identity == b"<h1>Red</h1>"


def test_whoever_has_the_store_open_goes_over_to_another_that_was_begun_in_its_place(pages):
    page_at("/tags/red/")
    other = stores.Store(pages.folder)
    other.follow()
    assert other.find("/tags/red/")

    pages.begin_anew(ZeroDivisionError("found damaged"))
    pages.follow()

    assert other.inode() == pages.file.stat().st_ino
    assert other.find("/tags/red/") is None
    assert other.generation() == pages.generation()


def test_two_who_find_the_same_damage_begin_one_store(pages):
    other = stores.Store(pages.folder)
    for store in (pages, other):
        store.follow()

    pages.begin_anew(ZeroDivisionError("found damaged"))
    pages.follow()
    begun = pages.inode()
    other.begin_anew(ZeroDivisionError("found damaged, too"))
    other.follow()

    assert other.inode() == begun


def test_a_file_that_cannot_be_opened_for_a_while_is_opened_afterwards(pages, monkeypatch):
    pages.follow()
    for file in pages.folder.glob("store.sqlite3*"):
        file.unlink()

    def refuse(store):
        raise sqlite3.OperationalError("unable to open database file")

    with monkeypatch.context() as patched:
        patched.setattr(stores.Store, "_connect", refuse)
        for _ in range(2):
            with pytest.raises(sqlite3.OperationalError, match="unable"):
                pages.follow()

    assert pages.follow()


def test_a_page_that_was_begun_before_the_store_was_lost_is_not_kept_in_the_next(pages):
    pages.follow()
    begun = page(generation=pages.generation())
    for file in pages.folder.glob("store.sqlite3*"):
        file.unlink()

    assert pages.keep(begun, Recording()) is None


def test_a_worker_sees_that_another_store_was_begun(pages):
    tide = StoreTide()
    before = tide.read()
    assert tide.read() == before

    for file in pages.folder.glob("store.sqlite3*"):
        file.unlink()

    after = tide.read()
    assert after != before
    assert tide.read() == after == pages.generation()


def test_a_store_of_another_make_is_begun_anew(store, monkeypatch):
    store.keep(page(), Recording())
    monkeypatch.setattr(store_file, "SCHEMA_VERSION", store_file.SCHEMA_VERSION + 1)

    other = stores.Store(store.folder)
    other.follow()

    assert other.find("/x/") is None


def test_a_page_that_cannot_be_written_goes_out_unkept(pages, monkeypatch, caplog):
    def full(*arguments, **options):
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(stores.Store, "_write", full)

    answer = pressing.fetch("/tags/red/")

    assert answer.content == b"<h1>Red</h1>"
    assert pages.find("/tags/red/") is None


@pytest.mark.parametrize(
    ("question", "is_damage"),
    [
        ("SELECT json('{')", False),
        ("SELECT * FROM malformed", False),
        ("SELECT CAST(x'ff' AS TEXT)", True),
    ],
)
def test_only_what_is_wrong_with_the_file_is_taken_for_damage(store, question, is_damage):
    with pytest.raises(sqlite3.DatabaseError) as raised:
        store.connection.execute(question).fetchall()

    assert store_file.is_damage(raised.value) == is_damage
