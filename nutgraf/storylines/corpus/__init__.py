"""Read the labelled set: pairs of numbers and stories of storylines, written for this project, with a person's answers."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from nutgraf.storylines.sameness import Answer, Counted, counted

FOLDER = Path(__file__).parent
_ANSWERS = {"same": Answer.YES, "different": Answer.NO, "unsure": Answer.UNSURE}
# The file of stories that belong to no storyline.
NONE = "none"


@dataclass(frozen=True, slots=True)
class Pair:
    """Two numbers, and whether they count the same thing."""

    answer: Answer
    one: Counted
    other: Counted
    line: str

    def __str__(self) -> str:
        return self.line


@dataclass(frozen=True, slots=True)
class Told:
    """A story, and the storylines that it belongs to."""

    on: datetime.date
    headline: str
    text: str
    storylines: frozenset[str] = field(default=frozenset())
    part: str = "practice"


def numbers(part: str) -> list[Pair]:
    """Return the pairs of a part of the set, `practice` or `test`."""
    return list(_pairs((FOLDER / part / "numbers.txt").read_text(encoding="utf-8")))


def stories(part: str) -> list[Told]:
    """Return the stories of a part of the set, the earliest first."""
    files = [path for path in sorted((FOLDER / part).glob("*.txt")) if path.stem != "numbers"]
    told = [story for path in files for story in _stories(path.read_text(encoding="utf-8"), path.stem, part)]
    return sorted(told, key=lambda story: (story.on, story.headline))


def _pairs(text: str) -> Iterator[Pair]:
    for line in text.splitlines():
        if line and not line.startswith("#"):
            answer, one, other = (part.strip() for part in line.split("|"))
            yield Pair(_ANSWERS[answer], _counted(one), _counted(other), line)


def _counted(words: str) -> Counted:
    counts, comma, unit = words.rpartition(",")
    return counted(counts, unit) if comma else counted(words)


def _stories(text: str, storyline: str, part: str) -> Iterator[Told]:
    for piece in text.split("\n\n\n"):
        first, _, rest = piece.strip().partition("\n")
        day, headline, *also = (word.strip() for word in first.split("|"))
        names = {*also} if storyline == NONE else {storyline, *also}
        yield Told(datetime.date.fromisoformat(day), headline, rest.strip(), frozenset(names), part)
