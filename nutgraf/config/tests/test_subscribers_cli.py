"""Addresses go in and out by the command line, and whatever is in the way is one sentence."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from nutgraf.config.tests.test_command_line import INIT, nutgraf, refused, rows

STATED = ("--source", "Our former site, 2019 to 2026", "--words", "Mail me the briefing")
ON = "select s.email, c.state from audience_subscription c join audience_subscriber s on s.id = c.subscriber_id"


@pytest.fixture(scope="module")
def tide(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("founded") / "tide"
    done = nutgraf("init", folder, *INIT, "--time-zone", "UTC", "--language", "en", "--section", "Region")
    assert done.returncode == 0, done.stderr
    with closing(sqlite3.connect(folder / "main.sqlite3")) as database, database:
        database.execute(
            "insert into audience_list (key, kind, name, promise, is_offered, position)"
            " values ('briefing:1', 'briefing', 'Harbour Briefing', '', 1, 0)"
        )
    return folder


def test_addresses_are_looked_through_taken_in_and_written_out(tide: Path, tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    file.write_bytes("Name;E-Mail\nJosé;jose@example.org\nJosé;jose@example.org\n?;nobody\n".encode("cp1252"))
    order = ("subscribers", "import", file, "--list", "Harbour Briefing", *STATED, "--data", tide)

    looked = nutgraf(*order, "--look")
    assert looked.returncode == 0, looked.stderr
    assert "line 4: nobody" in looked.stderr
    assert rows(tide, ON) == []

    done = nutgraf(*order)
    assert "1 subscriptions came of 3 rows" in done.stderr
    assert rows(tide, ON) == [("jose@example.org", "ON")]

    written = nutgraf("subscribers", "export", "--list", "briefing:1", "--data", tide)
    assert written.stdout.splitlines()[1].startswith("jose@example.org,briefing:1,on,every,")
    assert "former site" in written.stdout


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--list", "Nothing", *STATED), "Harbour Briefing (briefing:1)"),
        (STATED, "at least one list"),
        (("--list", "briefing:1"), "words that they agreed to"),
    ],
)
def test_what_is_in_the_way_is_a_sentence(tide: Path, tmp_path: Path, options: tuple[str, ...], said: str) -> None:
    file = tmp_path / "people.csv"
    file.write_text("ada@example.org\n")

    done = nutgraf("subscribers", "import", file, *options, "--data", tide)

    assert said in refused(done)
