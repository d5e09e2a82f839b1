"""The special report: a page that gathers the stories on a topic, those chosen first and then a storyline's own."""

from __future__ import annotations

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import Orderable
from wagtail.search import index

from nutgraf.newsroom.addresses import Addressed


class SpecialReport(index.Indexed, Addressed, ClusterableModel):
    """A hub on a topic."""

    name = models.CharField(max_length=80, help_text=_("As readers see it: “The winter harbour”."))
    slug = models.SlugField(max_length=80, unique=True, help_text=_("The last word of its page's address."))
    introduction = models.TextField(
        blank=True, max_length=600, help_text=_("What it is about, in two or three sentences.")
    )
    curator = models.ForeignKey("newsroom.Author", on_delete=models.PROTECT, related_name="special_reports")
    picture = models.ForeignKey("media.Picture", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    storyline = models.ForeignKey(
        "storylines.Storyline",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("Its stories come by themselves, the newest first, after those that you choose."),
    )
    is_public = models.BooleanField(
        default=False, verbose_name=_("public"), help_text=_("Whether readers can see its page.")
    )
    created_at = models.DateTimeField(editable=False)

    search_fields = [index.AutocompleteField("name"), index.SearchField("name")]

    class Meta:
        verbose_name = _("special report")
        verbose_name_plural = _("special reports")
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("special_report", args=[self.slug])


class ReportStory(Orderable):
    """A story that an editor has chosen for a special report."""

    report = ParentalKey(SpecialReport, on_delete=models.CASCADE, related_name="chosen")
    story = models.ForeignKey("stories.Story", on_delete=models.CASCADE, related_name="+")

    class Meta(Orderable.Meta):
        constraints = [models.UniqueConstraint(fields=["report", "story"], name="briefings_chosen_once")]

    def __str__(self) -> str:
        return str(self.story)
