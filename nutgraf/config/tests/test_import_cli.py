"""An archive moves in by the command line: once, with a report, and with a status that says whether all came."""

from __future__ import annotations

import json
from pathlib import Path

import click
import pytest

from nutgraf.config.import_cli import section_map
from nutgraf.config.tests.test_command_line import INIT, nutgraf, refused, rows
from nutgraf.imports.wordpress.samples import make_export, make_item


@pytest.fixture(scope="module")
def tide(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("founded") / "tide"
    done = nutgraf("init", folder, *INIT, "--time-zone", "UTC", "--language", "en", "--section", "Region")
    assert done.returncode == 0, done.stderr
    return folder


def test_an_export_is_tried_moved_in_and_left_alone_the_second_time(tide: Path, tmp_path: Path) -> None:
    export, report = tmp_path / "export.xml", tmp_path / "report.json"
    export.write_text(make_export(make_item(7), make_item(8, post_type="page")))
    order = ("import", "wordpress", export, "--section-map", "at sea=region", "--report", report, "--data", tide)
    stories = "select p.title, p.live, s.name from stories_story t join wagtailcore_page p on p.id = t.page_ptr_id join newsroom_section s on s.id = t.section_id where p.title like 'Harbour%'"

    tried = nutgraf(*order, "--dry-run")
    assert (tried.returncode, rows(tide, stories)) == (1, [])
    assert "nothing was kept" in tried.stderr

    done = nutgraf(*order)
    assert done.returncode == 1
    assert "left out, 1: item: a page, and not a story" in done.stderr
    assert rows(tide, stories) == [("Harbour closed by ice", 1, "Region")]
    told = json.loads(report.read_text())
    assert [one["outcome"] for one in told["items"] if one["kind"] == "story"] == ["made"]
    assert rows(tide, "select title from wagtailsearch_indexentry where title like 'Harbour%'") == [
        ("Harbour closed by ice",)
    ]

    export.write_text(make_export(make_item(7)))
    again = nutgraf(*order)
    assert again.returncode == 0, again.stderr
    assert "1 unchanged" in again.stderr


def test_a_feed_and_news_objects_come_as_drafts_where_that_is_wished(tide: Path, tmp_path: Path) -> None:
    feed, news = tmp_path / "feed.xml", tmp_path / "news.json"
    feed.write_text(
        "<rss version='2.0'><channel><item><guid>1</guid><title>Ice from the feed</title><description>It came.</description></item></channel></rss>"
    )
    news.write_text(
        json.dumps({"uri": "urn:1", "type": "text", "headline": "Ice from the wire", "body_text": "It came."})
    )
    titles = "select title, live from wagtailcore_page where title like 'Ice from%' order by title"

    for kind, file in (("feed", feed), ("ninjs", news)):
        done = nutgraf("import", kind, file, "--drafts", "--section", "region", "--data", tide)
        assert done.returncode == 0, done.stderr

    assert rows(tide, titles) == [("Ice from the feed", 0), ("Ice from the wire", 0)]


def test_a_feed_of_a_machine_that_is_near_and_one_that_is_none_are_refused_in_a_sentence(
    tide: Path, tmp_path: Path
) -> None:
    (tmp_path / "x.xml").write_text("<!doctype html><p>Sign in")

    assert "no address of the open web" in refused(nutgraf("import", "feed", "http://127.0.0.1:9/", "--data", tide))
    assert "it is a web page" in refused(nutgraf("import", "feed", tmp_path / "x.xml", "--data", tide))
    assert nutgraf("import", "feed", tmp_path / "nothing", "--data", tide).returncode == 2


def test_what_is_no_export_is_one_sentence(tide: Path, tmp_path: Path) -> None:
    (tmp_path / "x.xml").write_text("<!DOCTYPE rss><rss/>")

    assert "document type" in refused(nutgraf("import", "wordpress", tmp_path / "x.xml", "--data", tide))


def test_a_command_that_is_called_wrongly_ends_with_two(tide: Path, tmp_path: Path) -> None:
    assert nutgraf("import", "wordpress", tmp_path / "nothing.xml", "--data", tide).returncode == 2


def test_sections_are_mapped_by_pairs_and_by_files(tmp_path: Path) -> None:
    file = tmp_path / "sections.txt"
    file.write_text("# ours = theirs\nCooking = Food\n\nsea=World # all of it\n")

    assert section_map([str(file), "Town=Region"]) == {"cooking": "Food", "sea": "World", "town": "Region"}


@pytest.mark.parametrize("given", ["no such file", "=Food", "Cooking="])
def test_a_map_that_maps_nothing_is_refused(given: str) -> None:
    with pytest.raises(click.BadParameter):
        section_map([given])


def test_an_export_in_which_nothing_was_found_is_no_success(tide: Path, tmp_path: Path) -> None:
    (tmp_path / "export.xml").write_text(make_export().replace("channel>", "shelf>"))

    said = refused(nutgraf("import", "wordpress", tmp_path / "export.xml", "--data", tide))

    assert "nothing in it that could be taken" in said


def test_a_page_without_a_story_is_told_in_the_report_alone(tide: Path, tmp_path: Path) -> None:
    (tmp_path / "empty.html").write_text("")

    done = nutgraf("import", "html", tmp_path, "--data", tide)

    assert done.returncode == 1
    assert "left out, 1: item: there is no story in it" in done.stderr
    assert "trafilatura" not in done.stderr


def test_members_come_from_a_table_in_any_encoding(tide: Path, tmp_path: Path) -> None:
    table = "email,name,subscribed_to_emails\njose@example.org,José,false\n"
    for encoding in ("cp1252", "utf-16"):
        file = tmp_path / f"{encoding}.csv"
        file.write_bytes(table.encode(encoding))

        done = nutgraf("import", "members", file, "--words", "Mail me", "--list", "none", "--data", tide)

        assert "1 do not agree to be mailed" in done.stderr
