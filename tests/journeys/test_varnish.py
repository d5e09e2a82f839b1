"""Behind a real Varnish: pages are kept until they change, and then only those that did are fetched anew."""

from __future__ import annotations

import http.client
import shutil
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import unquote_to_bytes

import pytest

from tests.journeys import fronts, live_stories, newsroom
from tests.journeys.desk import Desk
from tests.journeys.site import Site, clean, free_port, run, served

pytestmark = pytest.mark.skipif(not fronts.find("varnishd"), reason="Varnish is not installed")

# A change is told within a moment, and told again after this.
ECHO_SECONDS = 5
OURS = {"surrogate-key", "surrogate-control", "cache-tag", "cdn-cache-control"}

RENAME = """
from nutgraf.newsroom.models import Newsroom
newsroom = Newsroom.objects.get()
newsroom.name = "The Other Ledger"
newsroom.save()
"""

# Of letters that a browser encodes.
UMLAUTS = """
from nutgraf.stories.samples import make_story
print(make_story("Nothing but umlauts", slug="äöü").address)
"""

# More pages than are purged one by one.
MANY = """
import datetime
from django.utils import timezone
from nutgraf.published import pressing
from nutgraf.stories.samples import make_story
at = timezone.now() - datetime.timedelta(days=400)
for address in [make_story(f"One of many, number {number}", at=at).address for number in range(101)]:
    pressing.fetch(address)
"""


@dataclass(frozen=True)
class Front:
    """A newsroom, and the Varnish before it."""

    behind: Site
    site: Site


@pytest.fixture(scope="module")
def front(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Front]:
    """A newsroom that tells the Varnish before it what changed."""
    folder = tmp_path_factory.mktemp("varnish")
    port = free_port()
    data = Path(shutil.copytree(built, folder / "data"))
    with (data / "newsroom.env").open("a") as file:
        file.write(f"NUTGRAF_PUBLIC_URL=http://localhost:{port}\nNUTGRAF_PROXY=1\n")
        file.write(f"NUTGRAF_PURGE=varnish://127.0.0.1:{port}\n")
    with served(data) as behind:
        done = subprocess.run(
            [sys.executable, "-m", "nutgraf", "varnish", str(data), "--upstream", f"127.0.0.1:{behind.port}"],
            env=clean(),
            capture_output=True,
            text=True,
            check=True,
        )
        with fronts.varnish(done.stdout, folder / "varnish", port):
            yield Front(behind, replace(behind, address=f"http://localhost:{port}"))


def is_hit(front: Front, path: str) -> bool:
    """Say whether Varnish had a page."""
    answer = front.site.get(path)
    assert answer.status == 200
    return bool(answer.headers["X-Cache"] == "hit")


def soon(is_so: Callable[[], bool], seconds: float = 10) -> float:
    """Wait until something is so, and return how long that took."""
    began = time.monotonic()
    while not is_so():
        assert time.monotonic() - began < seconds
        time.sleep(0.02)
    return time.monotonic() - began


def waiting(front: Front, where: str = "1") -> int:
    """Return how much is still to be told."""
    with closing(sqlite3.connect(front.site.folder / "published" / "store.sqlite3")) as store:
        number: int = store.execute(f"SELECT COUNT(*) FROM purge WHERE {where}").fetchone()[0]
        return number


def manage(front: Front, code: str) -> str:
    """Do something at the newsroom's own machine, and return what it prints."""
    return run("nutgraf", "manage", "shell", "-v0", "-c", code, NUTGRAF_DATA=str(front.site.folder))


def settle(front: Front, *paths: str) -> None:
    """Wait until nothing waits to be told, and have Varnish keep pages."""
    soon(lambda: not waiting(front), seconds=30)
    for path in paths:
        front.site.get(path)
        assert is_hit(front, path)


def test_pages_are_kept_and_say_nothing_of_it_to_browsers(front: Front) -> None:
    paths = [
        path for kind, path in front.site.paths.items() if kind in ("front", "latest", "section", "story", "labels")
    ]
    settle(front, *paths)

    for path in paths:
        through, direct = (site.get(path, Accept_Encoding="gzip") for site in (front.site, front.behind))
        assert through.body == direct.body
        assert through.headers["Cache-Control"] == direct.headers["Cache-Control"]
        assert set(map(str.lower, direct.headers)) >= OURS
        assert not set(map(str.lower, through.headers)) & OURS
        assert all(len(direct.headers[name]) <= 8_000 for name in OURS)


def test_a_publication_is_seen_within_a_second_and_other_pages_stay(front: Front) -> None:
    story, others = front.site.paths["plain story"], ["/labels/flashback/", "/authors/ida-brook/", "/robots.txt"]
    desk = Desk(front.site)
    number = desk.number_of(story)
    settle(front, story, "/latest/", *others)

    desk.post(f"/desk/pages/{number}/unpublish/")
    gone = soon(lambda: front.site.get(story).status == 404)
    listed = soon(lambda: newsroom.PLAIN not in front.site.get("/latest/").text)

    assert gone + listed < 1
    assert all(is_hit(front, path) for path in others)

    desk.post(f"/desk/bulk/wagtailcore/page/publish/?next=%2Fdesk%2F&id={number}")

    assert soon(lambda: front.site.get(story).status == 200) < 1
    assert soon(lambda: newsroom.PLAIN in front.site.get("/latest/").text) < 1


def test_a_change_is_told_again_a_little_later(front: Front) -> None:
    settle(front, "/latest/")

    run("tests.journeys.newsroom", front.site.folder, "Told twice")
    soon(lambda: "Told twice" in front.site.get("/latest/").text)
    is_hit(front, "/latest/")

    assert is_hit(front, "/latest/")
    assert soon(lambda: not is_hit(front, "/latest/")) < ECHO_SECONDS


def test_tags_and_everything_are_purged_and_by_us_alone(front: Front) -> None:
    settle(front, "/labels/flashback/", "/robots.txt")
    tags = set(front.behind.get("/labels/flashback/").headers["Cache-Tag"].split(","))
    own = sorted(tags - set(front.behind.get("/robots.txt").headers["Cache-Tag"].split(",")))

    assert purge(front, "/", **{"Cache-Tag": ",".join(own[:3])}) == 200

    assert not is_hit(front, "/labels/flashback/")
    assert is_hit(front, "/robots.txt")

    assert purge(front, "/", **{"Cache-Tag": "*"}) == 200

    assert not is_hit(front, "/robots.txt")
    assert purge(front, "/", **{"Cache-Tag": ".*"}) == 400


def test_what_many_pages_show_is_told_by_tag(front: Front) -> None:
    manage(front, MANY)
    settle(front, "/", "/labels/")

    manage(front, RENAME)
    took = soon(lambda: "The Other Ledger" in front.site.get("/").text)

    assert took < 1
    assert "The Other Ledger" in front.site.get("/labels/").text
    assert waiting(front, "kind = 'TAG'")
    assert not waiting(front, "kind = 'ADDRESS'")


def test_a_page_is_kept_under_one_spelling_of_its_address(front: Front) -> None:
    settle(front, "/latest/")

    for other in ("/%6catest/", "/lates%74/", "/latest%2f", "/l%61test%2F"):
        is_hit(front, other)
        assert not is_hit(front, other), other
    assert is_hit(front, "/latest/")


@pytest.mark.parametrize("spelling", [b"/latest/?", b"/latest/#x", b"/latest/?#x"])
def test_a_spelling_that_shows_a_page_is_forgotten_with_it(front: Front, spelling: bytes) -> None:
    settle(front, "/latest/")
    for _ in range(2):
        assert spelt(front, spelling).status == 200

    assert purge(front, "/latest/") == 200

    assert spelt(front, spelling).headers["X-Cache"] == "miss"


def test_letters_that_are_not_encoded_are_kept_by_nobody(front: Front) -> None:
    address = manage(front, UMLAUTS).strip()
    settle(front, address)

    for _ in range(2):
        raw = spelt(front, unquote_to_bytes(address))
        assert (raw.status, raw.headers["X-Cache"]) == (200, "miss")


def test_who_is_signed_in_and_what_is_no_page_pass(front: Front) -> None:
    settle(front, "/")

    assert front.site.get("/", Cookie="a=b; sessionid=abc").headers["X-Cache"] == "miss"
    for path in ("/search/?q=quiet", "/desk/login/"):
        front.site.get(path)
        assert front.site.get(path).headers["X-Cache"] == "miss"
    assert is_hit(front, "/")
    assert front.site.get("/", Host="elsewhere.example").status == 400


def purge(front: Front, path: str, **headers: str) -> int:
    """Ask Varnish to forget something."""
    connection = http.client.HTTPConnection("127.0.0.1", front.site.port, timeout=30)
    connection.request("PURGE", path, headers=headers)
    status = connection.getresponse().status
    connection.close()
    return status


def spelt(front: Front, target: bytes) -> http.client.HTTPResponse:
    """Ask Varnish in bytes that no client of ours would send."""
    with socket.create_connection(("127.0.0.1", front.site.port), timeout=30) as connection:
        head = b"GET %s HTTP/1.1\r\nHost: localhost:%d\r\nConnection: close\r\n\r\n"
        connection.sendall(head % (target, front.site.port))
        answer = http.client.HTTPResponse(connection)
        answer.begin()
        answer.read()
    return answer


def test_who_listens_through_it_is_told_at_once_and_who_asks_is_not_told_late(front: Front) -> None:
    path = front.site.paths["live story"]
    with live_stories.listening(front.site, path) as reader, live_stories.listening(front.site, path) as another:
        for one in (reader, another):
            live_stories.heard(one, b'"cursor"')
        run("tests.journeys.live_stories", front.behind.folder, "file", "Told through Varnish")

        for one in (reader, another):
            live_stories.heard(one, b"Told through Varnish")

    soon(lambda: "Told through Varnish" in front.site.get(f"{path}live.json").text)
