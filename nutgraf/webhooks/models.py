"""Who is told of what, and each telling with its state."""

from __future__ import annotations

import base64
import secrets

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

# As the Standard Webhooks have it: 24 to 64 bytes, and a word in front by which one knows what it is.
SECRET_PREFIX = "whsec_"  # noqa: S105 (no secret, but what one begins with)


class What(models.TextChoices):
    """What can be told of a story."""

    PUBLISHED = "story.published", _("published")
    UPDATED = "story.updated", _("updated")
    CORRECTED = "story.corrected", _("corrected or clarified")
    WITHDRAWN = "story.withdrawn", _("withdrawn")


def new_secret() -> str:
    """Return a secret that nobody can guess."""
    return SECRET_PREFIX + base64.b64encode(secrets.token_bytes(32)).decode()


def everything() -> list[str]:
    """Return all that can be told."""
    return [str(what.value) for what in What]


def refuse_other_than_web(value: str) -> None:
    """Raise ValidationError for an address that holds a password, which would stand in lists and logs."""
    if "@" in value.partition("://")[2].partition("/")[0]:
        raise ValidationError(_("Leave names and passwords out: the signature says who we are."))


class Webhook(models.Model):
    """An address that is told."""

    name = models.CharField(max_length=80, help_text=_("Who listens: “Print desk”."))
    url = models.URLField(
        max_length=500, validators=[refuse_other_than_web], verbose_name=_("address"), help_text=_("Where we post to.")
    )
    told_of = models.JSONField(default=everything, verbose_name=_("told when a story is"))
    is_on = models.BooleanField(default=True, verbose_name=_("on"))
    secret = models.CharField(max_length=120, default=new_secret, editable=False)
    # Since when every call has failed; nothing while they arrive.
    failing_since = models.DateTimeField(null=True, editable=False)
    # Why it was switched off by itself.
    trouble = models.CharField(max_length=300, blank=True, editable=False)

    class Meta:
        verbose_name = _("webhook")
        verbose_name_plural = _("webhooks")
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name


class Call(models.Model):
    """One thing that one address is told, written down by the transaction that did it."""

    class State(models.TextChoices):
        WAITING = "WAITING", _("waiting")
        TOLD = "TOLD", _("told")
        FAILED = "FAILED", _("failed")

    webhook = models.ForeignKey(Webhook, on_delete=models.CASCADE, related_name="calls")
    key = models.CharField(max_length=40, unique=True)
    what = models.CharField(max_length=20, choices=What)
    about = models.CharField(max_length=255)
    body = models.TextField()
    at = models.DateTimeField()
    state = models.CharField(max_length=7, choices=State, default=State.WAITING)
    tries = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField()
    told_at = models.DateTimeField(null=True)
    # What the other side said last, in a few words.
    answer = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("call")
        verbose_name_plural = _("calls")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["state", "due_at"], name="webhooks_calls_due")]

    def __str__(self) -> str:
        return f"{self.what} {self.about}"
