"""What keeps a story from being published, whatever is done to its drafts: an embargo, or a source that took back what it sent."""

from __future__ import annotations

import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from nutgraf.stories.models.story import Story


class Hold(models.Model):
    """One story is held, until a moment or until somebody lifts it.

    A row and no field of the story: it doesn't travel with drafts, so that no older one brings back a time without it.
    """

    # It is part of the story's history, not a place where the story is used.
    wagtail_reference_index_ignore = True

    story = models.OneToOneField(Story, on_delete=models.CASCADE, related_name="hold")
    # The end of an embargo; without one the story is held until the hold is lifted.
    until = models.DateTimeField(null=True, blank=True)
    # A sentence.
    reason = models.CharField(max_length=300)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("hold")
        verbose_name_plural = _("holds")

    def __str__(self) -> str:
        return self.reason

    def is_over(self, at: datetime.datetime) -> bool:
        """Say whether it is past by that moment."""
        return self.until is not None and self.until <= at
