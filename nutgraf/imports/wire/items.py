"""What a wire brings, as plain values: an item of a feed or of ninjs as it came, and what is wrong with one that is none."""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from enum import StrEnum

from django.utils.functional import Promise


class Kind(StrEnum):
    """What a document is that holds items."""

    RSS = "RSS"
    ATOM = "ATOM"
    JSON_FEED = "JSON_FEED"
    NINJS = "NINJS"


class Status(StrEnum):
    """What whoever sent an item says may be done with it."""

    USABLE = "USABLE"
    # Not for now: it may become usable again.
    WITHHELD = "WITHHELD"
    # Never, and no longer: what was made of it is to be taken back.
    CANCELED = "CANCELED"


class NotAFeed(Exception):
    """Nothing can be read of a document: it is none, or breaks off before its first item.

    The reason is a translatable sentence without its full stop.
    """

    def __init__(self, reason: str | Promise) -> None:
        """Keep the reason as it came, to be said in the language of whoever reads it."""
        super().__init__(reason)
        self.reason = reason

    def __str__(self) -> str:
        return str(self.reason)


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that an item shows, where its file is to be had, and its words."""

    address: str
    alt: str = ""
    credit: str = ""
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """One piece of news as it came.

    The HTML is what came, scripts and all: it is for whoever reads it as
    blocks or cleans it, and never for a page as it is.
    """

    # What the sender calls it (guid, Atom id, JSON Feed id, uri); or else its link; or else a digest of its words.
    id: str
    # Plain words.
    headline: str = ""
    lede: str = ""
    body_html: str = ""
    # Whole addresses, or none.
    link: str = ""
    authors: tuple[str, ...] = ()
    section: str = ""
    labels: tuple[str, ...] = ()
    language: str = ""
    # All aware.
    published: datetime.datetime | None = None
    changed: datetime.datetime | None = None
    embargoed: datetime.datetime | None = None
    credit: str = ""
    pictures: tuple[Picture, ...] = ()
    status: Status = Status.USABLE
    # What of it could not be taken as it came: the words, and the reason, as of something wrong.
    remarks: tuple[tuple[str, str | Promise], ...] = ()
    original: str = ""

    @property
    def version(self) -> str:
        """Return a digest of all that a newsroom would see changed; how it was written down is no part of that."""
        seen = asdict(replace(self, original="", remarks=()))
        words = json.dumps(seen, default=str, ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()


def supersedes(one: Item, other: Item) -> bool:
    """Tell whether of two versions of an item the first counts: the newer, or if nobody knows the one that may less be used."""
    if one.changed and other.changed and one.changed != other.changed:
        return one.changed > other.changed
    order = list(Status)
    return order.index(one.status) > order.index(other.status)


@dataclass(frozen=True, slots=True)
class Wrong:
    """An item that cannot be taken: which, and why, in a translatable sentence without its full stop."""

    place: str
    reason: str | Promise
    # What it is called, where that can be read.
    name: str = ""


@dataclass(frozen=True)
class Read:
    """A document that was recognised; its items are read as they are asked for."""

    kind: Kind
    title: str
    items: Iterator[Item | Wrong]
    # How long the sender asks to be left alone, if it says so.
    next_poll: datetime.timedelta | None = None
