"""“TK” in a story stops it at every door, until it is filled in or somebody says why it is meant."""

from __future__ import annotations

import datetime

import pytest
from django.utils import timezone

from nutgraf.stories import actions
from nutgraf.stories.models import RuleSwitch, Story, Waiver
from nutgraf.stories.readiness import NotReady
from nutgraf.stories.samples import make_story, number, point

pytestmark = pytest.mark.django_db


@pytest.fixture
def unfinished():
    return make_story("Harbour reopens", point("Why it matters", "Bread comes by TK."), is_draft=True)


def now():
    return timezone.now()


def test_it_is_not_published(unfinished, eli):
    with pytest.raises(NotReady) as refusal:
        actions.publish(story=unfinished, by=eli, at=now())

    (sentence,) = refusal.value.message_dict["body"]
    assert (
        sentence == "Why it matters: “TK” is still to come: fill it in. If it is meant, waive the note with a reason."
    )
    assert not Story.objects.get(pk=unfinished.pk).live


def test_it_is_not_submitted(unfinished, rosa):
    with pytest.raises(NotReady):
        actions.submit(story=unfinished, by=rosa)

    assert unfinished.current_workflow_state is None


def test_it_is_not_scheduled(unfinished, eli):
    with pytest.raises(NotReady):
        actions.schedule(story=unfinished, by=eli, at=now() + datetime.timedelta(hours=1))


def test_a_story_that_was_scheduled_before_stays_a_draft(unfinished, eli):
    RuleSwitch.objects.create(rule="tk", is_on=False)
    actions.schedule(story=unfinished, by=eli, at=now() + datetime.timedelta(minutes=1))
    RuleSwitch.objects.all().delete()

    assert actions.publish_due(at=now() + datetime.timedelta(hours=1)) == 0
    assert not Story.objects.get(pk=unfinished.pk).live


@pytest.mark.parametrize(
    ("field", "fields"),
    [
        ("title", {"headline": "The TK"}),
        ("short_head", {"short_head": "TK"}),
        ("lede", {"lede": "<p>The <b>TK</b>.</p>"}),
    ],
)
def test_the_field_is_named(eli, field, fields):
    story = make_story(is_draft=True, **fields)

    with pytest.raises(NotReady) as refusal:
        actions.publish(story=story, by=eli, at=now())

    assert list(refusal.value.message_dict) == [field]


def test_facts_are_looked_at_too(eli):
    story = make_story("Ships", point("Why it matters", "Bread.", facts=[number(4, "TK")]), is_draft=True)

    with pytest.raises(NotReady):
        actions.publish(story=story, by=eli, at=now())


def test_a_waiver_lets_it_out(unfinished, eli):
    actions.waive(story=unfinished, rule="tk", words="by TK.", reason="It is the name of a firm.", by=eli, at=now())

    assert actions.publish(story=unfinished, by=eli, at=now()).live


def test_a_waiver_of_one_is_none_of_another(eli):
    story = make_story("Pilots of TK strike", point("Why it matters", "Bread comes by TK."), is_draft=True)
    actions.waive(story=story, rule="tk", words="of TK strike", reason="A firm.", by=eli, at=now())

    with pytest.raises(NotReady) as refusal:
        actions.publish(story=story, by=eli, at=now())

    assert list(refusal.value.message_dict) == ["body"]


def test_a_waiver_of_another_rule_does_not(unfinished, eli):
    actions.waive(story=unfinished, rule="day", words="by TK.", reason="A slip.", by=eli, at=now())

    with pytest.raises(NotReady):
        actions.publish(story=unfinished, by=eli, at=now())


def test_a_house_may_switch_it_off(unfinished, eli):
    RuleSwitch.objects.create(rule="tk", is_on=False)

    assert actions.publish(story=unfinished, by=eli, at=now()).live


def test_advice_stops_nothing(eli):
    story = make_story("Ships", point("The latest", "It rained on Thursday."), is_draft=True)

    assert actions.publish(story=story, by=eli, at=now()).live


def test_waiving_twice_keeps_the_first_reason(unfinished, eli, rosa):
    for by, reason in ((eli, "A firm."), (rosa, "Because.")):
        actions.waive(story=unfinished, rule="tk", words="by TK.", reason=reason, by=by, at=now())

    assert [(waiver.by, waiver.reason) for waiver in Waiver.objects.all()] == [(eli, "A firm.")]


def test_a_waiver_goes_with_its_story(unfinished, eli):
    actions.waive(story=unfinished, rule="tk", words="by TK.", reason="A firm.", by=eli, at=now())

    unfinished.delete()

    assert not Waiver.objects.exists()
