"""Pages ask the database a fixed number of questions, whatever stands on them and however old the archive is."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Site

from nutgraf.media.samples import make_picture
from nutgraf.newsroom.samples import make_author, make_section
from nutgraf.stories.samples import make_story
from nutgraf.streams import actions as fronts

pytestmark = pytest.mark.django_db

MOST = 25
HOUR = datetime.timedelta(hours=1)
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
