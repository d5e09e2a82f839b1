"""Copy is read from the command line without a newsroom: as an outline, as JSON, or marked line by line."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from nutgraf.config import copy_cli
from nutgraf.copydesk.intake.encodings import LIMIT

COPY = """Harbour crews walk out

By Ida Brook
2 hours ago - World

Photo: Jo Lind/AP

Crews stopped work on Tuesday, and 2,500 people went home.

Why it matters: Bread comes by ship.

• “We will not wait,” said Mayor Ana Reyes.

Share
"""
AT = ["--at", "2026-03-05T12:00", "--zone", "Europe/Lisbon"]


@pytest.fixture
def file(tmp_path: Path) -> str:
    path = tmp_path / "harbour.txt"
    path.write_text(COPY, "utf-8")
    return str(path)


def run(*arguments: str, given: str | bytes | None = None, **environment: str) -> Result:
    return CliRunner().invoke(copy_cli.copy, arguments, input=given, env=environment)


def test_the_outline_names_every_part(file):
    told = run("read", file, *AT).output

    for line in (
        "1. Harbour crews walk out",
        "   By Ida Brook",
        "   Section: World",
        "   Published: 2026-03-05T10:00:00+00:00 (“2 hours ago”)",
        "   Picture: no caption | credit: maker Jo Lind, agency AP",
        "   Lede: Crews stopped work on Tuesday, and 2,500 people went home.",
        "   Why it matters: Bread comes by ship.",
        "     • “We will not wait,” said Mayor Ana Reyes.",
        "   share link: Share",
    ):
        assert line in told.splitlines()


def test_the_outline_says_when_there_is_no_story():
    assert run("read", "-", given="Share\n").output.splitlines() == [
        "No story was found.",
        "Left over",
        "   share link: Share",
    ]


def test_one_file_is_one_object(file):
    told = json.loads(run("read", file, "--format", "json", *AT).output)

    assert told["stories"][0]["headline"]["text"] == "Harbour crews walk out"
    assert "file" not in told


def test_several_files_are_a_line_each(file):
    told = [json.loads(line) for line in run("read", file, file, "--format", "json", *AT).output.splitlines()]

    assert [one["file"] for one in told] == [file, file]
    assert all(one["stories"] for one in told)


def test_standard_input_is_read_in_whatever_encoding():
    told = json.loads(
        run("read", "-", "--format", "json", given="The café’s “first day”\n\nBread…\n".encode("cp1252")).output
    )

    assert told["encoding"] == "windows-1252"
    assert told["stories"][0]["headline"]["text"] == "The café’s “first day”"


def test_the_form_is_told_by_the_name_of_the_file_unless_it_is_given(tmp_path):
    path = tmp_path / "page.html"
    path.write_text("Bread <b>is</b> dear", "utf-8")

    assert json.loads(run("read", str(path), "--format", "json").output)["form"] == "html"
    assert json.loads(run("read", str(path), "--format", "json", "--form", "text").output)["form"] == "text"


def test_marked_copy_has_every_line_in_order_with_what_it_was_read_as(file):
    told = run("read", file, "--format", "marked", *AT, COLUMNS="120").output
    rows = [[part.strip() for part in line.split("│")] for line in told.splitlines()]

    assert rows == [
        ["headline", "Harbour crews walk out"],
        ["byline", "By Ida Brook"],
        ["published, section", "2 hours ago - World"],
        ["picture", "Photo: Jo Lind/AP"],
        ["lede", "Crews stopped work on Tuesday, and 2,500 people went home."],
        ["point", "Why it matters: Bread comes by ship."],
        ["bullet", "• “We will not wait,” said Mayor Ana Reyes."],
        ["left over", "Share  (share link)"],
    ]


def test_marked_copy_is_coloured_and_its_facts_underlined(file):
    told = run("read", file, "--format", "marked", *AT, FORCE_COLOR="1", COLUMNS="120", TERM="xterm-256color").output

    assert "\x1b[1;35mheadline" in told
    assert "\x1b[4;33m2,500 people" in told
    assert "\x1b[4;36m“We will not wait,”" in told


def test_a_long_line_is_broken_beside_the_gutter(tmp_path):
    path = tmp_path / "long.txt"
    path.write_text("Headline of the day here\n\n" + "word " * 60 + "end.\n", "utf-8")

    rows = run("read", str(path), "--format", "marked", COLUMNS="80").output.splitlines()

    assert len(rows) > 5
    assert all(len(row) <= 80 and " │ " in row for row in rows)


def test_no_sign_of_the_copy_steers_the_terminal():
    for shape in ("text", "marked"):
        told = run("read", "-", "--format", shape, given="Bread \x1b[31mis dear\x07\n\nIt is [red]dear[/].\n").output

        assert "\x1b" not in told
        assert "\x07" not in told
        assert "[red]" in told


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"%PDF-1.7 x", "cannot be read as copy. This is a PDF file, not text."),
        (bytes(range(1, 9)) * 50, "cannot be read as copy. This is not text"),
    ],
)
def test_what_is_no_text_is_refused_with_a_sentence(tmp_path, content, sentence):
    path = tmp_path / "file.bin"
    path.write_bytes(content)

    done = run("read", str(path))

    assert done.exit_code == 1
    assert sentence in done.output


def test_a_file_that_is_too_long_is_refused_by_its_size_and_not_read(tmp_path, monkeypatch):
    path = tmp_path / "long.txt"
    with path.open("wb") as file:
        file.truncate(LIMIT + 1)
    monkeypatch.setattr(Path, "read_bytes", lambda path: pytest.fail("it was read"))

    done = run("read", str(path))

    assert done.exit_code == 1
    assert "Copy of up to 50 MB is read" in done.output


def test_standard_input_that_is_too_long_is_refused(monkeypatch):
    monkeypatch.setattr("nutgraf.copydesk.intake.encodings.LIMIT", 1024 * 1024)

    done = run("read", "-", given=b"a" * (1024 * 1024 + 1))

    assert done.exit_code == 1
    assert "Standard input holds more than 1 MB" in done.output


def test_a_missing_file_does_not_keep_the_others_from_being_read(tmp_path, file):
    done = run("read", str(tmp_path / "none.txt"), file, str(tmp_path))

    assert done.exit_code == 1
    assert "There is no file" in done.output
    assert "is a folder; name the files in it." in done.output
    assert "1. Harbour crews walk out" in done.output


@pytest.mark.parametrize(
    ("option", "value", "sentence"),
    [("--at", "soon", "“soon” is no moment"), ("--zone", "Moon", "“Moon” is no time zone")],
)
def test_a_moment_or_zone_that_is_none_is_refused(file, option, value, sentence):
    done = run("read", file, option, value)

    assert done.exit_code == 2
    assert sentence in done.output


def test_the_zone_of_the_newsroom_holds_where_none_is_given(file):
    told = run("read", file, "--at", "2026-07-05T12:00", NUTGRAF_TIME_ZONE="Asia/Tokyo").output

    assert "2026-07-05T10:00:00+09:00" in told


def test_the_schema_is_printed():
    assert json.loads(run("schema").output)["title"] == "Copy, as it was read"


def test_reading_starts_no_django_and_no_newsroom(file):
    program = f"import sys; from nutgraf.config.cli import main; main(['copy', 'read', {file!r}]); print('django' in sys.modules)"

    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60)

    assert done.stdout.splitlines()[-1] == "False"


def test_every_command_over_copy_says_what_it_does():
    assert all(command.help for command in copy_cli.copy.commands.values())
    assert isinstance(copy_cli.copy, click.Group)


@pytest.mark.parametrize(
    ("sentence", "line"),
    [
        ("The council will resume talks in Lodden on May 4.", "2026-05-04: The council will resume talks, Lodden"),
        ("It took dozens of carts.", "dozens of carts"),
    ],
)
def test_the_outline_says_nothing_twice(sentence, line):
    result = run("read", "-", *AT, given=f"A headline\n\nNothing is new.\n\n{sentence}\n")

    assert line in [told.strip() for told in result.output.splitlines()]
