"""A storyline outlives what belongs to it, and knows when its silence asks for another state."""

import datetime

import pytest
from django.db.models import ProtectedError

from nutgraf.stories import actions as stories
from nutgraf.storylines.models import Storyline, StorylineStory
from nutgraf.storylines.samples import make_story_in, make_storyline

DAY = datetime.timedelta(days=1)


def test_a_storyline_that_a_story_belongs_to_is_not_deleted(db, noon):
    storyline = make_storyline(at=noon)
    make_story_in(storyline, at=noon)

    with pytest.raises(ProtectedError):
        storyline.delete()

    assert Storyline.objects.filter(pk=storyline.pk).exists()


def test_a_draft_outlives_the_storyline_that_an_older_version_of_it_names(db, noon):
    storyline = make_storyline(at=noon)
    story = make_story_in(storyline, at=noon, is_draft=True)
    StorylineStory.objects.all().delete()
    storyline.delete()

    published = stories.publish(story=story, by=None, at=noon)

    assert published.live
    assert list(published.storyline_places.all()) == []


def test_silence_asks_for_quiet_and_then_for_closing(noon):
    storyline = Storyline(quiet_after_days=14, close_after_days=60, created_at=noon - DAY, latest_story_at=noon)

    due = [storyline.state_due(noon + days * DAY) for days in (13, 14, 59, 60)]

    assert due == ["DEVELOPING", "QUIET", "QUIET", "CLOSED"]


def test_what_an_editor_has_closed_stays_closed(noon):
    storyline = Storyline(state=Storyline.State.CLOSED, latest_story_at=noon)

    assert storyline.state_due(noon) == "CLOSED"
