"""One item of a WordPress export, as plain fields, and its dates."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from zoneinfo import ZoneInfo

from lxml import etree

from nutgraf.imports.streams import Fault, local

# What databases without a date fill in is long before this.
EARLIEST = 1500
_TEXTS = frozenset(
    "title link pubDate creator guid post_id post_date post_date_gmt post_modified post_modified_gmt post_name status"
    " post_parent post_type post_password attachment_url is_sticky".split()
)


@dataclass
class Item:
    """A post, a page, an attachment or whatever else."""

    texts: dict[str, str] = field(default_factory=dict)
    content: str = ""
    excerpt: str = ""
    # Triples: taxonomy, slug, words.
    terms: list[tuple[str, str, str]] = field(default_factory=list)
    meta: dict[str, str] = field(default_factory=dict)
    comments: int = 0
    faults: list[Fault] = field(default_factory=list)

    def __getitem__(self, name: str) -> str:
        return self.texts.get(name, "")

    @property
    def key(self) -> str:
        """What the site calls it: its number, or else its permanent address."""
        return self["post_id"] or self["guid"] or self["link"] or self["title"]

    def published_at(self, zone: ZoneInfo) -> datetime.datetime | None:
        return (
            _moment(self["post_date_gmt"], datetime.UTC)
            or _moment(self["post_date"], zone)
            or _mail_moment(self["pubDate"])
        )

    def changed_at(self, zone: ZoneInfo) -> datetime.datetime | None:
        return _moment(self["post_modified_gmt"], datetime.UTC) or _moment(self["post_modified"], zone)


def read(element: etree._Element, faults: list[Fault]) -> Item:
    """Return what an element of the export says."""
    item = Item(faults=faults)
    for child in element:
        if not isinstance(child.tag, str):
            continue
        name = local(child)
        if name == "encoded":
            words = child.text or ""
            if "excerpt" in child.tag:
                item.excerpt = words
            else:
                item.content = "".join(child.itertext())
        elif name == "category":
            item.terms.append((child.get("domain") or "", child.get("nicename") or "", _words(child)))
        elif name == "postmeta":
            pair = {local(one): "".join(one.itertext()) for one in child if isinstance(one.tag, str)}
            item.meta.setdefault(pair.get("meta_key", "").strip(), pair.get("meta_value", ""))
        elif name == "comment":
            item.comments += 1
        elif name in _TEXTS:
            item.texts.setdefault(name, _words(child))
    return item


def texts(element: etree._Element) -> dict[str, str]:
    """Return the words of each child, by its name."""
    return {local(child): _words(child) for child in element if isinstance(child.tag, str)}


def _words(element: etree._Element) -> str:
    return "".join(element.itertext()).strip()


def _moment(words: str, zone: datetime.tzinfo) -> datetime.datetime | None:
    try:
        moment = datetime.datetime.fromisoformat(words)
    except ValueError:
        return None
    if moment.year < EARLIEST:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=zone)


def _mail_moment(words: str) -> datetime.datetime | None:
    try:
        moment = parsedate_to_datetime(words)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    if moment.year < EARLIEST:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=datetime.UTC)
