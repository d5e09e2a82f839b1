"""What is to be posted, what was taken in hand by whom, and what became of the message to each recipient."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Delivery(models.Model):
    """One mail to many, or to one who asked for it: its words, from whom, from when on, and how far it is."""

    class State(models.TextChoices):
        SUBMITTED = "SUBMITTED", pgettext_lazy("a delivery", "submitted")
        SENDING = "SENDING", _("being sent")
        PAUSED = "PAUSED", _("paused")
        ASKING = "ASKING", _("too late: waits for a decision")
        DONE = "DONE", _("done")
        CANCELLED = "CANCELLED", _("cancelled")

    objects: models.Manager[Delivery] = models.Manager()

    OPEN = (State.SUBMITTED, State.SENDING, State.PAUSED, State.ASKING)

    # Who registered for what stands before the colon says who the recipients are; empty where there is only `to`.
    audience = models.CharField(max_length=80, blank=True, db_index=True)
    to = models.CharField(max_length=320, blank=True)
    what = models.CharField(max_length=200, help_text=_("What the desk calls it."))

    sender_name = models.CharField(max_length=120, blank=True)
    sender_address = models.CharField(max_length=320)
    reply_to = models.CharField(max_length=320, blank=True)
    subject = models.CharField(max_length=300)
    html = models.TextField(blank=True)
    text = models.TextField(blank=True)
    headers = models.JSONField(default=dict)
    # Begins the name of each place in these texts that is filled for each recipient: see placeholders.py.
    cut = models.CharField(max_length=40, blank=True)

    state = models.CharField(max_length=9, choices=State, default=State.SUBMITTED)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    submitted_at = models.DateTimeField()
    due_at = models.DateTimeField()
    # Not to be begun later than this without asking.
    until = models.DateTimeField(null=True, blank=True)
    begun_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    # What keeps it from going on, in words for the desk.
    trouble = models.CharField(max_length=300, blank=True)

    # The number of the last recipient, fixed when it begins; the last that was taken in hand; how many were.
    last = models.BigIntegerField(null=True, blank=True)
    after = models.BigIntegerField(default=0)
    taken = models.PositiveBigIntegerField(default=0)

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        ordering = ["-pk"]
        # To look for a state in the rows themselves would be to read past all their words.
        indexes = [models.Index(fields=["state", "due_at"], name="mail_delivery_by_state")]

    def __str__(self) -> str:
        return self.what

    @property
    def is_single(self) -> bool:
        """Whether it is one message to one address."""
        return not self.audience

    @property
    def is_open(self) -> bool:
        """Whether anything may still be sent of it."""
        return self.state in self.OPEN


class Batch(models.Model):
    """Messages that one process has in hand; gone as soon as it is written down what became of each."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    # Whoever can read the folder of journals that this names can say what became of these messages.
    host = models.CharField(max_length=40)
    claimed_at = models.DateTimeField()
    # When its first message was about to be sent.
    begun_at = models.DateTimeField(null=True, blank=True)
    # Whoever has not told by then is taken for dead.
    lease_until = models.DateTimeField()

    class Meta:
        verbose_name = _("batch")
        verbose_name_plural = _("batches")

    def __str__(self) -> str:
        return str(self.pk)


class Messages(models.QuerySet["Message"]):
    """Messages, of which nearly all are accepted: what is asked again and again passes over those."""

    def in_state(self, *states: str) -> Messages:
        """Return those in one of these states, none of which is accepted; takes as long however many are accepted."""
        # SQLite uses an index of some rows only for a question that says itself that it is about no others.
        return self.filter(state__in=states).exclude(state=Message.State.ACCEPTED)


class Message(models.Model):
    """The message to one recipient, who is a number here: whose it is, only the audience knows."""

    class State(models.TextChoices):
        WAITING = "WAITING", _("to be sent")
        CLAIMED = "CLAIMED", _("in hand")
        ACCEPTED = "ACCEPTED", _("delivered")
        UNCERTAIN = "UNCERTAIN", _("uncertain")
        FAILED = "FAILED", _("refused")
        BOUNCED = "BOUNCED", _("bounced")
        COMPLAINED = "COMPLAINED", _("reported as unwanted")
        LEFT_OUT = "LEFT_OUT", _("left out")

    pk = models.CompositePrimaryKey("delivery_id", "number")
    delivery = models.ForeignKey(Delivery, on_delete=models.CASCADE, related_name="messages", db_index=False)
    number = models.BigIntegerField()
    state = models.CharField(max_length=10, choices=State)
    batch = models.UUIDField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    # When it is to be tried; for one that was sent, when that was told.
    at = models.DateTimeField()
    # The provider's own words, where they are more than yes, or the name that it gave the message.
    reply = models.CharField(max_length=200, blank=True)

    objects = Messages.as_manager()

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        indexes = [
            # Nearly all are accepted, and nobody looks for those; see `in_state`.
            models.Index(fields=["delivery", "state", "at"], name="mail_by_state", condition=~Q(state="ACCEPTED")),
            models.Index(fields=["batch"], name="mail_in_hand", condition=Q(batch__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.delivery}/{self.number}"


class SenderDay(models.Model):
    """How much of a sender's domain was taken in hand in one day: new ones begin slowly."""

    domain = models.CharField(max_length=253)
    day = models.DateField()
    taken = models.PositiveBigIntegerField(default=0)

    class Meta:
        verbose_name = _("day of a sender")
        verbose_name_plural = _("days of senders")
        constraints = [models.UniqueConstraint(fields=["domain", "day"], name="mail_one_row_a_day")]

    def __str__(self) -> str:
        return f"{self.domain} {self.day}"
