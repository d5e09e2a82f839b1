"""A feed as plain values: what it is called, and its items with authors, moments, text and picture."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

# What an empty feed was last changed: nothing has happened in it yet.
NEVER = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)


@dataclass(frozen=True)
class Author:
    """Who signs an item."""

    name: str
    url: str = ""


@dataclass(frozen=True)
class Picture:
    """The picture of an item, at its whole address."""

    url: str
    mime_type: str
    width: int
    height: int
    alt_text: str = ""
    caption: str = ""
    credit_line: str = ""


@dataclass(frozen=True)
class Item:
    """One entry; its id stays the same when its address moves, as readers else see it twice."""

    id: str
    url: str
    title: str
    summary: str
    html: str
    published_at: datetime.datetime
    updated_at: datetime.datetime | None = None
    authors: tuple[Author, ...] = ()
    tags: tuple[str, ...] = ()
    picture: Picture | None = None

    @property
    def changed_at(self) -> datetime.datetime:
        """When it was last changed in a way that readers are told of."""
        return self.updated_at or self.published_at


@dataclass(frozen=True)
class Feed:
    """What is new on one page, newest first; all addresses are whole ones."""

    title: str
    page_url: str
    url: str
    language: str
    description: str = ""
    items: tuple[Item, ...] = ()
    # Where one may ask to be told of what is new, by WebSub.
    hub: str = ""

    @property
    def changed_at(self) -> datetime.datetime:
        """When the latest of its items was changed."""
        return max((item.changed_at for item in self.items), default=NEVER)
