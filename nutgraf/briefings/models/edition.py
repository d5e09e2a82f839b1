"""The edition: one number of a briefing, a draft until it goes out, and from then on as its readers got it."""

from __future__ import annotations

import datetime
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.fields import RichTextField, StreamField
from wagtail.models import PreviewableMixin, RevisionMixin

from nutgraf.briefings.blocks import EditionItems
from nutgraf.briefings.models.briefing import Briefing, refuse_control_characters
from nutgraf.stories import richtext

# What the keys of their audiences begin with.
AUDIENCES = "edition:"


class EditionQuerySet(models.QuerySet["Edition"]):
    """Questions about editions."""

    def out(self) -> EditionQuerySet:
        """Keep those that went out, which readers can see."""
        return self.filter(state=Edition.State.OUT)

    def in_short(self) -> EditionQuerySet:
        """Leave out what is long."""
        return self.defer("items", "content", "opening")

    def latest_before(self, briefing: Briefing, at: datetime.datetime) -> Edition | None:
        """Return the latest edition of a briefing that went out before a moment."""
        return self.out().in_short().filter(briefing=briefing, out_at__lt=at).order_by("-out_at", "-pk").first()


class Edition(PreviewableMixin, RevisionMixin, models.Model):
    """One number of a briefing."""

    class State(models.TextChoices):
        DRAFT = "DRAFT", _("Draft")
        SCHEDULED = "SCHEDULED", _("Scheduled")
        ASKING = "ASKING", _("Late: asks whether to go out")
        OUT = "OUT", _("Out")

    briefing = models.ForeignKey(Briefing, on_delete=models.PROTECT, related_name="editions")
    day = models.DateField(help_text=_("The day that it is the edition of; part of its address."))
    # The first of a day is 1; a special one beside it is the next.
    number = models.PositiveSmallIntegerField(default=1, editable=False)
    is_special = models.BooleanField(
        default=False, verbose_name=_("special"), help_text=_("Outside the rhythm, when something happens.")
    )
    report = models.ForeignKey(
        "briefings.SpecialReport",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="editions",
        verbose_name=_("special report"),
        help_text=_("The page that gathers the stories on its topic, if there is one."),
    )
    curator = models.ForeignKey("newsroom.Author", on_delete=models.PROTECT, related_name="editions")
    subject = models.CharField(
        max_length=200,
        blank=True,
        validators=[refuse_control_characters],
        help_text=_("What stands in the list of mails; about 50 letters can be seen on a phone."),
    )
    preheader = models.CharField(
        max_length=200,
        blank=True,
        validators=[refuse_control_characters],
        help_text=_("The line after the subject in the list of mails."),
    )
    opening = RichTextField(
        blank=True,
        features=richtext.INLINE_FEATURES,
        help_text=_("A greeting in the curator's words. How long it takes to read is added by itself."),
    )
    items = StreamField(EditionItems(), blank=True)
    state = models.CharField(max_length=9, choices=State, default=State.DRAFT, editable=False)
    send_at = models.DateTimeField(null=True, editable=False)
    out_at = models.DateTimeField(null=True, editable=False)
    # Who had it go out; nobody where the clock did.
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, editable=False, related_name="+"
    )
    # As it went out, by `composition`: what readers got does not change with the stories.
    content = models.JSONField(null=True, editable=False)
    # Why it did not go out by itself, in words for the desk.
    trouble = models.CharField(max_length=300, blank=True, editable=False)
    # How many left by its link.
    unsubscribed = models.PositiveIntegerField(default=0, editable=False)
    created_at = models.DateTimeField(editable=False)

    _revisions = GenericRelation("wagtailcore.Revision", related_query_name="edition")

    objects = EditionQuerySet.as_manager()

    class Meta:
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        ordering = ["-day", "-number", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["briefing", "day", "number"], name="briefings_one_edition_a_number")
        ]
        indexes = [
            models.Index(fields=["briefing", "-day", "-number"], name="briefings_editions_by_day"),
            models.Index(fields=["state", "send_at"], name="briefings_editions_due"),
        ]

    def __str__(self) -> str:
        return self.subject or f"{self.briefing.name}, {self.day}"

    def get_absolute_url(self) -> str:
        return reverse("edition", args=[self.briefing.slug, self.date_word])

    @property
    def revisions(self) -> Any:
        """Its drafts, for Wagtail."""
        return self._revisions

    @property
    def audience_key(self) -> str:
        """The key by which its recipients are asked for."""
        return f"{AUDIENCES}{self.pk}"

    @property
    def is_out(self) -> bool:
        """Whether readers have it."""
        return self.state == self.State.OUT

    @property
    def is_waiting(self) -> bool:
        """Whether it goes out by itself."""
        return self.state == self.State.SCHEDULED

    @property
    def date_word(self) -> str:
        """Its day as its address has it; a second one of a day has its number, too."""
        return f"{self.day:%Y-%m-%d}" + (f"-{self.number}" if self.number > 1 else "")

    # How it is tried out before it goes out

    @property
    def preview_modes(self) -> list[tuple[str, Any]]:
        return [("mail", _("Mail")), ("page", _("Page")), ("text", _("Mail without pictures or markup"))]

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        # Set by those who know how it looks, which are above us.
        return self.show_preview(self, request, mode_name)

    # The desk says how each form of it is shown.
    show_preview: Any = None
