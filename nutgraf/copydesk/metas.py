"""Read the line beside a headline that says who signs, when it was published and in which section it stands."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from nutgraf.copydesk import bylines, dates, promos, times
from nutgraf.copydesk.agencies import is_house
from nutgraf.copydesk.found import Span, Time, Words
from nutgraf.copydesk.lexicon import FIRST_NAMES

LONGEST = 240

_SEPARATOR = re.compile(r"\s+[-–—|·•/]+\s+|\s*\|\s*|\t+|[ \u00a0]{2,}|\s*[·•]\s*")
_SECTION_LEAD = re.compile(
    r"(?i:filed (?:under|to|in)|section|category|posted in|published in|in)\s*:?\s+(?=\S)|(?i:section|category)\s*:\s*"
)
_BY = re.compile(r"\s+(?=[Bb]y\s+\S)")
_TAGS = re.compile(r"\s+[Tt]ag(?:s|ged)\b")
_SECTION = re.compile(r"[^\W\d_][\w'’&.,/ -]{0,38}[\w.]")
# What may stand second in a line of names, though it is small.
_SECOND_WORDS = frozenset(
    "de da do dos del della di du van von der den ter la le el al bin ibn ben abu y e zu af av and with".split()
)
_SHORT_END = re.compile(r"(?:[ap]\.m\.|\b[A-Z]\.|[JS][rR]\.|\bago\.|\d\.)\Z")
_TRAIL = re.compile(
    r"(?i:home|home page|front page|start|news)(?:\s*[>»›/→•]\s*[^>»›/→•\n]{1,40}?)*?\s*[>»›/→•]\s*([^>»›/→•\n]{1,40})"
)
_LEAD_OF_TIME = re.compile(r"(?:first |last )?(?:published|updated|posted|modified)(?: (?:on|at))?", re.IGNORECASE)
# One word before a day is a town, two may be a name.
_PLACED = re.compile(r"([^\W\d_a-z][\w'’-]{2,20}),\s+(?=\d|[^\W\d_a-z])")
_TIME_AT_END = re.compile(
    rf",?\s+(?=\d|(?:{dates.MONTH}|{dates.WEEKDAY})|(?i:updated|published|posted|modified|yesterday|today|just|an?\s|one|two|three|half|last|first|on|at)\b)"
)
# What there must be for a line to be worth reading as one.
_HINT = re.compile(
    r"\d|\b(?:by|ago|now|today|yesterday|section|filed|category|posted|words|text|author|authors|byline|מאת|بقلم)\b|^(?:and|with|&) "
    r"|\b(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|satur|sun)(?:day)?\b",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Meta:
    """What one line says about a story; spans are places in the text."""

    names: list[Words] = field(default_factory=list)
    times: list[Time] = field(default_factory=list)
    section: Words | None = None
    # Parts that say nothing about it, with the reason.
    rest: list[tuple[Span, str]] = field(default_factory=list)
    has_lead: bool = False
    has_role: bool = False

    @property
    def is_only_names(self) -> bool:
        """Tell whether nothing but its place says that these are names."""
        return not self.has_lead and not self.has_role and not self.times and not self.section


def read(
    text: str, start: int, end: int, *, at: datetime.datetime, zone: ZoneInfo, values: list[tuple[int, int, str]]
) -> Meta | None:
    """Return what a line says, or None if it is a line of something else; `values` are moments that a page gives."""
    if end - start > LONGEST:
        return None
    words = text[start:end]
    if len(words) < 4 and not words.isalnum():
        return None
    if _is_sentence(words):
        return None
    if (lead := bylines.LEAD.match(words)) and bylines.is_only_role(words[lead.end() :]):
        return Meta(rest=[((start, end), "a byline without a name")])
    if trail := trail_of(words):
        meta = Meta(rest=[((start, start + trail.start(1)), "navigation")])
        _set_section(meta, words, trail.start(1), trail.end(1), start)
        return meta if meta.section else None
    if not _HINT.search(words):
        return _names_only(words, start)
    if words[-1].isupper() and (posted := times.posted(words, at=at, zone=zone)):
        posted.span = (start, end)
        return Meta(times=[posted])
    meta = Meta()
    pending: list[tuple[int, int]] = []
    for first, last in _joined_times(words, _parts(words), at=at, zone=zone):
        if not _take(meta, words, first, last, start, at=at, zone=zone, values=values):
            pending.append((first, last))
    if not meta.times and not meta.has_lead and not meta.section:
        return _names_only(words, start)
    return meta if _place_pending(meta, words, pending, start) else None


def trail_of(words: str) -> re.Match[str] | None:
    """Return the match of a trail like "Home > Business", with its last station as the first group, or None."""
    return _TRAIL.fullmatch(words)


def _is_sentence(words: str) -> bool:
    """Tell a sentence from a line of names and times, which ends without a full stop, or with that of "p.m." or "Jr."."""
    if words[-1] not in '.!?"”’' or len(words) < 24:
        return False
    return len(words) > 110 or not _SHORT_END.search(words, len(words) - 6)


def _names_only(words: str, start: int) -> Meta | None:
    second = words.split(None, 2)[1:2]
    if not second or (second[0][0].islower() and second[0] not in _SECOND_WORDS):
        return None
    signed = bylines.read(words)
    if not signed or (not signed.has_lead and not signed.has_role and (_is_title(words) or _is_paper(words))):
        return None
    meta = Meta(has_lead=signed.has_lead, has_role=signed.has_role)
    _add_names(meta, signed, words, start)
    return meta


def _is_paper(words: str) -> bool:
    """Tell the name of a paper by itself from a person's: "Larkhaven Courier", but not "Emily Post"."""
    return "," not in words and is_house(words) and words.split()[0] not in FIRST_NAMES


def _is_title(words: str) -> bool:
    """Tell a headline in title case from a name: four words or more without a comma, a particle or an initial."""
    parts = words.split()
    if len(parts) < 4 or any(sign in words for sign in ",;&|/") or parts[0] in FIRST_NAMES:
        return False
    return all(part[0].isupper() and not part.endswith(".") and part.lower() != "and" for part in parts)


def _parts(words: str) -> list[tuple[int, int]]:
    parts = []
    place = 0
    for separator in _SEPARATOR.finditer(words):
        if separator.start() > place:
            parts.append((place, separator.start()))
        place = separator.end()
    if place < len(words):
        parts.append((place, len(words)))
    return parts


def _joined_times(
    words: str, parts: list[tuple[int, int]], *, at: datetime.datetime, zone: ZoneInfo
) -> list[tuple[int, int]]:
    """Join a day with the clock time behind a separator: "August 12, 2026 — 5.00am"."""
    joined: list[tuple[int, int]] = []
    for first, last in parts:
        part = words[first:last]
        if joined and _LEAD_OF_TIME.fullmatch(words, *joined[-1]):
            # "Updated - April 29, 2026"
            joined[-1] = (joined[-1][0], last)
        elif (
            joined
            and part[0].isdigit()
            and times.each(part, at=at, zone=zone) is None
            and times.each(words[joined[-1][0] : joined[-1][1]], at=at, zone=zone) is not None
            and times.each(words[joined[-1][0] : last], at=at, zone=zone) is not None
        ):
            joined[-1] = (joined[-1][0], last)
        else:
            joined.append((first, last))
    return joined


def _take(
    meta: Meta,
    words: str,
    first: int,
    last: int,
    start: int,
    *,
    at: datetime.datetime,
    zone: ZoneInfo,
    values: list[tuple[int, int, str]],
) -> bool:
    """Take one part of the line; False if only its place can tell what it is."""
    part = words[first:last]
    if found := _times(part, start + first, at=at, zone=zone, values=values):
        meta.times.extend(found)
        return True
    if (lead := _SECTION_LEAD.match(part)) and (":" in lead[0] or not lead[0].lower().startswith("in")):
        tags = _TAGS.search(part, lead.end())
        if not tags and part.count(",", lead.end()) > 1:
            meta.rest.append(((start + first, start + last), "tags"))
            return True
        if tags:
            meta.rest.append(((start + first + tags.start(), start + last), "tags"))
            last = first + tags.start()
        return _set_section(meta, words, first + lead.end(), last, start)
    if reason := promos.reason_for(part):
        meta.rest.append(((start + first, start + last), reason))
        return True
    if (by := _BY.search(part)) and (
        found := _times(part[: by.start()], start + first, at=at, zone=zone, values=values)
    ):
        meta.times.extend(found)
        return _take(meta, words, first + by.end(), last, start, at=at, zone=zone, values=values)
    if (placed := _PLACED.match(part)) and (
        found := _times(part[placed.end() :], start + first + placed.end(), at=at, zone=zone, values=values)
    ):
        meta.times.extend(found)
        meta.rest.append(((start + first, start + first + placed.end(1)), "where it was issued"))
        return True
    has_lead = bool(bylines.LEAD.match(part))
    cut = _time_after_names(part, start + first, meta, at=at, zone=zone, values=values)
    signed = bylines.read(part[:cut]) if has_lead or cut < len(part) else None
    if signed:
        meta.has_lead |= signed.has_lead
        meta.has_role |= signed.has_role
        _add_names(meta, signed, part, start + first)
        return True
    return False


def _times(
    part: str, start: int, *, at: datetime.datetime, zone: ZoneInfo, values: list[tuple[int, int, str]]
) -> list[Time]:
    value = next((one for left, right, one in values if left < start + len(part) and right > start), "")
    found = list(times.each(part, at=at, zone=zone, value=value) or ())
    if len(found) > 1 and values:
        found = list(times.each(part, at=at, zone=zone) or ())
    for one in found:
        one.span = (start + one.span[0], start + one.span[1])
    return found


def _time_after_names(
    part: str,
    start: int,
    meta: Meta,
    *,
    at: datetime.datetime,
    zone: ZoneInfo,
    values: list[tuple[int, int, str]],
) -> int:
    """Find a time that follows names after a comma or a space; return where the names end."""
    if not re.search(r"\d|day\b|ago\b|now\b", part):
        return len(part)
    for gap in list(_TIME_AT_END.finditer(part))[-14:]:
        if found := _times(part[gap.end() :], start + gap.end(), at=at, zone=zone, values=values):
            if bylines.read(part[: gap.start()]):
                meta.times.extend(found)
                return gap.start()
            return len(part)
    return len(part)


def _add_names(meta: Meta, signed: bylines.Signed, words: str, start: int) -> None:
    for first, last in signed.names:
        sure = 0.97 if signed.has_lead else 0.85
        meta.names.append(Words(" ".join(words[first:last].split()), (start + first, start + last), sure))


def _set_section(meta: Meta, words: str, first: int, last: int, start: int) -> bool:
    found = _SECTION.fullmatch(words[first:last].strip())
    if not found or meta.section or len(found[0].split()) > 5 or (is_house(found[0]) and not names_section(found[0])):
        return False
    if bylines.LEAD.match(found[0]) or bylines.is_role(found[0]) or _is_station(found[0]):
        return False
    meta.section = Words(" ".join(found[0].split()), (start + first, start + last), 0.9)
    return True


def _is_station(words: str) -> bool:
    """Tell the letters by which a station is called from a section: "KQML"."""
    return words.isupper() and words.isalpha() and 2 < len(words) < 6 and not names_section(words)


def _place_pending(meta: Meta, words: str, pending: list[tuple[int, int]], start: int) -> bool:
    """Tell names and sections apart by where they stand: names come before the time, the section beside it."""
    for first, last in pending:
        part = words[first:last]
        before = not meta.times or start + first < meta.times[0].span[0]
        is_name = before or (meta.section is not None and bylines.looks_like_name(part))
        if before and not meta.names and bylines.is_staff(part):
            meta.names.append(Words(part, (start + first, start + last), 0.7))
            continue
        signed = bylines.read(part) if is_name and not meta.names else None
        if signed and (first == 0 or not before) and (len(pending) > 1 or not _is_section(part)):
            meta.has_role |= signed.has_role
            _add_names(meta, signed, part, start + first)
        elif meta.times and not before and part.isupper() and not _is_section(part):
            meta.rest.append(((start + first, start + last), "where it was issued"))
        elif not _set_section(meta, words, first, last, start):
            if len(part) > 60 or (not meta.names and not meta.section and len(pending) > 2):
                return False
            meta.rest.append(((start + first, start + last), "beside the byline"))
    return len(pending) <= 3


def names_section(words: str) -> bool:
    """Tell a line that is nothing but a section's name: "Politics & Policy"."""
    parts = re.findall(r"\w+", words)
    return 0 < len(parts) <= 4 and all(part.lower() in _SECTION_PARTS for part in parts)


def _is_section(part: str) -> bool:
    return any(word.lower() in SECTION_WORDS for word in re.findall(r"\w+", part))


SECTION_WORDS = frozenset(
    "news politics policy world business economy sports sport technology tech science health culture opinion local national international climate"
    " energy education travel food style arts media markets money weather crime courts europe asia africa americas us uk city region regional"
    " environment entertainment music film books lifestyle finance companies society community investigations elections congress housing transport"
    " space future water nature history justice law migration defense defence security labor labour prices jobs work agriculture religion".split()
)
_SECTION_PARTS = SECTION_WORDS | {"and", "the", "of"}
