"""What suggestions are made from: the names and rare words of stories, of storylines, and how common each of them is."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from nutgraf.storylines.models.storyline import Storyline

LONGEST_TRAIT = 120


class StoryTraits(models.Model):
    """The names and words of one public story, as rows of kind, key and how it is written."""

    story = models.OneToOneField("stories.Story", on_delete=models.CASCADE, primary_key=True, related_name="+")
    traits = models.JSONField(default=list)
    # When the story was first published: the newest are counted, and looked through for stories that were forgotten.
    at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = _("traits of a story")
        verbose_name_plural = _("traits of stories")

    def __str__(self) -> str:
        return ", ".join(shown for _kind, _key, shown in self.traits)


class Profile(models.Model):
    """What the newest stories of a storyline are about; a row a trait, so that a question about a few reads but these."""

    storyline = models.OneToOneField(Storyline, on_delete=models.CASCADE, primary_key=True, related_name="profile")
    stories = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("profile")
        verbose_name_plural = _("profiles")

    def __str__(self) -> str:
        return str(self.storyline)


class ProfileTrait(models.Model):
    """A name or word, and how many of a storyline's stories have it."""

    profile = models.ForeignKey(Profile, on_delete=models.CASCADE, related_name="traits")
    key = models.CharField(max_length=LONGEST_TRAIT, db_index=True)
    stories = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("trait of a storyline")
        verbose_name_plural = _("traits of storylines")
        constraints = [models.UniqueConstraint(fields=["profile", "key"], name="storylines_one_trait_a_profile")]

    def __str__(self) -> str:
        return self.key


class CommonTrait(models.Model):
    """A name or word that more than one story of the whole newsroom has, counted now and then among the newest."""

    # So many stories were counted in all: the one row that is no trait.
    TOTAL = ""

    key = models.CharField(max_length=LONGEST_TRAIT, primary_key=True)
    stories = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("common trait")
        verbose_name_plural = _("common traits")

    def __str__(self) -> str:
        return self.key or str(self.stories)
