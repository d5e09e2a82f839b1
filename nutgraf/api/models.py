"""What a token may do and until when, and the answers that are kept so that nothing asked for twice is done twice."""

from __future__ import annotations

import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import APIToken


class Scope(models.TextChoices):
    """What a token may do; never more than its owner may."""

    DRAFTS_READ = "drafts:read", _("Read drafts")
    DRAFTS_WRITE = "drafts:write", _("Write drafts and submit them")
    PUBLISH = "publish", _("Publish, schedule and withdraw")


class Grant(models.Model):
    """What one of Wagtail's tokens may do here, and until when; a token without it may do nothing."""

    token = models.OneToOneField(APIToken, on_delete=models.CASCADE, related_name="grant")
    scopes = models.JSONField(default=list)
    expires_at = models.DateTimeField(null=True, blank=True, verbose_name=_("valid until"))

    def __str__(self) -> str:
        return f"{self.token}: {', '.join(self.scopes)}"

    def is_valid(self, at: datetime.datetime) -> bool:
        """Say whether it holds at a moment."""
        return self.token.revoked_at is None and (self.expires_at is None or at < self.expires_at)

    @property
    def scope_names(self) -> str:
        """What it may do, in words."""
        return ", ".join(str(scope.label) for scope in Scope if scope in self.scopes)


class KeptAnswer(models.Model):
    """What was answered to a request that its sender gave a key to, so that sending it again does nothing again."""

    token = models.ForeignKey(APIToken, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=255)
    # What was asked, so that the same key with something else is known for a mistake.
    asked = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(default=0)
    headers = models.JSONField(default=dict)
    content = models.TextField(default="")
    at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["token", "key"], name="api_one_answer_a_key")]

    def __str__(self) -> str:
        return f"{self.key}: {self.status}"
