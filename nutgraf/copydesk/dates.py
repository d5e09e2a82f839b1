"""The calendar's words and how they are typed: months, weekdays, clock times, zones."""

from __future__ import annotations

import datetime
import re
from zoneinfo import ZoneInfo

_MONTHS = "January February March April May June July August September October November December".split()
_WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
MONTH_NUMBERS = {name[:3].lower(): place for place, name in enumerate(_MONTHS, 1)}
WEEKDAY_NUMBERS = {name[:3].lower(): place for place, name in enumerate(_WEEKDAYS)}

# Their names, whole and short, as they stand in running text.
CALENDAR = frozenset(
    spelling
    for name in [*_MONTHS, *_WEEKDAYS, "Sept", "Tues", "Thurs", "Weds"]
    for short in (name, name[:3] if len(name) > 4 else name)
    for spelling in (short, short + ".", short.upper(), short + "s")
)


def _spellings(names: list[str], extra: tuple[str, ...]) -> str:
    """Return the spellings with a capital: "may" and "march" are words, "May" and "MARCH" are months."""
    whole = [*names, *(name.upper() for name in names)]
    short = [rf"{name[:3]}\b\.?" for name in names if len(name) > 3]
    short += [rf"{name[:3].upper()}\b\.?" for name in names if len(name) > 3]
    return "(?:" + "|".join([*whole, *extra, *short]) + ")"


MONTH = _spellings(_MONTHS, (r"Sept\b\.?", r"SEPT\b\.?"))
WEEKDAY = _spellings(_WEEKDAYS, (r"Tues\b\.?", r"Thurs?\b\.?", r"Weds\b\.?"))
DAY = r"(?:3[01]|[12]\d|0?[1-9])(?!\d)(?:st\b|nd\b|rd\b|th\b)?"
# Some pages set the clock time right behind the year: "March 4, 20265:03 AM".
YEAR = r"(?:1[6-9]|20|21)\d\d(?!\d(?!\d?:[0-5]\d))"
CLOCK = (
    r"(?:(?:[01]?\d|2[0-4])(?:[:.][0-5]\d)(?::[0-5]\d)?(?!\d)(?:\s?[aApP]\.?\s?[mM]\b\.?)?"
    r"|(?:1[0-2]|0?[1-9])\s?[aApP]\.?[mM]\b\.?|\b(?:noon|midnight|Noon|Midnight)\b)"
)
_CLOCK_PARTS = re.compile(r"(\d{1,2})(?:[:.](\d\d))?(?::\d\d)?\s?([aApP])?")

_REGIONS = {"ET": "America/New_York", "CT": "America/Chicago", "MT": "America/Denver", "PT": "America/Los_Angeles"}
_HOURS: dict[str, float] = {
    "GMT": 0,
    "UTC": 0,
    "WET": 0,
    "BST": 1,
    "WEST": 1,
    "CET": 1,
    "CEST": 2,
    "EET": 2,
    "EEST": 3,
    "MSK": 3,
    "SAST": 2,
}
_HOURS |= {
    "EST": -5,
    "EDT": -4,
    "CST": -6,
    "CDT": -5,
    "MST": -7,
    "MDT": -6,
    "PST": -8,
    "PDT": -7,
    "AKST": -9,
    "AKDT": -8,
}
_HOURS |= {
    "HST": -10,
    "AST": -4,
    "ADT": -3,
    "NST": -3.5,
    "NDT": -2.5,
    "BRT": -3,
    "ART": -3,
    "EAT": 3,
    "WAT": 1,
    "GST": 4,
}
_HOURS |= {"PKT": 5, "IST": 5.5, "ICT": 7, "WIB": 7, "HKT": 8, "SGT": 8, "PHT": 8, "AWST": 8, "JST": 9, "KST": 9}
_HOURS |= {"ACST": 9.5, "ACDT": 10.5, "AEST": 10, "AEDT": 11, "NZST": 12, "NZDT": 13}
_LETTERS = "|".join(sorted([*_REGIONS, *_HOURS], key=len, reverse=True))
ZONE = rf"(?:{_LETTERS})\b(?:[+-]\d{{1,2}}(?::?\d\d)?)?"
_OFFSET = re.compile(r"([+-])(\d{1,2})(?::?(\d\d))?\Z")
# "2.12" is a number; only with a.m. or a zone is it a time.
CLOCK_IN_TEXT = re.compile(
    r"(?:(?:[01]?\d|2[0-3]):[0-5]\d(?!\d)(?:\s?[aApP]\.?\s?[mM]\b\.?)?"
    rf"|(?:[01]?\d|2[0-3])\.[0-5]\d(?!\d)(?:\s?[aApP]\.?\s?[mM]\b\.?|(?=\s(?:{ZONE})\b))"
    rf"|(?:1[0-2]|0?[1-9])\s?[aApP]\.?\s?[mM]\b\.?|[Nn]oon|[Mm]idnight)(?:\s(?:{ZONE})|\slocal\stime)?(?!\w)"
    r"|\d{1,2}\so[’']clock\b"
)
# "between 2 and 6 a.m."
CLOCKS_IN_TEXT = re.compile(
    r"(?:1[0-2]|0?[1-9])(?:[:.][0-5]\d)?\s?(?:and|to|or|until|till|[-–—])\s?((?:1[0-2]|0?[1-9])(?:[:.][0-5]\d)?\s?[aApP]\.?\s?[mM]\b\.?)(?!\w)"
)
SPOKEN_CLOCK = re.compile(
    r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\s(?:o[’']clock|in\sthe\s(?:morning|afternoon|evening)|at\snight)\b"
)


def month_number(word: str) -> int:
    """Return 1 to 12 for a month's name, whole or short."""
    return MONTH_NUMBERS[word[:3].lower()]


def weekday_number(word: str) -> int:
    """Return 0 (Monday) to 6 for a weekday's name, whole or short."""
    return WEEKDAY_NUMBERS[word[:3].lower()]


def day_number(word: str) -> int:
    """Return the number of "5", "05" or "5th"."""
    return int(re.sub(r"\D", "", word))


def date_or_none(year: int, month: int, day: int) -> datetime.date | None:
    """Return the date, or None where the calendar has none."""
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None


def clock_time(words: str) -> datetime.time | None:
    """Return the time of day that "9:15 p.m.", "9pm", "21.15" or "noon" says."""
    if words.lower() in ("noon", "midnight"):
        return datetime.time(12 if words.lower() == "noon" else 0)
    found = _CLOCK_PARTS.match(words)
    if not found:
        return None
    hour, minute, half = int(found[1]), int(found[2] or 0), (found[3] or "").lower()
    if half and hour <= 12:
        hour = hour % 12 + (12 if half == "p" else 0)
    return datetime.time(hour % 24, minute) if hour <= 24 else None


def zone_named(word: str, home: ZoneInfo) -> datetime.tzinfo:
    """Return the zone that letters stand for; IST is Ireland's in Ireland, India's elsewhere."""
    offset = _OFFSET.search(word)
    name = word[: offset.start()] if offset else word
    if offset and name in ("GMT", "UTC", ""):
        minutes = int(offset[2]) * 60 + int(offset[3] or 0)
        return datetime.timezone((-1 if offset[1] == "-" else 1) * datetime.timedelta(minutes=min(minutes, 14 * 60)))
    if name in _REGIONS:
        return ZoneInfo(_REGIONS[name])
    hours = 1 if name == "IST" and home.key == "Europe/Dublin" else _HOURS[name]
    return datetime.timezone(datetime.timedelta(hours=hours), name)


def nearest_year(month: int, day: int, near: datetime.date) -> datetime.date | None:
    """Return the date of a day without a year that is nearest to another date."""
    dates = [date_or_none(near.year + step, month, day) for step in (-1, 0, 1)]
    return min((date for date in dates if date), key=lambda date: abs(date - near), default=None)


def latest_weekday(number: int, on: datetime.date) -> datetime.date:
    """Return the last such weekday, the day itself included."""
    return on - datetime.timedelta(days=(on.weekday() - number) % 7)


def next_weekday(number: int, after: datetime.date) -> datetime.date:
    """Return the first such weekday after a day."""
    return after + datetime.timedelta(days=(number - after.weekday() - 1) % 7 + 1)
