"""Bring a piece of copy into the newsroom: new stories as drafts, known ones revised, the same ones left alone."""

from __future__ import annotations

import datetime
import hashlib
from dataclasses import dataclass, field
from typing import Literal
from zoneinfo import ZoneInfo

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.db import transaction

from nutgraf.copydesk import drafts, reading
from nutgraf.copydesk.drafts import Draft, Unsettled
from nutgraf.copydesk.found import Unplaced
from nutgraf.copydesk.labels import label_key
from nutgraf.imports.models import Import
from nutgraf.newsroom.models import Section
from nutgraf.stories import actions, copy
from nutgraf.stories.models import Story

SOURCE = "copy"

Outcome = Literal["made", "revised", "unchanged"]


@dataclass
class Brought:
    """One story of a piece of copy, and what became of it."""

    story: Story
    outcome: Outcome
    unsettled: list[Unsettled] = field(default_factory=list)
    is_published: bool = False
    # Why it could not be published, though that was asked for.
    not_ready: list[str] = field(default_factory=list)
    # Stories that have its headline already, if it was made.
    twins: list[Story] = field(default_factory=list)


@dataclass
class Report:
    """What became of a piece of copy."""

    stories: list[Brought]
    unplaced: list[Unplaced]


@transaction.atomic
def bring(
    *,
    source: str | bytes,
    name: str,
    by: AbstractBaseUser | None,
    at: datetime.datetime,
    zone: ZoneInfo,
    form: reading.Form = "auto",
    section: Section | None = None,
    publish: bool = False,
) -> Report:
    """File every story of a piece of copy; all of them or, if one cannot be filed, none.

    The same copy makes no second story. Copy that says which story it is of,
    or has the name and the headline of copy that came before, revises that
    story. `section` is for stories that name none. A story that is not ready to
    be published stays a draft, and the report says why. Raises
    reading.CopyRefused for what is no copy, ValidationError for what a story
    cannot hold.
    """
    found = reading.read(source, at=at, zone=zone, form=form, labels=copy.labels(), sections=copy.sections())
    bringing = _Bringing(name=name, by=by, at=at, section=section, publish=publish)
    # By the words and not by how they are read, which gets better from version to version.
    words = " ".join(found.text.split())
    stories = [bringing.take(draft, f"{place} {words}") for place, draft in enumerate(drafts.drafts(found))]
    return Report(stories, found.unplaced)


@dataclass
class _Bringing:
    """One piece of copy on its way in."""

    name: str
    by: AbstractBaseUser | None
    at: datetime.datetime
    section: Section | None
    publish: bool

    def take(self, draft: Draft, text: str) -> Brought:
        digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
        brought = self._known(digest) or self._filed(draft)
        Import.objects.update_or_create(
            source=SOURCE,
            digest=digest,
            defaults={"name": self.name[:500], "story": brought.story, "imported_at": self.at},
        )
        if self.publish:
            self._publish(brought, draft)
        return brought

    def _known(self, digest: str) -> Brought | None:
        """Return the story that this very copy made, if nothing has come after it."""
        past = Import.objects.filter(source=SOURCE, digest=digest).select_related("story").first()
        if past is None:
            return None
        return Brought(past.story, "unchanged") if past == past.story.imports.latest("imported_at", "pk") else None

    def _filed(self, draft: Draft) -> Brought:
        former = copy.find(draft.key) or self._of_same_name(draft)
        if former:
            latest = former.get_latest_revision_as_object()
            story, settled = copy.revise(story=latest, draft=draft, by=self.by)
            return Brought(story, "unchanged" if settled.is_unchanged else "revised", settled.unsettled)
        story, settled = copy.file(draft=draft, by=self.by, at=self.at, section=self.section)
        return Brought(story, "made", settled.unsettled, twins=copy.twins(story))

    def _of_same_name(self, draft: Draft) -> Story | None:
        """Return the story that came under this name with this headline."""
        headline = label_key(draft.headline)
        past = (
            Import.objects.filter(source=SOURCE, name=self.name[:500]).select_related("story").order_by("-imported_at")
        )
        stories = (one.story.get_latest_revision_as_object() for one in past)
        return next((story for story in stories if headline and label_key(story.title) == headline), None)

    def _publish(self, brought: Brought, draft: Draft) -> None:
        if brought.outcome == "unchanged" and brought.story.live and not brought.story.has_unpublished_changes:
            return
        at = self.at
        if draft.published_at and not brought.story.first_published_at:
            # An archive keeps its days; nothing was published in the future.
            at = min(at, datetime.datetime.fromisoformat(draft.published_at))
        try:
            with transaction.atomic():
                brought.story = actions.publish(story=brought.story, by=self.by, at=at)
            brought.is_published = True
        except ValidationError as error:
            brought.not_ready = error.messages
