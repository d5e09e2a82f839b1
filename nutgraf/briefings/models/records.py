"""What is kept of an edition that went out: the stories that it carried, the errors that it told, the links in it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from nutgraf.briefings.models.briefing import refuse_control_characters
from nutgraf.briefings.models.edition import Edition

# What the keys of the audiences of correcting mails begin with.
CORRECTIONS = "edition-correction:"


class Carried(models.Model):
    """That an edition carried a story."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="carried")
    story = models.ForeignKey("stories.Story", on_delete=models.CASCADE, related_name="carried_by")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["edition", "story"], name="briefings_carried_once")]

    def __str__(self) -> str:
        return f"{self.edition}: {self.story}"


class Told(models.Model):
    """That an edition told its readers what was wrong in a story which an earlier one carried."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="told")
    version = models.ForeignKey("stories.PublicVersion", on_delete=models.CASCADE, related_name="told_by")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["edition", "version"], name="briefings_told_once")]

    def __str__(self) -> str:
        return f"{self.edition}: {self.version}"


class Link(models.Model):
    """One link in the mail of an edition, and how often it was followed: never by whom."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="links")
    number = models.PositiveSmallIntegerField()
    url = models.TextField()
    words = models.CharField(max_length=200)
    clicks = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["edition", "number"]
        constraints = [models.UniqueConstraint(fields=["edition", "number"], name="briefings_one_link_a_number")]

    def __str__(self) -> str:
        return self.url


class CorrectionMail(models.Model):
    """A mail of its own to those who got an edition with a serious error: an editor decided on it."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="correction_mails")
    version = models.ForeignKey(
        "stories.PublicVersion", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    subject = models.CharField(max_length=200, validators=[refuse_control_characters])
    words = models.TextField(
        max_length=1200, help_text=_("What was wrong and what is right, to those who got this edition.")
    )
    at = models.DateTimeField(editable=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, editable=False, related_name="+"
    )

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return self.subject

    @property
    def audience_key(self) -> str:
        """The key by which its recipients are asked for."""
        return f"{CORRECTIONS}{self.pk}"
