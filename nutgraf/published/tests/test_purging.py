"""Caches in front are told what changed: exactly, by tag where it is much, and again until they have heard."""

from __future__ import annotations

import json
import threading
from collections import defaultdict
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any, ClassVar

import pytest
import time_machine
from taggit.models import Tag

from nutgraf.lib.spell import Spell
from nutgraf.published import caches, meters, opening, purging, rendering
from nutgraf.published.outbox import Touched
from nutgraf.published.recording import Recording
from nutgraf.published.samples import commit
from nutgraf.published.samples import stored as page_at


class Memory:
    """A cache that remembers what it was told, and is out of reach when a test says so."""

    told: ClassVar[list[tuple[str, tuple[str, ...]]]] = []
    is_away: ClassVar[bool] = False

    def __init__(self, parameters: dict[str, Any]) -> None:
        pass

    def purge_batch(self, urls: list[str]) -> None:
        self._hear("addresses", urls)

    def purge_tags(self, tags: list[str]) -> None:
        self._hear("tags", tags)

    def purge_everything(self) -> None:
        self._hear("everything", [])

    def _hear(self, kind: str, what: list[str]) -> None:
        if Memory.is_away:
            raise ConnectionRefusedError("nobody is there")
        Memory.told.append((kind, tuple(sorted(what))))


@pytest.fixture
def told(store, settings):
    """Return what a cache in front is told."""
    settings.ROOT_URLCONF = "nutgraf.published.tests.test_shelf"
    settings.WAGTAILFRONTENDCACHE = {"memory": {"BACKEND": f"{__name__}.Memory"}}
    rendering.house_headers.cache_clear()
    Memory.told, Memory.is_away = [], False
    with time_machine.travel("2026-11-28T12:00Z", tick=False) as clock:
        purging.open_caches(store)
        for slug in ("north", "south"):
            Tag.objects.create(name=slug.title(), slug=slug)
        commit()
        store.connection.execute("DELETE FROM purge")
        Memory.clock = clock
        yield Memory.told


def rename(name: str = "The North") -> None:
    Tag.objects.filter(slug="north").update(name=name)
    commit()


def test_a_page_carries_tags_and_may_be_kept_by_caches(told):
    headers = dict(page_at("/tags/north/").headers)

    assert headers["surrogate-key"].split(" ") == headers["cache-tag"].split(",")
    assert purging.tag("at:taggit_tag:slug:north") in headers["cache-tag"].split(",")
    assert headers["surrogate-control"] == headers["cdn-cache-control"] == "max-age=31536000"


def test_a_page_that_ends_by_itself_may_not_be_kept(told):
    assert "surrogate-control" not in dict(page_at("/passing/").headers)


def test_without_a_cache_nothing_of_it_is_said(told, settings):
    settings.WAGTAILFRONTENDCACHE = {}

    assert not {"surrogate-key", "cache-tag", "surrogate-control", "cdn-cache-control"} & set(
        dict(page_at("/tags/north/").headers)
    )


def test_amazon_is_told_in_its_own_way(told, settings):
    settings.WAGTAILFRONTENDCACHE = {"cloudfront-1": {"BACKEND": "nutgraf.published.caches.CloudFront"}}

    headers = page_at("/tags/north/").headers_in("gzip")

    assert [value for name, value in headers if name == "cache-control"] == [
        "public, max-age=0, s-maxage=31536000, must-revalidate"
    ]


def test_a_change_purges_what_shows_it_and_nothing_else(told, store):
    for address in ("/tags/", "/tags/north/", "/tags/south/"):
        page_at(address)

    rename()
    purging.send_due(store)

    assert told == [("addresses", ("http://testserver/tags/", "http://testserver/tags/north/"))]


def test_whoever_watches_sees_what_a_cache_has_not_heard(told, store):
    page_at("/tags/north/")
    rename()
    assert b'nutgraf_purges_not_told{cache="memory"} 1.0' in meters.as_text()

    Memory.is_away = True
    purging.send_due(store)
    assert b'nutgraf_purges_not_told{cache="memory"} 1.0' in meters.as_text()

    Memory.is_away = False
    Memory.clock.shift(60)
    purging.send_due(store)
    assert b'nutgraf_purges_not_told{cache="memory"} 0.0' in meters.as_text()


def test_a_change_of_much_is_told_by_tag(told, store, monkeypatch):
    monkeypatch.setattr(purging, "MOST_BY_ADDRESS", 1)
    tags = set(dict(page_at("/tags/north/").headers)["cache-tag"].split(","))
    page_at("/tags/")

    rename()
    purging.send_due(store)

    ((kind, what),) = told
    assert kind == "tags"
    assert set(what) & tags


def test_a_change_of_too_much_is_told_as_everything(told, store, monkeypatch):
    monkeypatch.setattr(purging, "MOST_BY_ADDRESS", 0)
    monkeypatch.setattr(purging, "MOST_TAGS", 0)
    page_at("/tags/north/")

    rename()
    purging.send_due(store)

    assert told == [("everything", ())]


def test_what_is_told_is_told_again_once(told, store):
    page_at("/tags/north/")
    rename()

    for _ in range(3):
        purging.send_due(store)
        Memory.clock.shift(purging.ECHO_SECONDS)

    assert told == [("addresses", ("http://testserver/tags/north/",))] * 2


def test_who_is_away_is_told_later_and_ever_less_often(told, store):
    page_at("/tags/north/")
    rename()
    Memory.is_away = True
    tries = 0
    for _ in range(600):
        before = store.connection.execute("SELECT SUM(tries) FROM purge").fetchone()[0]
        purging.send_due(store)
        tries += store.connection.execute("SELECT SUM(tries) FROM purge").fetchone()[0] != before
        Memory.clock.shift(1)

    assert 8 <= tries <= 11

    Memory.is_away = False
    Memory.clock.shift(purging.LONGEST_WAIT_SECONDS)
    purging.send_due(store)

    assert told == [("addresses", ("http://testserver/tags/north/",))]


def test_a_cache_that_is_away_is_spoken_of_when_it_goes_and_when_it_is_back(told, store, monkeypatch, caplog):
    monkeypatch.setattr(purging, "_away", defaultdict(Spell))
    page_at("/tags/north/")
    rename()
    Memory.is_away = True
    for _ in range(60):
        purging.send_due(store)
        Memory.clock.shift(1)
    Memory.is_away = False
    for _ in range(3):
        Memory.clock.shift(purging.LONGEST_WAIT_SECONDS)
        purging.send_due(store)

    assert [record.getMessage().partition(" ")[2].partition(" (")[0] for record in caplog.records] == [
        "cache memory was not told what changed, and will be once it answers",
        "cache memory hears again what changes.",
    ]


def test_what_changes_again_while_it_is_told_is_told_again(told, store, monkeypatch):
    page_at("/tags/north/")
    rename()

    def hear_and_change(self, urls):
        self._hear("addresses", urls)
        if len(Memory.told) == 1:
            page_at("/tags/north/")
            rename("Norther")

    monkeypatch.setattr(Memory, "purge_batch", hear_and_change)
    for _ in range(4):
        purging.send_due(store)
        Memory.clock.shift(purging.ECHO_SECONDS)

    assert len(told) == 3


def test_what_is_to_be_told_is_noted_with_the_change_or_not_at_all(told, store, monkeypatch):
    page_at("/tags/north/")

    class Death(BaseException):
        pass

    def die(*arguments):
        raise Death

    with monkeypatch.context() as patch:
        patch.setattr(purging, "_add", die)
        with pytest.raises(Death):
            rename()
    purging.send_due(store)
    assert told == []

    store.follow()
    purging.send_due(store)

    assert told == [("addresses", ("http://testserver/tags/north/",))]


def test_a_cache_that_was_away_for_long_begins_anew(told, store, monkeypatch):
    monkeypatch.setattr(purging, "MOST_WAITING", 2)
    for slug in ("", "north/", "south/"):
        page_at(f"/tags/{slug}")

    for slug in ("north", "south"):
        Tag.objects.filter(slug=slug).update(name=f"The {slug}")
    commit()
    purging.send_due(store)

    assert told == [("everything", ())]


@pytest.mark.parametrize(("how", "what"), [("drop", "addresses"), ("clear", "everything")])
def test_what_is_forgotten_is_purged(told, store, how, what):
    page_at("/tags/north/")

    store.drop("/tags/north/") if how == "drop" else store.clear()
    purging.send_due(store)

    assert [kind for kind, _ in told] == [what]


def test_a_new_cache_may_hold_anything(told, store, settings):
    settings.WAGTAILFRONTENDCACHE["second"] = {"BACKEND": f"{__name__}.Memory"}
    purging.open_caches(store)
    purging.send_due(store)

    assert told == [("everything", ())]


def test_a_store_that_is_left_is_purged_and_emptied_when_it_is_used_again(told, store, monkeypatch):
    monkeypatch.setattr(opening, "fingerprint", lambda files: "the same")
    opening.open_store()
    store.connection.execute("DELETE FROM purge")
    page_at("/tags/north/")

    opening.leave_store()
    purging.send_due(store)

    assert told == [("everything", ())]

    opening.open_store()

    assert store.find("/tags/north/") is None


def test_tags_fit_into_a_header_however_much_a_page_shows():
    heard = Recording(keys={f"row:taggit_tag:{number}" for number in range(5_000)}, windows={("all", "", "~")})

    tags = purging.tags_of_page(heard)

    assert len(",".join(tags)) <= purging.MOST_BYTES_OF_TAGS
    for touched in (
        Touched(keys={"row:taggit_tag:7"}),
        Touched(tables={"taggit_tag"}),
        Touched(places={("all", "2026")}),
    ):
        assert set(purging.tags_of_change(touched)) & set(tags)
    assert not set(purging.tags_of_change(Touched(keys={"row:auth_user:7"}))) & set(tags)


# The back ends


@pytest.fixture
def varnish():
    """Return a server that hears as Varnish does, and what it has heard."""
    heard: list[tuple[str, str, str | None]] = []

    class Handler(BaseHTTPRequestHandler):
        status = 200

        def do_PURGE(self) -> None:
            heard.append((self.command, self.path, self.headers["Cache-Tag"]))
            self.send_response(Handler.status)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *arguments: Any) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    server.heard, server.handler = heard, Handler
    server.cache = caches.Varnish({"LOCATION": f"http://127.0.0.1:{server.server_port}"})
    yield server
    server.shutdown()
    server.server_close()


def test_varnish_is_told_by_address_by_tag_and_everything(varnish):
    varnish.cache.purge_batch(["https://news.example.org/world/", "https://news.example.org/latest/?before=1"])
    varnish.cache.purge_tags([f"t{number}" for number in range(501)])
    varnish.cache.purge_everything()

    assert [path for _, path, _ in varnish.heard] == ["/world/", "/latest/?before=1", "/", "/", "/"]
    assert varnish.heard[3][2] == "t500"
    assert varnish.heard[4][2] == "*"


@pytest.mark.parametrize("status", [405, 500, 503])
def test_a_no_of_varnish_is_an_error(varnish, status):
    varnish.handler.status = status

    with pytest.raises(caches.NotPurged, match=str(status)):
        varnish.cache.purge("https://news.example.org/world/")


def test_cloudflare_is_told_in_portions(monkeypatch):
    asked: list[dict[str, Any]] = []

    class Connection:
        status = 200

        def __init__(self, host: str, timeout: int) -> None:
            assert host == "api.cloudflare.com"

        def request(self, method: str, path: str, body: str, headers: dict[str, str]) -> None:
            assert (method, path) == ("POST", "/client/v4/zones/abc/purge_cache")
            assert headers["Authorization"] == "Bearer secret"
            asked.append(json.loads(body))

        def getresponse(self) -> Connection:
            return self

        def read(self) -> bytes:
            return json.dumps({"success": len(asked) < 6}).encode()

        def close(self) -> None:
            pass

    monkeypatch.setattr(caches.http.client, "HTTPSConnection", Connection)
    cache = caches.Cloudflare({"ZONEID": "abc", "BEARER_TOKEN": "secret"})

    cache.purge_batch([f"https://news.example.org/{number}/" for number in range(31)])
    cache.purge_tags([f"t{number}" for number in range(31)])
    cache.purge_everything()

    assert [len(one.get("files", [])) for one in asked] == [30, 1, 0, 0, 0]
    assert [len(one.get("tags", [])) for one in asked] == [0, 0, 30, 1, 0]
    assert asked[-1] == {"purge_everything": True}
    with pytest.raises(caches.NotPurged):
        cache.purge_everything()
