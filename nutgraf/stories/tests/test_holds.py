"""A story that is held is published by nobody and by no door before its moment; what is public stays so."""

from __future__ import annotations

import datetime

import pytest
import time_machine

from nutgraf.stories import actions
from nutgraf.stories.models import Hold, Story
from nutgraf.stories.readiness import NotReady, problems
from nutgraf.stories.samples import make_story

pytestmark = pytest.mark.django_db
HOUR = datetime.timedelta(hours=1)
WHY = "The Selva Press Office has an embargo on it."


@pytest.fixture(autouse=True)
def _at_noon(noon: datetime.datetime):
    with time_machine.travel(noon, tick=False):
        yield


@pytest.fixture
def held(noon: datetime.datetime) -> Story:
    """A story that is ready, and under an embargo for an hour."""
    story = make_story("Harbour reopens", at=noon, is_draft=True)
    actions.hold(story=story, reason=WHY, until=noon + HOUR, at=noon)
    return story


def is_public(story: Story) -> bool:
    return Story.objects.get(pk=story.pk).live


def test_it_is_not_published_before_its_moment(held, eli, noon):
    with pytest.raises(NotReady, match="may not be published before Nov. 22, 2026, 13:00"):
        actions.publish(story=held, by=eli, at=noon)

    assert not is_public(held)


def test_it_is_published_from_its_moment_on(held, eli, noon):
    actions.publish(story=held, by=eli, at=noon + HOUR)

    assert is_public(held)


def test_it_is_not_scheduled_for_a_moment_before(held, eli, noon):
    with pytest.raises(NotReady):
        actions.schedule(story=held, by=eli, at=noon + HOUR - datetime.timedelta(seconds=1))


def test_it_is_scheduled_for_its_moment_and_goes_out_then(held, eli, noon):
    actions.schedule(story=held, by=eli, at=noon + HOUR)

    with time_machine.travel(noon + HOUR, tick=False):
        assert actions.publish_due(at=noon + HOUR) == 1
    assert is_public(held)


def test_a_schedule_does_not_outrun_an_embargo_that_came_after_it(held, eli, noon):
    actions.schedule(story=held, by=eli, at=noon + HOUR)
    actions.hold(story=held, reason=WHY, until=noon + 2 * HOUR, at=noon)

    with time_machine.travel(noon + HOUR, tick=False):
        assert actions.publish_due(at=noon + HOUR) == 0
    assert not is_public(held)


def test_an_archive_that_has_it_public_does_not_bring_it_out_either(held, eli, noon):
    with pytest.raises(NotReady):
        actions.restore(story=held, by=eli, at=noon)


def test_without_a_moment_it_is_held_until_somebody_lifts_it(held, eli, noon):
    actions.hold(story=held, reason="The source took it back.", until=None, at=noon)
    with pytest.raises(NotReady, match="took it back"):
        actions.publish(story=held, by=eli, at=noon + 99 * HOUR)

    assert actions.lift(story=held, by=eli)
    actions.publish(story=held, by=eli, at=noon)
    assert is_public(held)
    assert not actions.lift(story=held, by=eli)


def test_what_is_public_stays_public_while_it_is_held(eli, noon):
    story = make_story("Harbour reopens", at=noon)

    actions.hold(story=story, reason=WHY, until=None, at=noon)

    assert is_public(story)


def test_an_older_draft_brings_back_no_time_without_the_hold(held, eli, noon):
    earliest = held.revisions.earliest("pk")

    assert problems(earliest.as_object(), at=noon).get("__all__")


def test_the_same_hold_twice_is_written_into_the_history_once(held, noon):
    actions.hold(story=held, reason=WHY, until=noon + HOUR, at=noon + HOUR)

    assert Hold.objects.get().at == noon
