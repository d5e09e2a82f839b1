"""What can wait is put off while much is done, done once at the end, and lost by nobody who goes on."""

from __future__ import annotations

import datetime
from zoneinfo import ZoneInfo

import pytest
from wagtail.models import ReferenceIndex

from nutgraf.config import putting_off
from nutgraf.config.tasks import Queue
from nutgraf.imports.archive.bringing import Wishes, bring
from nutgraf.imports.archive.reports import Report
from nutgraf.imports.archive.values import State
from nutgraf.imports.samples import Shelf, make_archived
from nutgraf.stories import actions
from nutgraf.stories.models import Story
from nutgraf.stories.samples import make_story

pytestmark = pytest.mark.django_db


def found() -> list[str]:
    return [story.title for story in Story.objects.all().search("harbour", order_by_relevance=False)]


def test_what_is_published_in_the_block_is_found_and_referred_to_when_it_ends() -> None:
    with putting_off.held():
        story = make_story("Harbour opens")
        assert found() == []

    assert found() == ["Harbour opens"]
    assert ReferenceIndex.objects.filter(object_id=str(story.pk), model_path="section").count() == 1


def test_a_block_that_is_broken_off_leaves_nothing_put_off_for_ever() -> None:
    def broken_off() -> None:
        with putting_off.held():
            make_story("Harbour opens")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        broken_off()

    assert Queue.held is None
    make_story("Harbour closes")
    assert found() == ["Harbour closes"]


def test_an_archive_whose_import_was_killed_is_in_the_index_after_the_next_run(noon: datetime.datetime) -> None:
    actions.found(at=noon)
    wishes = Wishes(at=noon, zone=ZoneInfo("UTC"), held=putting_off.held)

    def killed(title: str, done: int, total: int) -> None:
        raise KeyboardInterrupt

    # A draft is made by itself, and indexed later.
    draft = make_archived(state=State.DRAFT, published_at=None)
    with pytest.raises(KeyboardInterrupt):
        bring(Shelf([draft]), wishes, Report(), killed)
    assert (Story.objects.count(), found()) == (1, [])

    report = bring(Shelf([draft, make_archived("8", slug="b")]), wishes, Report(), lambda *_: None)

    assert report.counts["story"] == {"unchanged": 1, "made": 1}
    assert len(found()) == 2
