"""The house style: what a newsroom asks of every story, how long each kind may be, its own words, its switches of rules."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import Orderable

from nutgraf.copydesk import rules


class HouseStyle(ClusterableModel):
    """What this newsroom asks of every story: one row, edited in the desk."""

    class Place(models.TextChoices):
        TOP = "TOP", _("above the story")
        FOOT = "FOOT", _("below the story")

    only_house_labels = models.BooleanField(
        default=False,
        verbose_name=_("only house labels"),
        help_text=_("Refuse labels that are not in the vocabulary. Otherwise a story may coin its own."),
    )
    most_words = models.PositiveSmallIntegerField(
        default=300,
        validators=[MinValueValidator(1)],
        verbose_name=_("words at most"),
        help_text=_("The target for a story of no special kind."),
    )
    words_per_minute = models.PositiveSmallIntegerField(
        default=230,
        validators=[MinValueValidator(50), MaxValueValidator(1000)],
        verbose_name=_("words a minute"),
        help_text=_("How quickly readers are taken to read."),
    )

    notes_stand = models.CharField(
        max_length=4,
        choices=Place,
        default=Place.TOP,
        verbose_name=_("corrections and notes stand"),
        help_text=_("Where a story tells what was wrong or unclear in it."),
    )

    class Meta:
        verbose_name = _("house style")
        verbose_name_plural = _("house style")

    def __str__(self) -> str:
        return str(_("House style"))

    @classmethod
    def load(cls) -> HouseStyle:
        """Return the house style, or an unsaved one with the defaults."""
        return cls.objects.first() or cls()


class Kind(Orderable):
    """A kind of story, such as a brief or an explainer, and how long one may be."""

    style = ParentalKey(HouseStyle, on_delete=models.CASCADE, related_name="kinds")
    name = models.CharField(max_length=40, help_text=_("For example “Brief” or “Explainer”."))
    most_words = models.PositiveSmallIntegerField(validators=[MinValueValidator(1)], verbose_name=_("words at most"))

    class Meta(Orderable.Meta):
        verbose_name = _("kind of story")
        verbose_name_plural = _("kinds of story")
        constraints = [models.UniqueConstraint(fields=["style", "name"], name="stories_one_kind_of_a_name")]

    def __str__(self) -> str:
        return self.name


class HouseWord(Orderable):
    """Words that this newsroom writes differently, or not at all."""

    style = ParentalKey(HouseStyle, on_delete=models.CASCADE, related_name="words")
    words = models.CharField(
        max_length=80,
        help_text=_("What is not to be written. In small letters it is found in any; otherwise as it stands."),
    )
    preferred = models.CharField(
        max_length=80, blank=True, verbose_name=_("we write"), help_text=_("What we write instead, if anything.")
    )
    reason = models.CharField(max_length=200, blank=True, help_text=_("Why, in a few words."))

    class Meta(Orderable.Meta):
        verbose_name = _("house word")
        verbose_name_plural = _("house words")

    def __str__(self) -> str:
        return self.words


class RuleSwitch(models.Model):
    """A rule that this newsroom has switched off or tuned; a rule without a row is as it came."""

    rule = models.CharField(max_length=40, unique=True)
    is_on = models.BooleanField(default=True)
    limit = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        verbose_name = _("rule")
        verbose_name_plural = _("rules")

    def __str__(self) -> str:
        rule = rules.find(self.rule)
        return rule.name if rule else self.rule
