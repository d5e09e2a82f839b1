"""The memory of what came in, so that bringing it twice makes no second story."""

from __future__ import annotations

from django.db import models


class Import(models.Model):
    """One story that came from a source, and what it was when it came."""

    source = models.CharField(max_length=20)
    # What the source calls it: the name of a file, an address, a number.
    name = models.CharField(max_length=500)
    # SHA-256 of what came, in hexadecimal.
    digest = models.CharField(max_length=64)
    story = models.ForeignKey("stories.Story", on_delete=models.CASCADE, related_name="imports")
    imported_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "digest"], name="imports_once")]
        indexes = [models.Index(fields=["source", "name"], name="imports_by_name")]

    def __str__(self) -> str:
        return f"{self.source}: {self.name}"
