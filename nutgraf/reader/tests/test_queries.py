"""Pages ask the database a fixed number of questions, whatever stands on them and however old the archive is."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Site

from nutgraf.briefings import actions as briefings
from nutgraf.briefings.models import ReportStory, SpecialReport
from nutgraf.briefings.samples import item, make_briefing, make_edition, story_item
from nutgraf.media.samples import make_picture
from nutgraf.newsroom.samples import make_author, make_section
from nutgraf.stories.samples import make_story
from nutgraf.streams import actions as fronts

pytestmark = pytest.mark.django_db

MOST = 25
HOUR, DAY = datetime.timedelta(hours=1), datetime.timedelta(days=1)
PAGES = [
    "/",
    "/latest/",
    "/world/",
    "/authors/",
    "/authors/rosa-vale/",
    "/labels/",
    "/labels/why-it-matters/",
    "/search/?q=harbour",
    "/nothing/",
]


def questions(client, address):
    Site.clear_site_root_paths_cache()
    with CaptureQueriesContext(
        connection,
    ) as asked:
        client.get(address)
    return len(asked)


def publish(many, noon):
    picture = make_picture()
    authors = [make_author("Rosa Vale", portrait=picture), make_author("Ada Quill", portrait=picture)]
    return [
        make_story(
            f"Harbour reopens {n}",
            at=noon - n * HOUR,
            hero=picture,
            authors=authors,
            section=make_section("World" if n % 2 == 0 else "Science"),
        )
        for n in range(many)
    ]


def test_the_number_of_cards_and_stories_makes_no_difference(client, noon):
    few = publish(2, noon)
    with_few = {address: questions(client, address) for address in [*PAGES, few[0].url]}
    many = publish(13, noon - 3 * HOUR)
    fronts.lead(story=many[0])
    with_front = questions(client, "/")
    fronts.pin(story=many[1])
    fronts.pin(story=many[2])

    with_many = {address: questions(client, address) for address in with_few}

    assert with_many.pop("/") <= with_front + 1
    assert with_many == {address: with_few[address] for address in with_many}


def test_no_page_asks_more_than_it_may(client, noon):
    stories = publish(12, noon)

    asked = {address: questions(client, address) for address in [*PAGES, stories[0].url]}

    assert {address: number for address, number in asked.items() if number > MOST} == {}


def brief(many, noon):
    """Have each of some briefings send editions that carry as many stories, and gather those in special reports."""
    stories = publish(many, noon - DAY)
    for n in range(many):
        name, slug = f"Bell {many} {n}", f"bell-{many}-{n}"
        briefing = make_briefing(name, slug=slug, at=noon, curator=make_author(name, portrait=make_picture()))
        report = SpecialReport(name=name, slug=slug, curator=briefing.curator, is_public=True, created_at=noon)
        report.picture = stories[0].hero
        report.chosen.set([ReportStory(story=story) for story in stories])
        report.save()
        for turn in range(many if n == 0 else 1):
            at = noon + turn * DAY
            items = [story_item(story, has_picture=True) for story in stories]
            items.append(item("quote", words="We have flour.", speaker="Ada Mill", role="", story=stories[-1].pk))
            day = {"day": at.date(), "report": report}
            edition = make_edition(briefing, *items, at=at, is_special=True, **day)
            briefings.send(edition=edition, by=None, at=at)
    return [
        "/briefings/",
        f"/briefings/bell-{many}-0/",
        edition.briefing.editions.first().get_absolute_url(),
        f"/briefings/bell-{many}-0/feed.json",
        "/special-reports/",
        f"/special-reports/bell-{many}-0/",
        "/subscriptions/",
    ]


def test_the_number_of_briefings_editions_and_their_stories_makes_no_difference(client, noon):
    with_few = [(questions(client, address), address) for address in brief(2, noon)]
    with_many = [(questions(client, address), address) for address in brief(5, noon)]

    grown = [(few, many) for few, many in zip(with_few, with_many, strict=True) if many[0] > few[0]]
    # The page of all briefings asks once for the latest edition of each.
    assert [(few[1], many[0] - few[0]) for few, many in grown] == [("/briefings/", 5)]
    assert [one for one in with_many if one[0] > MOST] == []
