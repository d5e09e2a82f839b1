"""Sitemaps: the addresses that engines are to know, with when each changed, its picture, and what is news of it."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from xml.sax.saxutils import escape
from xml.sax.xmlreader import AttributesImpl

from django.utils.xmlutils import SimplerXMLGenerator

from nutgraf.feeds.xml import writable

SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
NAMESPACES = {
    "xmlns": SITEMAP,
    "xmlns:image": "http://www.google.com/schemas/sitemap-image/1.1",
    "xmlns:news": "http://www.google.com/schemas/sitemap-news/0.9",
}
# What the protocol allows in one map.
MOST = 50_000


@dataclass(frozen=True)
class News:
    """What is told of a story of the last days: whose it is, in which language, since when, and its headline."""

    publication: str
    language: str
    published_at: datetime.datetime
    title: str


@dataclass(frozen=True)
class Entry:
    """One page at its whole address; `changed_at` is when it last became another for its readers."""

    url: str
    changed_at: datetime.datetime | None = None
    pictures: tuple[str, ...] = ()
    news: News | None = None


def write_index(maps: Iterable[Entry]) -> bytes:
    """Return the map of maps, as bytes of XML."""
    # By hand: of a large archive these are thousands of lines, all alike, and made anew with each publication.
    lines = ['<?xml version="1.0" encoding="utf-8"?>', f'<sitemapindex xmlns="{SITEMAP}">']
    for one in maps:
        changed = f"<lastmod>{_moment(one.changed_at)}</lastmod>" if one.changed_at else ""
        lines.append(f"<sitemap><loc>{escape(one.url)}</loc>{changed}</sitemap>")
    return "\n".join([*lines, "</sitemapindex>"]).encode()


def write(entries: Iterable[Entry]) -> bytes:
    """Return a map of pages, as bytes of XML; at most `MOST` of them."""
    with _document("urlset", NAMESPACES) as (xml, out):
        for entry in entries:
            with _inside(xml, "url"):
                _told(xml, entry)
                for picture in entry.pictures:
                    with _inside(xml, "image:image"):
                        xml.addQuickElement("image:loc", picture)
                if entry.news:
                    _add_news(xml, entry.news)
    return out.getvalue()


def _told(xml: SimplerXMLGenerator, entry: Entry) -> None:
    xml.addQuickElement("loc", entry.url)
    if entry.changed_at:
        xml.addQuickElement("lastmod", _moment(entry.changed_at))


def _add_news(xml: SimplerXMLGenerator, news: News) -> None:
    with _inside(xml, "news:news"):
        with _inside(xml, "news:publication"):
            xml.addQuickElement("news:name", writable(news.publication))
            xml.addQuickElement("news:language", news.language)
        xml.addQuickElement("news:publication_date", _moment(news.published_at))
        xml.addQuickElement("news:title", writable(news.title))


def _moment(at: datetime.datetime) -> str:
    return at.astimezone(datetime.UTC).isoformat(timespec="seconds")


@contextmanager
def _document(root: str, attributes: dict[str, str]) -> Iterator[tuple[SimplerXMLGenerator, BytesIO]]:
    out = BytesIO()
    xml = SimplerXMLGenerator(out, "utf-8")
    xml.startDocument()
    with _inside(xml, root, attributes):
        yield xml, out
    xml.endDocument()


@contextmanager
def _inside(xml: SimplerXMLGenerator, name: str, attributes: dict[str, str] | None = None) -> Iterator[None]:
    xml.startElement(name, AttributesImpl(attributes or {}))
    yield
    xml.endElement(name)
