"""What a WordPress export holds, one value after another: authors and pictures first, then the posts."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from lxml import etree

from nutgraf.copydesk import inline
from nutgraf.imports import streams
from nutgraf.imports.archive import values
from nutgraf.imports.archive.values import State
from nutgraf.imports.streams import local
from nutgraf.imports.wordpress import content, items
from nutgraf.imports.wordpress.items import Item

_STATES = {"publish": State.PUBLIC, "future": State.SCHEDULED, "draft": State.DRAFT}
_DRAFTS = {
    "pending": "it waited for approval, so it is a draft",
    "private": "it was private, so it is a draft",
}
_GONE = {"trash": "it was in the bin", "auto-draft": "nobody had saved it", "inherit": "it is a former version"}
_KINDS = {
    "page": "a page, and not a story",
    "nav_menu_item": "an entry of a menu",
    "revision": "a former version",
    "wp_block": "a block that is used again, and not a story",
    "custom_css": "a style sheet",
}
_SITE = ("base_blog_url", "base_site_url", "link")
# The name that stands where nobody chose a section.
_NOWHERE = "uncategorized"


@dataclass
class WordPress:
    """The export of a site in one file."""

    path: Path
    zone: ZoneInfo
    # Which kinds of posts are stories.
    kinds: Sequence[str] = ("post",)
    name: str = "wordpress"
    site: str = ""
    done: int = 0
    total: int = 0
    _read: int = 0
    _people: dict[str, str] = field(default_factory=dict)
    _term_keys: dict[str, str] = field(default_factory=dict)
    _attached: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    _seen: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        """Look for the site's address, by which one archive is told from another; raises SourceRefused."""
        self.total = 2 * self.path.stat().st_size
        self.site = self._find_site() or self.path.name

    def _find_site(self) -> str:
        found: dict[str, str] = {}
        with suppress(streams.BreaksOff):
            for element, _ in self._elements({*_SITE, "item"}):
                if local(element) == "item":
                    break
                found.setdefault(local(element), (element.text or "").strip())
        return next((found[name] for name in _SITE if found.get(name)), "").rstrip("/")

    def __iter__(self) -> Iterator[values.Value]:
        self.done = self._read = 0
        # Told by the second reading, which comes to the same place.
        with suppress(streams.BreaksOff):
            yield from self._first_reading()
        self._read = self.total // 2
        try:
            yield from self._second_reading()
        except streams.BreaksOff as fault:
            yield values.Left("file", self.path.name, f"{fault}; what came before is in, what follows is not")

    def _elements(self, wanted: set[str]) -> Iterator[tuple[etree._Element, list[streams.Fault]]]:
        return streams.elements(self.path, root="rss", wanted=wanted.__contains__, reached=self._reached)

    def _reached(self, place: int) -> None:
        self.done = self._read + place

    # First: who and what the posts name

    def _first_reading(self) -> Iterator[values.Value]:
        for element, faults in self._elements({"author", "category", "item"}):
            if local(element) == "author":
                yield self._author(items.texts(element))
            elif local(element) == "category":
                if (section := self._section(items.texts(element))).key:
                    yield section
            else:
                item = items.read(element, faults)
                if item["post_type"] == "attachment":
                    self._attached[item["post_parent"]].append(item.key)
                    yield self._picture(item)
                elif item["post_type"] == "guest-author":
                    yield self._guest(item)

    def _author(self, said: dict[str, str]) -> values.Author:
        login = said.get("author_login") or said.get("author_id", "")
        names = f"{said.get('author_first_name', '')} {said.get('author_last_name', '')}".strip()
        return self._known(
            login,
            said.get("author_display_name") or names or login,
            said.get("author_email", ""),
            number=said.get("author_id", ""),
        )

    def _guest(self, item: Item) -> values.Author:
        """Return an author of the plug-in by which several sign one post."""
        login = item.meta.get("cap-user_login") or item["post_name"].removeprefix("cap-")
        name = item.meta.get("cap-display_name") or item["title"] or login
        return self._known(login, name, item.meta.get("cap-user_email", ""), item.meta.get("cap-description", ""))

    def _known(self, login: str, name: str, email: str, bio: str = "", number: str = "") -> values.Author:
        for spelling in (login, name, login.replace(".", "-").replace("@", "-").replace(" ", "-")):
            self._people.setdefault(spelling.casefold(), login)
        addresses = [f"{self._base}/author/{login}/"]
        if number:
            addresses.append(f"{self._base}/?author={number}")
        return values.Author(login, name, email, inline.plain(bio), tuple(addresses))

    def _section(self, said: dict[str, str]) -> values.Section:
        key, name = said.get("category_nicename", ""), said.get("cat_name", "")
        self._term_keys[said.get("term_id", "")] = key
        addresses = [f"{self._base}/category/{key}/"]
        if number := said.get("term_id", ""):
            addresses.append(f"{self._base}/?cat={number}")
        return values.Section(key, name or key, inline.plain(said.get("category_description", "")), tuple(addresses))

    @property
    def _base(self) -> str:
        """The path below which the site's own addresses begin."""
        return urlsplit(self.site).path.rstrip("/") if "://" in self.site else ""

    def _picture(self, item: Item) -> values.Picture:
        credit = " / ".join(
            filter(None, (item.meta.get(name, "").strip() for name in ("_media_credit", "_navis_media_credit_org")))
        )
        return values.Picture(
            key=item.key,
            url=item["attachment_url"] or item["guid"],
            title=inline.plain(item["title"]),
            alt=inline.plain(item.meta.get("_wp_attachment_image_alt", "")),
            # What WordPress calls a caption is the excerpt; what it calls a description is the content.
            caption=inline.plain(item.excerpt) or inline.plain(item.content),
            credit=inline.plain(credit),
        )

    # Second: the posts

    def _second_reading(self) -> Iterator[values.Value]:
        for element, faults in self._elements({"item"}):
            item = items.read(element, faults)
            if item["post_type"] in ("attachment", "guest-author"):
                continue
            if reason := self._reason_to_leave(item):
                yield values.Left(item.key, item["title"] or item["post_name"], reason)
            else:
                self._seen.add(item.key)
                yield self._story(item)

    def _reason_to_leave(self, item: Item) -> str:
        kind = item["post_type"] or "post"
        if kind not in self.kinds:
            return _KINDS.get(kind, f"of the kind “{kind}”, and no story")
        if any(fault.is_of_structure for fault in item.faults):
            return f"the XML is malformed there ({item.faults[0].words})"
        if not item.key:
            return "it has neither a number nor an address, so it could not be known again"
        if item.key in self._seen:
            return "another item before it has the same number"
        return _GONE.get(item["status"], "")

    def _story(self, item: Item) -> values.Story:
        remarks: content.Remarks = [
            (fault.words, "the XML is malformed there, and something may be missing") for fault in item.faults
        ]
        state = self._state(item, remarks)
        if item.comments:
            remarks.append((f"{item.comments}", "comments, which are not taken"))
        if item["is_sticky"] == "1":
            remarks.append(("", "it was kept on top of the site; pin it if it is to be here too"))
        published_at = item.published_at(self.zone)
        body = content.as_html(item.content, attached=lambda: self._attached[item["post_id"]], remarks=remarks)
        return values.Story(
            key=item.key,
            headline=item["title"],
            body=body,
            original=item.content,
            slug=item["post_name"],
            summary=item.excerpt.strip(),
            authors=self._authors(item),
            sections=self._sections(item),
            hero=item.meta.get("_thumbnail_id", "").strip(),
            state=state,
            published_at=published_at,
            changed_at=item.changed_at(self.zone),
            addresses=self._addresses(item),
            url=item["link"] if "://" in item["link"] else self.site,
            terms=tuple(
                f"{taxonomy}: {words}" for taxonomy, _, words in item.terms if taxonomy not in ("author", "category")
            ),
            remarks=tuple(remarks),
        )

    def _state(self, item: Item, remarks: content.Remarks) -> State:
        if item["post_password"]:
            remarks.append(("", "it asked for a password, so it is a draft"))
            return State.DRAFT
        status = item["status"] or "draft"
        if status not in _STATES:
            remarks.append((status, _DRAFTS.get(status, "a state that is not known here, so it is a draft")))
        return _STATES.get(status, State.DRAFT)

    def _authors(self, item: Item) -> tuple[str, ...]:
        """Return who signed it: those of the plug-in, or else who wrote it."""
        several = [
            self._people.get(slug.removeprefix("cap-").casefold())
            or self._people.get(words.casefold())
            or words
            or slug
            for taxonomy, slug, words in item.terms
            if taxonomy == "author"
        ]
        alone = [self._people.get(item["creator"].casefold(), item["creator"])] if item["creator"] else []
        return tuple(dict.fromkeys(several or alone))

    def _sections(self, item: Item) -> tuple[str, ...]:
        """Return what it is filed under, first what somebody has said to be first, last what stands for nowhere."""
        keys = [slug or words for taxonomy, slug, words in item.terms if taxonomy == "category"]
        first = self._term_keys.get(item.meta.get("_yoast_wpseo_primary_category", ""))
        return tuple(dict.fromkeys(sorted(keys, key=lambda key: (key != first, key == _NOWHERE))))

    def _addresses(self, item: Item) -> tuple[str, ...]:
        """Return the paths that it had, and by which question to the first page it was always to be had."""
        parts = urlsplit(item["link"])
        found = []
        if parts.query:
            found.append(f"{parts.path or '/'}?{parts.query}")
        elif parts.path not in ("", "/"):
            found.append(parts.path)
            if old := item.meta.get("_wp_old_slug", "").strip():
                found.append(re.sub(r"[^/]+(?=/?\Z)", lambda _: old, parts.path))
        if item["post_id"]:
            found.append(f"{self._base}/?p={item['post_id']}")
        return tuple(dict.fromkeys(found))
