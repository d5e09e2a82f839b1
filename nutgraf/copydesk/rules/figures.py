"""Find numbers that nobody vouches for: noted ones without a source, and large ones in a text that names none."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from nutgraf.copydesk.found import Number
from nutgraf.copydesk.lexicon import SPEECH
from nutgraf.copydesk.rules.base import House
from nutgraf.copydesk.rules.texts import Finding, Piece, Text

_VOUCHED = re.compile(
    rf"\b(?:according to|per|citing|cited|based on|data from|figures from|survey|poll|study|census|shows?|found|finds|{'|'.join(sorted(SPEECH))})\b",
    re.IGNORECASE,
)
_NO_COUNT = re.compile(r"\b(?:years?|months?|weeks?|days?|hours?|minutes?|years old|a\.m\.|p\.m\.)\b", re.IGNORECASE)


def find(piece: Piece, house: House, limit: int) -> Iterator[Finding]:
    vouched = {text.part for text in piece.texts if _is_vouched(text)}
    noted: set[tuple[int, str]] = set()
    for fact in piece.facts:
        if fact.kind != "number":
            continue
        noted.add((fact.part, _plain(fact.value.get("value"))))
        if not (fact.value.get("source") or "").strip() and (fact.is_shown or fact.part not in vouched):
            counts = " ".join(
                f"{fact.value.get('wording') or _grouped(fact.value.get('value') or '')} {fact.value.get('counts') or ''}".split()
            )
            yield Finding(f"Nobody vouches for “{counts}”: say according to whom.", f"{fact.path}/source", words=counts)
    yield from _running(piece, house, limit, vouched, noted)


def _running(
    piece: Piece, house: House, limit: int, vouched: set[int], noted: set[tuple[int, str]]
) -> Iterator[Finding]:
    on = house.on or datetime.date(2000, 1, 1)
    for number in piece.numbers(on):
        text, _ = piece.at(number.span[0])
        if number.source or text.part in vouched or (text.part, _plain(number.value)) in noted:
            continue
        if _is_large(number, limit):
            words = number.text
            yield piece.note(f"Nobody vouches for “{words}”: say according to whom, or link to it.", *number.span)


def _is_vouched(text: Text) -> bool:
    """A text that says who says so, or links to it, vouches for the numbers of its part."""
    return text.kind in ("lede", "text", "bullet", "sub-bullet") and (
        text.has_link or bool(_VOUCHED.search(text.words))
    )


def _is_large(number: Number, limit: int) -> bool:
    if not (number.counts or number.unit) or _NO_COUNT.search(f"{number.unit} {number.counts}"):
        return False
    try:
        return Decimal(number.value) >= limit or number.unit in ("%", "per cent", "percent")
    except InvalidOperation:
        return False


def _grouped(value: object) -> str:
    """Return figures as readers of the copy see them: 4,000."""
    try:
        return f"{Decimal(str(value).replace(',', '')):,f}"
    except InvalidOperation:
        return str(value)


def _plain(value: object) -> str:
    try:
        return format(Decimal(str(value).replace(",", "")).normalize(), "f")
    except InvalidOperation:
        return str(value)
