"""The demo newsroom builds through the actions of a real one, and everything in it is where it belongs."""

import datetime
import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
import time_machine
from django.core import mail
from django.db import transaction
from PIL import Image
from pytest_django.plugin import DjangoDbBlocker
from wagtail.models import ReferenceIndex, WorkflowState

from nutgraf.briefings.models import Briefing, Edition, SpecialReport
from nutgraf.demo import actions, content, pictures
from nutgraf.demo.content import newsroom
from nutgraf.demo.content.verrane import counted
from nutgraf.demo.dates import Dates
from nutgraf.demo.drawings import portraits
from nutgraf.demo.plans import PicturePlan, Status
from nutgraf.live.models import LiveRun
from nutgraf.media.models import Picture
from nutgraf.newsroom.models import Author, Newsroom, Section
from nutgraf.stories.models import Number, Story
from nutgraf.streams import queries

Steps = list[tuple[str, int, int]]

# Says to pytest-django that there has to be a database; the newsroom in it is built before each test's own transaction.
pytestmark = pytest.mark.django_db

NOON = datetime.datetime(2026, 11, 22, 12, 0, tzinfo=datetime.UTC)


@pytest.fixture(scope="module")
def steps(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Steps]:
    """Build the newsroom once for all tests here, and return what was told on the way.

    Its pictures are blank sheets; the drawings have tests of their own.
    """

    def blank(*args: str) -> Image.Image:
        return Image.new("RGB", (160, 100))

    def library(dates: Dates) -> list[PicturePlan]:
        return [replace(picture, draw=blank, focus=None) for picture in pictures.pictures(dates)]

    told: Steps = []
    # What is scheduled for the day after would be published at once on any later day.
    with (
        time_machine.travel(NOON),
        pytest.MonkeyPatch.context() as patch,
        django_db_blocker.unblock(),
        transaction.atomic(),
    ):
        patch.setattr(actions, "pictures", library)
        patch.setattr(portraits, "portrait", blank)
        actions.build(at=NOON, progress=lambda *step: told.append(step))
        yield told
        transaction.set_rollback(True)


def test_a_whole_newsroom_is_built(steps: Steps) -> None:
    plans = {plan.slug: plan for plan in content.stories(Dates(NOON))}

    assert Newsroom.load().name == newsroom.NAME
    assert Section.objects.count() == len(newsroom.SECTIONS)
    assert Author.objects.exclude(portrait=None).count() == len(newsroom.AUTHORS)
    assert Author.objects.get(slug="rosa-vale").user.username == "rosa"

    stories = {story.slug: story for story in Story.objects.all()}
    assert set(stories) == set(plans)
    for slug, plan in plans.items():
        assert stories[slug].live == (plan.status is Status.PUBLISHED), slug
        if stories[slug].live:
            assert stories[slug].first_published_at == plan.at
            assert stories[slug].updated_at == plan.updated_at
            assert stories[slug].title == plan.headline

    waiting = WorkflowState.objects.get(status=WorkflowState.STATUS_IN_PROGRESS)
    assert waiting.content_object.slug == "the-bookkeeper"
    assert stories["before-skerry-point"].latest_revision.approved_go_live_at > NOON

    assert Picture.objects.filter(description="").count() == 0
    assert mail.outbox == []
    assert [done for _, done, _ in steps] == sorted(done for _, done, _ in steps)
    assert steps[-1][1] == steps[-1][2]


def test_fronts_are_made_up_and_facts_can_be_asked_for(steps: Steps) -> None:
    front = queries.front(at=NOON)
    assert front.lead is not None
    assert front.lead.slug == newsroom.FRONT_LEAD
    assert tuple(story.slug for story in front.pinned) == newsroom.FRONT_PINS
    for section in newsroom.SECTIONS:
        made = queries.front(Section.objects.get(slug=section.slug), at=NOON)
        assert made.lead is not None
        assert made.lead.slug == section.lead

    toll = Number.objects.filter(counts=counted.DEATHS).order_by("as_of", "value").values_list("value", flat=True)
    assert [int(value) for value in toll] == sorted(int(value) for value in toll)
    assert int(toll[len(toll) - 1]) == 26


def test_an_update_keeps_the_ids_of_its_blocks(steps: Steps) -> None:
    story = Story.objects.get(slug="sollen-soldiers")
    earliest = story.revisions.order_by("pk").first().as_object()
    assert [block.id for block in earliest.body] == [block.id for block in story.body]
    assert earliest.title != story.title


def test_links_between_stories_lead_to_stories(steps: Steps) -> None:
    addresses = {story.address for story in Story.objects.live()}
    linked = set(
        re.findall(r'href=\\?"(/[^"\\]+)', " ".join(str(story.body.raw_data) for story in Story.objects.live()))
    )
    assert linked
    assert linked <= addresses


def test_a_picture_knows_the_stories_that_show_it(steps: Steps) -> None:
    picture = Picture.objects.get(title="A table for twelve")

    users = {str(reference.object_id) for reference in ReferenceIndex.get_references_to(picture)}

    assert str(Story.objects.get(slug="three-tables").pk) in users


def test_one_story_was_told_live_and_shows_what_became_of_its_entries(steps: Steps) -> None:
    run = LiveRun.objects.get()

    assert run.story.slug == "tideball-final"
    assert not run.is_open
    assert run.bullets
    assert run.entries.filter(is_key=True).count() >= 3
    assert run.entries.exclude(correction="").count() == 1
    assert run.entries.exclude(removed_because="").count() == 1


def test_ten_editions_of_two_briefings_went_out_and_today_s_is_begun(steps):
    out = Edition.objects.out()

    assert Briefing.objects.count() == 2
    assert out.count() == 10
    assert all(edition.content["items"] for edition in out)
    assert not out.filter(out_at__gte=NOON).exists()
    assert Edition.objects.get(state=Edition.State.DRAFT).items
    assert SpecialReport.objects.get().chosen.count() == 3
