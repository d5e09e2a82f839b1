"""A feed and a folder of news objects are moved in once, as they were, and what was taken back is not."""

from __future__ import annotations

import datetime
import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from wagtail.contrib.redirects.models import Redirect

from nutgraf.imports.archive.bringing import Wishes, bring
from nutgraf.imports.archive.reports import Report
from nutgraf.imports.archive.sources import SourceRefused
from nutgraf.imports.models import ArchiveItem
from nutgraf.imports.tests.test_wire_feeds import ITEM, rss
from nutgraf.imports.tests.test_wire_ninjs import THIRD
from nutgraf.imports.wire import source
from nutgraf.media.models import Picture
from nutgraf.media.samples import make_bytes
from nutgraf.stories import actions
from nutgraf.stories.models import Story
from nutgraf.stories.readiness import NotReady

OPEN = {name: value for name, value in THIRD.items() if name != "embargoedUntil"} | {
    "versionCreated": "2026-11-20T09:00:00Z",
    "firstCreated": "2026-11-19T09:00:00Z",
    "subjects": [{"name": "At sea", "rel": "section"}, {"name": "Ice"}],
    "altIds": [{"role": "canonical", "value": "https://old.example.org/sea/harbour-closed"}],
}

Brought = Callable[..., Report]


@pytest.fixture(autouse=True)
def newsroom(db: None, noon: datetime.datetime) -> None:
    actions.found(at=noon)


@pytest.fixture
def brought(noon: datetime.datetime) -> Brought:
    def bring_in(wired: source.Wired, **wishes: Any) -> Report:
        return bring(wired, Wishes(at=noon, zone=ZoneInfo("UTC"), **wishes), Report(), lambda *_: None)

    return bring_in


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "l.jpg").write_bytes(make_bytes("jpg"))
    return tmp_path


def write(folder: Path, name: str, *objects: dict[str, Any]) -> Path:
    file = folder / name
    file.write_text("\n".join(map(json.dumps, objects)))
    return file


def outcomes(report: Report) -> dict[str, int]:
    return dict(report.counts.get("story", {})) | dict(report.counts.get("item", {}))


def test_a_feed_in_a_file_is_public_as_of_its_day_and_the_second_time_the_same(
    brought: Brought, tmp_path: Path, noon: datetime.datetime, client: Client
) -> None:
    file = tmp_path / "feed.xml"
    file.write_bytes(rss(ITEM.replace("27 Nov 2026", "27 Nov 2020")))

    def wired() -> source.Wired:
        return source.of_feed(str(file), url="https://port.example.org/feed.xml", at=noon)

    report, again = brought(wired()), brought(wired())

    story = Story.objects.get()
    assert (outcomes(report), outcomes(again)) == ({"made": 1}, {"unchanged": 1})
    assert (story.title, story.lede, story.live) == ("Harbour & quay closed", "<p>The ice came early.</p>", True)
    assert (story.section.name, [one.name for one in story.authors]) == ("Shipping", ["Rosa Vale", "Eli Stone"])
    assert story.first_published_at == datetime.datetime(2020, 11, 27, 9, tzinfo=datetime.UTC)
    assert client.get("/news/1")["Location"] == story.address
    assert "<guid" in ArchiveItem.objects.get(kind="STORY").original


def test_drafts_are_drafts_and_leave_no_redirect(brought: Brought, tmp_path: Path, noon: datetime.datetime) -> None:
    file = tmp_path / "feed.xml"
    file.write_bytes(rss(ITEM))
    brought(source.of_feed(str(file), url="", at=noon, as_drafts=True))

    assert not Story.objects.get().live
    assert not Redirect.objects.exists()


def test_a_news_object_comes_with_its_picture_and_its_words(
    brought: Brought, folder: Path, noon: datetime.datetime
) -> None:
    report = brought(source.of_files(write(folder, "a.json", OPEN), at=noon), pictures=folder)

    story, picture = Story.objects.get(), Picture.objects.get()
    assert outcomes(report) == {"made": 1}
    assert (story.hero, picture.credit_line, picture.caption) == (picture, "Ada Quill", "The Ellery.")
    assert (story.section.name, [one.name for one in story.authors]) == ("At sea", ["Rosa Vale"])
    assert json.loads(json.loads(ArchiveItem.objects.get(kind="STORY").original)["original"]) == OPEN


def test_of_several_files_the_newest_version_counts_and_broken_ones_are_told(
    brought: Brought, folder: Path, noon: datetime.datetime
) -> None:
    write(folder, "b.json", OPEN | {"versionCreated": "2026-11-20T11:00:00Z", "headlines": [{"value": "Harbour open"}]})
    write(folder, "c.json", OPEN)
    (folder / "d.json").write_text("{")
    (folder / "e.json").symlink_to(folder / "b.json")

    report = brought(source.of_files(folder, at=noon))

    assert outcomes(report) == {"made": 1, "skipped": 2}
    assert Story.objects.get().title == "Harbour open"


@pytest.mark.parametrize(
    ("fields", "live", "has_hour"),
    [
        ({"embargoedUntil": "2030-01-01T06:00:00Z"}, False, True),
        ({"pubStatus": "withheld"}, False, False),
        ({"embargoedUntil": "2020-01-01T06:00:00Z"}, True, False),
    ],
)
def test_what_is_held_back_is_no_public_story(
    brought: Brought, folder: Path, noon: datetime.datetime, fields: dict[str, str], live: bool, has_hour: bool
) -> None:
    brought(source.of_files(write(folder, "a.json", OPEN | {"associations": []} | fields), at=noon))

    story = Story.objects.get()
    assert (story.live, story.go_live_at is not None) == (live, has_hour)


@pytest.mark.parametrize("as_drafts", [False, True])
def test_what_is_embargoed_cannot_be_published_before_its_hour_by_anybody(
    brought: Brought, folder: Path, noon: datetime.datetime, eli, as_drafts: bool
) -> None:
    until = datetime.datetime(2026, 12, 1, 6, tzinfo=datetime.UTC)
    embargoed = OPEN | {"associations": [], "embargoedUntil": until.isoformat()}
    brought(source.of_files(write(folder, "a.json", embargoed), at=noon, as_drafts=as_drafts))
    story = Story.objects.get()
    if story.go_live_at:
        story = actions.unschedule(story=story, by=eli)

    with pytest.raises(NotReady, match="under an embargo"):
        actions.publish(story=story, by=eli, at=noon)

    assert actions.publish(story=story, by=eli, at=until).live


def test_what_was_taken_back_is_left_out_and_a_story_that_is_there_stays(
    brought: Brought, folder: Path, noon: datetime.datetime
) -> None:
    kill = {"uri": OPEN["uri"], "pubStatus": "canceled", "versionCreated": "2026-11-20T12:00:00Z"}
    both = brought(source.of_files(write(folder, "a.jsonl", OPEN, kill), at=noon))
    assert (outcomes(both), Story.objects.count()) == ({"skipped": 2}, 0)

    brought(source.of_files(write(folder, "a.jsonl", OPEN), at=noon))
    killed = brought(source.of_files(write(folder, "a.jsonl", kill), at=noon))

    assert Story.objects.get().live
    assert any("taken back" in reason for reason in killed.reasons)


def test_a_feed_at_an_address_is_fetched_from_public_machines_only(noon: datetime.datetime, served: str) -> None:
    with pytest.raises(SourceRefused, match="no address of the open web"):
        source.of_feed(served, url="", at=noon)
    with pytest.raises(SourceRefused, match="answers 404"):
        source.of_feed(served + "/nothing", url="", at=noon, is_allowed=lambda _: True)

    found = source.of_feed(served, url="", at=noon, is_allowed=lambda _: True)

    (story,) = (value for value in found if hasattr(value, "headline"))
    assert (story.headline, found.site) == ("Harbour & quay closed", served)
    assert story.url == f"{served.removesuffix('/feed')}/news/1"


@pytest.fixture
def served() -> Iterator[str]:
    class Answers(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200 if self.path == "/feed" else 404)
            self.send_header("Content-Type", "application/rss+xml")
            self.end_headers()
            self.wfile.write(rss(ITEM) if self.path == "/feed" else b"")

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    server = HTTPServer(("127.0.0.1", 0), Answers)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/feed"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize("words", ["<!doctype html><p>Sign in", "", "{", '{"uri": "x"}'])
def test_a_single_document_that_is_none_is_one_sentence(tmp_path: Path, noon: datetime.datetime, words: str) -> None:
    file = tmp_path / "a.json"
    file.write_text(words)

    for open_source in (lambda: source.of_feed(str(file), url="", at=noon), lambda: source.of_files(file, at=noon)):
        with pytest.raises(SourceRefused, match=r"Nothing can be taken of .*a\.json: "):
            open_source()


def test_a_folder_without_a_file_is_refused(tmp_path: Path, noon: datetime.datetime) -> None:
    with pytest.raises(SourceRefused, match="nothing in"):
        source.of_files(tmp_path, at=noon)


def test_every_public_feed_and_news_object_moves_in(
    brought: Brought, public_data: Path, noon: datetime.datetime
) -> None:
    files = sorted((public_data / "feeds").iterdir()) + sorted((public_data / "ninjs").glob("0*.json"))
    for file in files:
        report = brought(
            source.of_feed(str(file), url=f"https://port.example.org/{file.name}", at=noon, as_drafts=True)
        )

        assert not [reason for reason in report.reasons if "could not be made" in reason], file.name
    assert Story.objects.count() > 100
    assert not Story.objects.filter(body__icontains="<script").exists()
