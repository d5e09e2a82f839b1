"""What the store keeps, what it refuses, and how it does without what is damaged."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path
from django.utils import timezone
from taggit.models import Tag
from wagtail.models import Site

from nutgraf.published import keys, orm, outbox, pressing, recording, rendering, store_file
from nutgraf.published import store as stores
from nutgraf.published.pages import stored
from nutgraf.published.recording import Recording
from nutgraf.published.samples import commit, is_true
from nutgraf.published.samples import stored as page_at
from nutgraf.published.serving.tide import StoreTide
from nutgraf.published.store import the_store
from nutgraf.published.stored import StoredPage

rendered: list[str] = []


@stored(query=["before"])
def tag(request: HttpRequest, slug: str) -> HttpResponse:
    rendered.append(request.get_full_path())
    return HttpResponse(f"<h1>{Tag.objects.get(slug=slug).name}</h1>")


@stored()
def tags(request: HttpRequest) -> HttpResponse:
    return HttpResponse(" ".join(Tag.objects.order_by("name").values_list("name", flat=True)))


@stored()
def window(request: HttpRequest) -> HttpResponse:
    recording.window("letters", low="c", high="f")
    return HttpResponse("c d e f")


@stored()
def address(request: HttpRequest) -> HttpResponse:
    return HttpResponse(Site.get_site_root_paths()[0].root_url)


@stored()
def refused(request: HttpRequest, how: str) -> HttpResponse:
    if how == "missing":
        raise Http404
    if how == "broken":
        raise ZeroDivisionError
    response = HttpResponse(how, status=503 if how == "busy" else 200)
    if how == "cookie":
        response.set_cookie("name", "value")
    if how == "private":
        response["Cache-Control"] = "private"
    if how == "session":
        request.session["seen"] = True
    if how == "ours":
        recording.refuse("it is not to be kept")
    return response


urlpatterns = [
    path("tags/<slug:slug>/", tag),
    path("tags/", tags),
    path("window/", window),
    path("address/", address),
    path("refused/<slug:how>/", refused),
]


@pytest.fixture
def pages(store, settings, client):
    settings.ROOT_URLCONF = __name__
    rendering.handler.cache_clear()
    rendered.clear()
    Tag.objects.create(name="Red", slug="red")
    commit()
    return store


def page(address: str = "/x/", *, generation: int | None = None, **fields) -> StoredPage:
    reached = the_store().generation() if generation is None else generation
    return StoredPage.press(address=address, generation=reached, headers=[("a", "b")], content=b"x" * 999, **fields)


def change(*names: str, tables=(), places=()) -> None:
    from django.db import connection

    outbox.add(connection, names)
    for table in tables:
        outbox.add_table(connection, table)
    for place in places:
        outbox.add_place(connection, *place)
    commit()


# What makes a page stale


def test_a_page_is_true_until_something_that_it_shows_is_changed(pages):
    assert page_at("/tags/red/").identity == b"<h1>Red</h1>"

    Tag.objects.create(name="Blue", slug="blue")
    assert is_true("/tags/red/")

    Tag.objects.filter(slug="red").update(name="Rot")
    assert not is_true("/tags/red/")
    assert page_at("/tags/red/").identity == b"<h1>Rot</h1>"


def test_a_list_is_stale_when_something_enters_it(pages):
    assert page_at("/tags/").identity == b"Red"

    Tag.objects.create(name="Blue", slug="blue")

    assert not is_true("/tags/")


@pytest.mark.parametrize(("place", "is_inside"), [("b", False), ("c", True), ("e", True), ("f", True), ("g", False)])
def test_only_what_enters_a_window_concerns_its_page(pages, place, is_inside):
    page_at("/window/")

    change(places=[("numbers", "d"), ("letters", place)])

    assert is_true("/window/") is not is_inside


def test_a_change_of_a_whole_table_concerns_each_window_on_it(pages, monkeypatch):
    monkeypatch.setitem(keys.LISTINGS, "letters", None)
    page_at("/window/")

    change(tables=["letters"])

    assert not is_true("/window/")


def test_a_change_of_a_whole_table_concerns_each_page_that_shows_a_row_of_it(pages):
    page_at("/tags/red/")

    change(tables=["wagtailcore_locale"])
    assert is_true("/tags/red/")

    change(tables=["taggit_tag"])
    assert not is_true("/tags/red/")


def test_a_page_is_true_until_its_time_has_come(store, time_machine):
    time_machine.move_to("2026-11-22 12:00:00Z", tick=False)
    store.keep(page(until=time.time() + 60), Recording())
    assert store.find("/x/")

    time_machine.shift(60)
    assert store.find("/x/") is None


def test_where_the_site_is_may_change(pages):
    assert page_at("/address/").identity == b"http://localhost"

    Site.objects.update(hostname="news.example.org")

    assert not is_true("/address/")
    assert page_at("/address/").identity == b"http://news.example.org"


def test_where_the_site_is_concerns_a_page_though_another_asked_for_it(pages):
    Site.get_site_root_paths()
    page_at("/address/")

    Site.objects.update(hostname="news.example.org")

    assert not is_true("/address/")


# What is not kept


@pytest.mark.parametrize(
    "touched",
    [{"names": ["row:a:1"]}, {"tables": ["a"]}, {"places": [("letters", "d")]}],
    ids=["key", "table", "place"],
)
def test_a_rendering_that_was_overtaken_is_not_kept(store, touched):
    heard = Recording(keys={"row:a:1"}, windows={("letters", "c", "e")})
    began = page()

    change(*touched.get("names", []), tables=touched.get("tables", []), places=touched.get("places", []))

    assert store.keep(began, heard) is None
    assert store.keep(page(), heard)


def test_a_change_that_nobody_followed_yet_overtakes_too(store, monkeypatch):
    from django.db import connection

    began = page()
    outbox.add(connection, ["row:a:1"])
    outbox.flush(connection)

    assert store.keep(began, Recording(keys={"row:a:1"})) is None


def test_a_page_that_is_changed_while_it_is_rendered_is_rendered_again(pages, monkeypatch):
    render = rendering.render

    def render_slowly(address):
        response = render(address)
        if len(rendered) == 1:
            with recording.paused():
                Tag.objects.filter(slug="red").update(name="Rot")
                commit()
        return response

    monkeypatch.setattr(rendering, "render", render_slowly)

    assert page_at("/tags/red/").identity == b"<h1>Rot</h1>"
    assert len(rendered) == 2


def test_what_was_begun_before_the_store_was_cleared_is_not_kept(store):
    began = page()

    store.clear()

    assert store.keep(began, Recording()) is None


def test_what_was_begun_before_the_store_was_made_anew_is_not_kept(store):
    began = page()

    store.begin_anew(ValueError())
    store.follow()

    assert store.keep(began, Recording()) is None


def test_what_was_begun_before_old_changes_were_tidied_away_is_not_kept(store):
    began = page()
    for number in range(1_005):
        store._apply(outbox.Touched(keys={"row:a:1"}), store.generation() + 1) if number else change("row:a:1")

    store.tidy()

    assert store.keep(began, Recording(keys={"row:a:1"})) is None


@pytest.mark.parametrize("how", ["missing", "broken", "busy", "cookie", "private", "session", "ours"])
def test_what_is_no_page_for_everybody_is_not_kept(pages, how, caplog):
    answer = pressing.fetch(f"/refused/{how}/")

    assert not isinstance(answer, StoredPage)
    assert the_store().find(f"/refused/{how}/") is None


def test_pages_with_a_query_cannot_fill_the_store(store, monkeypatch):
    monkeypatch.setattr(stores, "MOST_WITH_QUERY", 20)
    store.keep(page("/x/"), Recording())

    for number in range(50):
        store.keep(page(f"/x/?before={number}"), Recording())

    kept = store.connection.execute("SELECT COUNT(*) FROM page").fetchone()[0]
    assert kept <= 21
    assert store.find("/x/")
    assert store.find("/x/?before=49")


def test_a_page_that_is_dropped_leaves_nothing(store):
    store.keep(page(), Recording(keys={"row:a:1"}, windows={("letters", "c", "e")}))

    store.drop("/x/", "/never-there/")

    for table in ("page", "body", "shows", "span"):
        assert store.connection.execute(f"SELECT COUNT(*) FROM {table}").fetchone()[0] == 0


def test_tidying_keeps_what_pages_show(store):
    store.keep(page(), Recording(keys={"row:a:1"}))
    for number in range(1_100):
        store._apply(outbox.Touched(keys={f"row:b:{number}"}), store.generation() + 1)
    store.drop("/x/")
    store.keep(page("/y/"), Recording(keys={"row:b:7"}))

    store.tidy()

    left = store.connection.execute("SELECT COUNT(*) FROM key").fetchone()[0]
    assert left < 1_010
    change("row:b:7")
    assert store.find("/y/") is None


# What is damaged


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


# Several at once


def test_two_threads_that_ask_for_one_page_render_it_once(pages, monkeypatch):
    # The database of a test belongs to one thread; what is rendered here asks nothing of it.
    monkeypatch.setattr(pressing, "try_to_follow", lambda: None)
    monkeypatch.setattr(stores.Store, "follow", lambda self: self.generation())
    monkeypatch.setattr(stores.Store, "apply_outstanding", lambda self: None)
    monkeypatch.setattr(orm, "close_old", lambda: None)
    calls = []

    def render(address):
        calls.append(address)
        time.sleep(0.2)
        return HttpResponse("slow")

    monkeypatch.setattr(rendering, "render", render)
    threads = [threading.Thread(target=pressing.fetch, args=["/slow/"]) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert calls == ["/slow/"]


ASK = """
import sys, time, pathlib
from unittest import mock
import django
django.setup()
from django.conf import settings
settings.DATA_DIR = pathlib.Path(sys.argv[1])
from django.http import HttpResponse
from nutgraf.published import pressing, rendering
from nutgraf.published.store import Store, the_store

def render(address):
    with (settings.DATA_DIR / "rendered").open("a") as file:
        file.write(address + "\\n")
    time.sleep(0.5)
    return HttpResponse("slow")

with (
    mock.patch.object(rendering, "render", render),
    mock.patch.object(Store, "follow", lambda self: self.generation()),
    mock.patch.object(Store, "apply_outstanding", lambda self: None),
):
    the_store().generation()
    print("ready", flush=True)
    sys.stdin.readline()
    sys.stdout.write(pressing.fetch("/slow/").identity.decode())
"""


def test_two_processes_that_ask_for_one_page_render_it_once(store, tmp_path):
    askers = [
        subprocess.Popen(
            [sys.executable, "-c", ASK, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        for _ in range(3)
    ]
    for asker in askers:
        assert asker.stdout.readline() == "ready\n"
    for asker in askers:
        asker.stdin.write("\n")
        asker.stdin.flush()

    assert {asker.communicate(timeout=30)[0] for asker in askers} == {"slow"}
    assert Path(tmp_path / "rendered").read_text() == "/slow/\n"


# What it knows of itself


def test_it_says_why_a_page_was_pressed(pages):
    page_at("/tags/red/")
    Tag.objects.filter(slug="red").update(name="Rot")
    commit()
    page_at("/tags/red/")

    why, presses, changes = pages.connection.execute("SELECT why, presses, changes FROM page").fetchone()
    assert why.startswith(("row:taggit_tag", "in:taggit_tag"))
    assert (presses, changes) == (2, 2)


def test_pressing_the_same_again_keeps_the_age_of_the_page(pages, time_machine):
    time_machine.move_to(timezone.now(), tick=False)
    before = page_at("/tags/red/")
    time_machine.shift(60)
    Tag.objects.filter(slug="red").update(name="Red")
    change("row:taggit_tag:" + str(Tag.objects.get(slug="red").pk))

    after = page_at("/tags/red/")

    assert after.generation > before.generation
    assert after.changed_at == before.changed_at
    assert pages.connection.execute("SELECT presses FROM page").fetchone()[0] == 2
