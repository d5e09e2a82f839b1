"""Whoever runs the newsroom sees what is stored, has it pressed, compared and forgotten; what cannot be is one sentence."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from nutgraf.config.tests.test_command_line import INIT, nutgraf, refused

PUBLIC = {"NUTGRAF_PUBLIC_URL": "http://127.0.0.1:8000"}


@pytest.fixture(scope="module")
def warm(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("warm") / "tide"
    assert nutgraf("init", folder, *INIT, "--time-zone", "UTC", "--language", "en").returncode == 0
    done = nutgraf("pages", folder, "--warm", **PUBLIC)
    assert done.returncode == 0, done.stderr
    assert "Pressing pages" in done.stderr
    return folder


def shown(folder: Path, *options: object) -> dict:
    done = nutgraf("pages", folder, "--json", *options)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_what_is_stored_is_shown_with_its_totals(warm):
    found = shown(warm)
    table = nutgraf("pages", warm, COLUMNS="40").stdout

    addresses = {page["address"] for page in found["pages"]}
    assert {"/", "/news/", "/latest/", "/authors/", "/authors/ada-quill/", "/labels/"} <= addresses
    assert found["totals"]["pages"] == len(addresses) == found["totals"]["pressed"]
    assert found["totals"]["bytes_on_disk"] > found["totals"]["bytes"] > 0
    assert found["pages"][0]["why"] == ["it was asked for, and not there"]
    assert "/authors/ada-quill/" in table.split()
    assert f"{len(addresses)} pages" in table


def test_what_is_there_already_is_not_pressed_again(warm):
    # In development the address at which pages are read is that of the server; the store remembers it.
    done = nutgraf("pages", warm, "--warm", "3")

    assert done.returncode == 0, done.stderr
    assert "Pressed 0 pages; 3 were there already." in done.stderr


def test_pages_can_be_picked(warm):
    assert [page["address"] for page in shown(warm, "--match", "ADA")["pages"]] == ["/authors/ada-quill/"]
    assert "/news/" in {page["address"] for page in shown(warm, "--of", "section:news")["pages"]}
    assert "/authors/ada-quill/" in {page["address"] for page in shown(warm, "--of", "author:ada-quill")["pages"]}


def test_fronts_are_told_by_the_day(warm):
    fronts = {front["address"]: front for front in shown(warm, "--fronts")["fronts"]}

    assert list(fronts) == ["/", "/news/"]
    assert fronts["/"]["pressed"] == 1
    assert fronts["/"]["pressed_a_day"] is None
    assert "when it has been a day" in nutgraf("pages", warm, "--fronts").stdout


def test_how_often_a_front_is_pressed_a_day_is_told_after_one(warm, tmp_path):
    older = shutil.copytree(warm, tmp_path / "older")
    with closing(sqlite3.connect(older / "published/store.sqlite3", isolation_level=None)) as store:
        store.execute("UPDATE meta SET value = value - 4 * 86400 WHERE name = 'cleared_at'")
        store.execute("UPDATE page SET presses = 6 WHERE address = '/'")

    assert next(one["pressed_a_day"] for one in shown(older, "--fronts")["fronts"] if one["address"] == "/") == 1.5
    assert "1.5" in nutgraf("pages", older, "--fronts").stdout


def test_one_is_told_as_one(warm, tmp_path):
    moved = shutil.copytree(warm, tmp_path / "moved")
    assert nutgraf("pages", moved, "--clear").returncode == 0

    assert "Pressed 1 page; 0 were there already." in nutgraf("pages", moved, "--warm", "1", **PUBLIC).stderr
    assert "Compared 1 page with new ones: 1 the same" in nutgraf("pages", moved, "--verify", "1", **PUBLIC).stderr
    assert nutgraf("pages", moved, COLUMNS="60").stdout.splitlines()[-1].startswith("1 page: ")
    assert "Forgot 1 page." in nutgraf("pages", moved, "--clear").stderr


def test_the_same_pages_are_found_to_be_the_same(warm):
    done = nutgraf("pages", warm, "--verify")

    assert done.returncode == 0, done.stderr
    assert "0 different." in done.stderr


def test_a_page_that_differs_is_named_and_the_status_says_so(warm):
    with _changed_behind_its_back(warm):
        done = nutgraf("pages", warm, "--verify", "500")

    assert done.returncode == 1
    assert "/news/" in done.stdout.split()


@contextmanager
def _changed_behind_its_back(folder: Path) -> Iterator[None]:
    def rename(before: str, after: str) -> None:
        with closing(sqlite3.connect(folder / "main.sqlite3")) as connection:
            connection.execute("UPDATE newsroom_section SET name = ? WHERE name = ?", [after, before])
            connection.commit()

    rename("News", "Behind its back")
    yield
    rename("Behind its back", "News")


def test_everything_can_be_forgotten_and_pressed_anew(warm):
    number = shown(warm)["totals"]["pages"]

    assert nutgraf("pages", warm, "--clear").returncode == 0

    assert shown(warm)["totals"]["pages"] == 0
    assert "No page is stored." in nutgraf("pages", warm).stderr
    assert f"Pressed {number} pages" in nutgraf("pages", warm, "--warm").stderr


def test_pages_of_a_folder_that_was_moved_are_not_mixed_with_new_ones(warm, tmp_path):
    moved = Path(shutil.copytree(warm, tmp_path / "moved"))

    assert "--clear" in refused(nutgraf("pages", moved, "--warm"))
    assert nutgraf("pages", moved, "--clear").returncode == 0
    assert "Pressed 2 pages" in nutgraf("pages", moved, "--warm", "2", **PUBLIC).stderr


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--of", "author:nobody"], "There is no author:nobody."),
        (["--of", "story:1"], "There is no story:1."),
        (["--of", "story:99999999999999999999999"], "There is no story:"),
        (["--of", "picture:x"], "names nothing that we know"),
        (["--of", "zebra"], "names nothing that we know"),
        (["--of", "/news/2026/11/22/none/"], "There is no story at /news/2026/11/22/none/"),
        (["--warm", "x"], "is no number"),
        (["--warm", "1.5"], "is no number"),
        (["--verify", "0"], "0"),
        (["--warm", "--clear"], "cannot be done together"),
        (["--fronts", "--of", "section:news"], "cannot be done together"),
        (["--clear", "--json"], "leave it out"),
    ],
)
def test_what_cannot_be_is_said_in_one_sentence(warm, options, said):
    assert said in refused(nutgraf("pages", warm, *options))


def test_pages_pressed_with_other_settings_are_not_mixed(warm):
    done = nutgraf("pages", warm, "--warm", NUTGRAF_PUBLIC_URL="https://elsewhere.example")

    assert "with other settings" in refused(done)


def test_where_nothing_is_stored_that_is_said(warm, tmp_path):
    assert "stores no pages" in refused(nutgraf("pages", warm, NUTGRAF_PAGE_STORE="0"))
    assert "There is no newsroom" in refused(nutgraf("pages", tmp_path / "nowhere"))


def test_whoever_has_never_served_has_to_say_where(tmp_path):
    folder = tmp_path / "new"
    assert nutgraf("init", folder, *INIT, "--time-zone", "UTC", "--language", "en").returncode == 0

    assert "No page is stored." in nutgraf("pages", folder).stderr
    assert "NUTGRAF_PUBLIC_URL" in refused(nutgraf("pages", folder, "--warm"))
