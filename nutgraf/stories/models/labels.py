"""The house vocabulary of labels: data that a newsroom changes as it likes."""

from __future__ import annotations

from django.db import models, transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.search import index

from nutgraf.copydesk.labels import label_key, tidy_label
from nutgraf.newsroom.addresses import Addressed


class Label(index.Indexed, Addressed):
    """The words before a point's colon, and the job they do for the reader."""

    class Job(models.TextChoices):
        WHY = "WHY", _("Why it matters")
        NEW = "NEW", _("What is new")
        WIDE = "WIDE", _("The wide view")
        CLOSE = "CLOSE", _("The close view")
        VOICES = "VOICES", _("What people say")
        LEAVES = "LEAVES", _("Reading the tea leaves")
        DOUBT = "DOUBT", _("Doubt and limits")
        PAST = "PAST", _("The past")
        FUTURE = "FUTURE", _("The future")
        END = "END", _("The end")

    name = models.CharField(max_length=60, help_text=_("As it is printed, without the colon."))
    key = models.CharField(max_length=60, unique=True, editable=False)
    slug = models.SlugField(max_length=60, unique=True, help_text=_("The last word of its page's address."))
    job = models.CharField(max_length=6, choices=Job, default=Job.NEW, help_text=_("What it does for the reader."))
    position = models.PositiveSmallIntegerField(default=0, help_text=_("Its place among the labels offered."))
    is_forbidden = models.BooleanField(
        default=False,
        verbose_name=_("forbidden"),
        help_text=_("House style does not use it: a story with it can't be published."),
    )

    search_fields = [index.AutocompleteField("name"), index.SearchField("name")]

    class Meta:
        ordering = ["position", "name"]

    def __str__(self) -> str:
        return self.name

    @property
    def says_why(self) -> bool:
        """Whether a point with it is the story's nut graf."""
        return self.job == self.Job.WHY

    def get_absolute_url(self) -> str:
        return reverse("label", args=[self.slug])

    def clean(self) -> None:
        self.name = tidy_label(self.name)
        self.key = label_key(self.name)

    @transaction.atomic
    def save(self, *args: object, **kwargs: object) -> None:
        self.clean()
        super().save(*args, **kwargs)
        self.points.exclude(is_nut_graf=self.says_why).update(is_nut_graf=self.says_why)
