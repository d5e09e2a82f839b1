"""A new edition is filled with what is new since the one before: nobody counts readers, so what changed and what is on top speak."""

import datetime

import pytest

from nutgraf.briefings import actions, suggestions
from nutgraf.briefings.models import Edition
from nutgraf.briefings.samples import make_briefing, make_edition, story_item
from nutgraf.stories import actions as story_actions
from nutgraf.stories.models import Story
from nutgraf.stories.samples import body, event, make_story, number, point, quote
from nutgraf.storylines.samples import make_story_in, make_storyline
from nutgraf.streams import actions as streams

DAY = datetime.timedelta(days=1)
HOUR = datetime.timedelta(hours=1)

pytestmark = pytest.mark.django_db


@pytest.fixture
def briefing(noon):
    return make_briefing(days="0123456", hour=datetime.time(13), at=noon - 3 * DAY)


def of(briefing, noon):
    return suggestions.of(Edition(briefing=briefing, day=noon.date()), at=noon)


def names(found):
    return [one.story.card_head for one in found.stories]


def go_out(briefing, *stories, at):
    edition = make_edition(briefing, *map(story_item, stories), at=at, day=at.date())
    actions.send(edition=edition, by=None, at=at)


def test_a_story_in_which_more_is_new_comes_first(briefing, noon):
    make_story("Quiet", at=noon - HOUR)
    make_story("Loud", number(3, "ships"), number(4, "crews"), quote("We sail", "Ada Mill"), at=noon - 2 * HOUR)

    assert names(of(briefing, noon)) == ["Loud", "Quiet"]


def test_what_an_editor_put_on_top_comes_before_what_changed(briefing, noon):
    make_story("Loud", *[number(one, f"ships of day {one}") for one in range(6)], at=noon - HOUR)
    pinned, lead = make_story("Pinned", at=noon - 2 * HOUR), make_story("Lead", at=noon - 3 * HOUR)
    streams.pin(story=pinned)
    streams.lead(story=lead)

    assert names(of(briefing, noon)) == ["Lead", "Pinned", "Loud"]


def test_what_was_told_and_has_not_changed_is_not_suggested_though_it_stands_on_top(briefing, noon):
    told = make_story("Told", at=noon - 2 * DAY)
    streams.lead(story=told)
    go_out(briefing, told, at=noon - DAY)
    make_story("New", at=noon - HOUR)

    assert names(of(briefing, noon)) == ["New"]


def test_what_was_told_and_changed_since_is_suggested_again_and_says_so(briefing, noon):
    told = make_story("Told", at=noon - 2 * DAY)
    go_out(briefing, told, at=noon - DAY)
    told = Story.objects.get(pk=told.pk)
    told.body = body(point("The count", "2,500 came."), number(2500, "people"), seed="told")
    story_actions.revise(story=told, by=None)
    story_actions.publish(story=told, by=None, at=noon - HOUR)

    (found,) = of(briefing, noon).stories

    assert (found.is_new, found.is_known, found.facts > 0) == (False, True, True)


def test_another_briefing_s_edition_is_none_of_this_one(briefing, noon):
    story = make_story("Told elsewhere", at=noon - 2 * HOUR)
    go_out(make_briefing("Evening", days="0123456", at=noon - 3 * DAY), story, at=noon - HOUR)

    (found,) = of(briefing, noon).stories

    assert not found.is_known


def test_the_storyline_in_which_something_moved_and_no_other(briefing, noon):
    moved = make_storyline("Moved", at=noon - 9 * DAY)
    quiet = make_storyline("Quiet", at=noon - 9 * DAY)
    make_story_in(quiet, "Long ago", at=noon - 5 * DAY)
    make_story_in(moved, "Just now", at=noon - HOUR)

    filled = suggestions.filled(of(briefing, noon))

    assert [one["value"]["storyline"] for one in filled if one["type"] == "storyline"] == [moved.pk]


def test_coming_events_of_a_week_each_once_the_next_first(briefing, noon):
    def on(days):
        return (noon + days * DAY).date()

    make_story("One", event("Talks", starts=on(2)), event("A verdict", starts=on(1)), at=noon - HOUR)
    make_story("Two", event("talks", starts=on(2)), event("Far off", starts=on(9)), at=noon - HOUR)
    make_story("Three", event("Over", starts=on(-1)), at=noon - HOUR)

    assert [one.what.casefold() for one in of(briefing, noon).events] == ["a verdict", "talks"]


def test_a_new_edition_opens_with_stories_a_storyline_a_number_and_what_is_coming(briefing, noon):
    storyline = make_storyline(at=noon - 9 * DAY)
    make_story_in(storyline, "In it", number(3, "ships"), at=noon - HOUR)
    make_story("Beside", event("Talks", starts=(noon + DAY).date()), at=noon - HOUR)

    edition = actions.open_edition(briefing=briefing, by=None, at=noon)

    assert [child.block_type for child in edition.items] == ["story", "story", "storyline", "number", "next"]
    assert edition.subject
    assert edition.preheader.startswith("Also: ")


def test_how_much_is_asked_of_the_database_does_not_grow(briefing, noon, django_assert_max_num_queries):
    storyline = make_storyline(at=noon - 9 * DAY)
    for place in range(12):
        make_story_in(
            storyline, f"Story {place}", number(place, "ships"), quote(f"Day {place}", "Ada Mill"), at=noon - HOUR
        )

    with django_assert_max_num_queries(45):
        of(briefing, noon)
