"""Pages with a moment in their address say what is new since; the page of all storylines does so by periods that are stored."""

import datetime
import re

import pytest
import time_machine

from nutgraf.newsroom.samples import make_section
from nutgraf.stories import actions, samples
from nutgraf.stories.models import ChangeKind
from nutgraf.stories.samples import event, make_story, number, quote
from nutgraf.storylines.samples import make_story_in, make_storyline

pytestmark = pytest.mark.django_db

HOUR = datetime.timedelta(hours=1)
DAY = 24 * HOUR


@pytest.fixture(autouse=True)
def _now(noon):
    with time_machine.travel(noon + 10 * HOUR, tick=False):
        yield


@pytest.fixture
def storyline(noon):
    storyline = make_storyline("Harbour blockade", at=noon - 9 * DAY)
    for hours in range(5):
        parts = [number(hours, "people dead"), quote("No.", f"Speaker {hours}")]
        make_story_in(storyline, f"Hour {hours}", *parts, at=noon - hours * 11 * HOUR, section=make_section("World"))
    return storyline


def text(response):
    return response.content.decode()


def line(page):
    found = re.search(r'<p class="catch-up__line" role="status">(.*?)</p>', page)
    return found and re.sub("<[^>]+>", "", found[1])


@pytest.mark.parametrize("address", ["/", "/world/"])
def test_a_front_marks_the_stories_that_came_since(client, storyline, address):
    page = text(client.get(f"{address}?since=2026-11-22"))

    assert line(page) == "2 new things since Nov. 22, 2026"
    assert page.count('data-new=""') == 2


def test_a_story_marks_its_own_parts_and_not_the_stories_under_it(client, noon):
    story, other = make_story("One", number(4, "days"), at=noon), make_story("Two", at=noon)

    page = text(client.get(f"{story.address}?since=2020-01-01"))

    own, _, under = page.partition("stream--under")
    assert 'data-new=""' in own
    assert other.title in under
    assert 'data-new=""' not in under


def test_a_page_without_a_moment_is_the_same_for_all(client, storyline):
    page = text(client.get("/"))

    assert line(page) == ""
    assert "data-new" not in page


def test_a_moment_that_is_none_is_told_and_the_page_is_there(client, storyline):
    answer = client.get("/", {"since": "<Thursday>"})

    assert answer.status_code == 200
    assert line(text(answer)) == "“&lt;Thursday&gt;” is not a date. Write it like 2026-11-20."
    assert "data-new" not in text(answer)


@pytest.mark.parametrize(
    ("zone", "asked"), [("America/New_York", "0001-01-01T00:00:00Z"), ("Asia/Tokyo", "9999-12-31T23:59:59Z")]
)
def test_a_moment_at_the_ends_of_the_calendar_is_told_to_be_none(client, storyline, settings, zone, asked):
    settings.TIME_ZONE = zone
    story = make_story("One", at=storyline.created_at)

    for address in ("/", story.address, "/catch-up/", storyline.get_absolute_url()):
        assert f"“{asked}” is not a date" in text(client.get(address, {"since": asked}))


def test_a_moment_to_come_has_nothing_new(client, storyline):
    assert line(text(client.get("/?since=2030-01-01"))) == "Nothing new since Jan. 1, 2030"


@pytest.mark.parametrize(("query", "stories"), [("", 2), ("?days=3", 5), ("?days=7", 5), ("?since=2026-11-22", 2)])
def test_all_storylines_are_told_by_period(client, storyline, query, stories):
    page = text(client.get(f"/catch-up/{query}"))

    assert "1 minute to read" in page
    assert len(set(re.findall(r">(Hour \d)<", page))) == stories


def test_since_is_followed_by_a_moment_and_never_by_days_ago(client, storyline):
    told = [text(client.get("/catch-up/")), text(client.get(f"{storyline.get_absolute_url()}?since=2026-11-20"))]

    assert all(re.search(r"What changed[a-z ]* since <time ", page) for page in told)


def test_a_period_that_is_not_offered_is_not_there(client, storyline):
    assert client.get("/catch-up/?days=2").status_code == 404


def test_all_storylines_since_no_moment_says_so_and_shows_the_day(client, storyline):
    page = text(client.get("/catch-up/?since=Thursday"))

    assert "“Thursday” is not a date" in page
    assert "Hour 0" in page


def test_where_nothing_changed_the_page_says_so(client, noon):
    make_storyline("Asleep", at=noon - 9 * DAY)

    assert "No storyline has anything new" in text(client.get("/catch-up/"))


def test_the_page_holds_a_minute_of_words(client, noon):
    for letter in "ABCDEFGH":
        storyline = make_storyline(f"Storyline {letter}", at=noon - DAY)
        parts = [number(n, f"things of the kind {n} that are counted") for n in range(12)]
        make_story_in(
            storyline, f"Story {letter}", *parts, *(quote("Word " * 30, f"Ana {n}") for n in range(9)), at=noon
        )

    page = text(client.get("/catch-up/"))

    main = page.split("<main")[1].split("</header>")[1].split("</main>")[0]
    assert 100 < len(re.sub("<[^>]+>", " ", main).split()) <= 250


def test_a_storyline_tells_on_top_what_changed_and_marks_it_below(client, storyline, noon):
    story = storyline.places.get(story__title="Hour 0").story
    story.body = samples.body(number(7, "people dead"), quote("No.", "Speaker 0"), seed="Hour 0")
    actions.revise(story=story, by=None)
    sentence = "Seven people died; we first said that nobody had."
    actions.publish(story=story, by=None, at=noon + HOUR, change=ChangeKind.CORRECTION, sentence=sentence)
    make_story_in(
        storyline, "Ahead", event("A verdict", starts=noon.date() + 3 * DAY, time=noon.time()), at=noon + 2 * HOUR
    )
    event_today = event("A march", starts=noon.date(), time=(noon + 4 * HOUR).time(), is_expected=True)
    make_story_in(storyline, "Today", event_today, at=noon + 3 * HOUR)

    page = text(client.get(f"{storyline.get_absolute_url()}?since={(noon + HOUR / 2).isoformat()}"))

    told = page.split('id="changed"')[1].split("</section>\n\n")[0]
    for words in (sentence, "<strong>7</strong>", "A verdict", "A march", "Ahead"):
        assert told.count(words) == 1
    assert line(page).startswith("4 new things since Nov. 22")
    assert "data-new" in page.split('id="timeline"')[1]


def test_a_storyline_since_no_moment_says_so(client, storyline):
    page = text(client.get(f"{storyline.get_absolute_url()}?since=Thursday"))

    assert "“Thursday” is not a date" in line(page)
    assert 'id="changed"' not in page


def test_what_is_below_is_told_by_its_reading_time_and_not_by_another_count(client, noon, storyline):
    for hours in range(5):
        make_story_in(storyline, f"Day {hours}", *[number(n, f"ships of fleet {n}") for n in range(40)], at=noon)

    page = client.get(f"{storyline.get_absolute_url()}?since=2000-01-01").content.decode()

    assert re.search(r"<summary>The rest: \d+ minutes? to read</summary>", page)
