"""Say what a change to a public story may be called: which facts are at stake in it, and whether it is only a typo.

The rules err on one side: a change that might be one of meaning is taken for one, and then somebody is asked.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from nutgraf.copydesk import dates, values
from nutgraf.copydesk.comparing import Change

Stake = Literal["number", "date", "negation", "name", "quote"]
Suggestion = Literal["", "MINOR", "UPDATE", "CORRECTION"]

# How many words of a story may be spelt otherwise before that is more than a few typos.
MOST_TYPOS = 5

# What a sentence may gain or lose without saying something else.
_FILLING = frozenset("a an the of to that and".split())
_NEGATIONS = frozenset("no not none nor never neither nobody nothing nowhere cannot without hardly barely".split())
_DATES = frozenset(
    "yesterday today tonight tomorrow ago week weeks month months year years decade decades noon midnight".split()
)
_CALENDAR = frozenset(word.casefold() for word in dates.CALENDAR) - {"may"}
_NUMBERS = frozenset(
    {*values.SCALES, *(f"{scale}s" for scale in values.SCALES)}
    | set(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
        " seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety half third quarter"
        " double triple twice once first second fourth fifth sixth seventh eighth ninth tenth percent several few"
        " many most all both some couple".split()
    )
)
# What parts of a block hold facts by themselves, whatever their words look like.
_STAKE_OF: Mapping[str, Stake] = {
    "value": "number", "value_to": "number", "wording": "number", "unit": "number",
    "as_of": "date", "starts": "date", "ends": "date", "time": "date", "precision": "date", "is_expected": "date",
    "speaker": "name", "role": "name", "affiliation": "name", "said_to": "name", "source": "name", "place": "name",
}  # fmt: skip
_STAKE_OF_LINE: Mapping[str, Stake] = {"byline": "name", "dateline": "date"}
# An address can be mended without a word to readers; it is in the record all the same.
_WITHOUT_MEANING = frozenset(["links"])
_EDGES = ".,;:!?…()[]{}\"'“”‘’„«»"
_SIGNS = frozenset("%‰°№#")


@dataclass(frozen=True, slots=True)
class Difference:
    """A fact that a piece said, and what it says in its place: "2,500", "2,000"."""

    stake: Stake
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a text, as it stands there and as it is compared."""

    text: str
    key: str
    stake: Stake | None


def suggest(changes: Sequence[Change]) -> Suggestion:
    """Return what these changes are best called, before anybody is asked; nothing if there are none.

    A fact that stands where another stood makes one ask whether the other was wrong.
    """
    if not changes:
        return ""
    if differences(changes):
        return "CORRECTION"
    return "MINOR" if is_small(changes) else "UPDATE"


def differences(changes: Sequence[Change]) -> list[Difference]:
    """Return the facts that were replaced by others in the pieces that stayed, or denied."""
    return [
        difference
        for change in changes
        if change.before and change.after and change.says_something_else
        for difference in _differences(change)
    ]


def is_small(changes: Sequence[Change]) -> bool:
    """Say whether nothing but the spelling of a few words is another: what readers need not be told."""
    typos = 0
    for change in changes:
        if change.act != "changed" or not change.before or not change.after or not _is_same_kind(change):
            return False
        for name in _names(change):
            found = _typos(change, name)
            if found is None:
                return False
            typos += found
    return typos <= MOST_TYPOS


def _is_same_kind(change: Change) -> bool:
    before, after = change.pair
    return (before.kind, before.under, before.is_noted) == (after.kind, after.under, after.is_noted)


def _names(change: Change) -> Iterator[str]:
    """Yield the parts of a piece that say something else, by name."""
    before, after = change.pair
    for name in sorted({*before.words, *after.words} - _WITHOUT_MEANING):
        if before.words.get(name) != after.words.get(name):
            yield name


def _texts(change: Change, name: str) -> tuple[str, str]:
    before, after = change.pair
    return before.words.get(name, ""), after.words.get(name, "")


def _stake_of(change: Change, name: str) -> Stake | None:
    return _STAKE_OF_LINE.get(change.piece.kind) or _STAKE_OF.get(name)


def _differences(change: Change) -> Iterator[Difference]:
    for name in _names(change):
        before, after = _texts(change, name)
        if name == "picture":
            continue
        if stake := _stake_of(change, name):
            if before and (after or stake == "number"):
                yield Difference(stake, before, after)
            continue
        if name == "words" and _typos(change, name) is None:
            yield Difference("quote", before, after)
        yield from _replaced(words(before), words(after))


def _replaced(before: list[Word], after: list[Word]) -> Iterator[Difference]:
    """Yield the facts of a text that went while others of their kind came, and every "not" that came or went."""
    # A year may stand where a number stood, and the other way round.
    groups: list[tuple[Stake, ...]] = [("number", "date"), ("name",), ("negation",)]
    for stakes in groups:
        lost, gained = _lost(before, after, stakes), _lost(after, before, stakes)
        if (lost and gained) or (stakes == ("negation",) and (lost or gained)):
            stake = (lost or gained)[0].stake or stakes[0]
            yield Difference(stake, *(" ".join(word.text for word in side) for side in (lost, gained)))


def _lost(before: list[Word], after: list[Word], stakes: Collection[Stake]) -> list[Word]:
    left = Counter(word.key for word in after)
    lost = []
    for word in before:
        if left[word.key]:
            left[word.key] -= 1
        elif word.stake in stakes:
            lost.append(word)
    return lost


def words(text: str) -> list[Word]:
    """Return the words of a text, each with the fact that it may be part of."""
    found = []
    is_beginning = True
    for chunk in text.split():
        bare = chunk.strip(_EDGES)
        if bare or _is_sign(chunk):
            found.append(_word(bare or chunk, is_beginning=is_beginning))
        is_beginning = chunk.rstrip("\"'”’»)")[-1:] in (".", "!", "?", ":")
    return found


def _word(text: str, *, is_beginning: bool) -> Word:
    folded = text.casefold()
    plain = re.sub(r"['’]s$", "", folded)
    if any(char.isnumeric() for char in text) or any(_is_sign(char) for char in text):
        stake: Stake | None = "date" if _is_date(plain) else "number"
        return Word(text, text, stake)
    parts = set(re.split(r"[-–—/]", plain))
    if parts & _NUMBERS:
        return Word(text, folded, "number")
    if parts & _NEGATIONS or re.search(r"n['’]t$", folded) or folded.startswith("non-"):
        return Word(text, folded, "negation")
    if parts & _DATES or parts & _CALENDAR:
        return Word(text, folded, "date")
    if len(text) > 1 and text.isupper():
        # "US" is another word than "us".
        return Word(text, text, "name")
    is_name = text[:1].isupper() and not (is_beginning and plain in _COMMON_OPENINGS)
    return Word(text, folded, "name" if is_name else None)


_COMMON_OPENINGS = frozenset(
    "a an the it its this that these those he she they we you i his her their our my there here in on at of for to"
    " from by with as but and or so if when while after before since because until both each every more less what"
    " who why how where which is are was were has have had will would can could may might".split()
)


def _is_date(text: str) -> bool:
    return bool(re.fullmatch(r"(?:1[6-9]|20|21)\d\d|\d{1,2}:\d\d|\d{1,2}(?:st|nd|rd|th)|[12]?\d[ap]\.?m\.?", text))


def _is_sign(char: str) -> bool:
    return char in _SIGNS or (len(char) == 1 and unicodedata.category(char) in ("Sc", "Sm"))


def _typos(change: Change, name: str) -> int | None:
    """Return how many words are only spelt otherwise, or None where a word is another, came or went."""
    if _stake_of(change, name):
        return None
    before, after = (words(text) for text in _texts(change, name))
    if [word.key for word in before if word.stake] != [word.key for word in after if word.stake]:
        return None
    if not before or not after:
        return None
    found = 0
    matcher = difflib.SequenceMatcher(None, [word.key for word in before], [word.key for word in after], autojunk=False)
    for tag, first, last, start, end in matcher.get_opcodes():
        if tag == "equal":
            continue
        count = _spelt_otherwise(before[first:last], after[start:end])
        if count is None:
            return None
        found += count
    # Signs between the words can turn what a sentence says, so they count as a word each.
    return max(found, 1)


def _spelt_otherwise(before: list[Word], after: list[Word]) -> int | None:
    if not before or not after:
        loose = before or after
        return len(loose) if all(word.key in _FILLING for word in loose) else None
    if len(before) != len(after):
        # One word written as two, or two as one.
        joined = [re.sub(r"\W", "", "".join(word.key for word in side)) for side in (before, after)]
        return 1 if joined[0] == joined[1] else None
    pairs = zip(before, after, strict=True)
    return len(before) if all(_is_near(one.key, other.key) for one, other in pairs) else None


def _is_near(one: str, other: str) -> bool:
    """Say whether two words are one with a slip: a letter more, less, another, or two the wrong way round."""
    if {one, other} <= _FILLING:
        return {one, other} == {"a", "an"}
    shorter = min(len(one), len(other))
    if shorter < 3:
        return False
    return _distance(one, other) <= (2 if shorter > 7 else 1)


def _distance(one: str, other: str) -> int:
    """Return how many slips lie between two words (insertion, deletion, substitution, transposition)."""
    if abs(len(one) - len(other)) > 2:
        return 3
    earlier: list[int] = []
    row = list(range(len(other) + 1))
    for place, char in enumerate(one, 1):
        last, earlier, row = earlier, row, [place]
        for spot, sign in enumerate(other, 1):
            best = min(earlier[spot] + 1, row[spot - 1] + 1, earlier[spot - 1] + (char != sign))
            if last and spot > 1 and char == other[spot - 2] and one[place - 2] == sign:
                best = min(best, last[spot - 2] + 1)
            row.append(best)
    return row[-1]
