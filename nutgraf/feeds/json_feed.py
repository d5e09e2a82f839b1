"""JSON Feed 1.1: the same items for programs that would rather not read XML."""

from __future__ import annotations

import datetime
import json
from typing import Any

from nutgraf.feeds.feed import Feed, Item

VERSION = "https://jsonfeed.org/version/1.1"


def write(feed: Feed) -> bytes:
    """Return the feed's bytes."""
    written = _said(
        version=VERSION,
        title=feed.title,
        home_page_url=feed.page_url,
        feed_url=feed.url,
        description=feed.description,
        language=feed.language,
        hubs=[{"type": "WebSub", "url": feed.hub}] if feed.hub else None,
    )
    written["items"] = [_item(item) for item in feed.items]
    return json.dumps(written, ensure_ascii=False, separators=(",", ":")).encode(errors="replace")


def _item(item: Item) -> dict[str, Any]:
    return _said(
        id=item.id,
        url=item.url,
        title=item.title,
        summary=item.summary,
        content_html=item.html,
        image=item.picture and item.picture.url,
        date_published=_moment(item.published_at),
        date_modified=_moment(item.changed_at),
        authors=[_said(name=author.name, url=author.url) for author in item.authors],
        tags=list(item.tags),
    )


def _said(**values: Any) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value}


def _moment(at: datetime.datetime) -> str:
    return at.isoformat(timespec="seconds")
