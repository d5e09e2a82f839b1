"""What storylines are in need of is done from one page, by those who look after them."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from nutgraf.stories.samples import event, make_story, number
from nutgraf.storylines.models import MapPlace, Storyline, StorylineStory, Unrelated
from nutgraf.storylines.samples import make_story_in, make_storyline

pytestmark = pytest.mark.django_db
PAGE = "storyline_upkeep"
TODAY = timezone.localdate()
DAY = datetime.timedelta(days=1)
LEDE = "<p>Port director Mara Lind said in Port Ellery that the blockade by the Pilots' Guild goes on.</p>"


@pytest.fixture
def blockade(founded, eli):
    now = timezone.now()
    storyline = make_storyline("Harbour <blockade>", owner=eli, review_date=TODAY - DAY)
    vote = event("Pilots <vote>", starts=TODAY - 2 * DAY)
    for days in (40, 20):
        make_story_in(storyline, f"Day {days}", number(days, "ships & boats"), vote, lede=LEDE, at=now - days * DAY)
    return storyline


def test_everything_is_said_on_one_page_and_counted_at_home(at_desk, eli, blockade):
    make_story("Left out", lede=LEDE)
    client = at_desk(eli)

    html = client.get(reverse(PAGE)).content.decode()

    for words in (
        "Harbour &lt;blockade&gt;",
        "Reviewed today",
        "Left out",
        "Pilots &lt;vote&gt;",
        "20 ships &amp; boats",
    ):
        assert words in html
    assert "4 things to look at" in client.get(reverse("wagtailadmin_home")).content.decode()


def test_without_a_need_the_page_says_so_and_home_nothing(at_desk, eli, founded):
    client = at_desk(eli)

    assert "Nothing to do" in client.get(reverse(PAGE)).content.decode()
    assert "ng-upkeep" not in client.get(reverse("wagtailadmin_home")).content.decode()


def test_reviewed_today_asks_again_on_the_day_given(at_desk, eli, blockade):
    again = TODAY + 12 * DAY

    response = at_desk(eli).post(
        reverse("review_storyline", args=[blockade.pk]), {"again": again.isoformat()}, follow=True
    )

    assert "is reviewed" in response.content.decode()
    assert Storyline.objects.get().review_date == again


@pytest.mark.parametrize("again", ["soon", "2026-02-30", "1999-01-01", "<b>"])
def test_a_day_that_cannot_be_changes_nothing_and_is_told(at_desk, eli, blockade, again):
    response = at_desk(eli).post(reverse("review_storyline", args=[blockade.pk]), {"again": again}, follow=True)

    assert "is not a day" in response.content.decode() or "on a day to come" in response.content.decode()
    assert Storyline.objects.get().review_date == TODAY - DAY


def test_a_forgotten_story_is_put_in_by_one_click(at_desk, eli, blockade):
    story = make_story("Left out", lede=LEDE)

    at_desk(eli).post(reverse("put_into_storyline", args=[blockade.pk, story.pk]))

    assert StorylineStory.objects.filter(story=story, storyline=blockade).exists()
    assert story.stream_entries.filter(stream=blockade.stream).exists()


def test_a_story_that_only_looks_as_if_it_belongs_is_set_aside_by_one_click(at_desk, eli, blockade):
    story = make_story("Left out", lede=LEDE)
    client = at_desk(eli)

    for _ in range(2):
        client.post(reverse("set_aside_of_storyline", args=[blockade.pk, story.pk]))
    client.get(reverse(PAGE))  # says that it was done

    assert "Left out" not in client.get(reverse(PAGE)).content.decode()
    assert not StorylineStory.objects.filter(story=story).exists()
    assert ModelLogEntry.objects.filter(action="nutgraf.storyline.set_aside").count() == 1


def test_reporters_and_nobody_may_do_nothing_here(client, at_desk, rosa, blockade):
    story = make_story("Left out", lede=LEDE)
    ways = [
        ("get", reverse(PAGE)),
        ("post", reverse("review_storyline", args=[blockade.pk])),
        ("post", reverse("put_into_storyline", args=[blockade.pk, story.pk])),
        ("post", reverse("set_aside_of_storyline", args=[blockade.pk, story.pk])),
    ]

    for method, url in ways:
        assert getattr(client, method)(url).status_code == 302
        assert at_desk(rosa).get(url).status_code in (302, 403, 405)
    for _, url in ways[1:]:
        at_desk(rosa).post(url)

    assert Storyline.objects.get().review_date == TODAY - DAY
    assert not StorylineStory.objects.filter(story=story).exists()
    assert not Unrelated.objects.exists()


def test_an_editor_puts_a_place_on_the_map(at_desk, eli, founded):
    client = at_desk(eli)

    refused = client.post(reverse("map_place:add"), {"name": "Almery", "latitude": "147", "longitude": "-2"})
    client.post(reverse("map_place:add"), {"name": "Almery", "latitude": "47.2", "longitude": "-2.2"})

    assert "less than or equal to 90" in refused.content.decode()
    assert MapPlace.objects.get().key == "almery"


def test_what_came_of_an_event_is_written_in_its_storyline(at_desk, eli, blockade):
    client = at_desk(eli)
    way = f"{reverse('new_story')}?storyline={blockade.pk}"
    assert f'href="{way}"' in client.get(reverse(PAGE)).content.decode()

    form = client.get(way, follow=True).context["form"]

    assert form.initial["storyline_places"] == [blockade.pk]
    # Ticked, and not kept yet: the first save keeps it.
    assert form.initial["places_shown"] == ""


@pytest.mark.parametrize("key", ["", "0", "none", "9" * 30, "²"])
def test_a_story_in_a_storyline_that_is_none_begins_in_none(at_desk, eli, founded, key):
    form = at_desk(eli).get(reverse("new_story"), {"storyline": key}, follow=True).context["form"]

    assert form.initial["storyline_places"] == []
