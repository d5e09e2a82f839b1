"""A store that was away for so long that changes it did not read are gone begins anew, and no other does."""

from __future__ import annotations

import datetime

import pytest
from django.utils import timezone
from taggit.models import Tag

from nutgraf.published import outbox
from nutgraf.published.models import Change
from nutgraf.published.recording import Recording
from nutgraf.published.samples import commit
from nutgraf.published.store import Store
from nutgraf.published.stored import StoredPage

RED = "/tags/red/"


@pytest.fixture
def away(pages, tmp_path):
    """Return the store of another machine, in step with us, that keeps a page."""
    away = Store(tmp_path / "away")
    generation, tag = away.follow(), Tag.objects.get(slug="red")
    page = StoredPage.press(address=RED, generation=generation, headers=[], content=b"<h1>Red</h1>")
    assert away.keep(page, Recording(generation, keys={f"row:taggit_tag:{tag.pk}"}))
    return away


def pass_a_day_and_more(*, number):
    """Make that many changes of other tags, have all but the last of the changes grow old, and tidy."""
    for place in range(number):
        Tag.objects.create(name=f"Tag {place}", slug=f"tag-{place}")
        commit()
    latest = Change.objects.order_by("-pk")[0]
    Change.objects.filter(pk__lt=latest.pk).update(at=timezone.now() - outbox.KEPT - datetime.timedelta(hours=1))
    outbox.prune(at=timezone.now())


def test_one_that_was_away_for_longer_than_changes_are_kept_begins_anew(away):
    Tag.objects.filter(slug="red").update(name="Rot")
    commit()
    pass_a_day_and_more(number=3)

    away.follow()

    assert away.find(RED) is None
    assert away.size() == 0
    assert away.is_of_this_database()


def test_one_that_had_read_all_and_was_quiet_goes_on(away):
    pass_a_day_and_more(number=1)

    away.follow()

    assert away.find(RED)


def test_what_is_kept_meanwhile_does_not_hide_it(away):
    Tag.objects.filter(slug="red").update(name="Rot")
    commit()
    pass_a_day_and_more(number=3)

    page = StoredPage.press(address="/tags/", generation=away.generation(), headers=[], content=b"Red")

    assert away.keep(page, Recording(page.generation, keys={"any:taggit_tag"})) is None
    assert away.find(RED) is None
