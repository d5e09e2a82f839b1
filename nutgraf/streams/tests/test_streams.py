"""Streams keep their order and their pages while stories come and go; nothing stands on a front twice."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nutgraf.newsroom.samples import make_author, make_section
from nutgraf.stories import actions as stories
from nutgraf.stories.samples import make_story
from nutgraf.streams import actions, queries
from nutgraf.streams.models import StreamEntry, author_stream, label_stream, section_stream

HOUR = datetime.timedelta(hours=1)


@pytest.fixture
def five(db, noon):
    return [make_story(f"Story {n}", at=noon - n * HOUR) for n in range(5)]


def heads(found):
    return [story.title for story in found]


def test_the_newest_comes_first(five):
    assert heads(queries.page().stories) == [f"Story {n}" for n in range(5)]


def test_pages_join_without_gap_or_repeat_while_a_story_arrives(five, noon):
    first = queries.page(size=2)
    make_story("Breaking", at=noon + HOUR)

    second = queries.page(size=2, before=first.next_cursor)
    third = queries.page(size=2, before=second.next_cursor)

    assert heads([*first.stories, *second.stories, *third.stories]) == [f"Story {n}" for n in range(5)]
    assert third.next_cursor is None


def test_stories_of_one_moment_are_not_lost_between_pages(db, noon):
    for n in range(5):
        make_story(f"Story {n}", at=noon)

    seen, cursor = [], None
    while True:
        page = queries.page(size=2, before=cursor)
        seen += heads(page.stories)
        cursor = page.next_cursor
        if cursor is None:
            break

    assert sorted(seen) == [f"Story {n}" for n in range(5)]


def test_a_story_leaves_the_streams_that_it_no_longer_belongs_to(db, noon):
    world, economy, rosa = make_section("World"), make_section("Economy"), make_author("Rosa Vale")
    story = make_story(at=noon, section=world, authors=[rosa])

    story.section = economy
    stories.revise(story=story, by=None)
    story = stories.publish(story=story, by=None, at=noon)

    label = story.points.get().label
    assert set(StreamEntry.objects.values_list("stream", flat=True)) == {
        "all",
        section_stream(economy),
        author_stream(rosa),
        label_stream(label),
    }


def test_an_unpublished_story_is_in_no_stream(five):
    stories.unpublish(story=five[0], by=None)

    assert heads(queries.page().stories) == [f"Story {n}" for n in range(1, 5)]


def test_a_deleted_story_is_in_no_stream(five):
    five[0].delete()

    assert heads(queries.page().stories) == [f"Story {n}" for n in range(1, 5)]


def test_a_front_without_an_editor_leads_with_the_newest(five, noon):
    front = queries.front(at=noon, size=2)

    assert (front.lead.title, heads(front.stories)) == ("Story 0", ["Story 1", "Story 2"])
    assert heads(queries.page(before=front.next_cursor).stories) == ["Story 3", "Story 4"]


def test_nothing_stands_on_a_front_twice(five, noon):
    actions.lead(story=five[3])
    actions.pin(story=five[1])
    actions.pin(story=five[3])

    front = queries.front(at=noon)

    assert (front.lead.title, heads(front.pinned), heads(front.stories)) == (
        "Story 3",
        ["Story 1"],
        ["Story 0", "Story 2", "Story 4"],
    )


def test_a_led_front_goes_on_where_it_stopped(five, noon):
    actions.lead(story=five[3])

    front = queries.front(at=noon, size=2)

    assert heads(front.stories) == ["Story 0", "Story 1"]
    assert heads(queries.page(before=front.next_cursor, without=[five[3].pk]).stories) == ["Story 2", "Story 4"]


def test_a_lead_and_a_pin_end_at_their_moment(five, noon):
    actions.lead(story=five[4], until=noon)
    actions.pin(story=five[3], until=noon)

    front = queries.front(at=noon)

    assert (front.lead.title, heads(front.pinned)) == ("Story 0", [])


def test_a_lead_that_was_unpublished_gives_way(five, noon):
    actions.lead(story=five[4])
    stories.unpublish(story=five[4], by=None)

    front = queries.front(at=noon)

    assert heads([front.lead, *front.stories]) == [f"Story {n}" for n in range(4)]


@pytest.mark.parametrize("size", [1, 3])
def test_queries_do_not_grow_with_the_page(five, noon, size, django_assert_num_queries):
    with django_assert_num_queries(4):
        [(s.nut_graf, s.authors, s.section.name, s.hero, s.address) for s in queries.page(size=size).stories]


def test_an_empty_front_is_no_error(db, noon):
    assert queries.front(at=noon).lead is None


@given(
    st.datetimes(timezones=st.just(datetime.UTC), min_value=datetime.datetime(1970, 1, 1)), st.integers(0, 2**63 - 1)
)
def test_a_cursor_survives_its_address(moment, key):
    cursor = queries.Cursor(moment, key)

    assert queries.Cursor.parse(str(cursor)) == cursor


@pytest.mark.parametrize(
    "text", ["", "x", "-", "1-", "-1", "1--1", "zzzzzzzzzzzzzzzzzzzz-1", "1-zzzzzzzzzzzzzzzzzz", "é-1"]
)
def test_what_is_not_a_cursor_is_refused(text):
    with pytest.raises(queries.NotACursor):
        queries.Cursor.parse(text)
