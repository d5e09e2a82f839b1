"""Drafts in ninjs, for whoever may see them: what may be done with each, and what is planned."""

from __future__ import annotations

import datetime
from typing import Any

from django.contrib.auth.models import User
from wagtail.models import Revision

from nutgraf.api import standing
from nutgraf.newsroom.models import Newsroom
from nutgraf.stories import news_objects
from nutgraf.stories.models import Story

# As many as a newsroom has in its book: a planning item is one document.
MOST_PLANNED = 500


def draft(pk: int, *, by: User, at: datetime.datetime) -> dict[str, Any]:
    """Return the newest draft of a story as a news object; raises Http404 for whoever may not edit it."""
    story = standing.read(pk, by=by)
    now = Story.objects.only("live", "has_unpublished_changes").get(pk=pk)
    story.live, story.has_unpublished_changes = now.live, now.has_unpublished_changes
    due = _due().filter(object_id=str(pk), approved_go_live_at__gt=at).values_list("approved_go_live_at", flat=True)
    return news_objects.of_draft(story, at=at, due=due.first(), publisher=Newsroom.load().name)


def planning(*, by: User, at: datetime.datetime, address: str) -> dict[str, Any]:
    """Return the drafts somebody may edit that will be published at a settled moment, as one planning item."""
    due = dict(_due().filter(approved_go_live_at__gt=at).values_list("object_id", "approved_go_live_at"))
    mine = standing.editable(by).filter(pk__in=map(int, due)).select_related("latest_revision")[:MOST_PLANNED]
    found = [(story.get_latest_revision_as_object(), due[str(story.pk)]) for story in mine]
    found.sort(key=lambda one: one[1])
    return news_objects.planning(found, at=at, address=address, publisher=Newsroom.load().name)


def _due() -> Any:
    return Revision.page_revisions.filter(approved_go_live_at__isnull=False).order_by("approved_go_live_at")
