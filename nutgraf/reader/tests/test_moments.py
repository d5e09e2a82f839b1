"""Whatever a story page says carries the moment of its last change of meaning, for readers who come back."""

import datetime
import re

import pytest

from nutgraf.stories import actions, samples
from nutgraf.stories.models import ChangeKind
from nutgraf.stories.samples import bullet, event, make_story, number, point, quote

pytestmark = pytest.mark.django_db

HOUR = datetime.timedelta(hours=1)
TALKS = event("Talks open", starts=datetime.date(2026, 11, 25))
PARTS = [quote("We are tired", "Ana Sorel"), number(9, "days closed"), TALKS]


def moments(client, story):
    """Return the `data-at` of every part of a story page, by the id of its element."""
    page = client.get(story.url).content.decode()
    return dict(re.findall(r'id="b-([^"]+)" data-at="(\d+)"', page))


def test_every_part_and_bullet_carries_the_moment_at_which_it_became_public(client, noon):
    story = make_story("Harbour", point("Why it matters", "Bread.", bullet("One.", "Two.")), *PARTS, at=noon)

    found = moments(client, story)

    assert set(found) == {child.id for child in story.body} | set(story.bullets.values_list("block_id", flat=True))
    assert set(found.values()) == {str(int(noon.timestamp()))}


def test_only_what_means_something_else_carries_a_later_moment(client, noon):
    story = make_story(
        "Harbour", point("Why it matters", "Bread comes by ship."), point("Yes, but", "Not yet."), at=noon
    )
    first, second = (child.id for child in story.body)

    story.body = samples.body(
        point("Why it matters", "Bread comes by rail."), point("Yes, but", "Not yet."), seed="Harbour"
    )
    actions.revise(story=story, by=None)
    story = actions.publish(story=story, by=None, at=noon + HOUR)

    found = moments(client, story)
    assert int(found[first]) - int(found[second]) == HOUR.total_seconds()


def test_a_typo_moves_nothing(client, noon):
    story = make_story("Harbour", point("Why it matters", "Bread comes by shipp."), at=noon)
    before = moments(client, story)

    story.body = samples.body(point("Why it matters", "Bread comes by ship."), seed="Harbour")
    actions.revise(story=story, by=None)
    story = actions.publish(story=story, by=None, at=noon + HOUR, change=ChangeKind.MINOR)

    assert moments(client, story) == before
    assert story.updated_at is None
    assert story.points.get().changed_at == noon


def test_a_card_carries_the_moment_of_its_story(client, noon):
    make_story("Harbour", at=noon)

    assert f'data-at="{int(noon.timestamp())}"' in client.get("/").content.decode()
