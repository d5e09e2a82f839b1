"""Read when a story was published or updated: "9 hours ago", "Updated Jan 5, 2022", "Thursday", a page's own moments."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from nutgraf.copydesk import dates
from nutgraf.copydesk.found import Time

_NUMBERS = dict(zip("a an one two three four five six seven eight nine ten".split(), [1, *range(1, 11)], strict=False))
_NUMBERS |= {"an": 1, "ten": 10, "nine": 9, "a few": 3, "a couple of": 2, "eleven": 11, "twelve": 12, "half an": 0}
_UNITS = {"s": "SECOND", "m": "MINUTE", "h": "HOUR", "d": "DAY", "w": "WEEK", "mo": "MONTH", "y": "YEAR"}
_TOKEN = re.compile(
    rf"""
    (?P<lead>(?i:(?:first\ |last\ |originally\ |latest\ )?(?:published|publication\ date|updated|posted|modified|edited|created|date(?=:)|filed
        |released|issued|revised|last\ update|update)\b:?))
    |(?P<ago>(?i:(?:about\ |over\ |almost\ )?(?P<count>\d{{1,3}}|half\ an|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|a\ few
        |a\ couple\ of)[\s-]*(?P<unit>seconds?|secs?|s|minutes?|mins?|m|hours?|hrs?|h|days?|d|weeks?|wks?|w|months?|mos?|years?|yrs?|y)
        \b\.?\s*(?:ago\b|old\b)))
    |(?P<now>(?i:just\ now|moments?\ ago|a\ moment\ ago|now)\b)
    |(?P<iso>(?:19|20)\d\d-[01]\d-[0-3]\d(?:[T ][0-2]\d:[0-5]\d(?::[0-5]\d(?:\.\d{{1,9}})?)?(?:\s?(?:Z|[+-][0-2]\d:?[0-5]\d))?)?(?!\d))
    |(?P<mdy>(?P<m1>{dates.MONTH})\s(?P<d1>{dates.DAY})(?:,?\s(?P<y1>{dates.YEAR}))?)
    |(?P<dmy>(?P<d2>{dates.DAY})(?:\sof)?[\s-](?P<m2>{dates.MONTH})(?:,?[\s-](?P<y2>{dates.YEAR}))?)
    |(?P<num>(?P<n1>\d{{1,2}})(?P<sep>[/.])(?P<n2>\d{{1,2}})(?P=sep)(?P<n3>(?:19|20)\d\d|\d\d)(?!\d))
    |(?P<weekday>(?:(?i:last|this)\s)?(?P<wd>{dates.WEEKDAY})\b)
    |(?P<day>(?i:today|yesterday|tonight|this\ (?:morning|afternoon|evening)|last\ night)\b)
    |(?P<clock>{dates.CLOCK})
    |(?P<zone>\(?(?:{dates.ZONE})\)?|[A-Z]{{2,4}}(?=(?:Updated|Published|Modified|Posted)\b)|(?i:local\ time|z)\b)
    |(?P<glue>[\s,|·•–—:/-]|(?i:at|on|from|as\ of|since|and(?=\ (?:last\ |was\ )?(?:updated|modified|edited|revised)))\b)
    """,
    re.VERBOSE,
)
_SHORT_AGE = re.compile(r"(\d{1,2})\s?(s|m|min|h|hr|hrs|d|w)\Z")
_POSTED = re.compile(rf"([0-2]?\d[:.][0-5]\d(?:\s?[aApP]\.?[mM]\b\.?)?)\s?({dates.ZONE})")
_LETTER_OR_DIGIT = re.compile(r"\w")


@dataclass(slots=True)
class Stamp:
    """One moment as it is worded, before it is resolved."""

    start: int
    end: int
    is_update: bool = False
    date: re.Match[str] | None = None
    clock: str = ""
    zone: str = ""


def stamps(words: str) -> list[Stamp] | None:
    """Return the moments that the words consist of, or None if they hold anything else."""
    if len(words) > 160:
        return None
    if age := _SHORT_AGE.match(words):
        return [Stamp(0, len(words), date=age)]
    found: list[Stamp] = []
    place = 0
    is_update = False
    lead: int | None = None
    while place < len(words):
        token = _TOKEN.match(words, place)
        if not token:
            return None
        kind = token.lastgroup
        if kind == "lead":
            is_update = bool(re.search(r"updat|modif|edit|revis", token[0], re.IGNORECASE))
            lead = token.start()
        elif kind == "clock":
            if found and not found[-1].clock and lead is None:
                found[-1].clock, found[-1].end = token[0], token.end()
            else:
                found.append(Stamp(token.start() if lead is None else lead, token.end(), is_update, clock=token[0]))
                lead = None
        elif kind == "zone":
            if not found:
                return None
            found[-1].zone, found[-1].end = token[0].strip("()"), token.end()
        elif kind != "glue":
            _take_date(found, token, str(kind), lead, is_update)
            lead = None
        place = token.end()
    # "Updated" needs its moment, and a bare clock time is none of the story's.
    return found if found and lead is None and any(one.date for one in found) else None


def _take_date(found: list[Stamp], token: re.Match[str], kind: str, lead: int | None, is_update: bool) -> None:
    last = found[-1] if found else None
    if (
        last
        and lead is None
        and last.date is None
        or last
        and lead is None
        and last.date
        and last.date.lastgroup == "weekday"
        and kind in ("mdy", "dmy", "num", "iso")
    ):
        last.date, last.end = token, token.end()
    else:
        start = token.start() if lead is None else lead
        found.append(Stamp(start, token.end(), is_update, date=token))


def resolve(stamp: Stamp, words: str, *, at: datetime.datetime, zone: ZoneInfo, value: str = "") -> Time | None:
    """Return the time that a stamp means; `value` is what the page itself says of it, if it does."""
    now = at.astimezone(zone)
    moment, precision = _moment(stamp, now, zone)
    if value and (told := _iso(value, zone)):
        told = told.astimezone(zone)
        if precision == "DAY" or moment is None:
            is_day = moment is not None or len(value) <= 10
            moment = told.replace(hour=0, minute=0, second=0, microsecond=0) if is_day else told
            precision = "DAY" if is_day else "MINUTE"
        else:
            moment = told
    if moment is None:
        return None
    kind = "updated" if stamp.is_update else "published"
    text = " ".join(words[stamp.start : stamp.end].split())
    return Time(
        kind, text, moment.isoformat(), precision, (stamp.start, stamp.end), 0.95 if stamp.clock or value else 0.9
    )


def _moment(stamp: Stamp, now: datetime.datetime, zone: ZoneInfo) -> tuple[datetime.datetime | None, str]:
    token = stamp.date
    if token is None:
        return None, ""
    if token.re is _SHORT_AGE:
        return _before(now, int(token[1]), token[2])
    if token["ago"]:
        count = token["count"].lower()
        if count == "half an":
            return (now - datetime.timedelta(minutes=30)).replace(second=0, microsecond=0), "MINUTE"
        return _before(now, int(count) if count.isdigit() else _NUMBERS[count], token["unit"].lower())
    if token["now"]:
        return now.replace(second=0, microsecond=0), "MINUTE"
    if token["iso"]:
        moment = _iso(token["iso"], zone)
        if moment and len(token["iso"]) > 10:
            return moment, "MINUTE"
        return _at_clock(moment.date() if moment else None, stamp, zone)
    return _at_clock(_date(token, now.date(), zone), stamp, zone)


def _before(now: datetime.datetime, count: int, unit: str) -> tuple[datetime.datetime, str]:
    name = _UNITS["mo" if unit.startswith("mo") else unit[0]]
    if name in ("SECOND", "MINUTE"):
        step = datetime.timedelta(**{f"{name.lower()}s": count})
        return (now - step).replace(second=0, microsecond=0), "MINUTE"
    if name == "HOUR":
        return (now - datetime.timedelta(hours=count)).replace(second=0, microsecond=0), "HOUR"
    days = {"DAY": 1, "WEEK": 7, "MONTH": 30.44, "YEAR": 365.25}[name] * count
    day = now - datetime.timedelta(days=round(days))
    return day.replace(hour=0, minute=0, second=0, microsecond=0), "DAY"


def _at_clock(date: datetime.date | None, stamp: Stamp, zone: ZoneInfo) -> tuple[datetime.datetime | None, str]:
    if date is None:
        return None, ""
    clock = dates.clock_time(stamp.clock) if stamp.clock else None
    letters = stamp.zone if stamp.zone.isupper() else ""
    there = dates.zone_named(letters, zone) if letters and letters != "Z" else (datetime.UTC if letters else zone)
    moment = datetime.datetime.combine(date, clock or datetime.time(), there if clock else zone)
    return moment, "MINUTE" if clock else "DAY"


def _date(token: re.Match[str], today: datetime.date, zone: ZoneInfo) -> datetime.date | None:
    if token["weekday"]:
        number = dates.weekday_number(token["wd"])
        before = token["weekday"].lower().startswith("last")
        return dates.latest_weekday(number, today - datetime.timedelta(days=1) if before else today)
    if token["day"]:
        is_past = token["day"].lower() in ("yesterday", "last night")
        return today - datetime.timedelta(days=1) if is_past else today
    if token["num"]:
        return _figures(token, today, zone)
    month = dates.month_number(token["m1"] or token["m2"])
    day = dates.day_number(token["d1"] or token["d2"])
    year = token["y1"] or token["y2"]
    if year:
        return dates.date_or_none(int(year), month, day)
    near = dates.nearest_year(month, day, today)
    # What is published is past: "Dec 30" read in January is last year's.
    if near and near > today + datetime.timedelta(days=2):
        near = dates.date_or_none(near.year - 1, month, day)
    return near


def _figures(token: re.Match[str], today: datetime.date, zone: ZoneInfo) -> datetime.date | None:
    """Read 5/1/2022 as the zone's people write it, month first in America, day first elsewhere, unless that is to come."""
    first, second, year = int(token["n1"]), int(token["n2"]), int(token["n3"])
    year += 2000 if year < 100 else 0
    is_month_first = token["sep"] == "/" and first <= 12 and (second > 12 or zone.key.startswith(("America/", "US/")))
    one, other = dates.date_or_none(year, first, second), dates.date_or_none(year, second, first)
    read, swapped = (one, other) if is_month_first else (other, one)
    latest = today + datetime.timedelta(days=2)
    return swapped if read and swapped and read > latest >= swapped and token["sep"] == "/" else read


def _iso(value: str, zone: ZoneInfo) -> datetime.datetime | None:
    value = value.replace("Z", "+00:00").replace(" +", "+").strip()
    try:
        moment = datetime.datetime.fromisoformat(value)
    except ValueError:
        return None
    return moment.replace(tzinfo=zone) if moment.tzinfo is None else moment


def each(words: str, *, at: datetime.datetime, zone: ZoneInfo, value: str = "") -> Iterator[Time] | None:
    """Yield the times that the words consist of, with spans in the words; None if they are something else."""
    found = stamps(words)
    if not found:
        return None
    times = (resolve(stamp, words, at=at, zone=zone, value=value if len(found) == 1 else "") for stamp in found)
    return (time for time in times if time)


def posted(words: str, *, at: datetime.datetime, zone: ZoneInfo) -> Time | None:
    """Return the time of a post on a live page, "20:40 GMT" on a line of its own: the last moment when a clock showed it."""
    found = _POSTED.fullmatch(words)
    if not found:
        return None
    now = at.astimezone(zone)
    moment, precision = _at_clock(now.date(), Stamp(0, len(words), clock=found[1], zone=found[2]), zone)
    if moment is None:
        return None
    if moment > now:
        moment -= datetime.timedelta(days=1)
    return Time("published", words, moment.isoformat(), precision, (0, len(words)), 0.7)
