"""Engines learn of every page that is for readers: of stories by month, and of the latest as news."""

import datetime

import pytest
from lxml import etree

from nutgraf.media.samples import make_picture
from nutgraf.newsroom.samples import make_section
from nutgraf.published import recording
from nutgraf.reader import sitemaps
from nutgraf.stories import actions
from nutgraf.stories.samples import make_story
from nutgraf.streams.models import Day

pytestmark = pytest.mark.django_db

DAY = datetime.timedelta(days=1)


def told(client, path, what="loc"):
    answer = client.get(path)
    assert answer.status_code == 200, path
    assert answer["Content-Type"] == "application/xml"
    return etree.fromstring(answer.content).xpath(f"//*[local-name()='{what}']/text()")


def test_stories_stand_in_the_map_of_their_month_and_the_index_names_it(client, noon):
    old = make_story("Old", at=noon - 40 * DAY, section=make_section("World"))
    new = make_story("New", at=noon, section=make_section("World"), hero=make_picture())

    maps = told(client, "/sitemap.xml")

    assert maps == [
        "http://testserver/sitemap/pages.xml",
        f"http://testserver/sitemap/{noon:%Y-%m}.xml",
        f"http://testserver/sitemap/{noon - 40 * DAY:%Y-%m}.xml",
    ]
    assert f"http://testserver{new.address}" in told(client, maps[1])
    assert told(client, maps[2]) == [f"http://testserver{old.address}"]
    # The picture of the one that has one.
    assert [one for one in told(client, maps[1]) if one.endswith(".jpg")]


def test_a_month_with_many_stories_has_a_map_for_each_day(client, noon, monkeypatch):
    monkeypatch.setattr(sitemaps, "MOST_IN_A_MONTH", 1)
    first, second = (make_story(f"Story {n}", at=noon.replace(day=5 + n)) for n in range(2))

    maps = told(client, "/sitemap.xml")[1:]

    assert [one[-14:] for one in maps] == [f"{noon:%Y-%m}-06.xml", f"{noon:%Y-%m}-05.xml"]
    assert [told(client, one) for one in maps] == [
        [f"http://testserver{second.address}"],
        [f"http://testserver{first.address}"],
    ]


def test_the_index_says_when_a_month_last_changed(client, noon, eli):
    story = make_story(at=noon - 40 * DAY)
    assert told(client, "/sitemap.xml", "lastmod") == [f"{noon - 40 * DAY:%Y-%m-%dT%H:%M:%S}+00:00"]

    actions.withdraw(story=story, reason="We were wrong.", by=eli, at=noon)

    assert told(client, "/sitemap.xml", "lastmod") == []
    assert client.get(f"/sitemap/{noon - 40 * DAY:%Y-%m}.xml").status_code == 404


def test_a_deleted_story_is_counted_no_more(noon):
    gone, _ = make_story("Gone", at=noon), make_story("There", at=noon)

    gone.delete()

    assert [day.stories for day in Day.objects.all()] == [1]


@pytest.mark.parametrize("when", ["2026-13", "2026-02-30", "0000-01", "9999-12", "2031-01"])
def test_a_month_that_is_none_has_no_map(client, noon, when):
    make_story(at=noon)

    assert client.get(f"/sitemap/{when}.xml").status_code == 404


def test_a_map_of_a_month_is_of_no_concern_to_stories_of_another(client, noon):
    make_story(at=noon - 40 * DAY)

    with recording.running() as heard:
        client.get(f"/sitemap/{noon - 40 * DAY:%Y-%m}.xml")

    assert not [key for key in heard.keys if key.startswith(("any:stories_", "any:wagtailcore_page", "col:stories_"))]
    (window,) = heard.windows
    assert window[0] == "all"
    assert window[1] < f"{noon - 40 * DAY:%Y-%m-%d}" < window[2] < f"{noon:%Y-%m-%d}"


def test_the_latest_two_days_are_news_and_the_page_knows_when_they_are_no_more(client, noon, time_machine):
    make_story("Fresh", at=noon - DAY)
    make_story("Stale", at=noon - 3 * DAY)
    time_machine.move_to(noon, tick=False)

    with recording.running() as heard:
        assert told(client, "/news-sitemap.xml", "title") == ["Fresh"]
    assert heard.until == noon + DAY

    time_machine.move_to(noon + DAY, tick=False)
    assert told(client, "/news-sitemap.xml", "title") == []
    assert len(told(client, "/news-sitemap.xml")) == 1


def test_a_newsroom_without_a_story_has_no_news(client, noon):
    actions.found(at=noon)

    assert client.get("/news-sitemap.xml").status_code == 404
    assert told(client, "/sitemap.xml") == ["http://testserver/sitemap/pages.xml"]


def test_every_other_page_that_is_named_is_there(client, noon):
    make_story(at=noon, section=make_section("World"))

    for address in told(client, "/sitemap/pages.xml"):
        assert client.get(address.removeprefix("http://testserver")).status_code == 200, address


def test_robots_are_told_where_the_maps_are(client):
    answer = client.get("/robots.txt").content.decode()

    assert "Sitemap: http://testserver/sitemap.xml\n" in answer
    assert "Sitemap: http://testserver/news-sitemap.xml\n" in answer
