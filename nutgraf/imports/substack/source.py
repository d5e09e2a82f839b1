"""What a Substack export holds, one post after another; nothing of it is ever unpacked onto the disk."""

from __future__ import annotations

import html
import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from zoneinfo import ZoneInfo

from nutgraf.imports import rows
from nutgraf.imports.archive import values
from nutgraf.imports.archive.sources import SourceRefused
from nutgraf.imports.archive.values import State
from nutgraf.imports.rows import Row

POSTS = "posts.csv"
# As much as one file of the export may unpack to: a post, or the table of all.
LIMIT_MB = 64
_BUTTON = re.compile(r'<p class="button-wrapper".*?</p>', re.DOTALL)
_WIDGET = re.compile(r'<div class="subscription-widget.*?</form>\s*</div>\s*</div>', re.DOTALL)


class Substack:
    """The posts of one publication."""

    name = "substack"

    def __init__(self, path: Path, zone: ZoneInfo, *, url: str = "") -> None:
        """Open the export; raises SourceRefused for what is none. `url` is where the publication was."""
        self.path, self.zone, self.url = path, zone, url.rstrip("/")
        self.site = self.url or path.name
        self.archive: zipfile.ZipFile | None = None
        if not path.is_dir():
            try:
                self.archive = zipfile.ZipFile(path)
            except (zipfile.BadZipFile, OSError, ValueError) as error:
                raise SourceRefused(f"{path} is no zip file ({error}).") from None
        self.table = self._read(POSTS)
        if self.table is None:
            raise SourceRefused(f"{path} is no export of Substack: there is no {POSTS} in it.")
        self.done, self.total = 0, self.table.count(b"\n") or 1

    def __iter__(self) -> Iterator[values.Value]:
        self.done = 0
        seen: set[str] = set()
        if self.archive:
            for name in self.archive.namelist():
                if name.startswith(("/", "\\")) or ".." in PurePosixPath(name.replace("\\", "/")).parts:
                    yield values.Left(name, name, "a file that climbs out of its folder")
        try:
            for line, row in rows.read(io.BytesIO(self.table or b""), what=POSTS):
                self.done = min(self.total, line)
                yield self._value(row, seen)
        except rows.BrokenRow as broken:
            yield values.Left(POSTS, POSTS, str(broken))

    def _value(self, row: Row, seen: set[str]) -> values.Value:
        key, title = rows.first(row, "post_id"), html.unescape(rows.first(row, "title"))
        if not key or key in seen or "/" in key or "\\" in key:
            return values.Left(key, title, "it has no number, or one that another before it has")
        seen.add(key)
        if rows.first(row, "type") == "page":
            return values.Left(key, title, "a page, and not a story")
        try:
            content = self._read(f"posts/{key}.html")
        except _TooLarge as error:
            return values.Left(key, title, str(error))
        return self._story(key, title, (content or b"").decode("utf-8", "replace"), row, has_text=content is not None)

    def _story(self, key: str, title: str, content: str, row: Row, *, has_text: bool) -> values.Story:
        remarks: list[tuple[str, str]] = []
        if not has_text:
            remarks.append((f"posts/{key}.html", "its text is not in the export"))
        body = content
        for pattern in (_WIDGET, _BUTTON):
            for found in pattern.findall(body):
                remarks.append((" ".join(re.sub(r"<[^>]*>", " ", found).split()), "a button"))
            body = pattern.sub("", body)
        if sound := rows.first(row, "podcast_url"):
            body += f'<audio src="{html.escape(sound)}"></audio>'
        slug = key.partition(".")[2]
        return values.Story(
            key=key,
            headline=title,
            body=body,
            original=content,
            slug=slug,
            lede=html.escape(html.unescape(rows.first(row, "subtitle")), quote=False),
            state=self._state(row, remarks),
            published_at=rows.moment(rows.first(row, "post_date"), self.zone),
            addresses=(f"/p/{slug}",) if slug else (),
            url=f"{self.url}/p/{slug}" if self.url else "",
            remarks=tuple(remarks),
        )

    def _state(self, row: Row, remarks: list[tuple[str, str]]) -> State:
        if rows.first(row, "is_published").casefold() != "true":
            return State.DRAFT
        if (audience := rows.first(row, "audience")) not in ("", "everyone"):
            remarks.append((audience, "only some could read it, so it is a draft"))
            return State.DRAFT
        return State.PUBLIC

    def _read(self, name: str) -> bytes | None:
        """Return a file of the export, if there is one: by its very name, whatever else the archive holds."""
        limit = LIMIT_MB * 1024 * 1024
        if self.archive is None:
            file = self.path / name
            is_there = file.is_file() and file.resolve().is_relative_to(self.path.resolve())
            content = _start(file, limit + 1) if is_there else None
        else:
            try:
                with self.archive.open(name) as packed:
                    # What it says of its size may be a lie.
                    content = packed.read(limit + 1)
            except KeyError:
                return None
            except (zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError, EOFError) as error:
                raise _TooLarge(f"{name} cannot be unpacked ({error})") from None
        if content is not None and len(content) > limit:
            raise _TooLarge(f"{name} unpacks to more than {LIMIT_MB} MB")
        return content


class _TooLarge(SourceRefused):
    """A file of the export that is not read."""


def _start(file: Path, most: int) -> bytes:
    with file.open("rb") as opened:
        return opened.read(most)
