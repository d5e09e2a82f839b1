"""A search can be followed in a feed reader, and browsers learn how to search here."""

import json
import xml.etree.ElementTree as ET

import feedparser
import pytest

from nutgraf.newsroom.samples import make_section
from nutgraf.stories.samples import make_story

pytestmark = pytest.mark.django_db


@pytest.fixture
def two(noon):
    section = make_section("World")
    return [make_story(f"Harbour {name}", at=noon.replace(hour=n), section=section) for n, name in enumerate("ab", 8)]


@pytest.mark.parametrize("form", ["rss", "atom"])
def test_the_newest_come_first_and_all_is_about_the_search(client, two, form):
    answer = client.get(f"/search/feed.{form}", {"q": "harbour", "section": "world"})
    feed = feedparser.parse(answer.content)

    assert not feed.bozo
    assert [entry.title for entry in feed.entries] == ["Harbour b", "Harbour a"]
    assert "Search for “harbour”" in feed.feed.title
    assert any(link.href.endswith(f"/search/feed.{form}?q=harbour&section=world") for link in feed.feed.links)


def test_json_says_the_same(client, two):
    feed = json.loads(client.get("/search/feed.json", {"q": "harbour"}).content)

    assert [item["title"] for item in feed["items"]] == ["Harbour b", "Harbour a"]
    assert feed["home_page_url"].endswith("/search/?q=harbour")


def test_the_page_names_its_feeds_and_no_page_number(client, two):
    page = client.get("/search/", {"q": "harbour", "page": "1"}).content.decode()

    for form in ("rss", "atom", "json"):
        assert f'href="/search/feed.{form}?q=harbour">' in page


def test_whoever_has_it_is_not_sent_it_again_until_it_is_another(client, two, noon):
    first = client.get("/search/feed.rss", {"q": "harbour"})
    assert "max-age=900" in first["Cache-Control"]

    asked = {"q": "harbour"}, {"HTTP_IF_NONE_MATCH": first["ETag"]}
    assert client.get("/search/feed.rss", asked[0], **asked[1]).status_code == 304
    make_story("Harbour c", at=noon, section=two[0].section)
    assert client.get("/search/feed.rss", asked[0], **asked[1]).status_code == 200


@pytest.mark.parametrize("words", ["", "\x01<&>\ufffe", "a" * 500])
def test_whatever_is_asked_the_feed_is_one(client, two, words):
    answer = client.get("/search/feed.atom", {"q": words})

    assert answer.status_code == 200
    ET.fromstring(answer.content)


def test_a_browser_is_told_how_to_search(client, two):
    assert 'type="application/opensearchdescription+xml"' in client.get("/").content.decode()

    answer = client.get("/opensearch.xml")
    root = ET.fromstring(answer.content)
    space = "{http://a9.com/-/spec/opensearch/1.1/}"

    assert answer["Content-Type"] == "application/opensearchdescription+xml"
    assert root.tag == f"{space}OpenSearchDescription"
    assert len(root.findtext(f"{space}ShortName") or "") <= 16
    assert root.find(f"{space}Url").get("template") == "http://testserver/search/?q={searchTerms}"
