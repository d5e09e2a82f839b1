"""What a Ghost export holds, one value after another: authors and tags first, then the posts."""

from __future__ import annotations

import datetime
import json
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from nutgraf.copydesk import inline
from nutgraf.imports.archive import values
from nutgraf.imports.archive.sources import SourceRefused
from nutgraf.imports.archive.values import State
from nutgraf.imports.ghost import documents

Row = dict[str, Any]

# It is read in one piece.
LIMIT_MB = 512
EARLIEST = 1500
_STATES = {"published": State.PUBLIC, "scheduled": State.SCHEDULED, "draft": State.DRAFT}
_HERE = "__GHOST_URL__"


class Ghost:
    """The export of a site in one file, or what its content API answers."""

    name = "ghost"

    def __init__(self, path: Path, *, url: str = "") -> None:
        """Read the file; raises SourceRefused for what is no export. `url` is where the site was."""
        self.path = path
        self.url = url.rstrip("/")
        self.site = self.url or path.name
        self.data = _tables(path)
        self.done, self.total = 0, len(self.data["posts"])
        self.tags = {str(row.get("id")): row for row in self.data["tags"]}
        self.meta = {str(row.get("post_id")): row for row in self.data["posts_meta"]}
        self.tags_of = _ordered(self.data["posts_tags"], "tag_id")
        self.authors_of = _ordered(self.data["posts_authors"], "author_id")
        self.seen: set[str] = set()

    def __iter__(self) -> Iterator[values.Value]:
        self.done = 0
        self.seen.clear()
        people, tags = list(self.data["users"]), list(self.data["tags"])
        for post in self.data["posts"]:
            people += _rows(post.get("authors"))
            tags += _rows(post.get("tags"))
        for row in people:
            slug = _text(row, "slug")
            yield values.Author(
                str(row.get("id")),
                _text(row, "name") or slug,
                _text(row, "email"),
                _text(row, "bio"),
                (f"/author/{slug}/",),
            )
        for row in tags:
            slug = _text(row, "slug")
            yield values.Section(
                str(row.get("id")), _text(row, "name") or slug, _text(row, "description"), (f"/tag/{slug}/",)
            )
            self.tags.setdefault(str(row.get("id")), row)
        for post in self.data["posts"]:
            self.done += 1
            yield self._value(post)

    def _value(self, post: Row) -> values.Value:
        key, title = str(post.get("id") or post.get("uuid") or ""), _text(post, "title")
        if post.get("type") == "page" or post.get("page") in (True, 1):
            return values.Left(key, title, "a page, and not a story")
        if not key or key in self.seen:
            return values.Left(key, title, "it has no number, or one that another before it has")
        self.seen.add(key)
        return self._story(key, post)

    def _story(self, key: str, post: Row) -> values.Story:
        remarks: documents.Remarks = []
        state = self._state(post, remarks)
        about = {**self.meta.get(key, {}), **{name: value for name, value in post.items() if value is not None}}
        tags = [str(row.get("id")) for row in _rows(post.get("tags"))] or self.tags_of[key]
        public = [tag for tag in tags if not _text(self.tags.get(tag, {}), "name").startswith("#")]
        authors = [str(row.get("id")) for row in _rows(post.get("authors"))] or self.authors_of[key]
        body, original = self._body(post, remarks)
        for place in ("codeinjection_head", "codeinjection_foot"):
            if said := _text(post, place):
                remarks.append((said, "code that the site put into the page"))
        slug = _text(post, "slug")
        published_at = _moment(post.get("published_at"))
        return values.Story(
            key=key,
            headline=_text(post, "title"),
            body=body,
            original=original,
            slug=slug,
            summary=_text(post, "custom_excerpt"),
            authors=tuple(dict.fromkeys(authors or [str(post["author_id"])] if post.get("author_id") else authors)),
            sections=tuple(public),
            hero=self._whole(_text(post, "feature_image")),
            hero_caption=inline.plain(_text(about, "feature_image_caption")),
            hero_alt=_text(about, "feature_image_alt"),
            state=state,
            published_at=published_at,
            changed_at=_moment(post.get("updated_at")),
            addresses=(f"/{slug}/",) if slug else (),
            url=f"{self.url}/{slug}/" if self.url else "",
            terms=tuple(f"tag: {_text(self.tags.get(tag, {}), 'name')}" for tag in tags),
            remarks=tuple(remarks),
        )

    def _state(self, post: Row, remarks: documents.Remarks) -> State:
        status, visibility = _text(post, "status") or "draft", _text(post, "visibility") or "public"
        if visibility != "public":
            remarks.append((visibility, "only some could read it, so it is a draft"))
            return State.DRAFT
        if status not in _STATES:
            remarks.append(
                (
                    status,
                    "it was sent by mail and not on the site, so it is a draft"
                    if status == "sent"
                    else "a state that is not known here, so it is a draft",
                )
            )
        return _STATES.get(status, State.DRAFT)

    def _body(self, post: Row, remarks: documents.Remarks) -> tuple[str, str]:
        """Return the HTML of a post, and what it was made of: the document that was edited, or else what was shown."""
        for name, made in (("lexical", documents.from_lexical), ("mobiledoc", documents.from_mobiledoc)):
            if not (source := _text(post, name)):
                continue
            told: documents.Remarks = []
            try:
                html = made(source, told)
            except (ValueError, KeyError, TypeError) as error:
                remarks.append((source[:200], f"a document that cannot be read ({error}), so what was shown is taken"))
                continue
            remarks += told
            return self._whole(html), source
        return self._whole(_text(post, "html")), _text(post, "html")

    def _whole(self, words: str) -> str:
        return words.replace(_HERE, self.url)


def _tables(path: Path) -> dict[str, list[Row]]:
    if path.stat().st_size > LIMIT_MB * 1024 * 1024:
        raise SourceRefused(f"{path} is larger than {LIMIT_MB} MB; export part of the site.")
    try:
        found = json.loads(path.read_bytes())
    except (ValueError, RecursionError) as error:
        raise SourceRefused(f"{path} is no JSON, or breaks off ({error}).") from None
    inner = found.get("db") if isinstance(found, dict) else None
    if isinstance(inner, list) and inner and isinstance(inner[0], dict):
        found = inner[0].get("data")
    elif isinstance(found, dict) and isinstance(found.get("data"), dict):
        found = found["data"]
    if not isinstance(found, dict) or not isinstance(found.get("posts"), list):
        raise SourceRefused(f"{path} is no export of Ghost: there are no posts in it.")
    names = ("posts", "users", "tags", "posts_meta", "posts_tags", "posts_authors")
    return {name: _rows(found.get(name)) for name in names}


def _rows(found: Any) -> list[Row]:
    return [row for row in found if isinstance(row, dict)] if isinstance(found, list) else []


def _ordered(rows: list[Row], name: str) -> defaultdict[str, list[str]]:
    ordered: defaultdict[str, list[str]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: row.get("sort_order") or 0):
        ordered[str(row.get("post_id"))].append(str(row.get(name)))
    return ordered


def _text(row: Row, name: str) -> str:
    value = row.get(name)
    return value.strip() if isinstance(value, str) else ""


def _moment(value: Any) -> datetime.datetime | None:
    """Return a moment, written as Ghost of any age writes one: ISO, or milliseconds."""
    try:
        if isinstance(value, int | float):
            moment = datetime.datetime.fromtimestamp(value / 1000, datetime.UTC)
        else:
            moment = datetime.datetime.fromisoformat(str(value))
    except (ValueError, OverflowError, OSError):
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=datetime.UTC)
    return moment if moment.year >= EARLIEST else None
