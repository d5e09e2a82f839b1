"""No silent edits: what a publish may be called, what is kept of it, and what becomes of a story that is withdrawn."""

import datetime

import pytest
from django.core.exceptions import ValidationError

from nutgraf.stories import actions, readiness, samples
from nutgraf.stories.models import ChangeKind, PublicVersion, Story
from nutgraf.stories.samples import make_story, number, point, rewrite

pytestmark = pytest.mark.django_db

HOUR = datetime.timedelta(hours=1)


@pytest.fixture
def story(noon):
    return make_story("Harbour", point("Why it matters", "2,500 soldiers come."), at=noon)


def soldiers(text):
    return point("Why it matters", text)


def test_the_first_publication_is_version_one(story, noon):
    version = story.public_versions.get()

    assert (version.number, version.kind, version.at) == (1, PublicVersion.Kind.FIRST, noon)


def test_a_publish_keeps_who_when_which_blocks_and_both_texts(story, noon, eli):
    story.body = samples.body(soldiers("2,000 soldiers come."), seed="Harbour")
    actions.revise(story=story, by=None)
    actions.publish(story=story, by=eli, at=noon + HOUR, change=ChangeKind.CORRECTION, sentence="It is 2,000.")

    version = story.public_versions.last()
    (change,) = version.differences
    assert (version.by, version.at, version.kind, version.sentence) == (eli, noon + HOUR, "CORRECTION", "It is 2,000.")
    assert (change.act, change.before.words["text"], change.after.words["text"]) == (
        "changed",
        "2,500 soldiers come.",
        "2,000 soldiers come.",
    )


def test_a_correction_without_its_sentence_is_refused_and_nothing_is_changed(story, noon):
    with pytest.raises(readiness.NotReady) as refusal:
        rewrite(story, soldiers("2,000 soldiers come."), at=noon + HOUR, change=ChangeKind.CORRECTION)

    assert "what was wrong" in refusal.value.message_dict["change_sentence"][0]
    assert story.points.get().text == "2,500 soldiers come."
    assert story.public_versions.count() == 1


def test_a_changed_number_cannot_be_called_no_change_of_meaning(story, noon):
    with pytest.raises(readiness.NotReady) as refusal:
        rewrite(story, soldiers("2,000 soldiers come."), at=noon + HOUR, change=ChangeKind.MINOR)

    assert "change_kind" in refusal.value.message_dict


def test_a_typo_is_kept_and_logged_but_is_no_update(story, noon):
    story = rewrite(story, soldiers("2,500 soldiers comme."), at=noon + HOUR)

    assert story.public_versions.last().kind == PublicVersion.Kind.MINOR
    assert story.updated_at is None
    assert story.points.get().changed_at == noon


def test_without_anybody_to_ask_a_changed_fact_is_an_update(story, noon):
    story = rewrite(story, soldiers("2,000 soldiers come."), at=noon + HOUR)

    assert story.public_versions.last().kind == PublicVersion.Kind.UPDATE
    assert story.updated_at == noon + HOUR


def test_publishing_what_readers_have_already_makes_no_version(story, noon):
    story = actions.publish(story=story, by=None, at=noon + HOUR)

    assert story.public_versions.count() == 1
    assert story.updated_at is None


def test_what_is_said_travels_with_the_draft_and_ends_with_its_publication(story, noon, time_machine):
    time_machine.move_to(noon)
    story.body = samples.body(soldiers("2,000 soldiers come."), seed="Harbour")
    story.change_kind, story.change_sentence = ChangeKind.CORRECTION, "It is 2,000."
    actions.schedule(story=story, by=None, at=noon + HOUR)
    time_machine.move_to(noon + HOUR)
    actions.publish_due(at=noon + HOUR)

    version = story.public_versions.last()
    draft = Story.objects.get(pk=story.pk).get_latest_revision_as_object()
    assert (version.kind, version.sentence) == (ChangeKind.CORRECTION, "It is 2,000.")
    assert (draft.change_kind, draft.change_sentence) == ("", "")


def test_a_fact_keeps_since_when_it_is_public_and_its_last_change_of_meaning(noon):
    story = make_story("Harbour", number(9, "days closed"), at=noon)
    story = rewrite(story, number(10, "days closed"), number(2, "ships"), at=noon + HOUR)

    days, ships = story.numbers.order_by("position")
    assert (days.public_at, days.changed_at) == (noon, noon + HOUR)
    assert (ships.public_at, ships.changed_at) == (noon + HOUR, noon + HOUR)


def test_a_back_dated_publish_is_no_earlier_than_what_it_takes_the_place_of(story, noon):
    story = rewrite(story, soldiers("2,500 soldiers come on foot."), at=noon - 5 * HOUR)

    assert [version.at for version in story.public_versions.all()] == [noon, noon]


def test_withdrawing_needs_a_reason_and_a_story_that_readers_have(story, noon):
    with pytest.raises(ValidationError, match="reason"):
        actions.withdraw(story=story, reason=" ", by=None, at=noon)
    draft = make_story("Never public", at=noon, is_draft=True)
    with pytest.raises(ValidationError, match="nothing to withdraw"):
        actions.withdraw(story=draft, reason="Wrong.", by=None, at=noon)

    assert Story.objects.get(pk=story.pk).live


def test_a_withdrawn_story_comes_back_only_with_a_sentence_to_readers(story, noon):
    actions.withdraw(story=story, reason="We could not confirm it.", by=None, at=noon + HOUR)

    with pytest.raises(readiness.NotReady):
        actions.publish(story=story, by=None, at=noon + 2 * HOUR)
    again = actions.publish(
        story=story, by=None, at=noon + 2 * HOUR, change=ChangeKind.NOTE, sentence="It is confirmed."
    )

    assert again.live
    assert [version.kind for version in story.public_versions.all()] == ["FIRST", "WITHDRAWAL", "NOTE"]


def test_a_deleted_story_leaves_no_versions(story):
    story.delete()

    assert not PublicVersion.objects.exists()
