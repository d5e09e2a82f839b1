"""The byline: who signs a story, and in which order."""

from __future__ import annotations

from typing import Any

from django.db import models
from modelcluster.fields import ParentalKey
from modelcluster.models import model_from_serializable_data
from wagtail.models import Orderable

from nutgraf.newsroom.models import Author


class Byline(Orderable):
    """One author's name on one story."""

    story = ParentalKey("stories.Story", on_delete=models.CASCADE, related_name="bylines")
    author = models.ForeignKey("newsroom.Author", on_delete=models.PROTECT, related_name="bylines")

    def __str__(self) -> str:
        return self.author.name

    @classmethod
    def from_serializable_data(
        cls, data: dict[str, Any], check_fks: bool = True, strict_fks: bool = False
    ) -> Byline | None:
        """Return what a revision says, or None of an author who is no more; the story, which takes it in, is not looked up."""
        byline: Byline = model_from_serializable_data(cls, data | {"story": None}, check_fks=False)
        if check_fks:
            author = Author.objects.filter(pk=byline.author_id).first()
            if author is None:
                return None
            byline.author = author
        return byline

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep it where it says something else: Wagtail saves every line of a story with it."""
        kept = {field.attname: field.value_from_object(self) for field in self._meta.concrete_fields}
        if not Byline.objects.filter(**kept).exists():
            super().save(*args, **kwargs)
