"""Live coverage in the story's page, in parts of its own, and as what is new since a cursor."""

import datetime
import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from nutgraf.live import actions
from nutgraf.live.models import LiveRun
from nutgraf.live.samples import make_entry, make_live
from nutgraf.reader import live
from nutgraf.stories import actions as story_actions
from nutgraf.stories.samples import make_story, number, point, quote

pytestmark = pytest.mark.django_db
MINUTE = datetime.timedelta(minutes=1)


@pytest.fixture
def run(noon):
    return make_live(at=noon)


def text_of(client, path, status=200):
    answer = client.get(path)
    assert answer.status_code == status
    return answer.content.decode()


def data_of(client, run, query=""):
    answer = client.get(f"{run.story.address}live.json{query}")
    assert answer["Content-Type"] == "application/json"
    return json.loads(answer.content)


def test_a_card_says_that_its_story_is_live_until_it_ends_whatever_is_published_meanwhile(client, noon):
    story = make_story("Final", at=noon)
    mark = '<span class="story-card__live">'
    story_actions.revise(story=story, by=None)
    assert mark not in text_of(client, "/")

    run = actions.start(story=story, by=None, at=noon)
    assert mark in text_of(client, "/")

    # From a draft of the time before.
    story_actions.publish(story=story, by=None, at=noon + MINUTE)
    assert mark in text_of(client, "/latest/")

    actions.end(run=run, by=None, at=noon + 2 * MINUTE)
    assert mark not in text_of(client, "/")


def test_the_head_of_a_story_says_that_it_is_live_until_it_ends(client, run, noon):
    mark = '<a class="live__state" href="#live">Live</a>'
    assert text_of(client, run.story.address).count(mark) == 1

    actions.end(run=run, by=None, at=noon + MINUTE)
    assert mark not in text_of(client, run.story.address)


def test_what_was_live_is_gone_with_its_story_and_says_why(client, run, noon):
    entry = make_entry(run, "Pilots aboard", at=noon)
    story_actions.withdraw(story=run.story, by=None, at=noon + MINUTE, reason="It was not our harbour.")

    for below in ("live.json", "live/1/", f"live/entry/{entry.pk}/"):
        assert "It was not our harbour." in text_of(client, f"{run.story.address}{below}", status=410)


def test_a_story_that_is_not_live_has_nothing_of_it(client, noon):
    story = make_story(at=noon)

    assert "nutgraf-live" not in text_of(client, story.address)
    assert client.get(f"{story.address}live.json").status_code == 404
    assert client.get(f"{story.address}live/1/").status_code == 404


def test_the_page_shows_summary_key_events_and_entries_newest_first(client, run, noon):
    first = make_entry(run, "The mole holds.", at=noon, headline="Mole holds", is_key=True)
    second = make_entry(
        run,
        "<b>Bread</b> & water.",
        at=noon + MINUTE,
        parts=[point("By the numbers", "Few."), quote("Run", "Ana"), number(12, "ships")],
    )
    actions.sum_up(run=run, summary="<p>The harbour is closed.</p>", by=None)

    page = text_of(client, run.story.address)

    places = [
        page.index(words)
        for words in (
            "The harbour is closed.",
            f'href="#{first.anchor}"',
            f'id="{second.anchor}"',
            f'id="{first.anchor}"',
        )
    ]
    assert places == sorted(places)
    assert f'data-at="{int(noon.timestamp())}" data-when="{int(noon.timestamp())}"' in page
    assert '<h4 class="point__label">By the numbers:</h4>' in page
    assert f'data-cursor="{LiveRun.objects.get().change}"' in page


def test_what_an_editor_typed_is_escaped(client, run, noon):
    entry = make_entry(run, at=noon, headline="<script>1</script>", is_key=True)
    actions.correct(entry=entry, by=None, at=noon, sentence="<script>2</script>", headline="<script>3</script>")
    actions.remove(entry=make_entry(run, at=noon), by=None, at=noon, because="<script>4</script>")

    assert "<script>" not in text_of(client, run.story.address).replace('<script type="', "")
    assert "&lt;script&gt;4" in text_of(client, run.story.address)


def test_a_correction_and_a_removal_leave_a_trace_where_the_entry_stands(client, run, noon):
    wrong = make_entry(run, "Forty are missing.", at=noon, headline="Forty missing", is_key=True)
    kept = make_entry(run, "Four ships.", at=noon)
    actions.correct(entry=kept, by=None, at=noon + MINUTE, sentence="There were five.", headline="Five ships")
    actions.remove(entry=wrong, by=None, at=noon + MINUTE, because="The list was of last year.")

    page = text_of(client, run.story.address)

    assert "Forty" not in page
    assert f'id="{wrong.anchor}"' in page
    assert "The list was of last year." in page
    assert "There were five." in page


def test_an_ended_one_says_so_and_asks_for_nothing_more(client, run, noon):
    first, second = make_entry(run, "First.", at=noon), make_entry(run, "Second.", at=noon + MINUTE)
    actions.end(run=run, by=None, at=noon + MINUTE, is_oldest_first=True)

    page = text_of(client, run.story.address)

    assert page.index(first.anchor) < page.index(second.anchor)
    assert "This live coverage ended" in page
    assert "nutgraf-live" not in page
    assert data_of(client, run)["ended"] is True


def test_a_story_and_the_entry_it_was_broken_out_of_lead_to_each_other_once_both_are_public(client, run, noon):
    entry = make_entry(run, "Two cranes fell.", at=noon, headline="Cranes fall")
    story = actions.break_out(entry=entry, by=None, at=noon)
    assert "Cranes fall</a>" not in text_of(client, run.story.address).replace('class="live', "")
    draft = story.get_latest_revision_as_object()
    draft.lede = "<p>Two cranes fell.</p>"
    story_actions.revise(story=draft, by=None)
    public = story_actions.publish(story=draft, by=None, at=noon)

    assert f'href="{public.address}"' in text_of(client, run.story.address)
    assert f'href="{run.story.address}live/entry/{entry.pk}/"' in text_of(client, public.address)
    story_actions.unpublish(story=run.story, by=None)
    assert "First reported live" not in text_of(client, public.address)


def test_an_entry_is_found_wherever_it_stands_by_now(client, run, noon):
    for minute in range(101):
        actions.file(run=run, by=None, at=noon + minute * MINUTE, headline=f"{minute}")
    oldest, newest = run.entries.earliest("at"), run.entries.latest("at")

    ways = [client.get(f"{run.story.address}live/entry/{one.pk}/")["Location"] for one in (oldest, newest)]

    assert ways == [f"{run.story.address}live/1/#{oldest.anchor}", f"{run.story.address}#{newest.anchor}"]
    assert f'id="{oldest.anchor}"' in text_of(client, f"{run.story.address}live/1/")
    assert client.get(f"{run.story.address}live/entry/999999/").status_code == 404


@pytest.mark.parametrize("below", ["live/0/", "live/2/", "live/07/", "live/999/"])
def test_a_part_that_is_not_there_leads_to_the_story(client, run, noon, below):
    make_entry(run, at=noon)

    assert client.get(f"{run.story.address}{below}")["Location"] == run.story.address


def test_whoever_asks_has_what_was_changed_with_the_cursor(client, run, noon):
    entries = [make_entry(run, f"{n}.", at=noon) for n in range(30)]
    actions.mark(entry=entries[0], is_key=True)

    now, since = data_of(client, run), data_of(client, run, "?after=25")

    assert (now["cursor"], now["from"]) == (32, 7)
    assert [entry["id"] for entry in now["entries"]] == [*(one.pk for one in entries[6:]), entries[0].pk]
    assert [entry["change"] for entry in since["entries"]] == [26, 27, 28, 29, 30, 31, 32]


def test_who_missed_too_much_hears_only_that(client, run, noon):
    for n in range(130):
        actions.file(run=run, by=None, at=noon, headline=f"{n}")

    news = data_of(client, run, "?after=25")

    assert (news["entries"], news["from"], news["cursor"]) == ([], 131, 131)


@pytest.mark.parametrize("after", ["x", "-1", "07", "1.5", "²", "٣", "26", "9" * 20, "9" * 4_301, "0x1"])
def test_what_is_no_cursor_is_refused(client, run, noon, after):
    make_entry(run, at=noon)

    assert client.get(f"{run.story.address}live.json", {"after": after}).status_code == 400


def test_cursors_lead_to_few_addresses(client, run, noon):
    for n in range(60):
        actions.file(run=run, by=None, at=noon, headline=f"{n}")

    places = {client.get(f"{run.story.address}live.json?after={n}").get("Location") for n in range(60)}

    assert places == {None, *(f"{run.story.address}live.json?after={n}" for n in (0, 25, 50))}


def test_who_is_connected_is_told_what_differs_and_who_comes_where_it_stands(client, run, noon):
    make_entry(run, "One.", at=noon)
    before = client.get(f"{run.story.address}live.json").content
    entry = make_entry(run, "Two.", at=noon)
    now = client.get(f"{run.story.address}live.json").content

    told, greeting = json.loads(live.news(before, now)), json.loads(live.news(None, now))

    assert [one["id"] for one in told["entries"]] == [entry.pk]
    assert (told["from"], told["cursor"]) == (2, 3)
    assert "top" not in told
    assert (greeting["from"], greeting["cursor"], greeting["entries"]) == (3, 3, [])


def test_a_story_under_another_address_leads_its_live_coverage_there_too(client, run, noon):
    old = run.story.address
    draft = run.story.get_latest_revision_as_object()
    draft.slug = "storm-passes"
    story_actions.revise(story=draft, by=None)
    story_actions.publish(story=draft, by=None, at=noon)

    answer = client.get(f"{old}live.json")

    assert answer["Location"].endswith("/storm-passes/live.json")


def test_where_no_connections_are_held_that_is_said(client, run):
    assert client.get(f"{run.story.address}live.events").status_code == 406


def test_a_page_takes_as_many_queries_for_many_entries_as_for_two(client, run, noon):
    make_entry(run, at=noon)
    make_entry(run, at=noon, parts=[quote("We wait", "Ana"), number(2, "ships")])
    client.get(run.story.address)
    with CaptureQueriesContext(connection) as few:
        client.get(run.story.address)
    for n in range(40):
        make_entry(run, at=noon + MINUTE, is_key=n % 2 == 0, parts=[quote("We wait", "Ana"), number(2, "ships")])
    with CaptureQueriesContext(connection) as many:
        client.get(run.story.address)

    assert len(many) == len(few)


def test_search_engines_are_told_of_each_entry_and_of_the_end(client, run, noon):
    entry = make_entry(run, "Two cranes fell.", at=noon, headline="Cranes </script> fall")
    actions.remove(entry=make_entry(run, "Three fell.", at=noon), by=None, at=noon, because="Two.")
    actions.end(run=run, by=None, at=noon + MINUTE)

    page = text_of(client, run.story.address)
    told = json.loads(page.partition('<script type="application/ld+json">')[2].partition("</script>")[0])

    assert told["@type"] == "LiveBlogPosting"
    assert (told["coverageStartTime"], told["coverageEndTime"]) == (noon.isoformat(), (noon + MINUTE).isoformat())
    (update,) = told["liveBlogUpdate"]
    assert (update["headline"], update["articleBody"]) == (entry.headline, "Two cranes fell.")
    assert update["url"].endswith(f"{run.story.address}#{entry.anchor}")
