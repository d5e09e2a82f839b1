"""A folder of HTML pages: of each the article is found among all that a site sets round it."""

from __future__ import annotations

import datetime
import html
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import trafilatura
from lxml import etree

from nutgraf.copydesk import inline
from nutgraf.copydesk.intake import encodings
from nutgraf.copydesk.intake.pages import shallow
from nutgraf.imports import rows
from nutgraf.imports.archive import values
from nutgraf.imports.archive.sources import SourceRefused
from nutgraf.imports.archive.values import State

ENDINGS = (".html", ".htm", ".xhtml")
LIMIT_MB = 16
_AUTHORS = re.compile(r"\s*;\s*")
# A headline that the page says above its text.
_FIRST_HEADING = re.compile(r"<h1>(.*?)</h1>", re.DOTALL)


class Pages:
    """The pages of a folder and the folders in it."""

    name = "html"

    def __init__(self, path: Path, zone: ZoneInfo, *, url: str = "") -> None:
        """Look for pages; raises SourceRefused where there are none. `url` is where the folder was."""
        self.path, self.zone, self.url = path, zone, url.rstrip("/")
        self.site = self.url or path.resolve().name
        self.files = [path] if path.is_file() else list(_pages(path))
        if not self.files:
            raise SourceRefused(f"There is no page in {path}: none that ends in {', '.join(ENDINGS)}.")
        self.done, self.total = 0, len(self.files)

    def __iter__(self) -> Iterator[values.Value]:
        self.done = 0
        for file in self.files:
            self.done += 1
            yield self._value(file)

    def _value(self, file: Path) -> values.Value:
        key = file.name if self.path.is_file() else file.relative_to(self.path).as_posix()
        if file.is_symlink() and not self.path.is_file():
            return values.Left(key, key, "it is a link, which could lead to any file of this machine")
        if file.stat().st_size > LIMIT_MB * 1024 * 1024:
            return values.Left(key, key, f"it is larger than {LIMIT_MB} MB")
        try:
            text, _ = encodings.decode(file.read_bytes())
        except encodings.CopyRefused as refusal:
            return values.Left(key, key, str(refusal).rstrip("."))
        found = trafilatura.bare_extraction(
            text, url=f"{self.url}/{key}" if self.url else None, with_metadata=True, include_comments=False
        )
        about = found if found is None or isinstance(found, dict) else found.as_dict()
        if about is None or not about.get("text"):
            return values.Left(key, key, "there is no story in it that could be found")
        body = trafilatura.extract(
            text,
            output_format="html",
            include_formatting=True,
            include_links=True,
            include_images=True,
            include_tables=True,
            include_comments=False,
        )
        return self._story(key, text, _with_captions(_inner(body or ""), text), about)

    def _story(self, key: str, text: str, body: str, about: dict[str, Any]) -> values.Story:
        def said(name: str) -> str:
            value = about.get(name)
            return value.strip() if isinstance(value, str) else ""

        headline = said("title")
        if (first := _FIRST_HEADING.search(body)) and inline.plain(first[1]) == headline:
            body = body.replace(first[0], "", 1)
        url = said("url")
        published_at = self._published_at(text, said("date"))
        return values.Story(
            key=key,
            headline=headline,
            body=body,
            original=text,
            slug=Path(urlsplit(url).path or key).stem,
            summary=said("description"),
            authors=tuple(dict.fromkeys(filter(None, _AUTHORS.split(said("author"))))),
            sections=tuple(about.get("categories") or ()),
            hero=said("image"),
            state=State.PUBLIC,
            published_at=published_at,
            addresses=tuple(dict.fromkeys(path for path in (f"/{key}", urlsplit(url).path) if path not in ("", "/"))),
            url=url or (f"{self.url}/{key}" if self.url else ""),
            terms=tuple(f"tag: {tag}" for tag in about.get("tags") or ()),
        )

    def _published_at(self, text: str, day: str) -> datetime.datetime | None:
        """Return when it was published: the page's own moment if it is of the day that was found, or else that day."""
        for moment in re.findall(
            r"(?:datePublished|published_time|datetime)[^>]{0,80}?(\d{4}-\d\d-\d\dT[\d:.+Z-]{5,20})", text
        ):
            if moment.startswith(day) and (found := rows.moment(moment, self.zone)):
                return found
        return rows.moment(day, self.zone)


def _pages(folder: Path) -> Iterator[Path]:
    for place, folders, names in os.walk(folder, followlinks=False):
        folders.sort()
        for name in sorted(names):
            file = Path(place, name)
            if name.lower().endswith(ENDINGS):
                yield file


def _inner(page: str) -> str:
    """Return what stands in the body of a page."""
    return re.sub(r"\A.*?<body[^>]*>|</body>.*\Z", "", page, flags=re.DOTALL)


def _with_captions(body: str, page: str) -> str:
    """Return a body whose pictures have the captions that they had on the page, which the library leaves out."""
    tree = etree.fromstring(shallow(page).encode("utf-8", "replace"), etree.HTMLParser(encoding="utf-8"))
    captions: dict[str, str] = {}
    for figure in tree.iter("figure") if tree is not None else ():
        words = " ".join("".join("".join(one.itertext()) for one in figure.iter("figcaption")).split())
        for picture in figure.iter("img"):
            captions.setdefault(picture.get("src") or "", words)

    def captioned(found: re.Match[str]) -> str:
        words = captions.get(html.unescape(found[1]))
        return f"<figure>{found[0]}<figcaption>{html.escape(words)}</figcaption></figure>" if words else found[0]

    return _PICTURE.sub(captioned, body)


_PICTURE = re.compile(r'<img\b[^>]*?\ssrc="([^"]*)"[^>]*>')
