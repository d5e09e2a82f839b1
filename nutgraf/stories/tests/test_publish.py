"""Publishing is all or nothing, and keeps first publication, update and address apart."""

import datetime

import pytest
from django.db import IntegrityError

from nutgraf.newsroom.samples import make_section
from nutgraf.stories import actions, readiness, samples, signals
from nutgraf.stories.models import Number, Point, Story
from nutgraf.stories.samples import make_story, number, point

pytestmark = pytest.mark.django_db

HOUR = datetime.timedelta(hours=1)


def test_a_first_publication_is_not_an_update(noon):
    story = make_story(at=noon)

    assert story.live
    assert story.first_published_at == noon
    assert story.updated_at is None


def test_publishing_again_keeps_the_first_moment_and_tells_the_update(noon):
    story = make_story(at=noon)
    story.short_head = "Harbour reopens"
    actions.revise(story=story, by=None)

    story = actions.publish(story=story, by=None, at=noon + HOUR)

    assert story.first_published_at == noon
    assert story.updated_at == noon + HOUR
    assert story.short_head == "Harbour reopens"


def test_the_address_is_built_from_section_day_and_slug(noon):
    story = make_story("Harbour reopens", at=noon, section=make_section("World"))

    assert story.url == "/world/2026/11/22/harbour-reopens/"


def test_the_day_in_an_address_is_the_newsrooms_own(noon, settings):
    settings.TIME_ZONE = "Pacific/Auckland"

    story = make_story("Harbour reopens", at=noon)

    assert story.url == "/world/2026/11/23/harbour-reopens/"


def test_a_draft_has_no_address(noon):
    assert make_story(at=noon, is_draft=True).url is None


def test_a_failure_after_the_page_is_saved_leaves_nothing_behind(noon):
    def fail(**kwargs):
        raise RuntimeError("the streams are down")

    story = make_story(at=noon, is_draft=True)
    signals.published.connect(fail)
    try:
        with pytest.raises(RuntimeError):
            actions.publish(story=story, by=None, at=noon)
    finally:
        signals.published.disconnect(fail)

    assert not Story.objects.get(pk=story.pk).live
    assert not Point.objects.filter(story=story).exists()


def test_a_second_story_with_the_same_address_is_refused(noon):
    make_story("Harbour reopens", at=noon)
    twin = make_story("Another headline", at=noon + 40 * 24 * HOUR, is_draft=True, slug="harbour-reopens")

    with pytest.raises(readiness.NotReady) as refusal:
        actions.publish(story=twin, by=None, at=noon)

    assert "same day" in refusal.value.message_dict["slug"][0]
    assert not Story.objects.get(pk=twin.pk).live


def test_an_unpublished_story_leaves_no_facts(noon):
    story = make_story("Harbour reopens", point("Why it matters", "Bread.", facts=[number(9, "days closed")]), at=noon)
    assert Number.objects.filter(story=story).count() == 1

    actions.unpublish(story=story, by=None)

    assert not Number.objects.filter(story=story).exists()
    assert not Point.objects.filter(story=story).exists()


def test_the_address_survives_being_taken_down_and_put_back(noon):
    story = make_story("Harbour reopens", at=noon)
    actions.unpublish(story=story, by=None)

    again = actions.publish(story=story, by=None, at=noon + 50 * HOUR)

    assert again.url == "/world/2026/11/22/harbour-reopens/"


def test_a_scheduled_story_waits_for_its_moment(noon, time_machine):
    time_machine.move_to(noon)
    story = make_story(at=noon, is_draft=True)

    scheduled = actions.schedule(story=story, by=None, at=noon + HOUR)
    before = actions.publish_due(at=noon + HOUR / 2)
    time_machine.move_to(noon + HOUR)
    after = actions.publish_due(at=noon + HOUR)

    assert (scheduled.live, before, after) == (False, 0, 1)
    assert Story.objects.get(pk=story.pk).live
    assert Point.objects.filter(story=story).exists()


def test_a_scheduled_story_that_is_not_ready_does_not_hold_up_the_others(noon, time_machine):
    time_machine.move_to(noon)
    ready = make_story("Ready", at=noon, is_draft=True)
    unready = make_story("Unready", at=noon, is_draft=True)
    for story in (unready, ready):
        actions.schedule(story=story, by=None, at=noon + HOUR)
    revision = unready.latest_revision
    revision.content["section"] = None
    revision.save()
    time_machine.move_to(noon + HOUR)

    done = actions.publish_due(at=noon + HOUR)

    assert done == 1
    assert Story.objects.get(pk=ready.pk).live
    assert not Story.objects.get(pk=unready.pk).live
    assert actions.publish_due(at=noon + HOUR) == 0


def test_what_nobody_foresaw_keeps_back_its_own_story_only_and_for_as_long_as_it_lasts(noon, time_machine, caplog):
    time_machine.move_to(noon)
    stuck, free = make_story("Stuck", at=noon, is_draft=True), make_story("Free", at=noon, is_draft=True)
    for story in (stuck, free):
        actions.schedule(story=story, by=None, at=noon + HOUR)
    time_machine.move_to(noon + HOUR)

    def stick(*, story, **kwargs):
        if story.pk == stuck.pk:
            raise IntegrityError("A key points at nothing.")

    signals.published.connect(stick)
    try:
        done = actions.publish_due(at=noon + HOUR)
    finally:
        signals.published.disconnect(stick)

    assert (done, set(Story.objects.live())) == (1, {free})
    assert "A key points at nothing." in caplog.text
    assert actions.publish_due(at=noon + HOUR) == 1
    assert Story.objects.get(pk=stuck.pk).live


def test_an_expired_story_is_taken_down(noon, time_machine):
    time_machine.move_to(noon)
    story = make_story(at=noon)
    Story.objects.filter(pk=story.pk).update(expire_at=noon + HOUR)

    actions.publish_due(at=noon + HOUR)

    story.refresh_from_db()
    assert story.expired
    assert not story.live


def test_markup_that_stories_do_not_hold_is_taken_out_of_a_draft(noon):
    lede = '<p>Ships <script>alert(1)</script><a href="javascript:alert(2)" onclick="x()">may enter</a>.</p>'
    body = samples.body(point("Why it matters", "<img src=x onerror=alert(3)>Bread <u>comes</u>."), seed="x")

    story = make_story(at=noon, lede=lede, body=body)

    assert story.lede == "<p>Ships may enter.</p>"
    assert story.points.get().html == "<p>Bread comes.</p>"


def test_a_draft_of_a_public_story_knows_its_address(noon):
    story = make_story("Harbour reopens", at=noon)

    assert story.get_latest_revision_as_object().url == "/world/2026/11/22/harbour-reopens/"


def test_a_copy_of_a_story_starts_without_an_address(noon):
    story = make_story("Harbour reopens", at=noon)

    copy = story.copy(update_attrs={"slug": "harbour-again"}, keep_live=False)

    assert (copy.url, copy.updated_at) == (None, None)
