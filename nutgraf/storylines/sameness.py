"""Tell whether two numbers count the same thing, from their words and units alone: yes, no, or a question for an editor."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache

from nutgraf.storylines import counted_words as words
from nutgraf.storylines.units import Unit, unit_of

# From here on two words are one that was typed in two ways.
_SPELT_ALIKE = 85
_SHORTEST_MISSPELT = 6
_WORD = re.compile(r"[^\W_]\w*(?:['’][^\W_]+)*")


class Answer(StrEnum):
    """Whether two numbers count the same thing."""

    YES = "YES"
    NO = "NO"
    UNSURE = "UNSURE"


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer, and how sure it is, from 0 to 1."""

    answer: Answer
    sure: float


@dataclass(frozen=True, slots=True)
class Counted:
    """What a number counts, taken apart; the words are of the one form that all their forms share."""

    # What it is at heart, such as the dead; empty where only a unit says what is measured.
    heads: frozenset[str]
    # What narrows it down: "children", "in Corvane".
    narrowing: frozenset[str]
    # What makes it another figure of the same thing: a rate, an addition, a target, an opposite.
    turns: frozenset[str]
    unit: Unit

    @property
    def key(self) -> str:
        """What numbers that surely count the same thing have in common; two that may do have different ones."""
        parts = ("+".join(sorted(part)) for part in (self.heads, self.narrowing, self.turns))
        return "|".join([*parts, self.unit.dimension])


def counted(counts: str, unit: str = "") -> Counted:
    """Take apart what a number counts."""
    return _counted(" ".join(counts.split()), " ".join(unit.split()))


def key(counts: str, unit: str = "") -> str:
    """Return a name of what is counted, the same for all that `same` is sure of by their words alone."""
    return counted(counts, unit).key


def same(one: Counted, other: Counted) -> Verdict:
    """Tell whether two numbers count the same thing; the order of the two makes no difference."""
    if one.unit.dimension != other.unit.dimension:
        # Currencies have no fixed rate, so an editor has to say; a share and a count are never one thing.
        is_money = one.unit.is_money and other.unit.is_money
        if is_money and _alike(one.heads, other.heads) == 1 and one.turns == other.turns:
            return Verdict(Answer.UNSURE, 0.5)
        return Verdict(Answer.NO, 0.95)
    if one.turns != other.turns:
        return Verdict(Answer.NO, 0.9)
    heads = _alike(one.heads, other.heads)
    narrowing = _alike(one.narrowing, other.narrowing)
    if heads == 1 and narrowing == 1:
        return Verdict(Answer.YES, 0.97 if one == other else 0.9)
    if heads == 1:
        return _narrowed(one.narrowing, other.narrowing)
    if words.are_near(one.heads, other.heads):
        # "people evacuated" and "people displaced"
        return Verdict(Answer.UNSURE, 0.4)
    if not one.heads or not other.heads:
        # Nothing is said but the unit: "a fall of 12%".
        return Verdict(Answer.UNSURE, 0.3)
    return Verdict(Answer.NO, 0.9)


def _narrowed(one: frozenset[str], other: frozenset[str]) -> Verdict:
    """Judge two counts of one kind of thing whose other words differ."""
    if not one or not other:
        # One counts all of them or says less: it may mean the same ones.
        return Verdict(Answer.UNSURE, 0.6)
    if _within(one, other):
        return Verdict(Answer.UNSURE, 0.6)
    shared = len(one & other) / min(len(one), len(other))
    return Verdict(Answer.UNSURE, 0.4) if shared >= 0.5 else Verdict(Answer.NO, 0.8)


def in_unit_of(value: Decimal, unit: str, other: str) -> Decimal | None:
    """Return a value measured in another unit, or nothing where there is no fixed rate between the two."""
    return unit_of(unit).converted(value, unit_of(other))


@lru_cache(maxsize=4096)
def _counted(counts: str, unit: str) -> Counted:
    # "12% of voters" and "12 per cent" of "voters" have their unit in different fields.
    share = None if unit else words.SHARE.match(counts)
    measured = unit_of("%" if share else unit)
    heads: set[str] = set()
    narrowing: set[str] = set()
    turns: set[str] = set(words.turns_of(counts))
    tokens = [words.plain(word) for word in _WORD.findall(words.without_rates(counts).casefold())]
    while tokens and (tokens[0] in words.FILLING or tokens[0].isdecimal()):
        # "12%" and "of voters"; "an estimated 40 dead", but "trams on line 5"
        tokens.pop(0)
    for place, token in enumerate(tokens):
        if token in words.TURNS:
            turns.add(words.TURNS[token])
        elif token in words.HEADS:
            heads.add(words.HEADS[token])
        elif token and token not in words.FILLING:
            (narrowing if _narrows(tokens, place) else heads).add(words.SAME.get(token, token))
    if states := heads & words.STATES:
        # "people killed" and "the dead": the state is what is counted, and people are all that can be in it.
        narrowing = (narrowing | heads - states) - words.PEOPLE
        heads = states
    return Counted(frozenset(heads), frozenset(narrowing), frozenset(turns), measured)


def _narrows(tokens: list[str], place: int) -> bool:
    """Tell whether a word says which ones: the noun is the last word before the first "of", "in" or "without"."""
    border = next((at for at, token in enumerate(tokens) if token in words.LINKS), len(tokens))
    nouns = [at for at, token in enumerate(tokens[:border]) if token and token not in words.FILLING]
    if len(nouns) > 1 and words.is_participle(tokens[nouns[-1]]):
        # "flights cancelled" are cancelled flights
        nouns.pop()
    return not nouns or place != nouns[-1]


def _alike(one: frozenset[str], other: frozenset[str]) -> float:
    """Return how much of two sets of words is the same, with words that are spelt alike."""
    if one == other:
        return 1.0
    rest, others = one - other, other - one
    pairs = _pairs(rest, others)
    if len(pairs) == len(rest) == len(others):
        return 1.0
    everything = len(one | other) - len(pairs)
    return (len(one & other) + len(pairs)) / everything


def _within(one: frozenset[str], other: frozenset[str]) -> bool:
    """Tell whether all words of one are words of the other, whichever it is."""
    rest, others = one - other, other - one
    pairs = _pairs(rest, others)
    return len(pairs) in (len(rest), len(others))


def _pairs(some: Iterable[str], others: Iterable[str]) -> list[tuple[str, str]]:
    """Pair words that one slip of the hand makes of each other, each with one at most."""
    from rapidfuzz import fuzz

    free = sorted(others)
    pairs = []
    for word in sorted(some):
        for other in free:
            is_long = min(len(word), len(other)) >= _SHORTEST_MISSPELT
            if is_long and word[0] == other[0] and fuzz.ratio(word, other) >= _SPELT_ALIKE:
                pairs.append((word, other))
                free.remove(other)
                break
    return pairs
