"""The public versions of a story: what readers had, from when on, and what was said to them about each change."""

from __future__ import annotations

import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from nutgraf.copydesk.comparing import Change
from nutgraf.copydesk.public_text import Piece

LONGEST_SENTENCE = 400


class ChangeKind(models.TextChoices):
    """What a change to a public story is called; an error of fact is always called a correction."""

    UPDATE = "UPDATE", _("Update")
    CORRECTION = "CORRECTION", _("Correction")
    CLARIFICATION = "CLARIFICATION", _("Clarification")
    NOTE = "NOTE", _("Editor’s note")
    MINOR = "MINOR", _("No change of meaning")

    @classmethod
    def needing_sentence(cls) -> set[str]:
        """Return the kinds that say something to readers, or are nothing."""
        return {cls.CORRECTION, cls.CLARIFICATION, cls.NOTE}


class PublicVersionQuerySet(models.QuerySet["PublicVersion"]):
    """Questions about public versions."""

    def in_short(self) -> PublicVersionQuerySet:
        """Leave out what is long: what the story said, and what of it is another."""
        return self.defer("content", "changes", "moments")

    def noted(self) -> PublicVersionQuerySet:
        """Keep those with which readers are told of something that was wrong, unclear or withdrawn."""
        return self.filter(kind__in=PublicVersion.NOTED)

    def latest_of(self, story_id: int) -> PublicVersion | None:
        """Return what readers have of a story, or had last."""
        return self.filter(story_id=story_id).order_by("-number").first()


class PublicVersion(models.Model):
    """What one publish of a story gave to readers, or what a withdrawal took from them."""

    class Kind(models.TextChoices):
        FIRST = "FIRST", _("First publication")
        UPDATE = ChangeKind.UPDATE.value, ChangeKind.UPDATE.label
        CORRECTION = ChangeKind.CORRECTION.value, ChangeKind.CORRECTION.label
        CLARIFICATION = ChangeKind.CLARIFICATION.value, ChangeKind.CLARIFICATION.label
        NOTE = ChangeKind.NOTE.value, ChangeKind.NOTE.label
        MINOR = ChangeKind.MINOR.value, ChangeKind.MINOR.label
        WITHDRAWAL = "WITHDRAWAL", _("Withdrawal")

    # What the corrections page lists.
    NOTED = (Kind.CORRECTION, Kind.CLARIFICATION, Kind.NOTE, Kind.WITHDRAWAL)

    # It is part of the story's history, not a place where the story is used.
    wagtail_reference_index_ignore = True

    story = models.ForeignKey("stories.Story", on_delete=models.CASCADE, related_name="public_versions")
    number = models.PositiveIntegerField()
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    kind = models.CharField(max_length=13, choices=Kind)
    sentence = models.CharField(max_length=LONGEST_SENTENCE, blank=True)
    # All that the story said, as `copydesk.public_text` writes it.
    content = models.JSONField()
    # What of it is another than in the version before, as `copydesk.comparing` writes it.
    changes = models.JSONField(default=list)
    # By the id of each piece: since when readers have had it, and since when it has meant what it means.
    moments = models.JSONField(default=dict)

    objects = PublicVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("public version")
        verbose_name_plural = _("public versions")
        ordering = ["story", "number"]
        constraints = [models.UniqueConstraint(fields=["story", "number"], name="stories_one_public_version_a_number")]
        indexes = [models.Index(fields=["-at", "-id"], name="stories_public_versions_by_at")]

    def __str__(self) -> str:
        return f"{self.story_id} v{self.number}"

    @property
    def pieces(self) -> list[Piece]:
        """What the story said."""
        return [Piece.from_json(kept) for kept in self.content]

    @property
    def differences(self) -> list[Change]:
        """What of it is another than in the version before."""
        return [Change.from_json(kept) for kept in self.changes]

    @cached_property
    def public_since(self) -> Moments:
        """The moments of its pieces."""
        return Moments.from_json(self.moments)


class Moments(dict[str, tuple[datetime.datetime, datetime.datetime]]):
    """By the id of each piece: when it became public, and the moment of its last change of meaning."""

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> Moments:
        """Return them as they were kept."""
        return cls(
            (key, (datetime.datetime.fromisoformat(public), datetime.datetime.fromisoformat(changed)))
            for key, (public, changed) in kept.items()
        )

    def as_json(self) -> dict[str, list[str]]:
        """Return them as they are kept."""
        return {key: [public.isoformat(), changed.isoformat()] for key, (public, changed) in self.items()}

    def public_at(self, key: str) -> datetime.datetime:
        """Return since when readers have had a piece."""
        return self[key][0]

    def changed_at(self, key: str) -> datetime.datetime:
        """Return since when a piece has meant what it means."""
        return self[key][1]
