"""Look at a story with every rule that is on, the most telling first."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from nutgraf.copydesk.drafts import Draft
from nutgraf.copydesk.rules.base import House, Level, Note, Rule
from nutgraf.copydesk.rules.lengths import count
from nutgraf.copydesk.rules.registry import RULES
from nutgraf.copydesk.rules.texts import Piece


@dataclass(frozen=True, slots=True)
class Length:
    """How long a story is, and how long it should be at most."""

    words: int
    seconds: int
    target: int
    name: str = ""

    @property
    def minutes(self) -> float:
        """The reading time in minutes, in halves."""
        return math.ceil(self.seconds / 30) / 2


def check(draft: Draft, house: House, *, level: Level = Level.ADVICE) -> list[Note]:
    """Return what the rules of a level or above say, in the order of the rules and then of the story."""
    piece = Piece(draft)
    return [note for rule in _asked(house, level) for note in _notes(rule, piece, house)]


def length(draft: Draft, house: House) -> Length:
    """Return a story's words and reading time, with the target for its kind."""
    words = count(Piece(draft))
    return Length(words, math.ceil(words * 60 / house.words_per_minute), house.target.words, house.target.name)


def _asked(house: House, level: Level) -> Iterator[Rule]:
    for rule in RULES:
        is_asked = rule.level is Level.STOP or level is Level.ADVICE
        if is_asked and rule.switch(house).is_on and (house.is_english() or not rule.is_english_only):
            yield rule


def _notes(rule: Rule, piece: Piece, house: House) -> Iterator[Note]:
    own = rule.switch(house).limit
    limit = own if own is not None else rule.limit or 0
    for found in rule.find(piece, house, limit):
        yield Note(
            rule.key, rule.level, found.why, found.path, found.start, found.end, found.words, found.context, found.other
        )
