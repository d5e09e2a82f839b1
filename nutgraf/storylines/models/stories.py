"""A story's place in a storyline: part of the story's draft, and public when the story is published with it; and what has none."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey

from nutgraf.storylines.models.storyline import Storyline


class StorylineStory(models.Model):
    """One story in one storyline; a story may be in several.

    What the newsroom has chosen; what readers have is told by the storyline's
    stream, in which only public stories stand.
    """

    story = ParentalKey("stories.Story", on_delete=models.CASCADE, related_name="storyline_places")
    # A version of a story that names a storyline which is gone must still be readable: hence no PROTECT, and
    # Storyline.delete, which protects in its place.
    storyline = models.ForeignKey(Storyline, on_delete=models.CASCADE, related_name="places")
    added_at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("place in a storyline")
        verbose_name_plural = _("places in storylines")
        ordering = ["added_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["story", "storyline"], name="storylines_one_place_a_story")]

    def __str__(self) -> str:
        return self.storyline.name

    @property
    def now_in(self) -> int:
        """The key of the storyline itself, or of what it was merged into."""
        return self.storyline.merged_into_id or self.storyline_id


class Unrelated(models.Model):
    """A story that looks as if it belongs to a storyline, and of which an editor has said that it does not."""

    storyline = models.ForeignKey(Storyline, on_delete=models.CASCADE, related_name="+")
    story = models.ForeignKey("stories.Story", on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = _("unrelated story")
        verbose_name_plural = _("unrelated stories")
        constraints = [models.UniqueConstraint(fields=["storyline", "story"], name="storylines_unrelated_once")]

    def __str__(self) -> str:
        return f"{self.story}: {self.storyline}"
