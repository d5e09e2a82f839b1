"""A note that somebody set aside for one story, with the reason, so that nobody is told again what was decided."""

from __future__ import annotations

import hashlib

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from nutgraf.copydesk.rules import Note
from nutgraf.stories.models.story import Story


class Waiver(models.Model):
    """One note of one story, set aside: it stands while the same rule has something to say of the same words."""

    # It is part of the story's history, not a place where the story is used.
    wagtail_reference_index_ignore = True

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="waivers")
    rule = models.CharField(max_length=40)
    words = models.TextField(blank=True)
    key = models.CharField(max_length=64, editable=False)
    reason = models.CharField(max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("waiver")
        verbose_name_plural = _("waivers")
        ordering = ["at"]
        constraints = [models.UniqueConstraint(fields=["story", "key"], name="stories_one_waiver_per_note")]

    def __str__(self) -> str:
        return f"{self.rule}: {self.words}"

    @staticmethod
    def key_of(rule: str, words: str) -> str:
        """Return what stays the same of a note while the story is edited elsewhere."""
        return hashlib.sha256("\n".join((rule, " ".join(words.casefold().split()))).encode()).hexdigest()

    @classmethod
    def key_for(cls, note: Note) -> str:
        return cls.key_of(*note.key)
