"""A feed says the same in each of its forms, to a reader of feeds as to a reader of JSON."""

import datetime
import json
from typing import Any

import feedparser
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nutgraf.feeds.feed import Author, Feed, Item, Picture
from nutgraf.feeds.writing import FORMS

NOON = datetime.datetime(2026, 11, 22, 12, tzinfo=datetime.UTC)
LATER = NOON + datetime.timedelta(hours=2)


def make_item(**values):
    defaults: dict[str, Any] = {
        "id": "urn:uuid:1",
        "url": "https://news.example.org/world/a/",
        "title": "Harbour reopens",
        "summary": "Ships may enter again.",
        "html": "<p>Ships may enter <b>again</b>.</p>",
        "published_at": NOON,
    }
    return Item(**defaults | values)


def make_feed(*items, **values):
    defaults: dict[str, Any] = {
        "title": "The Ledger",
        "page_url": "https://news.example.org/",
        "url": "https://news.example.org/feed.rss",
        "language": "en",
        "description": "News by the river",
    }
    return Feed(**defaults | values, items=items)


def read(feed, form):
    return feedparser.parse(FORMS[form].write(feed))


@pytest.mark.parametrize("form", ["rss", "atom"])
def test_a_feed_reader_finds_all_that_an_item_says(form):
    picture = Picture("https://news.example.org/media/a.jpg", "image/jpeg", 1200, 800, "A quay.", "The quay.", "A/B")
    authors = (Author("Rosa Vale", "https://news.example.org/authors/rosa-vale/"), Author("Eli Marsh"))
    item = make_item(updated_at=LATER, authors=authors, tags=("World",), picture=picture)

    found = read(make_feed(item), form)

    assert not found.bozo
    entry = found.entries[0]
    assert (entry.id, entry.link, entry.title) == (item.id, item.url, item.title)
    assert entry.content[0].value == item.html
    assert entry.published_parsed[:5] == NOON.timetuple()[:5]
    assert entry.updated_parsed[:5] == LATER.timetuple()[:5]
    assert [author.name for author in entry.authors] == ["Rosa Vale", "Eli Marsh"]
    assert [tag.term for tag in entry.tags] == ["World"]
    pictures = entry.media_content if form == "rss" else entry.enclosures
    assert [one.get("href") or one["url"] for one in pictures] == [picture.url]


def test_no_feed_says_a_size_that_nobody_knows():
    picture = Picture("https://news.example.org/media/a.jpg", "image/jpeg", 1200, 800)

    rss, atom = (FORMS[form].write(make_feed(make_item(picture=picture))) for form in ("rss", "atom"))

    assert b"<enclosure" not in rss
    assert b'rel="enclosure"' in atom
    assert b"length=" not in rss + atom


def test_json_says_the_same():
    item = make_item(updated_at=LATER, authors=(Author("Rosa Vale"),), tags=("World",))

    found = json.loads(FORMS["json"].write(make_feed(item)))

    assert found["version"] == "https://jsonfeed.org/version/1.1"
    assert found["items"] == [
        {
            "id": "urn:uuid:1",
            "url": item.url,
            "title": item.title,
            "summary": item.summary,
            "content_html": item.html,
            "date_published": "2026-11-22T12:00:00+00:00",
            "date_modified": "2026-11-22T14:00:00+00:00",
            "authors": [{"name": "Rosa Vale"}],
            "tags": ["World"],
        }
    ]


@pytest.mark.parametrize("form", FORMS)
def test_the_same_feed_is_the_same_bytes_also_when_it_is_empty(form):
    assert FORMS[form].write(make_feed()) == FORMS[form].write(make_feed())
    assert FORMS[form].write(make_feed(make_item())) == FORMS[form].write(make_feed(make_item()))


@pytest.mark.parametrize("form", ["rss", "atom"])
def test_an_empty_feed_is_one_that_a_feed_reader_takes(form):
    found = read(make_feed(), form)

    assert not found.bozo
    assert found.feed.updated_parsed[0] == 1970


@given(st.text(max_size=40))
def test_whatever_was_typed_makes_no_feed_unreadable(text):
    item = make_item(title=text, summary=text, html=text, authors=(Author(text),), tags=(text,))
    feed = make_feed(item, title=text, description=text)

    assert [read(feed, form).bozo for form in ("rss", "atom")] == [False, False]
    assert len(json.loads(FORMS["json"].write(feed))["items"]) == 1
