"""Compare what was read in a piece with its truth: how much of it is right, what is missed and what is too much."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from difflib import SequenceMatcher
from typing import Any
from zoneinfo import ZoneInfo

from nutgraf.copydesk.corpus import Piece, body
from nutgraf.copydesk.corpus.plain import fold, words

Record = dict[str, Any]
Same = Callable[[Any, Any], bool]

LINES = (
    "stories split",
    "headline",
    "eyebrow and section",
    "bylines",
    "times",
    "lede",
    "labels in order",
    "bullets with nesting",
    "captions",
    "credit chain",
    "quotes with speaker",
    "numbers",
    "events",
)
ENOUGH_OF_A_STORY, ENOUGH_OF_A_QUOTE, ENOUGH_OF_A_PHRASE = 0.8, 0.9, 0.5
SAME_VALUE = Decimal("0.01")

_TITLES = frozenset("capt captain col dame dr gen gov lt mr mrs ms prof rep rev sen sgt sir".split())
_FILLERS = frozenset("a an and as at by for from in is it of on or s that the to was were will with".split())
_SHOWN = "kind at words speaker value value_to unit counts starts ends precision what".split()
_SMALL = "zero one two three four five six seven eight nine ten eleven twelve".split()
_DIGITS = {word: str(value) for value, word in enumerate(_SMALL)}
_UNITS = {
    **dict.fromkeys(["%", "percent", "per cent", "pct"], "%"),
    **dict.fromkeys(["percentage points", "percentage point", "points", "pp"], "percentage points"),
    **dict.fromkeys(["basis points", "basis point"], "basis points"),
    **dict.fromkeys(["$", "us$", "usd", "dollars", "dollar"], "$"),
    **dict.fromkeys(["€", "eur", "euros", "euro"], "€"),
    **dict.fromkeys(["£", "gbp", "pounds sterling"], "£"),
    **dict.fromkeys(["¥", "jpy", "yen"], "¥"),
    **dict.fromkeys(["₹", "inr", "rupees", "rupee"], "₹"),
    **dict.fromkeys(["cents", "cent"], "cents"),
}


@dataclass
class Tally:
    """How many things of one kind there are, how many were read, and how many of those are right."""

    true: int = 0
    read: int = 0
    right: int = 0
    missed: list[str] = field(default_factory=list)
    too_much: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        return self.right / self.read if self.read else 1.0

    @property
    def recall(self) -> float:
        return self.right / self.true if self.true else 1.0

    @property
    def f1(self) -> float:
        both = self.true + self.read
        return 2 * self.right / both if both else 1.0

    def __iadd__(self, other: Tally) -> Tally:
        self.true += other.true
        self.read += other.read
        self.right += other.right
        self.missed += other.missed
        self.too_much += other.too_much
        return self


Scores = dict[str, Tally]


def scores(
    some: Iterable[Piece], read: Callable[[Piece], Record], *, tell: Callable[[Piece, Scores], None] | None = None
) -> Scores:
    """Return the sums over some pieces; `read` gives what `Copy.as_json()` gave for a piece."""
    total = {line: Tally() for line in LINES}
    for piece in some:
        one = score(piece, read(piece))
        if tell:
            tell(piece, one)
        for line, tally in one.items():
            total[line] += tally
    return total


def score(piece: Piece, reading: Record) -> Scores:
    """Return a tally for each of the lines."""
    tallies = {line: Tally() for line in LINES}
    for true, read in _pairs(piece.truth["stories"], [_compact(story) for story in reading["stories"]]):
        for line, tally in _tallies(true, read, piece.zone).items():
            tallies[line] += tally
    return tallies


def _compact(story: Record) -> Record:
    """Return a story that was read in the shape of the truths."""
    return {
        "headline": (story["headline"] or {}).get("text", ""),
        "eyebrow": (story["eyebrow"] or {}).get("text", ""),
        "section": (story["section"] or {}).get("text", ""),
        "lede": (story["lede"] or {}).get("text", ""),
        "bylines": [byline["text"] for byline in story["bylines"]],
        "times": [time for time in story["times"] if time["at"]],
    } | {key: story[key] for key in ("pictures", "points", "quotes", "numbers", "events")}


def _pairs(true: list[Record], read: list[Record]) -> list[tuple[Record, Record]]:
    """Pair the stories that share most words; what is left over is paired with nothing."""
    likeness = sorted(
        ((_likeness(one, other), -i, -j) for i, one in enumerate(true) for j, other in enumerate(read)), reverse=True
    )
    pairs, free_true, free_read = [], dict(enumerate(true)), dict(enumerate(read))
    for alike, i, j in likeness:
        if alike and -i in free_true and -j in free_read:
            pairs.append((free_true.pop(-i), free_read.pop(-j)))
    return pairs + [(one, {}) for one in free_true.values()] + [({}, one) for one in free_read.values()]


def _likeness(one: Record, other: Record) -> float:
    bags = [Counter(words(" ".join(_texts(story)))) for story in (one, other)]
    total = sum(sum(bag.values()) for bag in bags)
    return 2 * sum((bags[0] & bags[1]).values()) / total if total else 0.0


def _texts(story: Record) -> Iterable[str]:
    yield story.get("headline", "")
    yield from (point.get("label", "") for point in story.get("points", []))
    yield from body(story)


def _tallies(true: Record, read: Record, zone: ZoneInfo) -> dict[str, Tally]:
    def both(items: Callable[[Record], Iterable[Any]], same: Same = _is_equal) -> Tally:
        return _tally(list(items(true)), list(items(read)), same)

    split = Tally(true=bool(true), read=bool(read))
    split.right = int(_likeness(true, read) >= ENOUGH_OF_A_STORY)
    if not split.right:
        split.missed += [str(true.get("headline", ""))] if true else []
        split.too_much += [str(read.get("headline", ""))] if read else []
    return {
        "stories split": split,
        "headline": both(lambda story: _filled([story.get("headline")])),
        "eyebrow and section": both(_places),
        "bylines": both(lambda story: _filled(story.get("bylines", []))),
        "times": both(lambda story: story.get("times", []), lambda one, other: _is_same_time(one, other, zone)),
        "lede": both(lambda story: _filled([story.get("lede")])),
        "labels in order": _tally_in_order(_points(true), _points(read)),
        "bullets with nesting": both(_bullets),
        "captions": both(lambda story: _filled(picture.get("caption") for picture in story.get("pictures", []))),
        "credit chain": _tally_credits(true, read),
        "quotes with speaker": both(lambda story: story.get("quotes", []), _is_same_quote),
        "numbers": both(_numbers, _is_same_number),
        "events": _tally_events(true.get("events", []), read.get("events", [])),
    }


def _tally(true: list[Any], read: list[Any], same: Same) -> Tally:
    partners = _match(true, read, same)
    return Tally(
        len(true),
        len(read),
        len(partners),
        [_show(one) for i, one in enumerate(true) if i not in partners.values()],
        [_show(one) for j, one in enumerate(read) if j not in partners],
    )


def _match(true: list[Any], read: list[Any], same: Same) -> dict[int, int]:
    """Return the most that can be paired one to one: for places in `read`, places in `true`."""
    partners: dict[int, int] = {}

    def place(i: int, tried: set[int]) -> bool:
        for j, other in enumerate(read):
            if j not in tried and same(true[i], other):
                tried.add(j)
                if j not in partners or place(partners[j], tried):
                    partners[j] = i
                    return True
        return False

    for i in range(len(true)):
        place(i, set())
    return partners


def _tally_in_order(true: list[Any], read: list[Any]) -> Tally:
    blocks = SequenceMatcher(None, true, read, autojunk=False).get_matching_blocks()
    in_true = {block.a + n for block in blocks for n in range(block.size)}
    in_read = {block.b + n for block in blocks for n in range(block.size)}
    return Tally(
        len(true),
        len(read),
        len(in_true),
        [_show(one) for i, one in enumerate(true) if i not in in_true],
        [_show(one) for j, one in enumerate(read) if j not in in_read],
    )


def _tally_credits(true: Record, read: Record) -> Tally:
    def chain(story: Record) -> list[tuple[str, str]]:
        credits = [picture.get("credit") or {} for picture in story.get("pictures", [])]
        parts = ("maker", "handout", "agency", "distributor")
        return [(part, fold(credit[part])) for credit in credits for part in parts if credit.get(part)]

    read_chain = chain(read)
    true_chain = [one for one in chain(true) if one != ("handout", "pool") or one in read_chain]
    return _tally(true_chain, read_chain, _is_equal)


def _tally_events(true: list[Record], read: list[Record]) -> Tally:
    """Count a second mention of a happening that was found neither for nor against the reader."""
    partners = _match(true, read, _is_same_event)
    found = [true[i] for i in partners.values()]
    kept = [one for j, one in enumerate(read) if j in partners or not any(_is_same_date(event, one) for event in found)]
    return _tally(true, kept, _is_same_event)


def _places(story: Record) -> list[tuple[str, str]]:
    return [(key, fold(story[key])) for key in ("eyebrow", "section") if story.get(key)]


def _points(story: Record) -> list[tuple[str, str]]:
    return [(fold(point.get("label", "")), fold(point["text"])) for point in story.get("points", [])]


def _bullets(story: Record) -> Iterable[tuple[str, ...]]:
    for point in story.get("points", []):
        for bullet in point.get("bullets", []):
            yield fold(point.get("label", "")), fold(bullet["text"])
            for inner in bullet.get("bullets", []):
                yield fold(point.get("label", "")), fold(bullet["text"]), fold(inner["text"])


def _numbers(story: Record) -> list[Record]:
    def key(number: Record) -> tuple[Any, ...]:
        return (*_values(number), _unit(number), fold(number.get("counts") or ""))

    return list({key(number): number for number in story.get("numbers", [])}.values())


def _is_equal(one: object, other: object) -> bool:
    return one == other


def _is_same_time(true: Record, read: Record, zone: ZoneInfo) -> bool:
    if true["kind"] != read["kind"]:
        return False
    if true["precision"] == "DAY":
        moment = datetime.fromisoformat(read["at"])
        return (moment.astimezone(zone) if moment.tzinfo else moment).date() == date.fromisoformat(true["at"])
    apart = abs(datetime.fromisoformat(true["at"]) - datetime.fromisoformat(read["at"]))
    return apart < timedelta(minutes=1 if true["precision"] == "MINUTE" else 60)


def _is_same_quote(true: Record, read: Record) -> bool:
    said, heard = words(true["words"]), words(read["words"])
    if SequenceMatcher(None, said, heard, autojunk=False).ratio() < ENOUGH_OF_A_QUOTE:
        return False
    speaker, name = true.get("speaker", ""), read.get("speaker") or ""
    if speaker[:1].islower() or speaker.startswith(("The ", "A ", "An ")):
        return bool(_content(speaker) & _content(name))
    return _without_title(speaker) == _without_title(name)


def _without_title(name: str) -> list[str]:
    return [word for word in words(name) if word not in _TITLES]


def _is_same_number(true: Record, read: Record) -> bool:
    if not all(_is_same_value(one, other) for one, other in zip(_values(true), _values(read), strict=True)):
        return False
    units = _unit(true), _unit(read)
    if any(_is_strict(unit) for unit in units):
        return units[0] == units[1]
    return _has_enough(*(f"{one.get('unit') or ''} {one.get('counts') or ''}" for one in (true, read)))


def _values(number: Record) -> tuple[Decimal | None, ...]:
    return tuple(None if number.get(key) is None else Decimal(number[key]) for key in ("value", "value_to"))


def _is_same_value(one: Decimal | None, other: Decimal | None) -> bool:
    if one is None or other is None:
        return one is other
    return abs(one - other) <= SAME_VALUE * abs(one)


def _unit(number: Record) -> str:
    unit = fold(number.get("unit") or "")
    return _UNITS.get(unit) or " ".join(_DIGITS.get(word, word) for word in unit.split())


def _is_strict(unit: str) -> bool:
    """Tell whether a unit is money, a part or a ratio: without it the number would mean something else."""
    return unit in _UNITS.values() or (unit.startswith(("to ", "in ", "out of ")) and unit[-1].isdigit())


def _is_same_event(true: Record, read: Record) -> bool:
    return _is_same_date(true, read) and _has_enough(true["what"], read["what"])


def _is_same_date(true: Record, read: Record) -> bool:
    length = {"DAY": 10, "MONTH": 7, "YEAR": 4}[true["precision"]]
    return (
        true["precision"] == read["precision"]
        and true["starts"][:length] == read["starts"][:length]
        and (not true.get("ends") or true["ends"][:length] == (read.get("ends") or "")[:length])
    )


def _has_enough(true: str, read: str) -> bool:
    wanted = _content(true)
    return len(wanted & _content(read)) >= ENOUGH_OF_A_PHRASE * len(wanted)


def _content(phrase: str) -> set[str]:
    """Return the words of a phrase that mean something, without the s of the plural."""
    return {word.removesuffix("s") for word in words(phrase) if word not in _FILLERS}


def _filled(texts: Iterable[str | None]) -> list[str]:
    return [fold(text) for text in texts if text]


def _show(item: object) -> str:
    if isinstance(item, dict):
        return ", ".join(f"{key} {item[key]!r}" for key in _SHOWN if item.get(key))
    return " | ".join(item) if isinstance(item, tuple) else str(item)
