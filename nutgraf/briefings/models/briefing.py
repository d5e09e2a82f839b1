"""The briefing: a recurring newsletter with a named curator, a promise, and its days and hour in a zone of its own."""

from __future__ import annotations

import datetime
from zoneinfo import ZoneInfo, available_timezones

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.search import index

from nutgraf.audience.models import List
from nutgraf.newsroom.addresses import Addressed

# What the keys of their lists begin with.
LISTS = "briefing:"
EVERY_DAY = "0123456"
WORKING_DAYS = "01234"


def refuse_unknown_zone(value: str) -> None:
    """Raise ValidationError for what is no time zone."""
    if value not in available_timezones():
        raise ValidationError(_("“%(zone)s” is not a time zone. Write it like Europe/Lisbon."), params={"zone": value})


def refuse_control_characters(value: str) -> None:
    """Raise ValidationError for what would end a header of a mail, or is not to be seen."""
    if any(not letter.isprintable() for letter in value):
        raise ValidationError(_("Write it on one line, in letters that can be seen."))


def newsroom_zone() -> str:
    """Return the zone of the newsroom's clock."""
    return str(settings.TIME_ZONE)


class Briefing(index.Indexed, Addressed):
    """A recurring newsletter."""

    class Template(models.TextChoices):
        PICTURED = "PICTURED", _("With the picture of the first story on top")
        PLAIN = "PLAIN", _("Words only, unless an item asks for its picture")

    name = models.CharField(
        max_length=80, validators=[refuse_control_characters], help_text=_("As readers see it: “The Morning Bell”.")
    )
    slug = models.SlugField(max_length=80, unique=True, help_text=_("The last word of its page's address."))
    promise = models.CharField(
        max_length=140, help_text=_("What readers get, in one line: “Five stories before 7 a.m.”.")
    )
    description = models.TextField(
        blank=True, max_length=600, help_text=_("What it is about, for those who consider it.")
    )
    curator = models.ForeignKey(
        "newsroom.Author",
        on_delete=models.PROTECT,
        related_name="briefings",
        help_text=_("Who signs it; an edition may be signed by somebody else."),
    )
    days = models.CharField(max_length=7, default=WORKING_DAYS, help_text=_("The days on which it goes out."))
    hour = models.TimeField(default=datetime.time(7), help_text=_("When it goes out, in the zone below."))
    time_zone = models.CharField(
        max_length=60,
        default=newsroom_zone,
        validators=[refuse_unknown_zone],
        help_text=_("Such as Europe/Lisbon: it goes out at that hour there, in summer and in winter."),
    )
    lateness_minutes = models.PositiveSmallIntegerField(
        default=120,
        validators=[MaxValueValidator(24 * 60)],
        verbose_name=_("may be late by"),
        help_text=_("Minutes. If the machine was off at the hour and wakes later than this, it asks you first."),
    )
    sender_name = models.CharField(
        max_length=80, validators=[refuse_control_characters], help_text=_("Who the mail is from, as readers see it.")
    )
    sender_address = models.EmailField(help_text=_("An address of a domain of yours."))
    reply_to = models.EmailField(blank=True, help_text=_("Where answers go, if not to that address."))
    further_lists = models.ManyToManyField(
        "audience.List",
        blank=True,
        limit_choices_to={"kind": "briefing"},
        related_name="+",
        help_text=_(
            "Their subscribers get its editions, too, each of them once. Only where what they agreed to covers it; "
            "to leave by a link in an edition is to leave these lists as well."
        ),
    )
    template = models.CharField(max_length=8, choices=Template, default=Template.PICTURED)
    counts_clicks = models.BooleanField(
        default=True,
        verbose_name=_("count clicks"),
        help_text=_("How often each link is followed, never by whom. There is no tracking pixel."),
    )
    is_open = models.BooleanField(
        default=True,
        verbose_name=_("open"),
        help_text=_("Untick when it ends: nobody can sign up any more, and its editions stay where they are."),
    )
    created_at = models.DateTimeField(editable=False)

    search_fields = [index.AutocompleteField("name"), index.SearchField("name")]

    class Meta:
        verbose_name = _("briefing")
        verbose_name_plural = _("briefings")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def list_key(self) -> str:
        """The key of the list of its subscribers."""
        return f"{LISTS}{self.pk}"

    @cached_property
    def lists(self) -> list[List]:
        """The lists to whose subscribers its editions go: its own first. For a briefing that is kept."""
        further = self.further_lists.exclude(key=self.list_key).filter(went_into=None).order_by("pk")
        return [List.objects.get(key=self.list_key), *further]

    @property
    def list_keys(self) -> list[str]:
        """The keys of these lists."""
        return [one.key for one in self.lists]

    @property
    def zone(self) -> ZoneInfo:
        """Its time zone."""
        return ZoneInfo(self.time_zone)

    @property
    def lateness(self) -> datetime.timedelta:
        """How late an edition may go out without anybody being asked."""
        return datetime.timedelta(minutes=self.lateness_minutes)

    def get_absolute_url(self) -> str:
        return reverse("briefing", args=[self.slug])

    def is_due_on(self, day: datetime.date) -> bool:
        """Whether an edition goes out on this day, by its rhythm."""
        return str(day.weekday()) in self.days

    def moment_on(self, day: datetime.date) -> datetime.datetime:
        """Return when the edition of a day goes out.

        An hour that summer time leaves out is the one that came in its place, and
        of one that comes twice it is the first.
        """
        return datetime.datetime.combine(day, self.hour, tzinfo=self.zone).astimezone(datetime.UTC)

    def next_day(self, after: datetime.date) -> datetime.date:
        """Return the first day of its rhythm after a day; the day after it if it has no rhythm."""
        following = [after + datetime.timedelta(days=number) for number in range(1, 8)]
        return next((day for day in following if self.is_due_on(day)), following[0])
