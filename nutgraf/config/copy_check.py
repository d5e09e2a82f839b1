"""Notes on a file of copy, like a linter's: where, which rule and why, without a newsroom."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from nutgraf.copydesk import rules
from nutgraf.copydesk.drafts import Draft, drafts
from nutgraf.copydesk.rules.base import House, HouseWord, Note, PictureWords, Target
from nutgraf.copydesk.rules.texts import Piece

if TYPE_CHECKING:
    from nutgraf.copydesk.found import Copy, Story

# A word list has a line for each: "e-mail = email # shorter"; what comes after the signs may be left out.
_WORD_LINE = re.compile(r"(?P<words>[^=#]+)(?:=(?P<preferred>[^#]*))?(?:#(?P<reason>.*))?\Z")
# By so many words a place is known.
_CONTEXT = 5


class NotAWordList(ValueError):
    """A line of a word list says nothing that can be looked for."""


@dataclass(frozen=True)
class Remark:
    """One note with its line in the file."""

    line: int
    note: Note


def remarks(copy: Copy, *, on: datetime.date, language: str, words: tuple[HouseWord, ...], most: int) -> list[Remark]:
    """Return what there is to note about every story of the copy, in the order of its lines."""
    found = [
        Remark(line, note)
        for story, draft in zip(copy.stories, drafts(copy), strict=True)
        for line, note in _notes(
            copy,
            story,
            draft,
            House(language=language, on=on, words=words, target=Target(most), pictures=_known(draft)),
        )
    ]
    return sorted(found, key=lambda remark: remark.line)


def read_words(file: Path) -> tuple[HouseWord, ...]:
    """Return the words of a list; raises NotAWordList with the line that is none."""
    return tuple(_words(file.read_text("utf-8")))


def _words(text: str) -> Iterator[HouseWord]:
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        found = _WORD_LINE.match(line)
        if not found or not found["words"].strip():
            raise NotAWordList(f"line {number} is no word: write it like “e-mail = email # shorter”.")
        yield HouseWord(*(" ".join((found[name] or "").split()) for name in ("words", "preferred", "reason")))


def _notes(copy: Copy, story: Story, draft: Draft, house: House) -> Iterator[tuple[int, Note]]:
    _credit(story, draft)
    places = _Places(copy.text, story, draft)
    for note in rules.check(draft, house):
        yield places.line(note), note


def _credit(story: Story, draft: Draft) -> None:
    """Give pictures the credit that the copy has for them; a draft leaves it to the library."""
    credits = {(one.caption, one.alt): one.credit.text for one in story.pictures if one.credit}
    shown = [draft.hero, *(part["value"] for part in draft.body if part["type"] == "picture")]
    for picture in filter(None, shown):
        picture["credit_line"] = credits.get((picture["caption"], picture["alt_text"]), "")


def _known(draft: Draft) -> dict[int, PictureWords]:
    """Pictures that copy names by number are in a library that nobody can look into from here."""
    shown = [draft.hero or {}, *(part["value"] for part in draft.body if part["type"] == "picture")]
    return {value["picture"]: PictureWords("known", "known") for value in shown if value.get("picture")}


class _Places:
    """Where the fields of one story stand in the text that it was read from."""

    def __init__(self, text: str, story: Story, draft: Draft) -> None:
        self.text = text
        self.start, self.end = story.span
        self.fields: dict[str, tuple[str, int]] = {}
        place = self.start
        for field in Piece(draft).texts:
            found = self._find(field.words, place)
            self.fields[field.path] = (field.words, found)
            # Facts repeat words that stand above; what comes next stands below.
            if field.kind in ("text", "bullet", "sub-bullet", "label"):
                place = found

    def line(self, note: Note) -> int:
        words, first = self.fields.get(note.path) or self._nearest(note.path)
        before = len(re.findall(r"\w+", words[: note.start]))
        place = first
        if note.words and (found := _pattern(note.words).search(self.text, first, self.end)) and before:
            place = found.start()
        return self.text.count("\n", 0, place) + 1

    def _nearest(self, path: str) -> tuple[str, int]:
        """A field without words has the line of its part, and what is about the whole story that of its beginning."""
        if path == "body":
            return "", self._first()
        part = "/".join(path.split("/")[:2])
        return next((field for name, field in self.fields.items() if name.startswith(f"{part}/")), ("", self._first()))

    def _find(self, words: str, place: int) -> int:
        pattern = _pattern(words)
        found = pattern.search(self.text, place, self.end) or pattern.search(self.text, self.start, self.end)
        return found.start() if found else self._first()

    def _first(self) -> int:
        stretch = self.text[self.start : self.end]
        return self.start + len(stretch) - len(stretch.lstrip())


def _pattern(words: str) -> re.Pattern[str]:
    """Match words by their letters, for copy breaks lines and marks words where a field does not."""
    return re.compile(r"[\W_]+".join(map(re.escape, re.findall(r"\w+", words)[:_CONTEXT])) or r"\Z")
