"""A wire that is listened to, how it is with it, and each item that it brought with what became of it."""

from __future__ import annotations

import datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nutgraf.imports.wire.items import Kind, Status

# How often one may ask, in minutes.
PACES = [
    (5, _("every 5 minutes")),
    (15, _("every quarter of an hour")),
    (30, _("every half hour")),
    (60, _("every hour")),
    (180, _("every 3 hours")),
    (720, _("twice a day")),
    (1440, _("once a day")),
]
# Whoever has failed for this long has somebody look at it.
DEAD_AFTER = datetime.timedelta(days=1)
LONGEST_KEY = 500


def refuse_other_than_web(value: str) -> None:
    """Raise ValidationError for an address of another kind, or with a password, which would stand in lists and logs."""
    if not value.lower().startswith(("http://", "https://")):
        raise ValidationError(_("Give an address of the web: it begins with http:// or https://."))
    if "@" in value.partition("://")[2].partition("/")[0]:
        raise ValidationError(_("Leave names and passwords out of the address."))


class WireQuerySet(models.QuerySet["Wire"]):
    """Questions about wires."""

    def dead(self, at: datetime.datetime) -> WireQuerySet:
        """Return those that switched themselves off, or have brought nothing but failures for a day."""
        return self.filter(
            models.Q(is_on=False, trouble__gt="") | models.Q(is_on=True, failing_since__lte=at - DEAD_AFTER)
        )


class Wire(models.Model):
    """An address that is asked for news again and again."""

    name = models.CharField(max_length=80, unique=True, help_text=_("Whose it is: “Selva Press Office”."))
    address = models.URLField(
        max_length=500,
        unique=True,
        validators=[refuse_other_than_web],
        help_text=_("Of a feed (RSS, Atom, JSON Feed) or of ninjs; which of them it is, is found out."),
    )
    minutes = models.PositiveSmallIntegerField(choices=PACES, default=15, verbose_name=_("asked"))
    section = models.ForeignKey(
        "newsroom.Section",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("Of what is taken from it; empty: the section that an item names, if we have it."),
    )
    author = models.ForeignKey(
        "newsroom.Author",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("signed by"),
        help_text=_("Who signs what names no author of ours, such as the agency itself."),
    )
    credit = models.CharField(
        max_length=120,
        blank=True,
        help_text=_("What the line with the source says where an item says nothing; empty: the name."),
    )
    takes_pictures = models.BooleanField(
        default=False,
        verbose_name=_("with pictures"),
        help_text=_("Pictures are brought along when an item is taken. Only if you have the rights."),
    )
    is_on = models.BooleanField(default=True, verbose_name=_("on"))

    # What was found out
    kind = models.CharField(
        max_length=9, choices=[(kind.value, kind.value) for kind in Kind], blank=True, editable=False
    )
    title = models.CharField(max_length=255, blank=True, editable=False)
    # From where it moved here for good.
    moved_from = models.CharField(max_length=500, blank=True, editable=False)
    # How long it asks to be left alone.
    asks_for = models.DurationField(null=True, editable=False)

    # How it is with it
    etag = models.CharField(max_length=500, blank=True, editable=False)
    last_modified = models.CharField(max_length=100, blank=True, editable=False)
    next_at = models.DateTimeField(default=timezone.now, db_index=True, editable=False)
    asked_at = models.DateTimeField(null=True, editable=False)
    # When its items were read last; an answer that nothing is new is no reading.
    read_at = models.DateTimeField(null=True, editable=False)
    failures = models.PositiveIntegerField(default=0, editable=False)
    failing_since = models.DateTimeField(null=True, editable=False)
    # What came of asking last, in a sentence.
    said = models.CharField(max_length=300, blank=True, editable=False)
    # Why it was switched off by itself.
    trouble = models.CharField(max_length=300, blank=True, editable=False)

    objects = models.Manager.from_queryset(WireQuerySet)()

    class Meta:
        verbose_name = _("wire")
        verbose_name_plural = _("wires")
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def pace(self) -> datetime.timedelta:
        """How long it is left alone when all is well."""
        return datetime.timedelta(minutes=self.minutes)

    def is_dead(self, at: datetime.datetime) -> bool:
        """Say whether somebody has to look at it."""
        if not self.is_on:
            return bool(self.trouble)
        return self.failing_since is not None and self.failing_since <= at - DEAD_AFTER


class WireItemQuerySet(models.QuerySet["WireItem"]):
    """Questions about items."""

    def in_short(self) -> WireItemQuerySet:
        """Leave out what was sent, which lists do not show."""
        return self.defer("content", "before", "made")

    def inbox(self) -> WireItemQuerySet:
        """Return what the desk is shown: what has a wire, or was taken from one that is gone."""
        return self.exclude(wire=None, story=None)

    def wanting(self) -> WireItemQuerySet:
        """Return those whose story somebody has to decide about."""
        return self.filter(attention__gt="", story__isnull=False)


class WireItem(models.Model):
    """One item of a wire: as it is now, as it was when it was taken, and the story that was made of it."""

    class State(models.TextChoices):
        NEW = "NEW", _("new")
        TAKEN = "TAKEN", _("taken")
        DISMISSED = "DISMISSED", _("dismissed")

    class Attention(models.TextChoices):
        """What somebody has to decide about the story that was made of it."""

        NONE = "", _("nothing")
        UPDATE = "UPDATE", _("updated")
        KILL = "KILL", _("killed")

    # It is where stories came from, and not a place where they are used.
    wagtail_reference_index_ignore = True

    wire = models.ForeignKey(Wire, on_delete=models.SET_NULL, null=True, related_name="items")
    # The wire's name, for when it is gone.
    source = models.CharField(max_length=80)
    key = models.CharField(max_length=LONGEST_KEY)
    state = models.CharField(max_length=9, choices=State, default=State.NEW)
    attention = models.CharField(max_length=6, choices=Attention, blank=True, default=Attention.NONE)
    status = models.CharField(max_length=8, choices=[(status.value, status.value) for status in Status])

    # What of it lists show
    headline = models.CharField(max_length=500, blank=True)
    lede = models.TextField(blank=True)
    link = models.CharField(max_length=2000, blank=True)
    credit = models.CharField(max_length=200, blank=True)
    published_at = models.DateTimeField(null=True)
    embargoed_at = models.DateTimeField(null=True)

    # As it is now, and as it was before, or when it was taken; items/keeping.py reads them.
    content = models.TextField()
    before = models.TextField(blank=True)
    # What the story was made of, as a story's fields have it.
    made = models.JSONField(default=dict)

    version = models.CharField(max_length=64)
    taken_version = models.CharField(max_length=64, blank=True)
    dismissed_version = models.CharField(max_length=64, blank=True)

    first_seen_at = models.DateTimeField()
    # When the version came that it has.
    changed_at = models.DateTimeField()
    # In which reading of the wire it was there last.
    seen_at = models.DateTimeField()

    story = models.ForeignKey(
        "stories.Story", on_delete=models.SET_NULL, null=True, blank=True, related_name="wire_items"
    )
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    taken_at = models.DateTimeField(null=True)

    objects = models.Manager.from_queryset(WireItemQuerySet)()

    class Meta:
        verbose_name = _("item of a wire")
        verbose_name_plural = _("items of wires")
        ordering = ["-changed_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["wire", "key"], name="imports_one_row_a_wire_item")]
        indexes = [
            models.Index(fields=["-changed_at", "-id"], name="imports_wire_newest"),
            models.Index(fields=["attention"], name="imports_wire_attention"),
        ]

    def __str__(self) -> str:
        return self.headline or self.key

    @property
    def is_killed(self) -> bool:
        """Whether its source took it back for good."""
        return self.status == Status.CANCELED

    @property
    def is_withheld(self) -> bool:
        """Whether its source says that it is not to be used for now."""
        return self.status == Status.WITHHELD

    @property
    def has_story(self) -> bool:
        """Whether a story was made of it that there still is."""
        return self.story_id is not None

    def is_embargoed(self, at: datetime.datetime) -> bool:
        """Say whether it may not be published yet."""
        return self.embargoed_at is not None and self.embargoed_at > at
