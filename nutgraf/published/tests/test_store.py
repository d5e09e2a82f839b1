"""What the store keeps and what it refuses."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from django.http import HttpResponse
from django.utils import timezone
from taggit.models import Tag
from wagtail.models import Site

from nutgraf.published import keys, orm, outbox, pressing, recording, rendering
from nutgraf.published import store as stores
from nutgraf.published.recording import Recording
from nutgraf.published.samples import commit, is_true
from nutgraf.published.samples import stored as page_at
from nutgraf.published.store import the_store
from nutgraf.published.stored import StoredPage
from nutgraf.published.tests.tags import change, page, rendered

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


def test_where_the_site_is_concerns_a_page_though_wagtail_remembers_it(pages, monkeypatch):
    # As where another page that is being pressed asks just before.
    monkeypatch.setattr(Site, "clear_site_root_paths_cache", Site.get_site_root_paths)
    page_at("/address/")

    Site.objects.update(hostname="news.example.org")

    assert not is_true("/address/")


def test_where_the_site_is_is_nothing_to_a_page_that_does_not_ask(pages):
    page_at("/tags/red/")

    Site.objects.update(hostname="news.example.org")

    assert is_true("/tags/red/")


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


def test_pages_with_a_query_are_counted_without_a_look_at_the_others(store):
    asked: list[str] = []
    store.connection.set_trace_callback(asked.append)
    store.keep(page("/x/?before=1-1"), Recording())
    store.connection.set_trace_callback(None)

    (counted,) = [statement for statement in asked if "COUNT(*) FROM page" in statement]
    plan = store.connection.execute(f"EXPLAIN QUERY PLAN {counted}").fetchall()

    assert [row[-1].split()[-1] for row in plan] == ["page_query"]


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
