"""RSS 2.0 and Atom 1.0 on Django's generators, with several authors, whole texts and pictures."""

from __future__ import annotations

import datetime
import re
from io import BytesIO
from typing import Any
from xml.sax.xmlreader import AttributesImpl

from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed, SyndicationFeed, rfc3339_date
from django.utils.xmlutils import SimplerXMLGenerator

from nutgraf.feeds.feed import Author, Feed, Item

# Not allowed in XML 1.0, not even escaped; Django refuses the whole feed.
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")

Element = dict[str, Any]


class _Dated(SyndicationFeed):
    def latest_post_date(self) -> datetime.datetime:
        # Django's is the present moment where there are no items, and so other bytes each time.
        changed_at: datetime.datetime = self.feed["changed_at"]
        return changed_at


class Rss(_Dated, Rss201rev2Feed):
    """RSS with what its extensions say of authors, texts, changes and pictures."""

    def rss_attributes(self) -> dict[str, str]:
        return super().rss_attributes() | {
            "xmlns:content": "http://purl.org/rss/1.0/modules/content/",
            "xmlns:dc": "http://purl.org/dc/elements/1.1/",
            "xmlns:media": "http://search.yahoo.com/mrss/",
        }

    def add_root_elements(self, handler: SimplerXMLGenerator) -> None:
        super().add_root_elements(handler)
        if self.feed["hub"]:
            handler.addQuickElement("atom:link", None, {"rel": "hub", "href": self.feed["hub"]})

    def add_item_elements(self, handler: SimplerXMLGenerator, item: Element) -> None:
        super().add_item_elements(handler, item)
        for author in item["authors"]:
            handler.addQuickElement("dc:creator", author.name)
        handler.addQuickElement("atom:updated", rfc3339_date(item["updateddate"]))
        handler.addQuickElement("content:encoded", item["html"])
        # Not as an enclosure, which needs its size in bytes: nobody knows that before somebody asks for the picture.
        if picture := item["picture"]:
            size = {"width": str(picture.width), "height": str(picture.height)}
            kind = {"url": picture.url, "medium": "image", "type": picture.mime_type}
            handler.startElement("media:content", AttributesImpl(kind | size))
            for name, words in (
                ("description", picture.caption or picture.alt_text),
                ("credit", picture.credit_line),
            ):
                if words:
                    handler.addQuickElement(f"media:{name}", writable(words))
            handler.endElement("media:content")


class Atom(_Dated, Atom1Feed):
    """Atom with every author, and the whole text beside the summary."""

    def add_root_elements(self, handler: SimplerXMLGenerator) -> None:
        super().add_root_elements(handler)
        # Items that nobody signed are the newsroom's.
        _add_author(handler, Author(self.feed["title"]))
        if self.feed["hub"]:
            handler.addQuickElement("link", None, {"rel": "hub", "href": self.feed["hub"]})

    def add_item_elements(self, handler: SimplerXMLGenerator, item: Element) -> None:
        super().add_item_elements(handler, item)
        for author in item["authors"]:
            _add_author(handler, author)
        if picture := item["picture"]:
            kind = {"rel": "enclosure", "href": picture.url, "type": picture.mime_type}
            handler.addQuickElement("link", None, kind)
        handler.addQuickElement("content", item["html"], {"type": "html"})


def write(feed: Feed, generator: type[Rss | Atom]) -> bytes:
    """Return the feed's bytes."""
    written = generator(
        title=writable(feed.title),
        link=feed.page_url,
        description=writable(feed.description),
        subtitle=writable(feed.description) or None,
        language=feed.language,
        feed_url=feed.url,
        # Each of the three feeds of a page is another one.
        feed_guid=feed.url,
        changed_at=feed.changed_at,
        hub=feed.hub,
    )
    for item in feed.items:
        written.add_item(**_element(item))
    out = BytesIO()
    written.write(out, "utf-8")
    return out.getvalue()


def _element(item: Item) -> Element:
    return {
        "title": writable(item.title),
        "link": item.url,
        "description": writable(item.summary),
        "unique_id": item.id,
        "unique_id_is_permalink": False,
        "pubdate": item.published_at,
        "updateddate": item.changed_at,
        "categories": [writable(tag) for tag in item.tags],
        "authors": [Author(writable(author.name), author.url) for author in item.authors],
        "html": writable(item.html),
        "picture": item.picture,
    }


def _add_author(handler: SimplerXMLGenerator, author: Author) -> None:
    handler.startElement("author", AttributesImpl({}))
    handler.addQuickElement("name", author.name)
    if author.url:
        handler.addQuickElement("uri", author.url)
    handler.endElement("author")


def writable(text: str) -> str:
    """Return a text without what XML cannot hold."""
    return _NOT_IN_XML.sub("", text)
