"""A table of stories: one row each, its columns named in the first line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from nutgraf.imports import rows
from nutgraf.imports.archive import values
from nutgraf.imports.archive.values import State
from nutgraf.imports.rows import Row

_STATES = {
    State.PUBLIC: frozenset("published publish public live true yes 1".split()),
    State.SCHEDULED: frozenset("scheduled future".split()),
}
_AUTHORS = re.compile(r"\s*[;|]\s*|\s+and\s+")
_KNOWN = frozenset(
    "id guid key title headline body content html text author authors byline section category tags tag slug date"
    " published published_at publish_date changed updated updated_at modified status state url link address summary excerpt"
    " description image picture image_caption image_alt".split()
)

# Without one of these no row says anything.
_SAYING = ("title", "headline", "body", "content", "html", "text")


class Table:
    """Stories in one file of comma-separated values."""

    name = "csv"

    def __init__(self, path: Path, zone: ZoneInfo) -> None:
        self.path = path
        self.zone = zone
        self.site = path.name
        self.done, self.total = 0, path.stat().st_size

    def __iter__(self) -> Iterator[values.Value]:
        seen: set[str] = set()
        with self.path.open("rb") as file:
            try:
                for line, row in rows.read(file, what=str(self.path), needed=_SAYING):
                    self.done = min(self.total, file.tell())
                    yield self._value(line, row, seen)
            except rows.BrokenRow as broken:
                yield values.Left(self.path.name, self.path.name, str(broken))

    def _value(self, line: int, row: Row, seen: set[str]) -> values.Value:
        title, url = rows.first(row, "title", "headline"), rows.first(row, "url", "link", "address")
        body = rows.first(row, "body", "content", "html", "text")
        key = rows.first(row, "id", "guid", "key") or url or rows.first(row, "slug") or title
        if not (title or body) or not key:
            return values.Left(key or f"line {line}", title, f"line {line} has neither a headline nor a text")
        if key in seen:
            return values.Left(key, title, f"line {line} says what another line before it is: {key}")
        seen.add(key)
        authors = _AUTHORS.split(rows.first(row, "authors", "author", "byline"))
        path = urlsplit(url).path if url else ""
        return values.Story(
            key=key,
            headline=title,
            body=rows.as_html(body),
            original=body,
            slug=rows.first(row, "slug") or path.rstrip("/").rpartition("/")[2].partition(".")[0],
            summary=rows.first(row, "summary", "excerpt", "description"),
            authors=tuple(dict.fromkeys(filter(None, authors))),
            sections=tuple(filter(None, [rows.first(row, "section", "category")])),
            hero=rows.first(row, "image", "picture"),
            hero_caption=rows.first(row, "image_caption"),
            hero_alt=rows.first(row, "image_alt"),
            state=self._state(row),
            published_at=rows.moment(rows.first(row, "published_at", "date", "published", "publish_date"), self.zone),
            changed_at=rows.moment(rows.first(row, "updated_at", "changed", "updated", "modified"), self.zone),
            addresses=(path,) if path not in ("", "/") else (),
            url=url if "://" in url else "",
            terms=tuple(f"tag: {tag.strip()}" for tag in rows.first(row, "tags", "tag").split(",") if tag.strip()),
            remarks=tuple(
                (f"{name}: {cell.strip()}", "a column that is not known here")
                for name, cell in row.items()
                if name and name not in _KNOWN and cell.strip()
            ),
        )

    def _state(self, row: Row) -> State:
        said = rows.first(row, "status", "state").casefold()
        return next((state for state, words in _STATES.items() if said in words), State.DRAFT)
