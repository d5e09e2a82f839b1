"""Copy is checked from the command line, like code: a line for each note, and a status for scripts."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from nutgraf.config.copy_cli import copy

COPY = """The harbour of Port Ellery reopens after nine days

By Mara Lind

Ships may enter the harbour again from Thursday, the port authority said.

Why it matters: Bread comes by ship, and all of the coast has waited for
that, at the end of the day.

- The e-mail said so.
"""


@pytest.fixture
def check(tmp_path):
    def run(text, *options, name="story.txt"):
        file = tmp_path / name
        file.write_text(text)
        result = CliRunner().invoke(copy, ["check", str(file), "--at", "2026-11-22", *options])
        lines = [line.removeprefix(f"{file}:") for line in result.output.splitlines()]
        return result.exit_code, lines

    return run


def rules(lines):
    return [tuple(line.split(": ")[0:2]) for line in lines]


def test_each_note_has_its_line_its_rule_and_its_reason(check):
    status, lines = check(COPY)

    assert status == 1
    assert lines == [
        "5: day: Read in a month, “Thursday” says nothing: write the date beside it.",
        "8: jargon: “at the end of the day” is worn or an office's word: say it plainly.",
    ]


def test_a_note_in_a_paragraph_of_several_lines_has_its_own_line(check):
    wrapped = """Why it matters: Bread comes by ship, and all of the coast has waited for it.
The bakers of the port have shut their doors, and the boats of the fishers
lie at the quay with nothing to do and nobody to say for how much longer it
will be so, which at the end of the day is a matter of two pilots and their
pay, as everybody along the river from the mouth to the mountains knows.
"""
    _, lines = check(COPY.split("Why it")[0] + wrapped)

    assert ("10", "jargon") in rules(lines)


def test_copy_without_a_fault_passes_in_silence(check):
    assert check(COPY.replace("Thursday", "Thursday, 26 November").replace(", at the end of the day", "")) == (0, [])


def test_only_what_stops_a_story_counts_if_one_says_so(check):
    status, lines = check(COPY, "--level", "stop")

    assert (status, len(lines)) == (0, 2)
    assert check(COPY.replace("Bread", "TK"), "--level", "stop")[0] == 1


def test_a_list_of_ones_own_words(check, tmp_path):
    words = tmp_path / "words"
    words.write_text("# ours\n\ne-mail = email # it is shorter\ncoast\n")

    _, lines = check(COPY, "--words-file", str(words))

    assert "10: house-word: We write “email” rather than “e-mail”: it is shorter." in lines
    assert "7: house-word: We do not write “coast”." in lines


def test_a_list_that_is_none_is_refused_with_its_line(check, tmp_path):
    words = tmp_path / "words"
    words.write_text("e-mail = email\n= mail\n")

    status, lines = check(COPY, "--words-file", str(words))

    assert status == 2
    assert "line 2 is no word" in " ".join(lines)


def test_a_length_of_ones_own(check):
    assert ("1", "story-length") in rules(check(COPY, "--words", "20")[1])


def test_a_picture_says_whom_it_is_owed_to(check):
    picture = "Why it matters: Bread.\n\nPhoto: A crane over the quay.\n"
    credited = "Why it matters: Bread.\n\nA crane over the quay. Photo: Ada Quill/Harbour Agency\n"

    assert "picture" in {rule for _, rule in rules(check(COPY + picture)[1])}
    assert not [line for line in check(COPY + credited)[1] if "credited" in line]


def test_a_picture_in_the_library_is_left_to_the_newsroom(check):
    assert not [line for line in check(COPY + "\n[picture] A crane. | number: 7\n")[1] if "picture" in line]


def test_rules_of_english_are_for_english(check):
    assert check(COPY, "--language", "de") == (0, [])


def test_standard_input_is_a_file_too():
    result = CliRunner().invoke(copy, ["check", "-"], input=COPY)

    assert result.exit_code == 1
    assert result.output.startswith("-:5: day: ")


def test_what_cannot_be_read_is_said_and_the_rest_is_checked(tmp_path):
    (tmp_path / "story.txt").write_text(COPY)

    result = CliRunner().invoke(copy, ["check", str(tmp_path / "gone.txt"), str(tmp_path / "story.txt")])

    assert result.exit_code == 2
    assert "There is no file" in result.output
    assert "jargon" in result.output
