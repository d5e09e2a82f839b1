"""The demo newsroom as anybody first meets it: built by one command, served, read, signed in to, and stopped."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.site import Site, served
from tests.journeys.soon import soon

YEAR = "max-age=31536000"
STORY = re.compile(r'href="(/[-\w]+/\d{4}/\d{2}/\d{2}/[-\w]+/)"')


def demo(folder: Path) -> tuple[str, ...]:
    return ("demo", "--no-browser", "--data", str(folder))


@pytest.fixture(scope="module")
def demo_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("demo") / "data"
    with served(folder, command=demo(folder)) as site:
        yield site


def test_it_says_where_readers_and_editors_go_and_how_to_sign_in(demo_site: Site) -> None:
    # It listens a moment before it says so.
    until = time.monotonic() + 10
    while "Stop with" not in demo_site.said and time.monotonic() < until:
        time.sleep(0.1)

    said = demo_site.said
    assert f"{demo_site.port}/" in said
    assert f"{demo_site.port}/desk/" in said
    assert (demo_site.folder / "demo-password").read_text().strip() in said


def test_its_front_leads_to_thirty_stories_or_more(demo_site: Site) -> None:
    front = demo_site.get("/").text
    stories, path = set(STORY.findall(front)), "/latest/"
    while path:
        page = demo_site.get(path).text
        stories |= set(STORY.findall(page))
        following = re.search(r'rel="next" href="([^"]+)"', page)
        path = following[1].replace("&amp;", "&") if following else ""

    assert len(stories) >= 30
    assert all(demo_site.get(story).status == 200 for story in sorted(stories)[:5])


def test_its_pictures_come_in_three_formats_to_be_kept_for_a_year(demo_site: Site) -> None:
    story = demo_site.get(STORY.findall(demo_site.get("/").text)[0]).text
    sources = re.findall(r'<source type="([^"]+)" srcset="(\S+)', story)
    fallback = re.findall(r'<img src="([^"]+)"', story)

    assert [kind for kind, _ in sources[:2]] == ["image/avif", "image/webp"]
    for kind, path in [*sources[:2], ("image/jpeg", fallback[0])]:
        answer = demo_site.get(path)
        assert (answer.status, answer.headers["Content-Type"]) == (200, kind)
        assert YEAR in answer.headers["Cache-Control"]
        assert "immutable" in answer.headers["Cache-Control"]
        # Asked for again, it is a file that another part of the server sends.
        assert demo_site.get(path).headers["Cache-Control"].replace(" ", "").count(YEAR) == 1


def test_its_styles_and_scripts_are_small_and_to_be_kept_for_a_year(demo_site: Site) -> None:
    front = demo_site.get("/").text
    paths = re.findall(r'(?:rel="stylesheet" href|<script type="module" src)="([^"]+)"', front)

    assert paths
    for path in paths:
        answer = demo_site.get(path, Accept_Encoding="gzip")
        assert answer.headers["Content-Encoding"] == "gzip"
        assert YEAR in answer.headers["Cache-Control"]


def test_its_pages_are_pressed_small_on_their_way(demo_site: Site) -> None:
    # A page that something changes while it is first rendered is sent as it is; the next reader has it from the store.
    assert soon(lambda: demo_site.get("/", Accept_Encoding="gzip").headers["Content-Encoding"] == "gzip", seconds=20)


def test_the_originals_of_its_pictures_are_out_of_reach(demo_site: Site) -> None:
    original = next(path for path in (demo_site.folder / "originals").rglob("*") if path.is_file())
    path = original.relative_to(demo_site.folder)

    for tried in (
        f"/{path}",
        f"/media/{path}",
        f"/media/../{path}",
        f"/static/../{path}",
        "/media/%2e%2e/main.sqlite3",
    ):
        assert demo_site.get(tried).status == 404


def test_one_can_sign_in_to_its_desk(page: Page, demo_site: Site) -> None:
    demo_site.sign_in(page, "eli", (demo_site.folder / "demo-password").read_text().strip())

    expect(page.get_by_role("region", name="Just published").get_by_role("listitem").first).to_be_visible()


def test_it_starts_again_in_seconds_keeps_what_was_done_and_stops_when_it_is_asked_to(tmp_path: Path) -> None:
    # In a folder of its own: whoever opens a store at another port has the pages of the one before pressed anew.
    folder = tmp_path / "data"
    with served(folder, command=demo(folder)) as first:
        before = first.get("/latest/").text
    started = time.monotonic()

    with served(folder, command=demo(folder)) as again:
        took = time.monotonic() - started
        assert set(STORY.findall(again.get("/latest/").text)) == set(STORY.findall(before))

    assert again.process.returncode == 0
    # Four on a machine that does nothing else; bench/startup.py measures.
    assert took < 20
