"""The memory of what came in, so that bringing it twice makes no second story."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


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


class ArchiveItem(models.Model):
    """One thing of an archive that came, what it was when it came, and what was made of it."""

    class Kind(models.TextChoices):
        STORY = "STORY", _("story")
        AUTHOR = "AUTHOR", _("author")
        SECTION = "SECTION", _("section")
        PICTURE = "PICTURE", _("picture")
        REDIRECT = "REDIRECT", _("redirect")

    class Outcome(models.TextChoices):
        MADE = "MADE", _("made")
        MATCHED = "MATCHED", _("there already")
        REVISED = "REVISED", _("made anew")
        SKIPPED = "SKIPPED", _("left out")

    source = models.CharField(max_length=20)
    # Which of the archives of that kind: the address of the site, or the name of the file.
    site = models.CharField(max_length=200)
    kind = models.CharField(max_length=8, choices=Kind)
    # What the archive calls it: a number, a slug, an address.
    key = models.CharField(max_length=500)
    name = models.CharField(max_length=255, blank=True)
    # By which pictures are found in bodies.
    address = models.CharField(max_length=500, blank=True, db_index=True)
    # SHA-256 of what came, in hexadecimal.
    digest = models.CharField(max_length=64)
    outcome = models.CharField(max_length=7, choices=Outcome)
    # Pairs: what could not be taken as it was, and why.
    remarks = models.JSONField(default=list)
    # All that came, as JSON.
    original = models.TextField()
    story = models.ForeignKey(
        "stories.Story", on_delete=models.SET_NULL, null=True, blank=True, related_name="archive_items"
    )
    author = models.ForeignKey("newsroom.Author", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    section = models.ForeignKey("newsroom.Section", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    picture = models.ForeignKey("media.Picture", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    # The story's newest draft as we left it: any other is somebody's work.
    revision_id = models.BigIntegerField(null=True, blank=True)
    # How many pictures of a story were not to be had: should one be there next time, the story is made anew.
    pictures_lacking = models.PositiveIntegerField(default=0)
    imported_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "site", "kind", "key"], name="imports_one_row_an_item")
        ]

    def __str__(self) -> str:
        return f"{self.source}: {self.name or self.key}"
