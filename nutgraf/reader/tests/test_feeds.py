"""Each page that goes on has a feed with the whole structured text of its stories, and says so."""

import datetime
import json

import feedparser
import pytest

from nutgraf.feeds.writing import FORMS
from nutgraf.media.samples import make_picture
from nutgraf.newsroom.samples import make_author, make_section
from nutgraf.stories import actions, samples
from nutgraf.stories.samples import make_story, point

pytestmark = pytest.mark.django_db

PAGES = ["/", "/world/", "/authors/rosa-vale/", "/labels/why-it-matters/"]


@pytest.fixture
def story(noon):
    day = noon.date()
    return make_story(
        "Harbour reopens",
        point(
            "Why it matters",
            'Bread comes <i>by ship</i>, says <a href="https://example.org/">a baker</a>.',
            samples.bullet("Flour is short.", "Two bakeries shut."),
            facts=[samples.number(4, "days of flour left")],
        ),
        samples.quote("We have waited & waited.", "Mara Lind", role="pilot", affiliation="Port Ellery"),
        samples.number("2500", "tonnes on the way", unit="t", as_of=day, source="the port"),
        samples.event("Talks go on", starts=day, place="Port Ellery", is_expected=True),
        at=noon,
        section=make_section("World"),
        authors=[make_author("Rosa Vale"), make_author("Eli Marsh")],
        hero=make_picture(),
    )


def feed(client, page, form="rss"):
    return feedparser.parse(client.get(f"{page}feed.{form}").content)


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("form", FORMS)
def test_a_page_has_a_feed_and_says_where(client, story, page, form):
    answer = client.get(f"{page}feed.{form}")

    assert answer.status_code == 200
    assert answer["Content-Type"] == FORMS[form].content_type
    assert f'href="{page}feed.{form}"' in client.get(page).content.decode().split("</head>")[0]
    if form == "json":
        assert [item["url"] for item in json.loads(answer.content)["items"]] == [f"http://testserver{story.address}"]
    else:
        found = feedparser.parse(answer.content)
        assert not found.bozo
        assert [entry.link for entry in found.entries] == [f"http://testserver{story.address}"]


def test_an_item_has_all_that_the_story_says_in_its_order(client, story):
    text = feed(client, "/").entries[0].content[0].value

    order = ["Ships may enter", "<h3>Why it matters</h3>", "Bread comes <i>by ship</i>", "Flour is short."]
    order += ["Two bakeries shut.", "“We have waited &amp; waited.”", "– Mara Lind, pilot, Port Ellery"]
    order += ["2,500", "tonnes on the way", "according to the port", "Talks go on, Port Ellery"]
    places = [text.find(words) for words in order]
    assert -1 not in places
    assert places == sorted(places)
    assert "days of flour left" not in text


def test_an_item_names_every_author_and_its_picture(client, story):
    entry = feed(client, "/").entries[0]

    assert [author.name for author in entry.authors] == ["Rosa Vale", "Eli Marsh"]
    (picture,) = entry.media_content
    assert picture["type"] == "image/jpeg"
    assert client.get(picture["url"]).status_code == 200


def test_an_item_keeps_its_id_when_its_address_moves(client, story, noon):
    before = feed(client, "/").entries[0]
    story.slug, story.eyebrow = "another-address", "Exclusive"
    actions.revise(story=story, by=None)
    actions.publish(story=story, by=None, at=noon + datetime.timedelta(hours=1))

    after = feed(client, "/").entries[0]

    assert after.link != before.link
    assert after.id == before.id
    assert after.updated_parsed > before.updated_parsed


def test_a_feed_takes_as_many_queries_for_many_stories_as_for_one(client, story, noon, django_assert_num_queries):
    few = _queries(client)
    for place in range(5):
        make_story(f"Story {place}", at=noon, section=make_section("World"))

    assert _queries(client) == few


def _queries(client):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as seen:
        client.get("/feed.rss")
    return len(seen)


@pytest.mark.parametrize("address", ["/feed.xml", "/nowhere/feed.rss", "/authors/nobody/feed.atom", "/world/feed.rss/"])
def test_what_is_no_feed_is_not_there(client, story, address):
    assert client.get(address).status_code == 404


def test_links_to_our_own_pages_are_whole_addresses(client, noon):
    target = make_story("Target", at=noon)
    make_story("Source", point("Why it matters", f'See <a linktype="page" id="{target.pk}">that</a>.'), at=noon)

    texts = " ".join(entry.content[0].value for entry in feed(client, "/").entries)

    assert f'<a href="http://testserver{target.address}">that</a>' in texts
