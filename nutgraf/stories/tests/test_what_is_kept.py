"""Publishing writes each row once and what has not changed not at all, goes by what is there still, and is told in the history once."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.log_actions import registry
from wagtail.models import PageLogEntry

from nutgraf.copydesk import meaning
from nutgraf.media.samples import make_picture
from nutgraf.newsroom.samples import make_author, make_section
from nutgraf.stories import actions, changes, readiness, signals
from nutgraf.stories.models import Byline, ChangeKind, Story, StoryLogEntry
from nutgraf.stories.samples import make_story

pytestmark = pytest.mark.django_db

HOUR = datetime.timedelta(hours=1)


def test_a_publication_writes_the_story_once_and_no_byline_that_stays(noon):
    story = make_story(at=noon)
    story.short_head = "Harbour reopens"
    actions.revise(story=story, by=None)

    with CaptureQueriesContext(connection) as asked:
        actions.publish(story=story, by=None, at=noon + HOUR)

    tables = [query["sql"].split('"')[1] for query in asked if query["sql"].startswith("UPDATE")]
    assert tables.count("wagtailcore_page") == tables.count("stories_story") == 1
    assert "stories_byline" not in tables


def test_a_byline_that_moves_is_kept_where_it_is_now(noon):
    rosa, eli = make_author("Rosa Vale"), make_author("Eli Marsh")
    story = make_story(at=noon, authors=[rosa, eli])
    first, second = story.bylines.all()
    first.sort_order, second.sort_order = 1, 0
    story.bylines = [second, first]
    actions.revise(story=story, by=None)

    story = actions.publish(story=story, by=None, at=noon + HOUR)

    assert story.authors == [eli, rosa]
    assert {byline.pk for byline in Byline.objects.filter(story=story)} == {first.pk, second.pk}


def test_a_draft_of_whose_section_and_author_nothing_is_left_can_be_opened_and_asks_for_others(noon):
    story = make_story(at=noon)
    gone, ghost = make_section("Weather"), make_author("Gus Host")
    story.section, story.bylines = gone, [Byline(author=ghost)]
    actions.revise(story=story, by=None)
    gone.delete()
    ghost.delete()

    draft = story.get_latest_revision_as_object()

    assert (draft.section, draft.authors) == (None, [])
    with pytest.raises(readiness.NotReady) as refused:
        actions.publish(story=story, by=None, at=noon + HOUR)
    assert {"section", "bylines"} <= refused.value.message_dict.keys()


def test_whoever_hears_of_a_publication_may_keep_the_story_with_other_words(noon):
    heard = []

    def hear(*, story, **kwargs):
        heard.append(story)

    signals.published.connect(hear)
    try:
        make_story(at=noon)
    finally:
        signals.published.disconnect(hear)
    heard[0].change_sentence = "It is 2,000."
    heard[0].save()

    assert Story.objects.get().change_sentence == "It is 2,000."


def test_a_draft_whose_picture_was_deleted_can_be_opened_and_goes_out_by_the_clock_without_it(
    noon, settings, tmp_path, time_machine
):
    settings.MEDIA_ROOT = tmp_path
    time_machine.move_to(noon)
    story, other = make_story(at=noon), make_story("Ferry sails again", at=noon)
    for one in (story, other):
        one.hero, one.short_head = make_picture(), "Later"
        actions.revise(story=one, by=None)
        actions.schedule(story=one, by=None, at=noon + HOUR)
    story.hero.delete()
    time_machine.move_to(noon + HOUR)

    assert story.get_latest_revision_as_object().hero is None
    assert actions.publish_due(at=noon + HOUR) == 2

    story.refresh_from_db()
    other.refresh_from_db()
    assert (story.hero, story.short_head, other.short_head) == (None, "Later", "Later")
    assert other.hero is not None


def test_a_slug_that_another_story_of_the_month_has_is_refused_as_the_story_goes_out(noon):
    taken, story = make_story("Harbour reopens", at=noon), make_story("Harbour closes", at=noon)
    story.slug, story.section = taken.slug, make_section("Weather")
    revision = story.save_revision(clean=False)
    type(taken).objects.filter(pk=taken.pk).update(address_date=noon.date() - datetime.timedelta(days=9))

    with pytest.raises(Exception, match="already in use"):
        story.publish(revision, skip_permission_checks=True, at=noon + HOUR)


def test_the_history_tells_of_a_publication_once(noon, eli):
    story = make_story(at=noon, is_draft=True)

    actions.publish(story=story, by=eli, at=noon)

    (entry,) = PageLogEntry.objects.filter(page=story.pk, action="wagtail.publish")
    assert (entry.user, entry.revision) == (eli, story.latest_revision)
    assert entry.pk in registry.get_logs_for_instance(story).values_list("pk", flat=True)
    assert StoryLogEntry not in registry.get_log_entry_models()


def test_what_a_change_is_best_called_is_thought_about_once(noon, monkeypatch):
    answers = iter([ChangeKind.UPDATE])
    monkeypatch.setattr(meaning, "suggest", lambda found: next(answers))
    change = changes.pending(make_story(at=noon))

    assert (change.kind, change.suggestion, change.is_for_asking) == (ChangeKind.UPDATE, ChangeKind.UPDATE, False)
