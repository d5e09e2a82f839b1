"""Streams go on by links that work without scripts and carry a cursor."""

import datetime
import re

import pytest

from nutgraf.newsroom.samples import make_author, make_section
from nutgraf.stories.samples import make_story
from nutgraf.storylines.samples import make_story_in, make_storyline

pytestmark = pytest.mark.django_db

MINUTE = datetime.timedelta(minutes=1)


@pytest.fixture
def many(noon):
    return [make_story(f"Story number {n:02}", at=noon - n * MINUTE, section=make_section("World")) for n in range(13)]


def cards(page):
    return [int(key) for key in re.findall(r'<article class="story-card[^>]* data-story="(\d+)"', page)]


def link(page):
    found = re.search(r'rel="next" href="([^"]+)"', page)
    return found and found[1].replace("&amp;", "&")


def walk(client, address):
    seen = []
    while address:
        page = client.get(address).content.decode()
        seen += cards(page)
        address = link(page)
    return seen


@pytest.mark.parametrize("address", ["/", "/latest/", "/world/", "/authors/rosa-vale/", "/labels/why-it-matters/"])
def test_following_the_links_shows_every_story_once_and_in_order(client, many, address):
    assert walk(client, address) == [story.pk for story in many]


def test_the_stream_under_a_story_begins_without_it_and_goes_on_in_the_stream_of_all(client, many):
    story = many[3]

    assert walk(client, story.url) == [other.pk for other in many if other != story]
    assert "/latest/?before=" in client.get(story.url).content.decode()


def test_a_story_that_arrives_between_two_pages_repeats_nothing(client, many, noon):
    first = client.get("/latest/").content.decode()
    make_story("Breaking", at=noon + MINUTE)

    second = client.get(link(first)).content.decode()

    assert cards(second) == [story.pk for story in many[10:]]


def test_the_end_of_a_stream_has_no_link(client, noon):
    make_story(at=noon, authors=[make_author("Ada Quill")])

    assert link(client.get("/authors/ada-quill/").content.decode()) is None


@pytest.mark.parametrize(
    "query", ["before=nonsense", "before=1-1-1", "before=-", "before=0ab-1", "before=zzzzzzzzzzzzzzzzz-1"]
)
def test_a_broken_cursor_is_not_found(client, noon, query):
    make_story(at=noon)

    assert client.get(f"/latest/?{query}").status_code == 404


def test_older_parts_of_a_stream_are_not_for_search_engines(client, many):
    first = client.get("/world/").content.decode()

    assert 'name="robots"' not in first
    assert '<meta name="robots" content="noindex">' in client.get(link(first)).content.decode()


@pytest.mark.parametrize("zone", ["Asia/Tokyo", "America/Los_Angeles"])
def test_before_the_first_day_of_the_calendar_nothing_has_happened_in_any_zone(client, noon, settings, zone):
    settings.TIME_ZONE = zone
    storyline = make_storyline("Harbour")
    make_story_in(storyline, at=noon)

    assert client.get(f"{storyline.get_absolute_url()}timeline/?before=0001-01-01").status_code == 200
