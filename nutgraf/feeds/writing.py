"""Write a feed in the form that its address ends with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from nutgraf.feeds import json_feed, xml
from nutgraf.feeds.feed import Feed


@dataclass(frozen=True)
class Form:
    """One way to write a feed."""

    name: str
    content_type: str
    write: Callable[[Feed], bytes]


# By the ending of the address; the first is the one that most feed readers ask for.
FORMS = {
    "rss": Form("RSS", "application/rss+xml; charset=utf-8", lambda feed: xml.write(feed, xml.Rss)),
    "atom": Form("Atom", "application/atom+xml; charset=utf-8", lambda feed: xml.write(feed, xml.Atom)),
    "json": Form("JSON Feed", "application/feed+json; charset=utf-8", json_feed.write),
}
