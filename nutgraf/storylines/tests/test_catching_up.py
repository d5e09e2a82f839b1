"""What changed in a storyline since a moment: every new fact once, nothing old, and no more than a minute of it on top."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from nutgraf.stories import actions, samples
from nutgraf.stories.models import ChangeKind, Story
from nutgraf.stories.samples import event, number, point, quote
from nutgraf.storylines import catching_up
from nutgraf.storylines.catching_up import Change, Sort, cut
from nutgraf.storylines.samples import make_story_in, make_storyline

pytestmark = pytest.mark.django_db

NOON = datetime.datetime(2026, 11, 22, 12, tzinfo=datetime.UTC)
HOUR = datetime.timedelta(hours=1)
DAY = 24 * HOUR
DEAD = "people dead"


@pytest.fixture
def storyline(noon):
    return make_storyline("Harbour blockade", at=noon - 30 * DAY)


@pytest.fixture
def old(storyline, noon):
    """A story that a reader has read, with a fact of each kind."""
    parts = [
        point("Why it matters", "Bread comes by ship."),
        number(9, DEAD),
        quote("We wait.", "Mara Lind", role="pilot"),
        event("Talks open", starts=(noon + 2 * DAY).date(), place="Port Ellery"),
    ]
    return make_story_in(storyline, "The harbour is shut", *parts, at=noon - 2 * DAY)


def change(story, *parts, at, seed="The harbour is shut", **fields):
    story.body = samples.body(*parts, seed=seed)
    actions.revise(story=story, by=None)
    return actions.publish(story=story, by=None, at=at, **fields)


def told(storyline, *, since, at):
    found = catching_up.of(storyline, since=since, at=at)
    return [(change.sort.name, what(change)) for change in found.changes]


def what(change):
    fact = change.fact
    if fact is None:
        return change.sentence or change.story.title
    return str(getattr(fact, "what", None) or getattr(fact, "speaker", None) or getattr(fact, "text", None) or fact)


def test_nothing_changed_where_nothing_came_after_the_moment(storyline, old, noon):
    assert told(storyline, since=noon - 2 * DAY, at=noon) == []


def test_all_that_a_new_story_says_for_the_first_time_is_told_by_sort(storyline, old, noon):
    parts = [number(12, DEAD), quote("No.", "Ana Duarte"), quote("We wait on.", "Mara Lind")]
    make_story_in(storyline, "A night on the quay", *parts, event("A verdict", starts=(noon + DAY).date()), at=noon)

    assert told(storyline, since=noon - HOUR, at=noon + HOUR) == [
        ("COMING", "A verdict"),
        ("NUMBER", f"12 {DEAD}"),
        ("VOICE", "Ana Duarte"),
        ("STORY", "A night on the quay"),
    ]


def test_a_number_comes_with_what_a_reader_knew_and_what_was_in_between(storyline, old, noon):
    make_story_in(storyline, "One", number(11, DEAD), at=noon)
    make_story_in(storyline, "Two", number(12, DEAD), at=noon + HOUR)

    (found,) = [c for c in catching_up.of(storyline, since=noon - HOUR, at=noon + DAY).changes if c.sort is Sort.NUMBER]

    assert [number.value for number in (found.before, *found.between, found.fact)] == [9, 11, 12]


def test_a_corrected_number_is_told_with_its_correction_and_not_again(storyline, old, noon):
    parts = [point("Why it matters", "Bread comes by ship."), number(7, DEAD)]
    parts += [
        quote("We wait.", "Mara Lind", role="pilot"),
        event("Talks open", starts=(noon + 2 * DAY).date(), place="Port Ellery"),
    ]
    change(old, *parts, at=noon, change=ChangeKind.CORRECTION, sentence="Seven people died, not nine.")

    (found,) = catching_up.of(storyline, since=noon - HOUR, at=noon + HOUR).changes

    assert (found.sort, found.sentence) == (Sort.CORRECTION, "Seven people died, not nine.")
    assert [one.fact.value for one in found.facts] == [7]


def test_a_point_that_was_changed_is_told_instead_of_its_story(storyline, old, noon):
    parts = [point("Why it matters", "Bread comes by rail now, and it costs twice as much."), number(9, DEAD)]
    parts += [
        quote("We wait.", "Mara Lind", role="pilot"),
        event("Talks open", starts=(noon + 2 * DAY).date(), place="Port Ellery"),
    ]
    change(old, *parts, at=noon)

    assert told(storyline, since=noon - HOUR, at=noon + HOUR) == [
        ("POINT", "Bread comes by rail now, and it costs twice as much.")
    ]


def test_an_event_that_has_passed_is_news_though_nobody_filed_anything(storyline, old, noon):
    assert told(storyline, since=noon, at=noon + 2 * DAY) == []
    assert told(storyline, since=noon, at=noon + 3 * DAY) == [("PASSED", "Talks open")]
    assert told(storyline, since=noon + 3 * DAY, at=noon + 4 * DAY) == []


def test_what_is_hidden_or_not_public_any_more_is_not_told(storyline, old, noon):
    story = make_story_in(storyline, "Two", number(11, DEAD), quote("No.", "Ana Duarte"), at=noon)
    storyline.entries.filter(kind="NUMBER").update(is_hidden=True)
    assert [sort for sort, _ in told(storyline, since=noon - HOUR, at=noon)] == ["VOICE", "STORY"]

    actions.unpublish(story=story, by=None)

    assert told(storyline, since=noon - HOUR, at=noon) == []


def test_the_earlier_the_moment_the_more_is_told(storyline, noon):
    for hours in range(0, 40, 4):
        make_story_in(
            storyline, f"Hour {hours}", number(hours, DEAD), quote("No.", f"Speaker {hours}"), at=noon + hours * HOUR
        )

    def facts(since):
        changes = catching_up.of(storyline, since=since, at=noon + 50 * HOUR).changes
        return {
            (type(fact), fact.pk)
            for one in changes
            if one.sort is not Sort.PASSED
            for fact in (one.fact, *one.between)
            if fact
        }

    seen = [facts(noon + hours * HOUR) for hours in range(-1, 42)]
    assert all(later <= earlier for earlier, later in zip(seen, seen[1:], strict=False))
    assert (len(seen[0]), len(seen[-1])) == (20, 0)


def test_it_takes_as_many_queries_for_many_stories_as_for_few(storyline, old, noon):
    def queries():
        with CaptureQueriesContext(connection) as seen:
            catching_up.of(storyline, since=noon - 3 * DAY, at=noon + DAY)
        return len(seen)

    make_story_in(storyline, "One", number(11, DEAD), quote("No.", "Ana"), at=noon)
    few = queries()
    for place in range(6):
        make_story_in(storyline, f"More {place}", number(place, DEAD), quote("No.", f"Ana {place}"), at=noon)

    assert queries() == few <= 10


def test_the_storyline_in_which_most_changed_is_told_first_and_each_tells_something(noon):
    quiet, busy, asleep = (make_storyline(name, at=noon - 9 * DAY) for name in ("Quiet", "Busy", "Asleep"))
    make_story_in(asleep, "Old", at=noon - 5 * DAY)
    make_story_in(quiet, "A", at=noon)
    for place in range(4):
        make_story_in(busy, f"B {place}", number(place, DEAD), quote("No.", f"Ana {place}"), at=noon)

    found = catching_up.of_all(since=noon - HOUR, at=noon)

    assert [one.storyline.name for one in found] == ["Busy", "Quiet"]
    assert all(one.shown for one in found)
    assert sum(one.words for one in found) <= catching_up.WORDS_A_MINUTE


changes = st.builds(
    lambda sort, words: Change(sort, NOON, Story(title="A story"), sentence=" word" * words),
    st.sampled_from(Sort),
    st.integers(0, 60),
)


@given(st.lists(changes, max_size=40), st.integers(0, 300))
def test_a_cut_loses_nothing_repeats_nothing_and_fits(some, words):
    shown, more = cut(some, words=words)

    assert sorted(map(id, [*shown, *more])) == sorted(map(id, some))
    assert sum(change.words for change in shown) <= words
    # What waits would not have fitted when its turn came; so if all fits, nothing waits.
    assert not more or sum(change.words for change in some) > words


@given(st.lists(changes, min_size=1, max_size=40))
def test_a_sort_that_has_many_leaves_room_for_the_others(some):
    shown, _ = cut(some, words=catching_up.WORDS_A_MINUTE)

    first_of_each: dict[Sort, Change] = {}
    for change in some:
        first_of_each.setdefault(change.sort, change)
    if sum(change.words for change in first_of_each.values()) <= catching_up.WORDS_A_MINUTE:
        assert {change.sort for change in shown} == set(first_of_each)
