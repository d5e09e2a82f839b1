"""What became known of a message after it was taken: that it bounced, that it was not wanted, that it arrived after all."""

from __future__ import annotations

import datetime

from django.db import transaction

from nutgraf.mail import settling, signals
from nutgraf.mail.models import Delivery, Message

State = Message.State


@transaction.atomic
def note_bounce(*, delivery: int, number: int, kind: str, reply: str, at: datetime.datetime) -> bool:
    """Write down that a message came back; say whether that is news. The same told twice is told on once."""
    if not _move(delivery, number, [State.ACCEPTED, State.UNCERTAIN], State.BOUNCED, reply, at):
        return False
    about = Delivery.objects.only("audience", "to").get(pk=delivery)
    settling.tell_bounced(about, number, kind=kind, reply=reply, at=at)
    return True


@transaction.atomic
def note_complaint(*, delivery: int, number: int, reply: str, at: datetime.datetime) -> bool:
    """Write down that somebody reported a message as unwanted; say whether that is news."""
    before = [State.ACCEPTED, State.UNCERTAIN, State.BOUNCED]
    if not _move(delivery, number, before, State.COMPLAINED, reply, at):
        return False
    about = Delivery.objects.only("audience", "to").get(pk=delivery)
    if address := settling.address_of(about, number):
        signals.complained.send(sender=Delivery, address=address, delivery=about, number=number, reply=reply, at=at)
    return True


def note_arrival(*, delivery: int, number: int, at: datetime.datetime) -> bool:
    """Write down that a message arrived of which nobody knew; of all others that is known."""
    return _move(delivery, number, [State.UNCERTAIN], State.ACCEPTED, "", at)


def _move(delivery: int, number: int, before: list[State], after: State, reply: str, at: datetime.datetime) -> bool:
    message = Message.objects.filter(delivery=delivery, number=number, state__in=before)
    return bool(message.update(state=after, batch=None, reply=reply[:200], at=at))
