"""The mail to those who follow storylines: one a day at most, and whether it is noted up to when they were told."""

from __future__ import annotations

from django.db import models

# What the keys of its audiences begin with.
FOLLOWERS = "followers:"


class FollowMail(models.Model):
    """One day's mail to followers: what changed up to a moment, in which storylines."""

    day = models.DateField(unique=True)
    at = models.DateTimeField()
    # The keys of storylines in which something changed.
    storylines = models.JSONField(default=list)
    # Whether it is noted of everybody who had it up to when they were told.
    is_settled = models.BooleanField(default=False)

    class Meta:
        ordering = ["-day"]

    def __str__(self) -> str:
        return str(self.day)

    @property
    def audience_key(self) -> str:
        """The key by which its recipients are asked for."""
        return f"{FOLLOWERS}{self.pk}"
