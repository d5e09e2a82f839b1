"""What a rule is, what it is told about the house, and the note that it writes."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from nutgraf.copydesk.labels import label_key
from nutgraf.copydesk.rules.texts import Elsewhere, Finding, Piece

# The labels that say why a story matters, where a newsroom has not said which of its own do.
WHY_LABELS = ("Why it matters", "Why it's important", "The stakes")
WHY = "WHY"


class Level(StrEnum):
    """What a note does: it gives advice, or it stops the story from being published."""

    ADVICE = "ADVICE"
    STOP = "STOP"


@dataclass(frozen=True, slots=True)
class Switch:
    """Whether a rule is on in this house, and its limit there."""

    is_on: bool = True
    limit: int | None = None


@dataclass(frozen=True, slots=True)
class HouseWord:
    """Words that the house writes differently, or not at all."""

    words: str
    preferred: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Target:
    """How many words a kind of story may have; the name is that of the kind, if it has one."""

    words: int = 300
    name: str = ""


@dataclass(frozen=True, slots=True)
class PictureWords:
    """What is known of a picture in the library."""

    alt_text: str = ""
    credit_line: str = ""


class Known:
    """What is known from stories on the same subject; here nothing is, and whoever knows more overrides it."""

    def numbers(self, piece: Piece) -> Iterable[Finding]:
        """Return the numbers of a story that differ from what is known."""
        return ()

    def names(self, piece: Piece) -> Iterable[Finding]:
        """Return the people of a story whose names are spelt otherwise elsewhere."""
        return ()

    def roles(self, piece: Piece) -> Iterable[Finding]:
        """Return the speakers of a story who have another role elsewhere."""
        return ()

    def dates(self, piece: Piece) -> Iterable[Finding]:
        """Return the events of a story that are on another day elsewhere."""
        return ()


@dataclass(frozen=True)
class House:
    """What the rules are told: the house's language, day, words, targets and switches."""

    language: str = "en"
    on: datetime.date | None = None
    # The jobs of labels, by `label_key`.
    jobs: Mapping[str, str] = field(default_factory=lambda: {label_key(label): WHY for label in WHY_LABELS})
    words: tuple[HouseWord, ...] = ()
    target: Target = Target()
    words_per_minute: int = 230
    switches: Mapping[str, Switch] = field(default_factory=dict)
    pictures: Mapping[int, PictureWords] = field(default_factory=dict)
    known: Known = field(default_factory=Known)

    def is_english(self) -> bool:
        return self.language.lower().split("-")[0] == "en"


Find = Callable[[Piece, House, int], Iterator[Finding]]


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing that the desk looks for; `key` never changes, for waivers and switches are kept by it."""

    key: str
    name: str
    about: str
    find: Find
    level: Level = Level.ADVICE
    # A rule that counts has a limit, and words for what it counts.
    limit: int | None = None
    counts: str = ""
    is_english_only: bool = False

    def switch(self, house: House) -> Switch:
        """Return how this rule is set in a house; without a word from the house it is on."""
        return house.switches.get(self.key, Switch())


@dataclass(frozen=True, slots=True)
class Note:
    """What one rule has to say about one place; `start` and `end` count in the plain words of the field at `path`."""

    rule: str
    level: Level
    why: str
    path: str
    start: int = 0
    end: int = 0
    words: str = ""
    context: str = ""
    other: Elsewhere | None = None

    @property
    def known_by(self) -> str:
        """The words by which it is known again after an edit elsewhere."""
        return self.context or self.words

    @property
    def key(self) -> tuple[str, str]:
        """What stays the same while a story is edited elsewhere: the rule and the words, whatever their case and spaces."""
        return self.rule, " ".join(self.known_by.casefold().split())
