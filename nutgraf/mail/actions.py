"""What can be done with mail: submit a delivery, post a single message, pause, resume, cancel, send again."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from nutgraf.mail import recipients, wording
from nutgraf.mail.models import Delivery, Message

By = User | None
State = Delivery.State


@dataclass(frozen=True)
class Sender:
    """From whom a mail is."""

    address: str
    name: str = ""
    reply_to: str = ""


def submit(
    *,
    audience: str,
    what: str,
    sender: Sender,
    subject: str,
    text: str,
    html: str = "",
    headers: Mapping[str, str] | None = None,
    cut: str = "",
    at: datetime.datetime,
    due_at: datetime.datetime | None = None,
    until: datetime.datetime | None = None,
    by: By = None,
) -> Delivery:
    """Have a mail sent, once, to everybody who belongs to an audience when it begins.

    It begins by itself at `due_at`, unless that is so long ago that `until` has
    passed: then it asks. `cut` is what placeholders.py gave the texts. Raises
    ValidationError, by field, for what can't stand in a mail.
    """
    recipients.source_of(audience)
    return _keep(
        Delivery(
            audience=audience,
            what=what,
            subject=subject,
            html=html,
            text=text,
            headers=dict(headers or {}),
            cut=cut,
            submitted_by=by,
            submitted_at=at,
            due_at=due_at or at,
            until=until,
        ),
        sender,
    )


@transaction.atomic
def post(
    *,
    to: str,
    what: str,
    sender: Sender,
    subject: str,
    text: str,
    html: str = "",
    headers: Mapping[str, str] | None = None,
    at: datetime.datetime,
    by: By = None,
) -> Delivery:
    """Have one message sent to one who asked for it, ahead of everything that goes to many."""
    delivery = _keep(
        Delivery(
            to=to,
            what=what,
            subject=subject,
            html=html,
            text=text,
            headers=dict(headers or {}),
            state=State.SENDING,
            submitted_by=by,
            submitted_at=at,
            due_at=at,
            begun_at=at,
            last=0,
            taken=1,
        ),
        sender,
    )
    Message.objects.create(delivery=delivery, number=0, state=Message.State.WAITING, at=at)
    return delivery


def _keep(delivery: Delivery, sender: Sender) -> Delivery:
    delivery.sender_address = sender.address
    delivery.sender_name = sender.name
    delivery.reply_to = sender.reply_to
    wording.check(delivery)
    delivery.save(force_insert=True)
    return delivery


def pause(*, delivery: Delivery, by: By, at: datetime.datetime) -> bool:
    """Begin no more messages of it until it is resumed; say whether there was anything to pause."""
    return _move(delivery, [State.SUBMITTED, State.SENDING], State.PAUSED)


def resume(*, delivery: Delivery, by: By, at: datetime.datetime) -> bool:
    """Go on where it was paused, or begin it although it is late; say whether it waited for that."""
    changed = _move(delivery, [State.PAUSED, State.ASKING], State.SENDING, trouble="")
    if changed and delivery.last is None:
        # It begins as any other does; whoever decided knows that it is late.
        _move(delivery, [State.SENDING], State.SUBMITTED, until=None)
    return changed


@transaction.atomic
def cancel(*, delivery: Delivery, by: By, at: datetime.datetime) -> bool:
    """Send nothing more of it, for ever; say whether there was anything left. What is sent is sent."""
    changed = _move(delivery, Delivery.OPEN, State.CANCELLED, ended_at=at)
    if changed:
        waiting = Message.objects.in_state(Message.State.WAITING).filter(delivery=delivery)
        waiting.update(state=Message.State.LEFT_OUT, at=at, reply=_("Cancelled."))
    return changed


@transaction.atomic
def send_again(*, delivery: Delivery, by: By, at: datetime.datetime) -> int:
    """Send those messages again of which nobody knows whether they arrived; return how many.

    An editor's decision only: some of these recipients will have it twice.
    """
    uncertain = Message.objects.in_state(Message.State.UNCERTAIN).filter(delivery=delivery)
    count = uncertain.update(state=Message.State.WAITING, at=at, attempts=0, reply="")
    if count:
        _move(delivery, [State.DONE], State.SENDING, ended_at=None)
    return count


def _move(delivery: Delivery, before: list[State] | tuple[State, ...], after: State, **fields: object) -> bool:
    """Change the state, if it is one of those still, whatever others do at the same time."""
    changed = Delivery.objects.filter(pk=delivery.pk, state__in=before).update(state=after, **fields)
    delivery.refresh_from_db(fields=["state", *fields])
    return bool(changed)
