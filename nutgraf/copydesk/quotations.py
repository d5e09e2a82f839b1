"""Find what stands in quotation marks: straight and curly, double and single, open over several paragraphs."""

from __future__ import annotations

import bisect
import re
from collections.abc import Sequence
from dataclasses import dataclass

from nutgraf.copydesk.found import Span

_MARK = re.compile("[\"“”„«»‘’']")
_CLOSES = {"“": "”", "„": "“”", "«": "»", "»": "«"}
# A single quotation longer than this without an end is an apostrophe at the beginning of a word.
LONGEST_SINGLE = 1500
_ELIDED = re.compile(r"(?:tis|twas|em|til|cause|n|round|\d0s|\d\d)\b", re.IGNORECASE)


@dataclass(slots=True)
class Quotation:
    """One stretch in quotation marks; `start` and `end` hold the marks, `left` and `right` the words."""

    start: int
    left: int
    right: int
    end: int
    stretch: int
    is_closed: bool = True

    @property
    def size(self) -> int:
        return self.right - self.left


def find(text: str, stretches: Sequence[Span]) -> list[Quotation]:
    """Return the outermost quotations of some paragraphs, in order."""
    found: list[Quotation] = []
    for place, (start, end) in enumerate(stretches):
        if _MARK.search(text, start, end):
            found.extend(_in_paragraph(text, start, end, place))
    return found


def _in_paragraph(text: str, start: int, end: int, stretch: int) -> list[Quotation]:
    found: list[Quotation] = []
    place = start
    singles: dict[str, _SingleEnds] = {}
    while mark := _MARK.search(text, place, end):
        at = mark.start()
        sign = mark[0]
        place = at + 1
        if sign == "”" or not _can_open(text, at, start, end, sign):
            continue
        if sign in "‘'":
            if sign not in singles:
                singles[sign] = _SingleEnds(text, at, end, sign)
            close = singles[sign].after(at)
            if close < 0:
                continue
        elif sign in "’":
            continue
        else:
            close = _double_close(text, at, end, sign)
        is_closed = close >= 0
        right = close if is_closed else end
        if is_closed and _is_nickname(text, at, close, start, end):
            place = close + 1
            continue
        found.append(Quotation(at, at + 1, right, right + is_closed, stretch, is_closed))
        place = right + is_closed
    return found


def _is_nickname(text: str, at: int, close: int, start: int, end: int) -> bool:
    """Tell the middle of “Joan ‘Bunty’ Ferris” from words that are quoted."""
    inner = text[at + 1 : close]
    before = text[max(start, at - 30) : at].split(" ")
    after = text[close + 1 : min(end, close + 3)]
    is_name = (
        len(before) > 1 and before[-1] == "" and before[-2][:1].isupper() and after[:1] == " " and after[1:2].isupper()
    )
    return is_name and len(inner) <= 24 and inner[:1].isupper() and len(inner.split()) <= 2 and inner[-1:].isalnum()


def _can_open(text: str, at: int, start: int, end: int, sign: str) -> bool:
    before = text[at - 1] if at > start else " "
    after = text[at + 1] if at + 1 < end else " "
    if sign == "«" and after.isspace():
        # « Comme ceci », with a space within.
        return at + 2 < end and text[at + 2].isalnum() and not before.isalnum()
    if after.isspace():
        return False
    if sign == "»":
        # »Wie dies«
        return after.isalnum() and (before.isspace() or before in "([–—:")
    if sign in "'‘":
        return (
            not (before.isalnum() or before in "’'")
            and (after.isalnum() or after in '“"[(…—$£€')
            and not _ELIDED.match(text, at + 1)
        )
    # An inch sign follows a figure.
    return not before.isalnum() or sign != '"'


def _double_close(text: str, at: int, end: int, sign: str) -> int:
    """Return where a double quotation ends, or -1; one that is opened again before it ended was never closed."""
    if sign == '"':
        place = at + 1
        while (place := text.find('"', place, end)) >= 0:
            if not text[place - 1].isspace() or place + 1 >= end or not text[place + 1].isalnum():
                return place
            place += 1
        return -1
    depth = 0
    for mark in re.finditer(f'[{sign}{_CLOSES[sign]}"]', text[at + 1 : end]):
        if mark[0] == sign and sign not in _CLOSES[sign]:
            depth += 1
        elif mark[0] in _CLOSES[sign] or (mark[0] == '"' and not depth and not text[at + mark.start()].isspace()):
            if not depth:
                return at + 1 + mark.start()
            depth -= 1
    return -1


class _SingleEnds:
    """Where the single quotations of one paragraph can end, found once for all that begin in it."""

    def __init__(self, text: str, start: int, end: int, sign: str) -> None:
        self.text = text
        self.sign = sign
        self.places: list[int] = []
        # For each place: the first one from there on that is hardly an apostrophe, or -1.
        self.good: list[int] = []
        close = "’" if sign == "‘" else "'"
        place = text.find(close, start, end)
        while place >= 0:
            if not text[place + 1 : min(end, place + 2)].isalnum() and not text[place - 1 : place].isspace():
                self.places.append(place)
            place = text.find(close, place + 1, end)
        following = -1
        for place in reversed(self.places):
            following = place if self._is_good(place, end) else following
            self.good.append(following)
        self.good.reverse()

    def _is_good(self, place: int, end: int) -> bool:
        before = self.text[place - 1 : place]
        after = self.text[place + 1] if place + 1 < end else " "
        if before in ',.?!…—”"':
            return True
        # "the workers’ demands" is the apostrophe of a plural.
        return after in ',.;:!?)\n”"'

    def after(self, at: int) -> int:
        """Return where the quotation ends that begins at a place, or -1: apostrophes within it end nothing."""
        first = bisect.bisect_right(self.places, at)
        if first == len(self.places) or self.places[first] >= at + LONGEST_SINGLE:
            return -1
        good = self.good[first]
        if not 0 <= good < at + LONGEST_SINGLE:
            return self.places[first]
        if self.sign == "‘" and self.text.find("‘", self.places[first] + 1, good) >= 0:
            return self.places[first]
        return good
