"""Read front matter: the lines of "title: …" that stand above a text in Markdown, between rules, in YAML or TOML."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from zoneinfo import ZoneInfo

from nutgraf.copydesk import bylines, times
from nutgraf.copydesk.found import Span, Words
from nutgraf.copydesk.metas import Meta
from nutgraf.copydesk.notation import Note, Value

MOST_ROWS = 60
_FENCES = ("---", "+++")
_ENTRY = re.compile(r"(?P<key>[A-Za-z][\w-]*)\s*[:=]\s*(?P<value>.*)")
_ITEM = re.compile(r"-\s+(?P<value>.*)")
_NAMES = re.compile(r"[^\[\]\"“”',;{}]+")
_FIELDS = {"title": "headline", "headline": "headline", "slug": "slug", "section": "section", "category": "section"}
_FIELDS |= {"categories": "section", "kicker": "eyebrow", "eyebrow": "eyebrow"}
_AUTHORS = frozenset(["author", "authors", "by", "byline", "bylines", "writer"])
_PUBLISHED = frozenset(
    ["date", "published", "publishdate", "pubdate", "published_at", "date_published", "published-at"]
)
_UPDATED = frozenset(["lastmod", "updated", "modified", "updated_at", "last_modified", "date_updated", "date_modified"])


def rows_of(rows: Sequence[str]) -> int:
    """Return how many rows at the top of a text are front matter: none, if it has no such thing."""
    first = next((place for place, row in enumerate(rows[:5]) if row.strip()), 0)
    if not rows or rows[first].strip() not in _FENCES:
        return 0
    fence = rows[first].strip()
    for place, row in enumerate(rows[first + 1 : first + MOST_ROWS], first + 1):
        if row.strip() == fence:
            return place + 1 if place > first + 1 else 0
        if row.strip() and not row[0].isspace() and not _ENTRY.match(row) and not _ITEM.match(row):
            return 0
    return 0


class FrontMatter:
    """The entries that were read so far: an item of a list belongs to the key above it."""

    def __init__(self, text: str, *, at: datetime.datetime, zone: ZoneInfo) -> None:
        self.text = text
        self.at = at
        self.zone = zone
        self.key = ""

    def read(self, start: int, end: int) -> Note | Meta | None:
        """Return what one row says of the story, or None."""
        found = _ENTRY.match(self.text, start, end)
        if found:
            self.key = found["key"].lower()
        else:
            found = _ITEM.match(self.text, start, end)
        if not found:
            return None
        first, last = self._bare(*found.span("value"))
        if first >= last:
            return None
        if self.key in _AUTHORS:
            return self._names(first, last)
        if self.key in _PUBLISHED or self.key in _UPDATED:
            return self._times(first, last)
        if kind := _FIELDS.get(self.key):
            return Note(kind, False, [Value("", first, last)], is_field=True)
        return None

    def _bare(self, first: int, last: int) -> Span:
        """Return a value without its quotation marks and brackets."""
        while first < last and self.text[first] in " \t\"'[":
            first += 1
        while last > first and self.text[last - 1] in " \t\"'],":
            last -= 1
        return first, last

    def _names(self, first: int, last: int) -> Meta | None:
        meta = Meta(has_lead=True)
        for one in _NAMES.finditer(self.text, first, last):
            start, end = self._bare(*one.span())
            if start < end and (signed := bylines.read(self.text[start:end])):
                for left, right in signed.names:
                    words = self.text[start + left : start + right]
                    meta.names.append(Words(words, (start + left, start + right), 0.97))
        return meta if meta.names else None

    def _times(self, first: int, last: int) -> Meta | None:
        found = times.each(self.text[first:last], at=self.at, zone=self.zone)
        meta = Meta(times=list(found or ()))
        for time in meta.times:
            time.kind = "updated" if self.key in _UPDATED else "published"
            time.span = (first + time.span[0], first + time.span[1])
        return meta if meta.times else None
