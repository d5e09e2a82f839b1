"""File a story that readers have had elsewhere and make it public, in one go: what filing and publishing it would leave.

Wagtail writes a page that is filed, submitted and published five times over. An
archive of ten thousand stories has the time for once.
"""

from __future__ import annotations

import copy
import datetime
from collections.abc import Sequence
from typing import Any, cast

from django.contrib.auth.models import AbstractBaseUser, User
from django.db import transaction
from django.utils import timezone
from modelsearch.signal_handlers import post_save_signal_handler
from wagtail.log_actions import log
from wagtail.models import Page, Revision
from wagtail.signals import page_published

from nutgraf.newsroom.models import Author
from nutgraf.stories import changes, mirror, readiness, signals
from nutgraf.stories.models import ArchiveMonth, Byline, Story


@transaction.atomic
def restore(
    *,
    month: ArchiveMonth,
    by: AbstractBaseUser | None,
    at: datetime.datetime,
    changed_at: datetime.datetime | None,
    headline: str,
    authors: Sequence[Author],
    **fields: Any,
) -> Story:
    """Make a story that is public since `at`, in that month's folder; raises as actions.file and actions.restore do.

    What comes of it equals what these two leave, one after the other; only the
    history has no line for the draft that there never was.
    """
    user = cast("User | None", by)
    latest = changed_at if changed_at and changed_at > at else at
    story = Story(
        title=headline,
        owner=user,
        live=True,
        first_published_at=at,
        last_published_at=latest,
        updated_at=changed_at if latest != at else None,
        address_date=timezone.localdate(at),
        **fields,
    )
    story.tidy()
    story.bylines = [Byline(author=author, sort_order=order) for order, author in enumerate(authors)]
    readiness.require(story, at=at, is_restored=True)
    month.add_child(instance=story)
    log(instance=story, action="wagtail.create", user=user)
    revision = _revised(story, user)
    log(instance=story, action="wagtail.publish", user=user, revision=revision, content_changed=True)
    version, _is_new = changes.record(changes.Pending(story, None, changes.public_pieces(story)), by=by, at=at)
    mirror.write(story, version.public_since)
    # As it is now, with its authors: when the page was written they were not.
    post_save_signal_handler(story)
    page_published.send(sender=Story, instance=story, revision=revision)
    before = copy.copy(story)
    before.live, before.address_date, before.first_published_at = False, None, None
    signals.published.send(sender=Story, story=story, before=before, at=at, version=version, is_restored=True)
    return story


def _revised(story: Story, user: User | None) -> Revision:
    """Keep the story as its newest draft, which is the one that readers have."""
    revision = Revision.objects.create(
        content_object=story,
        base_content_type=story.get_base_content_type(),
        user=user,
        content=story.serializable_data(),
        object_str=str(story),
    )
    pointers = {
        "latest_revision": revision,
        "latest_revision_created_at": revision.created_at,
        "live_revision": revision,
        "draft_title": story.title,
        "has_unpublished_changes": False,
    }
    for name, value in pointers.items():
        setattr(story, name, value)
    Page.objects.filter(pk=story.pk).update(**pointers)
    return revision
