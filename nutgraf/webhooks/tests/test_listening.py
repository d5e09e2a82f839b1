"""What is told of, and what of it: written down with the change itself, and with nothing else."""

from __future__ import annotations

import datetime
import json
from typing import Any

import pytest
import time_machine
from django.db import transaction
from django.utils import timezone

from nutgraf.stories import actions
from nutgraf.stories.models import Story
from nutgraf.stories.samples import make_story
from nutgraf.webhooks.models import Call, What
from nutgraf.webhooks.samples import make_webhook

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _at_noon(noon: datetime.datetime):
    with time_machine.travel(noon, tick=False):
        yield


def told() -> list[tuple[str, dict[str, Any]]]:
    return [(call.what, json.loads(call.body)["data"]) for call in Call.objects.order_by("pk")]


def changed(story: Story, at: datetime.datetime, headline: str, **kwargs: str) -> None:
    story.title = headline
    actions.revise(story=story, by=None)
    actions.publish(story=story, by=None, at=at, **kwargs)


def test_what_becomes_of_a_story_is_told_by_its_kind(noon: datetime.datetime) -> None:
    make_webhook()
    story = make_story("Harbour reopens", at=noon)
    changed(story, noon, "Harbour reopens to all ships of the north", change="UPDATE")
    changed(story, noon, "Harbour reopens to no ships", change="CORRECTION", sentence="No ships may enter.")
    actions.withdraw(story=story, reason="It was wrong.", by=None, at=noon)

    assert [what for what, _ in told()] == [What.PUBLISHED, What.UPDATED, What.CORRECTED, What.WITHDRAWN]
    first, _update, correction, withdrawal = (data for _, data in told())
    assert (first["id"], first["address"], first["headline"]) == (story.pk, story.address, "Harbour reopens")
    assert first["api"] == f"/api/stories/{story.pk}"
    assert correction["change"]["sentence"] == "No ships may enter."
    assert withdrawal["reason"] == "It was wrong."
    assert "headline" not in withdrawal


def test_a_draft_is_not_told_of_nor_what_changes_nothing(noon: datetime.datetime) -> None:
    make_webhook()
    story = make_story("Harbour reopens", at=noon)
    actions.revise(story=story, by=None)
    actions.publish(story=story, by=None, at=noon)

    assert len(told()) == 1


def test_what_is_rolled_back_is_told_nobody(noon: datetime.datetime) -> None:
    make_webhook()
    story = make_story("Harbour reopens", at=noon, is_draft=True)

    with transaction.atomic():
        actions.publish(story=story, by=None, at=noon)
        assert Call.objects.count() == 1
        transaction.set_rollback(True)

    assert Call.objects.count() == 0


def test_only_who_asked_for_it_and_is_on_is_told(noon: datetime.datetime) -> None:
    make_webhook("Off", is_on=False)
    make_webhook("Other", told_of=[What.WITHDRAWN])
    wanting = make_webhook("Wanting", told_of=[What.PUBLISHED])

    make_story("Harbour reopens", at=noon)

    assert [call.webhook for call in Call.objects.all()] == [wanting]


def test_an_archive_that_moves_in_is_no_news(noon: datetime.datetime) -> None:
    make_webhook()

    make_story("Harbour opened", at=noon - datetime.timedelta(days=4_000))

    assert told() == []


def test_a_story_that_was_public_elsewhere_a_moment_ago_is_no_news_either(noon: datetime.datetime) -> None:
    make_webhook()
    draft = make_story("Harbour opened", at=noon, is_draft=True)

    actions.restore(story=draft, by=None, at=timezone.now())

    assert told() == []
