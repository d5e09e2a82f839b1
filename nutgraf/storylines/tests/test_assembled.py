"""What a storyline's page shows: everything once, in its order, in as many statements for many as for few."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from nutgraf.newsroom.days import begins_at
from nutgraf.published import recording
from nutgraf.stories import actions as stories
from nutgraf.stories.samples import body, event, number, point, quote
from nutgraf.storylines import actions, identity, overriding, queries
from nutgraf.storylines.models import Entry, Storyline
from nutgraf.storylines.parts import events, numbers, timeline, voices
from nutgraf.storylines.passing import passes_at
from nutgraf.storylines.samples import make_story_in, make_storyline

DAY = datetime.timedelta(days=1)
HOUR = datetime.timedelta(hours=1)


def assembled(storyline, at):
    return queries.assembled(Storyline.objects.get(pk=storyline.pk), at=at)


def test_an_event_of_two_stories_is_one_with_both_links(blockade, noon):
    vote = event("Pilots vote", starts=datetime.date(2026, 12, 1), place="Port Selva")
    make_story_in(blockade, "First", vote, at=noon)
    make_story_in(blockade, "Second", point("Next", "They vote.", facts=[vote]), at=noon + HOUR)

    (happening,) = assembled(blockade, noon + HOUR).coming

    assert happening.what == "Pilots vote"
    assert [place.story.title for place in happening.places] == ["Second", "First"]
    # A fact inside a text is found at the point that has it.
    assert happening.places[0].anchor == happening.places[0].story.points.get().block_id


def test_other_rules_for_what_is_the_same_assemble_each_storyline_anew_once(blockade, noon, monkeypatch):
    make_story_in(blockade, "First", event("Pilots vote", starts=datetime.date(2026, 12, 1)), at=noon)
    quiet = make_storyline("Quiet", at=noon)
    assert actions.assemble_outdated() == 0
    assert actions.merge(storyline=quiet, into=blockade, by=None, at=noon)
    before = Entry.objects.get().key

    monkeypatch.setattr(identity, "RULES", identity.RULES + 1)
    monkeypatch.setattr(identity, "normal", str.upper)

    assert actions.assemble_outdated() == 1
    assert Entry.objects.get().key != before
    assert actions.assemble_outdated() == 0


def test_an_event_comes_to_its_day_and_passes_by_itself_and_the_page_knows_when(blockade, noon):
    day = datetime.date(2026, 12, 1)
    make_story_in(blockade, "First", event("Pilots vote", starts=day), at=noon)
    begins = datetime.datetime(2026, 12, 1, tzinfo=datetime.UTC)
    ends = datetime.datetime(2026, 12, 1, 23, 59, 59, 999999, tzinfo=datetime.UTC)

    with recording.running() as heard:
        before = assembled(blockade, noon)
    with recording.running() as heard_on_the_day:
        on_the_day = assembled(blockade, begins)
    after = assembled(blockade, ends)

    assert [one.what for one in before.coming] == [one.what for one in on_the_day.coming] == ["Pilots vote"]
    assert heard.until == begins
    assert heard_on_the_day.until == ends
    assert after.coming == []
    assert [(one.date, [event.what for event in one.events]) for one in after.timeline.days][0] == (
        day,
        ["Pilots vote"],
    )


@pytest.mark.parametrize("given", [{"time": datetime.time(9)}, {"ends": datetime.date(2026, 12, 5)}])
def test_an_event_that_is_given_an_hour_or_a_last_day_passes_at_that(blockade, noon, given):
    day = datetime.date(2026, 12, 1)
    story = make_story_in(blockade, "First", event("A fair", starts=day), at=noon)
    story.body = body(event("A fair", starts=day, **given), seed="First")
    stories.revise(story=story, by=None)

    stories.publish(story=story, by=None, at=noon + HOUR)

    assert Entry.objects.get().passes_at == passes_at(starts=day, **given) != passes_at(starts=day)


def test_what_comes_soonest_stands_first_and_what_is_known_only_by_month_at_its_end(blockade, noon):
    make_story_in(
        blockade,
        "First",
        event("Late", starts=datetime.date(2026, 12, 9)),
        event("Some time", starts=datetime.date(2026, 12, 1), precision="MONTH"),
        event("Soon", starts=datetime.date(2026, 11, 23)),
        at=noon,
    )

    assert [one.what for one in assembled(blockade, noon).coming] == ["Soon", "Late", "Some time"]


def test_days_without_news_are_told_as_a_gap(blockade, noon):
    make_story_in(blockade, "First", at=noon - 5 * DAY)
    make_story_in(blockade, "Second", at=noon)

    days = assembled(blockade, noon).timeline.days

    assert [(day.date.day, day.gap) for day in days] == [(22, 4), (17, 0)]


def test_the_timeline_goes_on_where_it_stopped_and_loses_no_day(blockade, noon, monkeypatch):
    monkeypatch.setattr(timeline, "SIZE", 3)
    for days in range(8):
        make_story_in(blockade, f"Day {days}", at=noon - days * DAY)

    seen, before = [], None
    for _ in range(5):
        page = timeline.timeline(blockade, at=noon, before=before)
        seen += [story.title for day in page.days for story in day.stories]
        if (before := page.before) is None:
            break

    assert seen == [f"Day {days}" for days in range(8)]


@pytest.mark.parametrize(
    "days", [[0] * 9, [0, 0, 1, 1, 1, 1, 2]], ids=["one crowded day", "a day at the end of a page"]
)
def test_the_timeline_loses_no_event_of_a_crowded_day(blockade, noon, monkeypatch, days):
    monkeypatch.setattr(timeline, "SIZE", 3)
    told = [event(f"Event {n}", starts=(noon - (day + 2) * DAY).date()) for n, day in enumerate(days)]
    make_story_in(blockade, "First", *told, at=noon)

    seen, pages, before = [], 0, None
    while pages == 0 or before:
        page = timeline.timeline(blockade, at=noon, before=before)
        assert page.days, "an empty page is linked to"
        seen += [one.what for day in page.days for one in day.events]
        before, pages = page.before, pages + 1

    assert sorted(seen) == [f"Event {n}" for n in range(len(days))]


def test_a_day_with_many_stories_leads_on_to_them_and_to_an_earlier_day_only_if_there_is_one(
    blockade, noon, monkeypatch
):
    monkeypatch.setattr(timeline, "SIZE", 3)
    for hour in range(6):
        make_story_in(blockade, f"Hour {hour}", at=noon - hour * HOUR)

    alone = timeline.timeline(blockade, at=noon)
    make_story_in(blockade, "The day before", at=noon - DAY)
    after = timeline.timeline(blockade, at=noon)

    assert (len(alone.days), alone.before) == (1, None)
    assert alone.days[0].more
    assert after.before == noon.date()


def test_stories_a_day_are_counted_with_the_empty_days_between(blockade, noon):
    for at in (noon - 3 * DAY, noon, noon + HOUR):
        make_story_in(blockade, f"At {at}", at=at)
    blockade.refresh_from_db()

    strip = timeline.strip(blockade)

    assert strip.counts == [1, 0, 0, 2]


def test_a_number_counted_over_time_is_one_with_its_history(blockade, noon):
    for days, value in ((2, 40), (1, 45), (0, 52)):
        as_of = (noon - days * DAY).date()
        make_story_in(
            blockade, f"Day {days}", number(value, "ships waiting", as_of=as_of, source="Port"), at=noon - days * DAY
        )

    (found,) = assembled(blockade, noon).numbers

    assert found.latest.number.value == 52
    assert [(one.number.value, one.places[0].story.title) for one in found.history] == [
        (52, "Day 0"),
        (45, "Day 1"),
        (40, "Day 2"),
    ]
    assert [int(value) for _, value in found.charted] == [40, 45, 52]


def test_the_same_value_told_twice_is_one_line_with_both_stories(blockade, noon):
    for headline in ("First", "Second"):
        make_story_in(blockade, headline, number(40, "ships waiting", as_of=noon.date(), source="Port"), at=noon)

    (found,) = assembled(blockade, noon).numbers

    assert [len(one.places) for one in found.history] == [2]


def test_sources_that_differ_are_shown_as_differing(blockade, noon):
    make_story_in(blockade, "First", number(40, "ships waiting", as_of=noon.date(), source="Port"), at=noon)
    make_story_in(blockade, "Second", number(61, "ships waiting", as_of=noon.date(), source="Union"), at=noon + HOUR)

    (found,) = assembled(blockade, noon + HOUR).numbers

    assert (found.latest.number.value, [one.number.value for one in found.differing]) == (61, [40])


def test_a_number_that_changes_its_unit_within_a_measure_is_compared_in_one(blockade, noon):
    make_story_in(blockade, "First", number(2, "grain unloaded", unit="tonnes", as_of=noon.date()), at=noon)
    make_story_in(
        blockade, "Second", number(3500, "grain unloaded", unit="kg", as_of=(noon + DAY).date()), at=noon + DAY
    )

    (found,) = assembled(blockade, noon + DAY).numbers

    assert [int(value) for _, value in found.charted] == [2000, 3500]


def test_a_number_that_changes_to_a_unit_of_another_kind_is_another(blockade, noon):
    make_story_in(blockade, "First", number(40, "of the grain unloaded", unit="%", as_of=noon.date()), at=noon)
    make_story_in(blockade, "Second", number(3500, "grain unloaded", unit="kg", as_of=noon.date()), at=noon)

    assert len(assembled(blockade, noon).numbers) == 2


def test_what_was_merged_but_cannot_be_compared_is_left_out_of_the_chart_only(blockade, noon, eli):
    make_story_in(blockade, "First", number(40, "grain unloaded", unit="%", as_of=noon.date()), at=noon)
    make_story_in(
        blockade, "Second", number(3500, "grain unloaded", unit="kg", as_of=(noon + DAY).date()), at=noon + DAY
    )
    one, other = blockade.entries.order_by("latest_at")
    overriding.merge(entry=one, into=other, note="", by=eli, at=noon)

    (found,) = assembled(blockade, noon + DAY).numbers

    assert len(found.history) == 2
    assert [int(value) for _, value in found.charted] == [3500]


def test_a_speaker_is_shown_once_with_the_latest_words_and_the_earlier_behind(blockade, noon):
    make_story_in(blockade, "First", quote("Not yet.", "Ana Duarte", "harbour master", "Port"), at=noon)
    make_story_in(blockade, "Second", quote("Now.", "Ana Duarte", "minister", "Port"), at=noon + DAY)

    (voice,) = assembled(blockade, noon + DAY).voices

    assert voice.name == "Ana Duarte"
    assert voice.roles == ["minister, Port", "harbour master, Port"]
    assert [one.words for one in voice.latest] == ["Now."]
    assert [one.words for one in voice.earlier] == ["Not yet."]


def test_what_is_hidden_reworded_and_pinned_is_shown_so(blockade, noon, eli):
    make_story_in(blockade, "First", number(1, "tugs idle"), number(40, "ships waiting"), at=noon)
    make_story_in(blockade, "Second", number(7, "pilots ill"), number(1, "goat aboard"), at=noon + DAY)
    by_words = {one.mentions.get().number.counts: one for one in blockade.entries.all()}
    overriding.pin(what=by_words["tugs idle"], note="", by=eli, at=noon)
    overriding.hide(what=by_words["goat aboard"], note="", by=eli, at=noon)
    overriding.reword(what=by_words["pilots ill"], words="pilots off sick", note="", by=eli, at=noon)

    shown = [one.counts for one in assembled(blockade, noon + DAY).numbers]

    assert shown == ["tugs idle", "pilots off sick", "ships waiting"]


def test_all_of_a_part_is_told_page_by_page_each_once(blockade, noon, monkeypatch):
    monkeypatch.setattr(voices, "PER_PAGE", 2)
    monkeypatch.setattr(numbers, "PER_PAGE", 2)
    said = [quote("Yes.", f"Speaker {letter}") for letter in "ABCDE"]
    counted = [number(1, f"{word} sunk") for word in ("tugs", "barges", "ferries")]
    make_story_in(blockade, "First", *said, *counted, at=noon)

    names: list[str] = []
    counts: list[str] = []
    for told, every, name in ((names, voices.every, "name"), (counts, numbers.every, "counts")):
        some, after = every(blockade)
        told += [getattr(one, name) for one in some]
        while after:
            some, after = every(blockade, after=after)
            told += [getattr(one, name) for one in some]

    assert names == [f"Speaker {letter}" for letter in "ABCDE"]
    assert sorted(counts) == ["barges sunk", "ferries sunk", "tugs sunk"]


def test_statements_do_not_grow_with_the_storyline(blockade, noon):
    def tell(place):
        make_story_in(
            blockade,
            f"Story {place}",
            quote("Yes.", f"Speaker {place}"),
            quote("No.", "Ana Duarte"),
            number(place, "ships waiting", as_of=(noon - place * DAY).date()),
            number(place, f"tugs at quay {place}"),
            event(f"Event {place}", starts=(noon + (place + 1) * (-1) ** place * DAY).date()),
            at=noon - place * HOUR,
        )

    counts = []
    for batch in (range(2), range(2, 14)):
        for place in batch:
            tell(place)
        storyline = Storyline.objects.get()
        with CaptureQueriesContext(
            connection,
        ) as asked:
            queries.assembled(storyline, at=noon)
        counts.append(len(asked))

    assert counts[0] == counts[1] <= 15


def test_a_page_without_events_is_not_stale_by_itself(blockade, noon):
    make_story_in(blockade, "First", at=noon)

    with recording.running() as heard:
        events.coming(blockade, at=noon)

    assert heard.until is None


@pytest.mark.parametrize(
    ("more", "days"),
    [({}, 3), ({"ends": 3}, 3), ({"ends": 4}, None), ({"precision": "MONTH"}, None)],
    ids=["a day", "the same day twice", "two days", "a month"],
)
def test_a_page_is_another_when_the_day_of_an_event_comes(blockade, noon, more, days):
    if "ends" in more:
        more = {"ends": (noon + more["ends"] * DAY).date()}
    make_story_in(blockade, "First", event("The court rules", starts=(noon + 3 * DAY).date(), **more), at=noon)

    with recording.running() as heard:
        coming = events.coming(Storyline.objects.get(), at=noon)

    (passing_at,) = Entry.objects.filter(passes_at__isnull=False).values_list("passes_at", flat=True)
    coming_at = begins_at((noon + days * DAY).date()) if days else passing_at
    assert len(coming) == 1
    assert heard.until == coming_at
