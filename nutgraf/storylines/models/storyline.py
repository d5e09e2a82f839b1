"""The storyline: a developing story with an owner, a review date, a summary and a state, at one address for ever."""

from __future__ import annotations

import datetime
from typing import Any

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.search import index

from nutgraf.newsroom.addresses import Addressed
from nutgraf.storylines import identity

# What the names of their streams begin with.
STREAMS = "storyline:"


def storyline_stream(key: int) -> str:
    """Name the stream of a storyline, given its key."""
    return f"{STREAMS}{key}"


class StorylineQuerySet(models.QuerySet["Storyline"]):
    """Questions about storylines."""

    def standing(self) -> StorylineQuerySet:
        """Leave out those that have gone into another."""
        return self.filter(merged_into=None)


class Storyline(index.Indexed, Addressed):
    """A developing story."""

    class State(models.TextChoices):
        DEVELOPING = "DEVELOPING", _("Developing")
        QUIET = "QUIET", _("Quiet")
        CLOSED = "CLOSED", _("Closed")

    name = models.CharField(max_length=80, help_text=_("As readers see it: “Verrane’s bread crisis”."))
    slug = models.SlugField(max_length=80, unique=True, help_text=_("The last word of its page's address."))
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="storylines",
        help_text=_("Who looks after it, and is told when it needs that."),
    )
    review_date = models.DateField(
        null=True, blank=True, help_text=_("The day by which its owner wants to look at it again.")
    )
    summary = models.TextField(
        blank=True,
        max_length=600,
        help_text=_("The story so far in two sentences. Readers can see the earlier ones."),
    )
    picture = models.ForeignKey("media.Picture", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    state = models.CharField(max_length=10, choices=State, default=State.DEVELOPING)
    state_at = models.DateTimeField(null=True, editable=False)
    quiet_after_days = models.PositiveSmallIntegerField(
        default=14,
        validators=[MinValueValidator(1)],
        verbose_name=_("quiet after"),
        help_text=_("Days without a story after which it says that it has gone quiet."),
    )
    close_after_days = models.PositiveSmallIntegerField(
        default=60,
        validators=[MinValueValidator(1)],
        verbose_name=_("closed after"),
        help_text=_("Days without a story after which it closes."),
    )
    latest_story_at = models.DateTimeField(null=True, editable=False)
    # When an editor last opened it again: silence counts from then, too.
    reopened_at = models.DateTimeField(null=True, editable=False)
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, editable=False, related_name="merged"
    )
    created_at = models.DateTimeField(editable=False)
    # The edition of the rules for what is the same thing by which its entries were made.
    rules = models.PositiveSmallIntegerField(default=identity.rules, editable=False)

    objects = StorylineQuerySet.as_manager()

    search_fields = [index.AutocompleteField("name"), index.SearchField("name"), index.SearchField("summary")]

    class Meta:
        verbose_name = _("storyline")
        verbose_name_plural = _("storylines")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def stream(self) -> str:
        """The name of the stream of its public stories."""
        return storyline_stream(self.pk)

    @property
    def is_merged(self) -> bool:
        """Whether it has gone into another, at whose address it is found."""
        return self.merged_into_id is not None

    def get_absolute_url(self) -> str:
        return reverse("storyline", args=[self.slug])

    def state_due(self, at: datetime.datetime) -> Storyline.State:
        """Return the state that its silence asks for at a moment; one that an editor has closed stays closed."""
        if self.state == self.State.CLOSED:
            return self.State.CLOSED
        silent = at - max(filter(None, [self.created_at, self.latest_story_at, self.reopened_at]))
        if silent >= datetime.timedelta(days=self.close_after_days):
            return self.State.CLOSED
        is_quiet = silent >= datetime.timedelta(days=self.quiet_after_days)
        return self.State.QUIET if is_quiet else self.State.DEVELOPING

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Delete it; raises ProtectedError while a story belongs to it, because its address is a promise."""
        if places := list(self.places.all()[:5]):
            raise models.ProtectedError(
                gettext("Stories belong to this storyline: close it, or merge it."), set(places)
            )
        return super().delete(*args, **kwargs)


class SummaryVersion(models.Model):
    """A summary that readers have had: what it said, from when on, and who wrote it."""

    storyline = models.ForeignKey(Storyline, on_delete=models.CASCADE, related_name="summaries")
    text = models.TextField()
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return self.text
