"""The drafts that there are: who may see and change which, where each is on its way to readers, and what it lacks."""

from __future__ import annotations

import datetime
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.locks import ScheduledForPublishLock
from wagtail.models import PagePermissionTester, Revision, WorkflowState
from wagtail.permissions import page_permission_policy

from nutgraf.api.problems import Mistake, Problem, mistakes
from nutgraf.api.reading import PAGE_SIZE
from nutgraf.api.schemas.lists import Page
from nutgraf.api.schemas.stories import Draft, DraftInShort, Status
from nutgraf.copydesk import writing as copy_writing
from nutgraf.stories import copy, readiness
from nutgraf.stories.models import PublicVersion, Story


def read(pk: int, *, by: User) -> Story:
    """Return the newest draft of a story; raises Http404 for whoever may not edit it."""
    story = newest(pk)
    if not may(story, by).can_edit():
        raise Http404
    return story


def newest(pk: int) -> Story:
    """Return the newest draft of a story; raises Http404 where there is none."""
    story = Story.objects.select_related("latest_revision").filter(pk=pk).first()
    if story is None:
        raise Http404
    draft: Story = story.get_latest_revision_as_object()
    return draft


def take(pk: int, *, by: User, match: str | None, may_be_scheduled: bool = False) -> Story:
    """Return the newest draft of a story in order to change it, and keep others from that meanwhile.

    Raises Problem if somebody changed it after whoever asks had looked.
    """
    if not Story.objects.select_for_update(of=("self",)).filter(pk=pk).exists():
        raise Http404
    story = read(pk, by=by)
    if match is None:
        words = _("Say in If-Match which draft you have seen: the ETag that it came with.")
        raise Problem(428, words, [Mistake(detail=words, parameter="If-Match")])
    # What is compressed on its way has its ETag made a weak one.
    seen = [one.strip().removeprefix("W/") for one in match.split(",")]
    if seen != ["*"] and etag(story) not in seen:
        raise Problem(
            412, _("Somebody changed this story since you looked: read it again."), headers={"ETag": etag(story)}
        )
    is_kept = may_be_scheduled and isinstance(story.get_lock(), ScheduledForPublishLock)
    if not is_kept and may(story, by).page_locked():
        raise Problem(
            409, _("This story is locked just now: it waits for an editor, or for the moment it is scheduled for.")
        )
    return story


def etag(story: Story) -> str:
    """Return what stands for this draft and for whether readers have it."""
    now = Story.objects.only("live", "latest_revision", "live_revision").get(pk=story.pk)
    return f'"{now.latest_revision_id}-{now.live_revision_id if now.live else 0}"'


def may(story: Story, user: User) -> PagePermissionTester:
    """Return what somebody may do with a story."""
    return story.permissions_for_user(user)


def editable(user: User) -> QuerySet[Story]:
    """Return the stories that somebody may edit."""
    allowed = page_permission_policy.instances_user_has_permission_for(user, "change")
    return Story.objects.filter(pk__in=allowed.order_by().values("pk"))


def listed(*, by: User, status: str, cursor: str) -> Page[DraftInShort]:
    """Return the stories that somebody may edit, those made last first."""
    found = editable(by).defer("body")
    if cursor:
        if not (cursor.isascii() and cursor.isdecimal() and len(cursor) < 19):
            raise Problem(422, _("This is no cursor: take the one that a page gives."))
        found = found.filter(pk__lt=int(cursor))
    rows = list(_of_status(found, status).order_by("-pk")[: PAGE_SIZE + 1])
    known = _statuses(rows)
    items = [
        DraftInShort(
            id=story.pk,
            headline=story.draft_title or story.title,
            status=known[story.pk],
            has_unpublished_changes=story.has_unpublished_changes,
            revised_at=story.latest_revision_created_at,
        )
        for story in rows[:PAGE_SIZE]
    ]
    following = str(rows[PAGE_SIZE - 1].pk) if len(rows) > PAGE_SIZE else None
    return Page[DraftInShort](items=items, next_cursor=following)


def shown(story: Story, *, at: datetime.datetime) -> Draft:
    """Return a draft as it is told, with what stands in the way of publishing it."""
    now = Story.objects.defer("body").get(pk=story.pk)
    story.has_unpublished_changes, story.live = now.has_unpublished_changes, now.live
    lacks = readiness.problems(story, at=at)
    found = list(mistakes(ValidationError(lacks))) if lacks else []
    return Draft.of(story, status=_statuses([now])[now.pk], problems=found)


def as_copy(story: Story) -> str:
    """Return a draft in the copy format, as Markdown."""
    zone: Any = timezone.get_default_timezone()
    at = story.first_published_at or timezone.now()
    return copy_writing.write(copy.as_draft(story), at=at, zone=zone, form="markdown", labels=copy.labels())


def _of_status(found: QuerySet[Story], status: str) -> QuerySet[Story]:
    submitted = WorkflowState.objects.filter(status=WorkflowState.STATUS_IN_PROGRESS).values_list(
        "object_id", flat=True
    )
    if status == "SUBMITTED":
        return found.filter(pk__in=map(int, submitted))
    if status == "SCHEDULED":
        due = Revision.page_revisions.filter(approved_go_live_at__isnull=False).values_list("object_id", flat=True)
        return found.filter(pk__in=map(int, due))
    if status == "PUBLISHED":
        return found.filter(live=True)
    if status == "WITHDRAWN":
        return found.filter(live=False, public_versions__kind=PublicVersion.Kind.WITHDRAWAL).distinct()
    return found.filter(live=False) if status == "DRAFT" else found


def _statuses(stories: list[Story]) -> dict[int, Status]:
    """Return where each of some stories is on its way to readers: three queries."""
    keys = [str(story.pk) for story in stories]
    submitted = WorkflowState.objects.filter(status=WorkflowState.STATUS_IN_PROGRESS, object_id__in=keys)
    in_workflow = set(submitted.values_list("object_id", flat=True))
    due = Revision.page_revisions.filter(approved_go_live_at__isnull=False, object_id__in=keys)
    scheduled = set(due.values_list("object_id", flat=True))
    versions = PublicVersion.objects.filter(story__in=[story.pk for story in stories]).order_by("number")
    latest = dict(versions.values_list("story", "kind"))

    def status(story: Story) -> Status:
        if str(story.pk) in in_workflow:
            return "SUBMITTED"
        if str(story.pk) in scheduled:
            return "SCHEDULED"
        if story.live:
            return "PUBLISHED"
        return "WITHDRAWN" if latest.get(story.pk) == PublicVersion.Kind.WITHDRAWAL else "DRAFT"

    return {story.pk: status(story) for story in stories}
