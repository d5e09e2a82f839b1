"""Find weekdays and “yesterday” without a date beside them, for a story is read for years."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator

from nutgraf.copydesk import dates
from nutgraf.copydesk.letters import any_of
from nutgraf.copydesk.lexicon import SPEECH
from nutgraf.copydesk.rules.base import House
from nutgraf.copydesk.rules.texts import Finding, Piece
from nutgraf.copydesk.sentences import sentences

_WEEKDAYS = "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday"
_DAY = re.compile(
    rf"\b(?:(?P<weekday>{_WEEKDAYS})|(?P<near>[Yy]esterday|[Tt]oday|[Tt]omorrow|[Tt]onight))\b(?!['’]s\s+[a-z]+s\b)"
)
# "Black Friday", "every Monday" and the "Sunday Times" are no days of their own.
_BEFORE = re.compile(
    r"\b(?:every|each|most|any|on a|a|per|Black|Good|Cyber|Ash|Bloody|Super|Palm|Easter|Holy|Fat|Shrove|Whit|Maundy|Boxing|Giving)\s+\Z"
)
_AFTER = re.compile(
    r"\s+(?:(?!Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[A-Z]\w+|to\s+(?:Monday|Friday|Sunday)\b)"
)
_DATE = re.compile(
    rf"\b(?:(?:{dates.MONTH})\.?\s+\d{{1,2}}|\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?(?:{dates.MONTH})|\d{{4}}-\d\d-\d\d|\d{{1,2}}/\d{{1,2}})\b",
    re.IGNORECASE,
)
# "Friday, Dec. 3", "Friday evening (Dec. 3)": the date that a day has beside it.
_BETWEEN = re.compile(r"(?:\s+(?:morning|afternoon|evening|night|noon))?[\s,(–—-]{1,3}(?:the\s+)?")
_SAYING = re.compile(rf"\b(?:{any_of(sorted(SPEECH), with_capital=False)})(?:\s+(?:late|early|on|last))*\s+\Z")
_NAME_OF_NEWSPAPER = re.compile(r"[A-Z]\w+\s+\Z")
_DAYS_OFF = {"yesterday": -1, "today": 0, "tonight": 0, "tomorrow": 1}


def find(piece: Piece, house: House, limit: int) -> Iterator[Finding]:
    source = piece.own_words
    for first, last in piece.stretches:
        for start, end in sentences(source, first, last):
            yield from _without_date(piece, house, start, end)


def _without_date(piece: Piece, house: House, start: int, end: int) -> Iterator[Finding]:
    source = piece.own_words
    for match in _DAY.finditer(source, start, end):
        before = source[max(start, match.start() - 16) : match.start()]
        if _BEFORE.search(before) or (match["weekday"] and _AFTER.match(source, match.end(), end)):
            continue
        # "USA Today" is a newspaper.
        if match["near"] and match["near"][0].isupper() and _NAME_OF_NEWSPAPER.search(before):
            continue
        if _is_dated(source, match, start, end):
            continue
        instead = _day(match["near"], house.on) if match["near"] else ""
        why = f"Read in a month, “{match[0]}” says nothing: write the date"
        yield piece.note(f"{why}, {instead}." if instead else f"{why} beside it.", *match.span())


def _is_dated(source: str, match: re.Match[str], start: int, end: int) -> bool:
    """Tell whether a date stands beside a day, or before it in the sentence; "said Friday that it sails on Dec. 3" has none."""
    between = _BETWEEN.match(source, match.end(), end)
    if between and _DATE.match(source, between.end(), end):
        return True
    if _SAYING.search(source, max(start, match.start() - 40), match.start()):
        return False
    return bool(_DATE.search(source, start, match.start()))


def _day(word: str, on: datetime.date | None) -> str:
    if on is None:
        return ""
    day = on + datetime.timedelta(days=_DAYS_OFF[word.lower()])
    return f"{day.day} {day:%B}"
