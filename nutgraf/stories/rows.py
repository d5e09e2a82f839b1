"""Give many new stories their places in the tree and their rows, each table in one statement.

Django creates many rows at once only of models that inherit from none, and
treebeard one page at a time; so here is what both of them would do.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import models
from django.db.models import F
from django.utils import timezone
from modelcluster.models import get_all_child_relations
from wagtail.models import Page

from nutgraf.stories.models import Archive, ArchiveMonth, Byline, Story


def place(stories: Sequence[Story], months: Mapping[str, ArchiveMonth]) -> None:
    """Give each story its place after the latest of its month; the months are locked."""
    groups: dict[str, list[Story]] = defaultdict(list)
    for story in stories:
        groups[month_of(story)].append(story)
    for slug, group in groups.items():
        month = months[slug]
        latest = month.get_children().order_by("-path").values_list("path", flat=True).first() if month.numchild else ""
        step = Page._str2int(latest[-Page.steplen :]) if latest else 0
        for number, story in enumerate(group, start=step + 1):
            story.depth = month.depth + 1
            story.path = Page._get_path(month.path, story.depth, number)
            story.locale_id = month.locale_id
            story.set_url_path(month)
        Page.objects.filter(pk=month.pk).update(numchild=F("numchild") + len(group))


def month_of(story: Story) -> str:
    """Name the month of a story that is public."""
    return Archive.slug_of(timezone.localdate(story.first_published_at))


def insert(stories: Sequence[Story]) -> None:
    """Write the rows of stories that have their places, and of their bylines."""
    keys = _write(Page, stories)
    for story, (key,) in zip(stories, keys, strict=True):
        story.id = story.page_ptr_id = key
    _write(Story, stories)
    # A new story has no comments and the like, and whoever writes it down need not look for them.
    relations = (relation.get_accessor_name() for relation in get_all_child_relations(Story))
    without = [name for name in relations if name != "bylines"]
    for story in stories:
        story._state.adding, story._state.db = False, Page.objects.db
        for name in without:
            setattr(story, name, [])
    bylines = [(story, byline) for story in stories for byline in story.bylines.all()]
    for story, byline in bylines:
        byline.story = story
    Byline.objects.bulk_create([byline for _, byline in bylines])


def _write(model: type[models.Model], stories: Sequence[Story]) -> list[tuple[int]]:
    fields = [field for field in model._meta.local_concrete_fields if not isinstance(field, models.AutoField)]
    written: Any = model._base_manager.all()
    rows: list[tuple[int]] = written._batched_insert(stories, fields, None)
    return rows
