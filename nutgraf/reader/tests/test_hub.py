"""A hub is told which feeds have something new, by whom they are followed, and a deaf one costs no publication."""

import json
import threading
import urllib.parse
from http.server import BaseHTTPRequestHandler, HTTPServer

import feedparser
import pytest

from nutgraf.newsroom.samples import make_author, make_section
from nutgraf.stories import actions
from nutgraf.stories.samples import make_story, point

pytestmark = pytest.mark.django_db


@pytest.fixture
def heard(settings):
    """What a hub of this test hears: the fields of each request."""
    told = []

    class Hub(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            told.append(urllib.parse.parse_qs(body))
            self.send_response(204)
            self.end_headers()

        def log_message(self, *args):
            pass

    server = HTTPServer(("127.0.0.1", 0), Hub)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    settings.WEBSUB_HUB = f"http://127.0.0.1:{server.server_port}/hub"
    settings.PUBLIC_URL = "https://news.example.org"
    yield told
    server.shutdown()
    server.server_close()


def publish(noon):
    return make_story(
        "Harbour",
        point("Why it matters", "Bread."),
        at=noon,
        section=make_section("World"),
        authors=[make_author("Rosa Vale")],
    )


def test_a_hub_is_told_of_every_feed_that_a_story_enters_or_leaves(heard, noon):
    story = publish(noon)
    story.unpublish()

    came, went = heard
    assert came["hub.mode"] == ["publish"]
    feeds = {
        f"https://news.example.org{page}feed.{form}"
        for page in ("/", "/world/", "/authors/rosa-vale/", "/labels/why-it-matters/")
        for form in ("rss", "atom", "json")
    }
    assert set(came["hub.url"]) == feeds
    assert "https://news.example.org/world/feed.rss" in went["hub.url"]


def test_feeds_name_the_hub(client, heard, noon, settings):
    publish(noon)

    for form in ("rss", "atom"):
        links = feedparser.parse(client.get(f"/feed.{form}").content).feed.links
        assert [link.href for link in links if link.rel == "hub"] == [settings.WEBSUB_HUB]
    assert json.loads(client.get("/feed.json").content)["hubs"] == [{"type": "WebSub", "url": settings.WEBSUB_HUB}]


def test_a_hub_that_does_not_listen_is_told_of_in_the_log_only(noon, settings, caplog):
    settings.WEBSUB_HUB = "http://127.0.0.1:9/"
    assert publish(noon).live

    assert "could not be told of" in caplog.text


def test_without_a_hub_nobody_is_told_and_none_is_named(client, noon):
    publish(noon)

    assert b'rel="hub"' not in client.get("/feed.rss").content
    assert "hubs" not in json.loads(client.get("/feed.json").content)


def test_a_story_that_readers_have_had_elsewhere_is_no_news_to_a_hub(heard, noon):
    draft = make_story("Harbour", at=noon, is_draft=True)

    actions.restore(story=draft, by=None, at=noon)

    assert heard == []
