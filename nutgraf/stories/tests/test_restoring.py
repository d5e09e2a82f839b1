"""A story that is restored in one go equals one that was filed and then restored, table by table."""

from __future__ import annotations

import datetime
import re
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import connection, models
from django.test.utils import CaptureQueriesContext
from wagtail.fields import StreamField
from wagtail.models import Page, PageLogEntry

from nutgraf.media.samples import make_picture
from nutgraf.newsroom.samples import make_author, make_section
from nutgraf.stories import actions, restoring
from nutgraf.stories.models import Story
from nutgraf.stories.readiness import NotReady
from nutgraf.stories.samples import body, bullet, event, number, paragraph, picture, point, quote

pytestmark = pytest.mark.django_db

AT = datetime.datetime(2019, 3, 5, 23, 30, tzinfo=datetime.UTC)
LATER = AT + datetime.timedelta(days=2)
# What is drawn by lot, or the moment of writing.
CHANCE = {
    "id",
    "uuid",
    "translation_key",
    "created_at",
    "latest_revision_created_at",
    "timestamp",
    "action",
    "index_entry",
    "rowid",
    "content_path_hash",
}


@pytest.fixture(autouse=True)
def newsroom(noon: datetime.datetime) -> None:
    actions.found(at=noon)


def fields(**more: Any) -> dict[str, Any]:
    image = make_picture()
    parts = (
        point(
            "Why it matters",
            "Bread for <b>2,500</b> comes by ship.",
            bullet("Flour", "Rye"),
            facts=[number(2500, "people")],
        ),
        quote("We wait.", "Ana Reyes", "mayor"),
        paragraph("More."),
        event("Talks", starts=datetime.date(2019, 4, 1)),
        picture(image.pk),
    )
    return {
        "lede": "<p>The harbour closed.</p>",
        "section": make_section(),
        "hero": image,
        "slug": "harbour",
        "body": body(*parts, seed="x"),
        "headline": "Harbour closed",
        "authors": [make_author(), make_author("Eli Marsh")],
    } | more


def by_both_ways(**options: Any) -> None:
    given = fields()
    wanted = {"at": AT, "changed_at": None} | given | options
    story = actions.file(by=None, at=AT, **given)
    actions.restore(story=story, by=None, at=AT, **options)
    filed, key = rows(story.pk), story.pk
    Story.objects.get(pk=key).delete()
    again = restoring.compose(by=None, **wanted)
    others = [restoring.compose(by=None, **wanted | {"slug": slug, "body": []}) for slug in ("ice", "floes")]
    restoring.restore_all([again, *others], by=None)
    restored = rows(again.pk)
    assert {name for name in filed if filed[name] != restored[name]} == set()
    assert sum(map(bool, filed.values())) > 12
    lines = PageLogEntry.objects.filter(page=again.pk).order_by("pk").values_list("action", "label", "content_changed")
    assert list(lines) == [("wagtail.create", again.title, True), ("wagtail.publish", again.title, True)]


def rows(story: int) -> dict[str, list[str]]:
    """Return every row there is that speaks of a story, without what is drawn by lot."""
    found = {}
    # The history has a line less, of the draft that there never was.
    for model in [one for one in apps.get_models() if not issubclass(one, PageLogEntry)]:
        columns = [
            one
            for one in model._meta.concrete_fields
            if one.name not in CHANCE and not isinstance(one, models.AutoField)
        ]
        listed = sorted(_row(columns, row, story) for row in model._base_manager.all())
        found[model._meta.label] = [row for row in listed if "STORY" in row]
    return found


def _row(columns: list[Any], row: Any, story: int) -> str:
    told = {}
    for column in columns:
        value = getattr(row, column.attname)
        value = column.value_to_string(row) if isinstance(column, StreamField) else value
        is_key = column.is_relation or column.name in ("object_id", "to_object_id")
        speaks_of_it = column.name == "object_id" or column.related_model in (Story, Page)
        told[column.name] = (
            "STORY" if speaks_of_it and str(value) == str(story) else "A ROW" if is_key and value else value
        )
    if "content" in told and isinstance(told["content"], dict):
        # A revision is read with the state of the page as it is, whatever stands in it.
        state = (
            "pk",
            "live",
            "has_unpublished_changes",
            "first_published_at",
            "last_published_at",
            "live_revision",
            "latest_revision",
        )
        told["content"] = {
            name: value
            for name, value in told["content"].items()
            if name
            not in (
                *state,
                "latest_revision_created_at",
                "translation_key",
                "address_date",
                "updated_at",
                "draft_title",
                "bylines",
                "url_path",
            )
        }
    return re.sub(r"bylines\.\d+", "bylines.N", str(told))


@pytest.mark.parametrize("options", [{}, {"changed_at": LATER}])
def test_every_table_says_the_same_whichever_way_a_story_is_restored(options: dict[str, Any]) -> None:
    by_both_ways(**options)


def test_many_stories_take_as_many_statements_as_a_few(django_assert_num_queries: Any) -> None:
    def composed(count: int, first: int) -> list[Story]:
        given = {"by": None, "at": AT, "changed_at": None} | fields()
        return [restoring.compose(**given | {"slug": f"harbour-{first + number}"}) for number in range(count)]

    restoring.restore_all(composed(1, 0), by=None)
    few, many = composed(2, 10), composed(8, 20)
    with CaptureQueriesContext(connection) as taken:
        restoring.restore_all(few, by=None)

    with django_assert_num_queries(len(taken)):
        restoring.restore_all(many, by=None)


def test_of_stories_with_one_slug_in_a_month_or_on_a_day_none_is_kept_and_the_second_is_named() -> None:
    given = {"by": None, "at": AT, "changed_at": None} | fields()
    twins = [restoring.compose(**given), restoring.compose(**given), restoring.compose(**given | {"slug": "ice"})]

    assert restoring.taken(twins) == [False, True, False]
    with pytest.raises(ValidationError, match="harbour"):
        restoring.restore_all(twins, by=None)
    assert not Story.objects.exists()


def test_a_story_without_a_slug_gets_one_that_is_free() -> None:
    given = fields(slug="")

    made = [restoring.restore(by=None, at=AT, changed_at=None, **given) for _ in range(2)]

    assert [story.slug for story in made] == ["harbour-closed", "harbour-closed-2"]


def test_without_a_lede_or_a_section_there_is_no_page_and_nothing_is_left_of_it() -> None:

    for lack in ({"lede": ""}, {"section": None}, {"headline": " "}):
        with pytest.raises(NotReady):
            restoring.restore(by=None, at=AT, changed_at=None, **fields(**lack))

    assert not Story.objects.exists()


def test_a_story_that_was_public_elsewhere_needs_no_author_and_its_pictures_no_credit(noon: datetime.datetime) -> None:
    bare = make_picture("bare.jpg", (610, 400), credit_line="", alt_text="")

    story = restoring.restore(by=None, at=AT, changed_at=None, **fields(authors=[], hero=bare))

    assert story.live
    with pytest.raises(NotReady):
        actions.publish(story=story, by=None, at=noon)
