"""Each day of the archive knows how many of its stories are public, whatever comes and goes, in the newsroom's time."""

import datetime
import random
from collections import Counter
from typing import Any

import pytest
from django.utils import timezone

from nutgraf.newsroom.samples import make_section
from nutgraf.stories import actions as stories
from nutgraf.stories import restoring
from nutgraf.stories.models import Story
from nutgraf.stories.samples import make_story
from nutgraf.streams import days, queries
from nutgraf.streams.models import Day

HOUR = datetime.timedelta(hours=1)


def test_a_day_is_the_newsrooms_own(db, noon, settings):
    settings.TIME_ZONE = "Pacific/Auckland"
    make_story(at=datetime.datetime(2026, 11, 28, 20, tzinfo=datetime.UTC))

    assert [day.day for day in Day.objects.all()] == [datetime.date(2026, 11, 29)]


@pytest.mark.parametrize("seed", range(6))
def test_counts_are_those_of_the_public_stories(db, noon, eli, seed):
    chance = random.Random(seed)
    made = [make_story(f"Story {n}", at=noon - 13 * n * HOUR) for n in range(4)]
    for _ in range(8):
        story = Story.objects.filter(pk=chance.choice(made).pk).first()
        if story is None:
            continue
        act = chance.choice(["publish", "unpublish", "unpublish", "delete"])
        if act == "publish":
            stories.publish(story=story, by=eli, at=noon)
        elif act == "unpublish":
            story.unpublish()
        else:
            story.delete()

        public = Counter(timezone.localdate(one.first_published_at) for one in Story.objects.live())
        assert {day.day: day.stories for day in Day.objects.all()} == public
        assert sum(month.stories for month in days.months()) == public.total()


def test_stories_that_are_restored_together_are_added_to_what_their_days_have(db, noon):
    make_story(at=noon)
    given: dict[str, Any] = {
        "by": None,
        "changed_at": None,
        "headline": "Ice",
        "authors": [],
        "section": make_section(),
        "lede": "It froze.",
    }
    moments = [noon - HOUR, noon - 30 * HOUR, noon - 31 * HOUR]

    composed = [restoring.compose(at=at, slug=f"ice-{at:%d%H}", **given) for at in moments]
    restoring.restore_all(composed, by=None)

    days_of = {day.day: (day.stories, day.changed_at) for day in Day.objects.all()}
    assert days_of == {
        noon.date(): (2, noon - HOUR),
        (noon - 30 * HOUR).date(): (2, noon - 31 * HOUR),
    }


def test_the_day_before_and_the_day_from_a_moment_are_found(db, noon):
    make_story(at=noon)

    assert queries.day_before(noon) is None
    assert queries.day_before(noon + HOUR) == queries.day_from(noon) == noon.date()
    assert queries.day_from(noon + HOUR) is None
