"""Make stories that readers have had elsewhere public, many in one go: what filing and publishing each would leave.

Wagtail writes a page that is filed, submitted and published five times over, with
a hundred statements. An archive of ten thousand stories has the time for once, and
a hundred stories take as many statements together as one does.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any, cast

from django.contrib.auth.models import AbstractBaseUser, User
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import OuterRef, Subquery
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from wagtail.log_actions import get_active_log_context
from wagtail.models import Page, PageLogEntry, Revision
from wagtail.signals import page_published

from nutgraf.newsroom import references
from nutgraf.newsroom.models import Author
from nutgraf.stories import changes, mirror, readiness, rows, search, signals, slugs
from nutgraf.stories.models import Archive, ArchiveMonth, Byline, PublicVersion, Story

# What is checked by questions to the database, and holds here because the rows were just read from there.
_RELATIONS = [field.name for field in Story._meta.get_fields() if field.is_relation]


def compose(
    *,
    by: AbstractBaseUser | None,
    at: datetime.datetime,
    changed_at: datetime.datetime | None,
    headline: str,
    authors: Sequence[Author],
    **fields: Any,
) -> Story:
    """Return a story, not kept yet, that is public since `at`; without a slug, one is made from the headline.

    Raises readiness.NotReady where without something it would have no page, and
    ValidationError for what no story can hold.
    """
    latest = changed_at if changed_at and changed_at > at else at
    story = Story(
        title=headline,
        draft_title=headline,
        owner=cast("User | None", by),
        live=True,
        has_unpublished_changes=False,
        first_published_at=at,
        last_published_at=latest,
        updated_at=changed_at if latest != at else None,
        address_date=timezone.localdate(at),
        **fields,
    )
    story.tidy()
    story.bylines = [Byline(author=author, sort_order=order) for order, author in enumerate(authors)]
    readiness.require_page(story)
    story.slug = story.slug or slugs.shorten(slugify(headline, allow_unicode=True))
    story.clean_fields(exclude=[*_RELATIONS, "path", "depth"])
    return story


def taken(stories: Sequence[Story]) -> list[bool]:
    """Say of each whether another has its slug in its month or on its day, be it one that stands before it here."""
    wanted = {story.slug for story in stories}
    days = set(Story.objects.filter(slug__in=wanted).values_list("address_date", "slug"))
    paths = Page.objects.filter(slug__in=wanted).values_list("path", "slug")
    slugs_of_months = {rows.month_of(story) for story in stories}
    months = dict(ArchiveMonth.objects.filter(slug__in=slugs_of_months).values_list("path", "slug"))
    used: set[tuple[Any, str]] = days | {(months.get(path[: -Page.steplen]), slug) for path, slug in paths}
    found = []
    for story in stories:
        places = {(story.address_date, story.slug), (rows.month_of(story), story.slug)}
        found.append(bool(places & used))
        used |= places
    return found


@transaction.atomic
def restore(*, by: AbstractBaseUser | None, slug: str = "", **given: Any) -> Story:
    """Make one story that is public since its day; raises as actions.file and actions.restore do.

    What comes of it equals what these two leave, one after the other; only the
    history has no line for the draft that there never was.
    """
    story = compose(by=by, slug=slug, **given)
    if not slug:
        story.slug = _free(story)
    readiness.require(story, at=given["at"], is_restored=True)
    restore_all([story], by=by)
    return story


def _free(story: Story) -> str:
    first, number = story.slug, 1
    while taken([story])[0]:
        number += 1
        story.slug = f"{first}-{number}"
    return story.slug


@transaction.atomic
def restore_all(stories: Sequence[Story], *, by: AbstractBaseUser | None) -> None:
    """Keep stories as they were composed, all or none of them; raises ValidationError where a slug is taken."""
    if double := [story for story, is_taken in zip(stories, taken(stories), strict=True) if is_taken]:
        words = ", ".join(f"“{story.slug}”" for story in double)
        raise ValidationError({"slug": _("Other stories have the slugs %(slugs)s.") % {"slugs": words}})
    user = cast("User | None", by)
    rows.place(stories, Archive.months((timezone.localdate(_since(story)) for story in stories), is_locked=True))
    rows.insert(stories)
    revisions = _revised(stories, user)
    _log(stories, revisions, user)
    versions = [
        changes.version(changes.Pending(story, None, changes.public_pieces(story)), by=by, at=_since(story))
        for story in stories
    ]
    PublicVersion.objects.bulk_create(versions)
    mirror.write_first([(version.story, version.public_since) for version in versions])
    for story, revision in zip(stories, revisions, strict=True):
        page_published.send(sender=Story, instance=story, revision=revision)
    signals.restored.send(sender=Story, stories=stories)
    references.write_first(stories)
    search.write(stories)


def _since(story: Story) -> datetime.datetime:
    at: datetime.datetime = story.first_published_at
    return at


def _revised(stories: Sequence[Story], user: User | None) -> list[Revision]:
    """Keep the stories as their newest drafts, which are those that readers have."""
    now = timezone.now()
    revisions: list[Revision] = Revision.objects.bulk_create(
        [
            Revision(
                content_object=story,
                base_content_type=story.get_base_content_type(),
                user=user,
                created_at=now,
                content=story.serializable_data(),
                object_str=str(story),
            )
            for story in stories
        ]
    )
    only = Revision.objects.filter(
        base_content_type=stories[0].get_base_content_type(), object_id=Cast(OuterRef("pk"), models.CharField())
    ).values("pk")[:1]
    Page.objects.filter(pk__in=[story.pk for story in stories]).update(
        latest_revision=Subquery(only), live_revision=Subquery(only), latest_revision_created_at=now
    )
    for story, revision in zip(stories, revisions, strict=True):
        story.latest_revision = story.live_revision = revision
        story.latest_revision_created_at = now
    return revisions


def _log(stories: Sequence[Story], revisions: Sequence[Revision], user: User | None) -> None:
    about = {
        "content_type": ContentType.objects.get_for_model(Story),
        "timestamp": timezone.now(),
        "uuid": get_active_log_context().uuid,
        "user": user,
        "content_changed": True,
    }
    lines = []
    for story, revision in zip(stories, revisions, strict=True):
        told = about | {"page": story, "label": story.get_admin_display_title()}
        lines.append(PageLogEntry(action="wagtail.create", **told))
        lines.append(PageLogEntry(action="wagtail.publish", revision=revision, **told))
    PageLogEntry.objects.bulk_create(lines)
