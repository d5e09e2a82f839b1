"""What is in the way is told in one sentence with its remedy, never in a traceback, and ends with a status."""

from __future__ import annotations

import os
import socket
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import pytest

from nutgraf.config import data_folder
from nutgraf.config.trouble import Trouble, plainly_told

INIT = ["--name", "The Tide", "--editor", "Ada Quill", "--email", "ada@example.org", "--password", "long-harbour-7"]


def nutgraf(*arguments: object, **environment: str) -> subprocess.CompletedProcess[str]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("NUTGRAF_", "DATABASE_"))}
    return subprocess.run(
        [sys.executable, "-m", "nutgraf", *map(str, arguments)],
        env=clean | {"PYTHONWARNINGS": "error"} | environment,
        input="",
        capture_output=True,
        text=True,
        # What is not refused would serve for ever.
        timeout=120,
    )


def refused(done: subprocess.CompletedProcess[str]) -> str:
    """Return the one sentence of a refusal."""
    assert done.returncode != 0
    assert "Traceback" not in done.stderr
    return done.stderr.strip().splitlines()[-1]


@pytest.fixture(scope="module")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty newsroom, made once, that no test changes."""
    folder = tmp_path_factory.mktemp("founded") / "tide"
    done = nutgraf("init", folder, *INIT, "--time-zone", "Europe/Lisbon", "--language", "pt")
    assert done.returncode == 0, done.stderr
    return folder


def rows(folder: Path, query: str) -> list[Any]:
    with sqlite3.connect(folder / "main.sqlite3") as database:
        return database.execute(query).fetchall()


@pytest.mark.parametrize("command", [[], ["demo"], ["init"], ["serve"], ["check"]])
def test_every_command_explains_itself(command: list[str]) -> None:
    done = nutgraf(*command, "--help")

    assert done.returncode == 0
    assert done.stdout.startswith("Usage: nutgraf")


def test_a_newsroom_is_founded_with_its_editor_and_its_language(founded: Path) -> None:
    settings = (founded / "newsroom.env").read_text()

    assert "NUTGRAF_TIME_ZONE=Europe/Lisbon\nNUTGRAF_LANGUAGE=pt\n" in settings
    assert rows(founded, "select name from newsroom_newsroom") == [("The Tide",)]
    assert rows(founded, "select username, first_name from auth_user") == [("ada@example.org", "Ada")]
    assert rows(founded, "select language_code from wagtailcore_locale") == [("pt",)]


def test_the_settings_of_a_newsroom_are_for_its_owner_only(founded: Path) -> None:
    assert (founded / "newsroom.env").stat().st_mode & 0o077 == 0


def test_a_new_newsroom_is_fit_to_be_served(founded: Path) -> None:
    done = nutgraf("check", founded)

    assert done.returncode == 0, done.stderr


def test_django_commands_reach_the_newsroom(founded: Path) -> None:
    done = nutgraf(
        "manage",
        "shell",
        "-v0",
        "-c",
        "from django.conf import settings; print(settings.TIME_ZONE)",
        NUTGRAF_DATA=str(founded),
    )

    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "Europe/Lisbon"


def test_a_folder_that_has_a_newsroom_is_not_founded_again(founded: Path) -> None:
    sentence = refused(nutgraf("init", founded, *INIT))

    assert sentence == (
        f"nutgraf: {founded} holds a newsroom already; serve it with `nutgraf serve {founded}`, or choose another."
    )


def test_a_newsroom_of_ones_own_is_not_made_a_demo(founded: Path) -> None:
    sentence = refused(nutgraf("demo", "--data", founded))

    assert "holds a newsroom of its own; serve it with" in sentence


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["--time-zone", "Mars/Olympus"], "“Mars/Olympus” is no time zone; give one such as Europe/Lisbon."),
        (["--language", "xx"], "“xx” is no language that we know; give one such as en, de, pt-br or ar."),
        (["--email", "ada"], "“ada” is no e-mail address; give one such as ada@example.org."),
        (["--name", "  "], "give at least a word."),
        (["--password", "12345678", "--time-zone", "UTC", "--language", "en"], "Choose another password: "),
    ],
)
def test_a_newsroom_is_not_founded_on_a_mistake(tmp_path: Path, options: list[str], sentence: str) -> None:
    done = nutgraf("init", tmp_path / "new", *INIT, *options)

    assert sentence in refused(done)
    assert not (tmp_path / "new/newsroom.env").exists()


def test_where_nobody_can_answer_the_options_are_named(tmp_path: Path) -> None:
    done = nutgraf("init", tmp_path / "new")

    assert refused(done).endswith("There is nobody to answer; give each answer as an option, see --help.")


@pytest.mark.parametrize("command", ["serve", "check"])
def test_a_folder_without_a_newsroom_is_not_served(tmp_path: Path, command: str) -> None:
    sentence = refused(nutgraf(command, tmp_path))

    assert sentence == f"nutgraf: There is no newsroom in {tmp_path}; found one with `nutgraf init {tmp_path}`."


@pytest.mark.parametrize("command", ["serve", "demo"])
def test_a_port_in_use_is_not_shared(founded: Path, tmp_path: Path, command: str) -> None:
    where = [founded] if command == "serve" else ["--data", tmp_path / "demo"]
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]

        sentence = refused(nutgraf(command, *where, "--port", port))

    assert sentence == f"nutgraf: Port {port} is in use; end what uses it, or choose another with --port."


def test_an_address_of_another_machine_is_not_listened_on(founded: Path) -> None:
    sentence = refused(nutgraf("serve", founded, "--host", "192.0.2.1"))

    assert sentence == "nutgraf: 192.0.2.1 is no address of this machine; choose another with --host."


def test_a_setting_that_does_not_exist_is_refused(founded: Path) -> None:
    sentence = refused(nutgraf("serve", founded, "--port", _free_port(), NUTGRAF_TIMEZONE="UTC"))

    assert sentence == (
        "nutgraf: NUTGRAF_TIMEZONE is “UTC”, but there is no such setting; did you mean NUTGRAF_TIME_ZONE?"
    )


@pytest.mark.parametrize("command", ["check", "manage"])
def test_a_setting_that_does_not_parse_is_refused(founded: Path, command: str) -> None:
    arguments = [founded] if command == "check" else ["migrate"]

    sentence = refused(nutgraf(command, *arguments, NUTGRAF_PROXY="perhaps", NUTGRAF_DATA=str(founded)))

    assert sentence == "nutgraf: NUTGRAF_PROXY is “perhaps”, expected 1, true, yes, on, 0, false, no or off."


def test_a_public_newsroom_without_an_address_is_not_served(founded: Path) -> None:
    done = nutgraf("serve", founded, "--port", _free_port(), NUTGRAF_ENV="production")

    assert refused(done) == "nutgraf: Put right what is said above, and run this again."
    assert "NUTGRAF_PUBLIC_URL is missing." in done.stderr
    assert "NUTGRAF_HOSTS does not name" in done.stderr


def test_a_database_from_a_later_version_is_left_alone(founded: Path, tmp_path: Path) -> None:
    newer = _copy(founded, tmp_path)
    with sqlite3.connect(newer / "main.sqlite3") as database:
        database.execute(
            "insert into django_migrations (app, name, applied) values ('stories', '9999_tides', '2027-01-01')"
        )

    sentences = {refused(nutgraf(command, newer)) for command in ("serve", "check")}

    assert sentences == {
        "nutgraf: The database was made by a later version of Nutgraf (it has stories 9999_tides); install that"
        " version, or restore a copy of the data folder from before."
    }


def test_a_database_that_is_none_is_told_apart(founded: Path, tmp_path: Path) -> None:
    broken = _copy(founded, tmp_path)
    for leftover in broken.glob("main.sqlite3-*"):
        leftover.unlink()
    (broken / "main.sqlite3").write_text("Not a database, but a sentence of some length, to be sure." * 99)

    assert refused(nutgraf("check", broken)).startswith("nutgraf: The database does not answer as it should")


def test_a_data_folder_that_is_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    sentence = refused(nutgraf("init", tmp_path / "file", *INIT))

    assert sentence == f"nutgraf: {tmp_path}/file is a file, not a folder; choose another."


def test_a_data_folder_that_is_not_writable_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # Not by its mode, which means nothing to root, as whom these tests may run.
    def refuse(**options: Any) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(tempfile, "TemporaryFile", refuse)

    with pytest.raises(Trouble, match=r"cannot be written to \(Permission denied\); change its owner or mode"):
        data_folder.make_writable(tmp_path)


def test_what_nobody_foresaw_is_told_in_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NUTGRAF_DEBUG", raising=False)

    told = pytest.raises(Trouble, match=r"did not foresee \(ZeroDivisionError: .*NUTGRAF_DEBUG=1 to see where")

    with told, plainly_told():
        raise ZeroDivisionError("division by zero")


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


def _copy(folder: Path, into: Path) -> Path:
    copy = into / folder.name
    copy.mkdir()
    for file in folder.iterdir():
        if file.is_file():
            (copy / file.name).write_bytes(file.read_bytes())
    return copy
