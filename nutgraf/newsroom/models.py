"""Sections, authors and the newsroom itself: what a story is signed with and filed under."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import Orderable
from wagtail.search import index

from nutgraf.newsroom.addresses import Addressed

# First words of addresses that are promised to other pages (docs/decisions/0006-addresses.md).
RESERVED_SLUGS = frozenset(
    "api archive authors briefings catch-up corrections desk feed healthz labels latest mail media metrics"
    " news-sitemap privacy search sitemap special-reports static storylines subscriptions".split()
)


def refuse_reserved_slug(value: str) -> None:
    """Raise ValidationError where a section's address would hide a page of the site's own."""
    if value in RESERVED_SLUGS:
        raise ValidationError(
            _("The address “%(slug)s” is taken by a page of the site itself."),
            code="reserved",
            params={"slug": value},
        )


class Newsroom(models.Model):
    """The newsroom's own name and promise: one row, edited in the desk."""

    name = models.CharField(max_length=80, help_text=_("The masthead of every page."))
    tagline = models.CharField(
        max_length=140, blank=True, help_text=_("One line under the name, and in search results.")
    )
    about = models.TextField(
        blank=True, help_text=_("Who publishes this, in two or three sentences, for the foot of each page.")
    )

    republishing = models.TextField(
        blank=True,
        max_length=2_000,
        verbose_name=_("republishing"),
        help_text=_(
            "Who may print stories elsewhere, and on which terms. With words here, each story leads to a page with its"
            " text to copy; pictures never go along. Leave empty if nobody is invited to."
        ),
    )
    offers_llms_txt = models.BooleanField(
        default=False,
        verbose_name=_("offer llms.txt"),
        help_text=_("A short guide to this site for language models, at /llms.txt."),
    )

    class Meta:
        verbose_name = _("newsroom")
        verbose_name_plural = _("newsroom")

    def __str__(self) -> str:
        return self.name

    @classmethod
    def load(cls) -> Newsroom:
        """Return the newsroom, or an unsaved one called Nutgraf before it was founded."""
        return cls.objects.first() or cls(name="Nutgraf")


class Section(index.Indexed, Addressed):
    """A desk's part of the site, with its own front."""

    name = models.CharField(max_length=40, unique=True)
    slug = models.SlugField(
        max_length=40,
        unique=True,
        validators=[refuse_reserved_slug],
        help_text=_("The first word of its stories' addresses."),
    )
    description = models.CharField(
        max_length=200, blank=True, help_text=_("What a reader finds here, in one sentence.")
    )
    position = models.PositiveSmallIntegerField(default=0, help_text=_("Its place in the navigation."))

    search_fields = [index.AutocompleteField("name"), index.SearchField("name")]

    class Meta:
        ordering = ["position", "name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("section", args=[self.slug])


class Author(index.Indexed, Addressed, ClusterableModel):
    """Somebody who signs stories; needs no login, but may be linked to one."""

    name = models.CharField(max_length=80)
    slug = models.SlugField(
        max_length=80, unique=True, help_text=_("The last word of the address of the author's page.")
    )
    role = models.CharField(max_length=80, blank=True, help_text=_("For example “Harbour correspondent”."))
    bio = models.TextField(blank=True, help_text=_("Two or three sentences."))
    portrait = models.ForeignKey("media.Picture", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    email = models.EmailField(blank=True, help_text=_("Shown to readers."))
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="author",
        help_text=_("The account of this author, if there is one; new stories are then signed with this name."),
    )

    search_fields = [index.AutocompleteField("name"), index.SearchField("name")]

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("author", args=[self.slug])


class AuthorLink(Orderable):
    """Another place where readers find or reach an author."""

    author = ParentalKey(Author, on_delete=models.CASCADE, related_name="links")
    title = models.CharField(max_length=40, help_text=_("For example “Mastodon” or “Secure drop”."))
    url = models.URLField(verbose_name=_("address"))

    def __str__(self) -> str:
        return self.title
