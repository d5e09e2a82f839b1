"""A story that came from another system says so in its form, with what no block can hold and the original."""

from zoneinfo import ZoneInfo

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from nutgraf.imports.archive.bringing import Wishes, bring
from nutgraf.imports.archive.reports import Report
from nutgraf.imports.samples import Shelf, make_archived
from nutgraf.stories import actions
from nutgraf.stories.models import Story
from nutgraf.stories.samples import make_story

pytestmark = pytest.mark.django_db


def panel(at_desk, staff, story):
    page = BeautifulSoup(at_desk(staff).get(reverse("wagtailadmin_pages:edit", args=[story.pk])).content, "html.parser")
    return page.select_one(".ng-archive")


def test_the_form_shows_what_a_story_was_and_what_was_not_placed(at_desk, eli, noon):
    actions.found(at=noon)
    archived = make_archived(
        body="<p>One.</p><script>alert(1)</script>", original="<b>as</b> it was", terms=("tag: ice",)
    )
    bring(Shelf([archived]), Wishes(at=noon, zone=ZoneInfo("UTC")), Report(), lambda *_: None)

    shown = panel(at_desk, eli, Story.objects.get())

    assert "shelf, https://old.example.org" in shown.text
    assert [item.text for item in shown.select("li")] == ["alert(1): a script"]
    assert shown.select_one("pre").text == "<b>as</b> it was"
    assert "tag: ice" in shown.text


def test_a_story_that_was_written_here_says_nothing_of_an_archive(at_desk, eli, noon):
    assert panel(at_desk, eli, make_story(at=noon)) is None
