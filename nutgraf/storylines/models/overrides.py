"""What an editor decides about an entry of a storyline, kept apart from the entries because those are made anew."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from nutgraf.storylines.models.kinds import Kind
from nutgraf.storylines.models.storyline import Storyline


class Override(models.Model):
    """One decision: about an entry by its key, or about one fact of one story by its block."""

    class Action(models.TextChoices):
        PIN = "PIN", _("pin")
        HIDE = "HIDE", _("hide")
        REWORD = "REWORD", _("reword")
        MERGE = "MERGE", _("merge")

    storyline = models.ForeignKey(Storyline, on_delete=models.CASCADE, related_name="overrides")
    kind = models.CharField(max_length=6, choices=Kind)
    action = models.CharField(max_length=6, choices=Action)
    # Of the entry concerned; empty where it is about one fact, which its story and block tell.
    key = models.CharField(max_length=200, blank=True)
    story = models.ForeignKey("stories.Story", on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    block_id = models.CharField(max_length=36, blank=True)
    words = models.CharField(max_length=300, blank=True)
    # Of a merge, what both were called then: one of them is no entry any more, and its key is bare words.
    name = models.CharField(max_length=300, blank=True)
    into_key = models.CharField(max_length=200, blank=True)
    note = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("override")
        verbose_name_plural = _("overrides")
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["storyline", "kind", "action", "key"],
                condition=models.Q(story=None),
                name="storylines_one_override_of_an_entry",
            ),
            models.UniqueConstraint(
                fields=["storyline", "action", "story", "block_id"],
                condition=models.Q(story__isnull=False),
                name="storylines_one_override_of_a_fact",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_action_display()}: {self.key}"
