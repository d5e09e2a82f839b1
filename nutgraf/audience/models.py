"""Who reads us by mail: subscribers, the lists they chose, what they agreed to, and the hashes of who is never mailed."""

from __future__ import annotations

import secrets

from django.conf import settings
from django.core.files.storage import Storage, storages
from django.db import models
from django.utils.translation import gettext_lazy as _


def new_key() -> str:
    return secrets.token_urlsafe(16)


def _originals() -> Storage:
    # Never served, like the originals of pictures.
    return storages["originals"]


class List(models.Model):
    """What can be subscribed to: a briefing, or a storyline that is followed by mail."""

    key = models.CharField(max_length=80, unique=True)
    name = models.CharField(max_length=160)
    promise = models.CharField(max_length=200, blank=True)
    # What stands before the colon of its key. A slug, so that a page which names the lists of one kind is concerned by
    # these alone: the first who follows a storyline changes no other page.
    kind = models.SlugField(max_length=20, editable=False)
    # Where readers choose among all lists; what they follow from its own page is not among those.
    is_offered = models.BooleanField(default=False)
    position = models.PositiveIntegerField(default=0)
    # Links in mails name lists by number and work for ever, so one that went into another stays, to say so.
    went_into = models.ForeignKey("self", on_delete=models.CASCADE, null=True, editable=False, related_name="+")

    class Meta:
        verbose_name = _("list")
        verbose_name_plural = _("lists")
        ordering = ["position", "name"]

    def __str__(self) -> str:
        return self.name


class Subscriber(models.Model):
    """Somebody who asked to be mailed, or is asked whether it was they who asked; the number in links is the primary key."""

    # As it was typed, which is how it is mailed.
    email = models.CharField(max_length=254, verbose_name=_("address"))
    # As it is compared.
    normalised = models.CharField(max_length=254, unique=True, editable=False)
    # What this subscriber's links are signed with; another one makes all earlier links worthless.
    key = models.CharField(max_length=22, default=new_key, editable=False)
    # The address to which the subscriber wishes to move, until it is confirmed from there.
    new_email = models.CharField(max_length=254, blank=True, editable=False)
    is_suppressed = models.BooleanField(default=False, editable=False)
    paused_until = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = _("subscriber")
        verbose_name_plural = _("subscribers")

    def __str__(self) -> str:
        return self.email


class Subscription(models.Model):
    """One subscriber's choice of one list."""

    class State(models.TextChoices):
        PENDING = "PENDING", _("not confirmed yet")
        ON = "ON", _("on")
        OFF = "OFF", _("unsubscribed")

    class Frequency(models.TextChoices):
        EVERY = "EVERY", _("each time")
        WEEKLY = "WEEKLY", _("once a week at most")

    subscriber = models.ForeignKey(Subscriber, on_delete=models.CASCADE, related_name="subscriptions")
    list = models.ForeignKey(List, on_delete=models.CASCADE, related_name="subscriptions")
    state = models.CharField(max_length=7, choices=State, default=State.PENDING)
    frequency = models.CharField(max_length=6, choices=Frequency, default=Frequency.EVERY)
    changed_at = models.DateTimeField()
    # Up to when the subscriber has been told what changed; only for lists whose mails differ by subscriber.
    told_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("subscription")
        verbose_name_plural = _("subscriptions")
        constraints = [models.UniqueConstraint(fields=["subscriber", "list"], name="audience_one_choice_of_a_list")]
        indexes = [
            # A send reads it in this order, some hundred at a time.
            models.Index(fields=["list", "subscriber"], condition=models.Q(state="ON"), name="audience_on_by_number"),
        ]

    def __str__(self) -> str:
        return f"{self.list_id}: {self.state}"


class Wording(models.Model):
    """The words that somebody agreed to, kept once for all who agreed to the same."""

    digest = models.CharField(max_length=64, unique=True)
    text = models.TextField()

    def __str__(self) -> str:
        return self.text[:80]


class Consent(models.Model):
    """What a subscriber decided about a list: when, from where, and which words they had before them."""

    class Act(models.TextChoices):
        ASKED = "ASKED", _("asked for it in a form")
        CONFIRMED = "CONFIRMED", _("confirmed it from their mailbox")
        CHOSEN = "CHOSEN", _("chose it on their own page")
        IMPORTED = "IMPORTED", _("had agreed elsewhere, as an imported file says")
        WITHDRAWN = "WITHDRAWN", _("unsubscribed")

    subscriber = models.ForeignKey(Subscriber, on_delete=models.CASCADE, related_name="consents")
    list = models.ForeignKey(List, on_delete=models.CASCADE, related_name="+")
    act = models.CharField(max_length=9, choices=Act)
    at = models.DateTimeField()
    # A page, a mail or a file; never a network address.
    source = models.CharField(max_length=200)
    wording = models.ForeignKey(Wording, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.get_act_display()} {self.at:%Y-%m-%d}"


class HashKey(models.Model):
    """What suppressed addresses are hashed with: in the database, so that it outlives every change of the secret key."""

    value = models.CharField(max_length=64)

    def __str__(self) -> str:
        return str(_("key of the suppression list"))


class Suppression(models.Model):
    """An address that is not mailed, kept as a hash that only tells whether an address at hand is the same."""

    class Reason(models.TextChoices):
        BOUNCED = "BOUNCED", _("mail to it came back for good")
        COMPLAINED = "COMPLAINED", _("called our mail unwanted")
        FORGOTTEN = "FORGOTTEN", _("had us forget them")
        STAFF = "STAFF", _("the newsroom decided so")

    digest = models.CharField(max_length=64, unique=True)
    reason = models.CharField(max_length=10, choices=Reason)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("suppressed address")
        verbose_name_plural = _("suppressed addresses")

    def __str__(self) -> str:
        return f"{self.get_reason_display()} {self.at:%Y-%m-%d}"


class Attempt(models.Model):
    """How often something was tried in a stretch of time, by a hash of who tried it."""

    bucket = models.CharField(max_length=64, unique=True)
    count = models.PositiveIntegerField(default=0)
    until = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.count} until {self.until:%H:%M}"


class AddressFile(models.Model):
    """A file of addresses that staff hand in: looked through first, and taken in once somebody says so."""

    class State(models.TextChoices):
        LOOKING = "LOOKING", _("is being looked through")
        READY = "READY", _("ready to be imported")
        IMPORTING = "IMPORTING", _("is being imported")
        DONE = "DONE", _("imported")
        CANCELLED = "CANCELLED", _("cancelled")
        REFUSED = "REFUSED", _("cannot be read")

    name = models.CharField(max_length=200)
    file = models.FileField(storage=_originals, upload_to="addresses/", blank=True)
    lists = models.ManyToManyField(List, related_name="+")
    source = models.CharField(max_length=200)
    words = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    state = models.CharField(max_length=9, choices=State, default=State.LOOKING)
    # What was found when it was looked through, what became of it, and up to which row.
    form = models.JSONField(default=dict)
    counts = models.JSONField(default=dict)
    results = models.JSONField(default=dict)
    problems = models.JSONField(default=list)
    rows_done = models.PositiveBigIntegerField(default=0)

    class Meta:
        verbose_name = _("file of addresses")
        verbose_name_plural = _("files of addresses")
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.name
