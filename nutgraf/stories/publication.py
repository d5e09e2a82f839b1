"""Make a revision of a story public: the page, what its publication says of it, its facts, and whoever wants to know."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import models
from django.utils import timezone
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.models import Revision

from nutgraf.newsroom import addresses
from nutgraf.stories import changes, mirror, readiness, signals
from nutgraf.stories.changes import Pending
from nutgraf.stories.models.bylines import Byline
from nutgraf.stories.models.changes import ChangeKind, PublicVersion

if TYPE_CHECKING:
    from nutgraf.stories.models.story import Story


def publish(
    page: Story,
    revision: Revision,
    user: AbstractBaseUser | None,
    *,
    at: datetime.datetime,
    is_restored: bool,
    skip_permission_checks: bool,
    **kwargs: Any,
) -> None:
    """Publish in the caller's transaction, as `Story.publish` says."""
    publication = PublishPageRevisionAction(revision, user=user, **kwargs)
    story: Story = publication.object
    change = changes.pending(story)
    readiness.require(story, at=at, change=change, is_restored=is_restored)
    before: Story = type(page).objects.select_related("section").get(pk=page.pk)
    version = changes.next_version(change, by=user, at=at)
    story.published_as = _moments(before, at=at, change=change, version=version)

    publication.execute(skip_permission_checks=skip_permission_checks)

    # Whoever hears of it may keep it again, with other words.
    story.published_as = None
    if story.live_revision_id == revision.pk:
        _tell(story, before=before, at=at, version=version, is_restored=is_restored)
        _consume(revision)


def _moments(before: Story, *, at: datetime.datetime, change: Pending, version: PublicVersion) -> dict[str, Any]:
    is_update = change.is_again and version is not change.before and version.kind != ChangeKind.MINOR
    return {
        "first_published_at": before.first_published_at or at,
        "last_published_at": at,
        "updated_at": version.at if is_update else before.updated_at,
        "address_date": before.address_date or timezone.localdate(at),
        # Wagtail would write that of whoever asked for it, who may have looked a while ago.
        "is_told_live": before.is_told_live,
        "change_kind": "",
        "change_sentence": "",
    }


def _tell(story: Story, *, before: Story, at: datetime.datetime, version: PublicVersion, is_restored: bool) -> None:
    is_new = changes.record(version)
    # Whoever hears of it asks who signs it; of what was just kept Wagtail remembers nothing.
    models.prefetch_related_objects([story], models.Prefetch("bylines", Byline.objects.select_related("author")))
    if before.address and story.address:
        addresses.moved(old=before.address, new=story.address, page=story)
    mirror.write(story, version.public_since)
    signals.published.send(
        sender=type(story),
        story=story,
        before=before,
        at=at,
        version=version if is_new else None,
        is_restored=is_restored,
    )


def _consume(revision: Revision) -> None:
    """Take out of a published draft what was said to readers about it: of the next one it would not be true."""
    said = {"change_kind": "", "change_sentence": ""}
    if any(revision.content.get(name) for name in said):
        revision.content |= said
        revision.save(update_fields=["content"])
