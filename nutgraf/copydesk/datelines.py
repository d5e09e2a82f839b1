"""Read the dateline that a lede opens with: "ALMATY, Kazakhstan, Jan. 5 (AP) —"."""

from __future__ import annotations

import datetime
import re

from nutgraf.copydesk import dates
from nutgraf.copydesk.found import Dateline

LONGEST = 170

# Letters that no small letter of the commonest alphabets is; the capitals of all of them take twenty times as long to
# compile, so what this lets through is looked at again below.
_UPPER = r"[^\W\d_a-zß-öø-ÿ]"
_SMALL = ("de", "del", "la", "le", "of", "on", "sur", "upon", "am")
_NAME = rf"{_UPPER}(?:[\w'’]|-(?=\w)|\.(?=\w))*\.?"
_SHOUTED = rf"{_UPPER}(?:{_UPPER}|['’.-])*"
_CAPITALS = rf"(?:ST\.? |MT\.? |FT\.? )?{_SHOUTED}(?: (?:{_SHOUTED}|{'|'.join(_SMALL)})){{0,4}}"
_REGION = rf"(?:,? ?/ ?{_UPPER}(?:{_UPPER}| )+|, (?!(?:{dates.MONTH}|{dates.WEEKDAY})\b){_NAME}(?: (?:{_NAME}|of|and|the)){{0,3}}){{0,2}}"
_DATE = rf"(?:(?:{dates.WEEKDAY},? )?(?:(?P<m1>{dates.MONTH}) (?P<d1>{dates.DAY})|(?P<d2>{dates.DAY}) (?P<m2>{dates.MONTH}))(?:,? (?P<y>{dates.YEAR}))?|{dates.WEEKDAY})"
_AGAIN = re.sub(r"\?P<\w+>", "?:", _DATE)
_HOUSE = r"(?:\((?P<house>[^()\n]{2,40})\)|/(?P<service>[^/()\n]{2,40})/)"
_DASH = r"\s*(?:[—–]|--|-(?=\s))\s*"
# "Hautes-Combes (Switzerland) (AFP) –": the country in brackets, too.
_COUNTRY = rf"(?: \({_UPPER}[\w ]{{2,20}}\))?"
_WIRE = re.compile(
    rf"(?P<place>{_CAPITALS}{_REGION})(?:,? (?:\(|, )?(?P<date>{_DATE}),?\)?)?(?:,? ?{_HOUSE})?(?P<sign>{_DASH}|:\s+|(?<=\))\s+)(?=\S)"
)
# Several places, and a date that stands there twice, as services that send out releases have it.
_LONG = re.compile(
    rf"(?P<place>{_SHOUTED}[^()\n—]{{0,80}}?)(?:,? (?P<date>{_DATE})),?(?: {_AGAIN},?)? ?{_HOUSE}(?P<sign>{_DASH})(?=\S)"
)
_MIXED = re.compile(
    rf"(?P<place>{_NAME}(?: {_NAME}){{0,3}}{_REGION}{_COUNTRY})(?:, (?P<date>{_DATE}),?)?(?:,? ?{_HOUSE})?(?P<sign>{_DASH})(?={_UPPER}|[\"“‘])"
)


def find(text: str, start: int, end: int, *, on: datetime.date) -> tuple[Dateline, int] | None:
    """Return the dateline and where the lede's own words begin, or None."""
    words = text[start : min(end, start + LONGEST)]
    found = _WIRE.match(words)
    if found and not _is_wire(found):
        found = None
    if not found and "(" in words:
        found = _LONG.match(words)
    if not found:
        found = _MIXED.match(words)
        if found and (
            found.end() > 110
            or any(word[0].islower() for word in found["place"].split(",")[0].split())
            or not (
                (found["house"] or found["service"])
                or found["date"]
                or (len(found["place"].split()) <= 3 and "—" in found["sign"])
            )
        ):
            found = None
    if not found or found.end() >= end - start:
        return None
    sign = found["sign"].rstrip()
    last = start + found.start("sign") + len(sign)
    dateline = Dateline(
        text=" ".join(text[start:last].split()),
        place=" ".join(found["place"].split()).rstrip(","),
        date=_date(found, on),
        span=(start, last),
        sure=0.98 if (found["house"] or found["service"]) or found["date"] else 0.85,
    )
    return dateline, start + found.end()


def _is_wire(found: re.Match[str]) -> bool:
    """Tell a place in capitals from a shouted word or a label: a colon needs an agency or a date."""
    place = found["place"].split(",")[0]
    is_place = len(place) > 2 and all(word in _SMALL or word == word.upper() for word in place.split())
    return is_place and (":" not in found["sign"] or bool((found["house"] or found["service"]) or found["date"]))


def _date(found: re.Match[str], on: datetime.date) -> str | None:
    month, day = found["m1"] or found["m2"], found["d1"] or found["d2"]
    if not month:
        return None
    numbers = dates.month_number(month), dates.day_number(day)
    date = dates.date_or_none(int(found["y"]), *numbers) if found["y"] else dates.nearest_year(*numbers, on)
    return date.isoformat() if date else None
