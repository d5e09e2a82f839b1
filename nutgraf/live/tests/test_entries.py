"""Entries are public at once, and leave a trace whatever becomes of them."""

import datetime
import importlib

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from wagtail.models import Page, PageLogEntry

from nutgraf.live import actions, queries
from nutgraf.live.models import LiveEntry, LiveRun
from nutgraf.live.samples import make_entry, make_live
from nutgraf.newsroom.samples import make_author
from nutgraf.published import recording
from nutgraf.stories import actions as story_actions
from nutgraf.stories.models import Number, Quote, Story
from nutgraf.stories.samples import make_story, number, point, quote

pytestmark = pytest.mark.django_db
MINUTE = datetime.timedelta(minutes=1)


@pytest.fixture
def run(noon):
    return make_live(at=noon)


def test_an_entry_is_signed_by_whoever_files_it(run, noon, rosa):
    author = make_author("Rosa Vale")
    author.user = rosa
    author.save()

    entry = make_entry(run, at=noon, by=rosa)

    assert (entry.author, entry.filed_by, entry.at) == (author, rosa, noon)


def test_starting_twice_changes_nothing(run, noon):
    again = actions.start(story=run.story, by=None, at=noon + MINUTE)

    assert (again.pk, again.started_at, again.change) == (run.pk, noon, run.change)


@pytest.mark.parametrize(
    ("fields", "where"),
    [
        ({"headline": "  ", "body": []}, "body"),
        ({"headline": "Later", "moment": datetime.datetime(2026, 11, 22, 12, 1, tzinfo=datetime.UTC)}, "at"),
        ({"headline": "x" * 161}, "headline"),
        ({"body": [{"type": "quote", "value": {"words": "We wait", "speaker": ""}}]}, "body"),
    ],
)
def test_an_entry_that_is_not_fit_is_refused_where_the_fault_is(run, noon, fields, where):
    with pytest.raises(ValidationError) as refused:
        actions.file(run=run, by=None, at=noon, **fields)

    assert list(refused.value.message_dict) == [where]
    assert not run.entries.exists()
    assert LiveRun.objects.get().change == run.change


def test_an_entry_of_something_earlier_stands_where_it_happened(run, noon):
    late = make_entry(run, "Late.", at=noon + 2 * MINUTE)
    early = make_entry(run, "Early.", at=noon + 3 * MINUTE, moment=noon + MINUTE)

    assert queries.opening(run).entries == [late, early]
    assert early.filed_at == noon + 3 * MINUTE


def test_what_an_entry_says_is_among_the_facts_of_its_story(run, noon):
    entry = make_entry(
        run, at=noon, parts=[quote("We wait", "Ana Sorel"), number(12, "ships"), point("Yes, but", "No.")]
    )

    fact = Quote.objects.get(story=run.story)
    assert (fact.speaker, fact.block_id) == ("Ana Sorel", entry.body[0].id)
    assert Number.objects.filter(story=run.story).count() == 1
    # A card opens with what the story says, not with one of its entries.
    assert list(run.story.points.values_list("label_text", flat=True)) == ["Why it matters"]


def test_facts_of_entries_outlive_a_new_version_of_the_story(run, noon):
    make_entry(run, at=noon, parts=[quote("We wait", "Ana Sorel")])
    draft = run.story.get_latest_revision_as_object()
    draft.title = "Storm ends"
    story_actions.revise(story=draft, by=None)

    story_actions.publish(story=draft, by=None, at=noon + MINUTE)

    assert Quote.objects.filter(story=run.story).count() == 1


def test_facts_of_entries_come_and_go_with_their_story(run, noon):
    make_entry(run, at=noon, parts=[quote("We wait", "Ana Sorel")])
    removed = make_entry(run, at=noon, parts=[quote("We left", "Ana Sorel")])
    actions.remove(entry=removed, by=None, at=noon, because="Nobody said so.")

    story_actions.unpublish(story=run.story, by=None)
    assert not Quote.objects.exists()

    story_actions.publish(story=run.story, by=None, at=noon + MINUTE)
    assert [one.words for one in Quote.objects.all()] == ["We wait"]


def test_a_story_that_is_not_public_keeps_its_entries_to_itself(noon):
    run = make_live(at=noon, story=make_story("Embargoed", at=noon, is_draft=True))

    make_entry(run, at=noon, parts=[quote("We wait", "Ana Sorel")])

    assert run.entries.count() == 1
    assert not Quote.objects.exists()


def test_a_correction_needs_a_sentence_and_changes_the_facts(run, noon):
    entry = make_entry(run, at=noon, parts=[quote("We wait", "Ana Sorel")])
    body = [{"type": "quote", "value": {"words": "We waited", "speaker": "Ana Sorel"}, "id": entry.body[0].id}]

    with pytest.raises(ValidationError):
        actions.correct(entry=entry, by=None, at=noon, sentence=" ", body=body)
    corrected = actions.correct(entry=entry, by=None, at=noon + MINUTE, sentence="She said waited.", body=body)

    assert (corrected.correction, corrected.corrected_at) == ("She said waited.", noon + MINUTE)
    assert Quote.objects.get().words == "We waited"
    assert corrected.change > entry.change


def test_removing_needs_a_reason_keeps_the_first_and_takes_the_facts(run, noon, eli):
    entry = make_entry(run, at=noon, parts=[quote("We wait", "Ana Sorel")], headline="Waiting")

    with pytest.raises(ValidationError):
        actions.remove(entry=entry, by=eli, at=noon, because="")
    actions.remove(entry=entry, by=eli, at=noon + MINUTE, because="It was somebody else.")
    removed = actions.remove(entry=entry, by=eli, at=noon + 2 * MINUTE, because="Another reason.")

    assert (removed.removed_because, removed.removed_at) == ("It was somebody else.", noon + MINUTE)
    assert not Quote.objects.exists()
    (logged,) = PageLogEntry.objects.filter(page=run.story.pk, action="nutgraf.live.removed")
    assert (logged.user, logged.data["headline"]) == (eli, "Waiting")


def test_what_was_removed_is_not_corrected(run, noon):
    entry = actions.remove(entry=make_entry(run, at=noon), by=None, at=noon, because="Wrong.")

    with pytest.raises(ValidationError):
        actions.correct(entry=entry, by=None, at=noon, sentence="It was right.", headline="Right")


def test_an_entry_becomes_a_story_once(run, noon, eli):
    entry = make_entry(run, "Two cranes fell.", at=noon, headline="Cranes fall")

    story = actions.break_out(entry=entry, by=eli, at=noon)
    again = actions.break_out(entry=entry, by=eli, at=noon)

    assert story == again
    assert (story.title, story.section, story.live) == ("Cranes fall", run.story.section, False)
    assert story.get_latest_revision_as_object().body[0].value["text"].source == "<p>Two cranes fell.</p>"
    assert queries.origin_of(story) == entry


def test_nothing_is_filed_after_the_end_until_it_is_live_again(run, noon):
    actions.end(run=run, by=None, at=noon, is_oldest_first=True)

    with pytest.raises(ValidationError, match="ended"):
        make_entry(run, at=noon + MINUTE)
    actions.start(story=run.story, by=None, at=noon + MINUTE)

    assert make_entry(run, at=noon + MINUTE).pk
    assert not LiveRun.objects.get().is_oldest_first


def test_the_summary_holds_no_markup_but_that_of_sentences(run):
    run = actions.sum_up(run=run, summary="<p>One <b>bold</b></p><script>x</script><p>Two</p>", by=None)

    assert run.bullets == ["One <b>bold</b>", "Two"]


class Property(TestCase):
    """What holds whatever is done in whatever order."""

    @settings(max_examples=12, deadline=None)
    @given(
        st.lists(
            st.tuples(st.sampled_from(["file", "correct", "remove", "mark", "sum"]), st.integers(0, 9)), max_size=14
        )
    )
    def test_no_change_has_the_number_of_another_and_none_is_missed(self, acts):
        noon = datetime.datetime(2026, 11, 22, 12, 0, tzinfo=datetime.UTC)
        run = make_live(at=noon, story=make_story(f"Storm {len(acts)}", at=noon))
        known: dict[int, str] = {}
        seen = 0
        for verb, number_ in acts:
            entries = list(run.entries.order_by("pk"))
            entry = entries[number_ % len(entries)] if entries else None
            if verb == "file" or entry is None:
                actions.file(run=run, by=None, at=noon, headline=f"Entry {number_}")
            elif verb == "correct" and entry.is_public:
                actions.correct(entry=entry, by=None, at=noon, sentence="Better.", headline=f"Now {number_}")
            elif verb == "remove":
                actions.remove(entry=entry, by=None, at=noon, because="Wrong.")
            elif verb == "mark":
                actions.mark(entry=entry, is_key=bool(number_ % 2))
            else:
                actions.sum_up(run=run, summary=f"<p>{number_}</p>", by=None)
            # A reader who asks now and then has what is in the tables.
            if number_ % 3 == 0:
                known |= {one.pk: one.headline for one in queries.changed_since(run, seen, most=99)}
                seen = LiveRun.objects.get(pk=run.pk).change
        known |= {one.pk: one.headline for one in queries.changed_since(run, seen, most=99)}

        numbers = list(run.entries.values_list("change", flat=True))
        assert len(set(numbers)) == len(numbers)
        assert known == dict(run.entries.values_list("pk", "headline"))


def test_a_full_part_stays_as_it_is_while_entries_come(run, noon):
    for number_ in range(120):
        actions.file(run=run, by=None, at=noon + number_ * MINUTE, headline=f"{number_}")
    first = [entry.headline for entry in queries.part(run, 1).entries]
    shown = [entry.headline for entry in queries.opening(run).entries]

    assert first == [str(number_) for number_ in range(49, -1, -1)]
    assert shown == [str(number_) for number_ in range(119, 49, -1)]
    assert queries.opening(run).older == 1
    assert (queries.part(run, 1).newer, queries.part(run, 1).older) == (0, None)
    assert queries.part(run, 2) is None


def test_whoever_asks_whose_story_is_public_does_not_hear_of_other_stories(run):
    with recording.running() as heard:
        assert LiveRun.objects.filter(story__live=True).get() == run

    assert f"col:{Page._meta.db_table}:live" in heard.keys
    assert not [key for key in heard.keys if key.startswith("any:") and "run" not in key]


@pytest.mark.parametrize("count", [0, 1, 49, 50, 99, 100, 101, 150, 151, 230])
@pytest.mark.parametrize("is_oldest_first", [False, True])
def test_following_the_links_shows_every_entry_once_and_each_is_found_again(run, noon, count, is_oldest_first):
    LiveEntry.objects.bulk_create(
        LiveEntry(run=run, number=n, at=noon + n * MINUTE, headline=f"{n}", filed_at=noon, change=n)
        for n in range(count)
    )
    LiveRun.objects.update(is_oldest_first=is_oldest_first)
    run.refresh_from_db()

    parts: list[queries.Part] = [queries.opening(run)]
    while (following := parts[-1].newer if is_oldest_first else parts[-1].older) is not None:
        parts.append(queries.part(run, following) or queries.Part())

    read = [entry for part in parts for entry in part.entries]
    in_time = list(run.entries.order_by("at", "pk"))
    assert read == (in_time if is_oldest_first else in_time[::-1])
    assert all(queries.number_of_part(entry) == part.number for part in parts for entry in part.entries)
    # And the way back leads to where one came from.
    back = [part.older if is_oldest_first else part.newer for part in parts[1:]]
    assert back == [part.number for part in parts[:-1]]


def test_coverage_that_was_open_before_stories_knew_of_it_is_told_as_live(noon):
    is_open, ended = make_live(at=noon), make_live(at=noon, headline="Calm over the harbour")
    actions.end(run=ended, by=None, at=noon)
    Story.objects.update(is_told_live=False)

    importlib.import_module("nutgraf.live.migrations.0003_told_live").tell(apps, None)

    assert list(Story.objects.filter(is_told_live=True)) == [is_open.story]


def test_key_events_stand_in_the_order_in_which_the_coverage_is_read(run, noon):
    first, second = (make_entry(run, at=noon + n * MINUTE, is_key=True) for n in (1, 2))
    run.refresh_from_db()
    assert queries.key_events(run) == [second, first]

    ended = actions.end(run=run, by=None, at=noon + 3 * MINUTE, is_oldest_first=True)

    assert queries.key_events(ended) == [first, second]
