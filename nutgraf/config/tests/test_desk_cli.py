"""Copy goes in and out by the command line, and whatever is in the way is one sentence."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from nutgraf.config.tests.test_command_line import INIT, nutgraf, refused, rows

COPY = """Harbour reopens after nine days
By Ada Quill

Ships may enter the harbour again from Thursday, the port authority said.

Why it matters: Bread comes by ship.
"""


@pytest.fixture(scope="module")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("founded") / "tide"
    done = nutgraf("init", folder, *INIT, "--time-zone", "UTC", "--language", "en", "--section", "Region")
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture
def tide(founded: Path, tmp_path: Path) -> Path:
    """A newsroom with one section, of which Ada Quill is the first author."""
    return shutil.copytree(founded, tmp_path / "tide")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "harbour.txt"
    path.write_text(COPY)
    return path


def stories(folder: Path) -> list[tuple[str, int]]:
    """Return headline and whether it is public, of every story."""
    return rows(
        folder,
        "select p.title, p.live from stories_story s join wagtailcore_page p on p.id = s.page_ptr_id order by p.id",
    )


def test_copy_is_filed_once_published_taken_out_edited_and_put_back(tide: Path, file: Path) -> None:
    first = nutgraf("import", "copy", file, "--section", "region", "--publish", "--data", tide)
    again = nutgraf("import", "copy", file, "--section", "region", "--data", tide)

    assert (first.returncode, again.returncode) == (0, 0), first.stderr + again.stderr
    assert "new story, published" in first.stderr
    assert "nothing new" in again.stderr
    assert stories(tide) == [("Harbour reopens after nine days", 1)]

    taken_out = nutgraf("copy", "write", "harbour-reopens-after-nine-days", "--data", tide).stdout
    assert "**Why it matters:** Bread comes by ship." in taken_out
    file.write_text(taken_out.replace("Harbour reopens", "Port reopens"))
    edited = nutgraf("import", "copy", file, "--publish", "--data", tide)

    assert "new version, published" in edited.stderr
    assert stories(tide) == [("Port reopens after nine days", 1)]


def test_what_is_not_ready_is_a_draft_the_reason_is_told_and_the_status_says_so(tide: Path, file: Path) -> None:
    done = nutgraf("import", "copy", file, "--publish", "--data", tide)

    assert done.returncode == 1
    assert "not published: Choose a section." in done.stderr
    assert stories(tide) == [("Harbour reopens after nine days", 0)]


def test_one_file_that_cannot_be_read_does_not_hold_up_the_others(tide: Path, file: Path, tmp_path: Path) -> None:
    (tmp_path / "x.pdf").write_bytes(b"%PDF-1.7")

    done = nutgraf("import", "copy", tmp_path / "x.pdf", tmp_path / "none.txt", file, "--data", tide)

    assert done.returncode == 1
    assert "This is a PDF file" in done.stderr
    assert "There is no file" in done.stderr
    assert len(stories(tide)) == 1


def test_what_is_laid_in_the_watched_folder_becomes_drafts(tide: Path, file: Path, tmp_path: Path) -> None:
    drop = tmp_path / "drop"
    drop.mkdir()
    file.rename(drop / "harbour.txt")
    (drop / "empty.txt").touch()

    done = nutgraf("desk", "watch", drop, "--once", "--section", "Region", "--data", tide)

    assert done.returncode == 1
    assert stories(tide) == [("Harbour reopens after nine days", 0)]
    assert (drop / "done" / "harbour.txt").read_text() == COPY
    assert "no story" in (drop / "failed" / "empty.txt.why.txt").read_text()


def test_a_watched_folder_that_was_not_there_is_made_with_a_word(tide: Path, tmp_path: Path) -> None:
    done = nutgraf("desk", "watch", tmp_path / "dorp", "--once", "--data", tide)

    assert done.returncode == 0
    assert "Making the folder" in done.stdout + done.stderr
    assert "dorp" in done.stdout + done.stderr


@pytest.mark.parametrize(
    ("command", "sentence"),
    [
        (["copy", "write", "no-such-story"], "There is no story no-such-story"),
        (["import", "copy", "-", "--section", "Nowhere"], "There is no section Nowhere; there are: Region."),
        (["import", "copy", "-", "--by", "nobody"], "Nobody signs in as nobody."),
        (["import", "copy", "-"], "Standard input holds no story"),
    ],
)
def test_what_is_not_there_is_told_in_a_sentence(tide: Path, command: list[str], sentence: str) -> None:
    assert sentence in refused(nutgraf(*command, "--data", tide))


def test_a_folder_without_a_newsroom_is_told_in_a_sentence(tmp_path: Path) -> None:
    done = nutgraf("copy", "write", "1", "--data", tmp_path / "nothing")

    assert "There is no newsroom in" in refused(done)
    assert not (tmp_path / "nothing").exists()
