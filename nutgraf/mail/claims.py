"""Take messages in hand: in one transaction, under a lease, so that of many processes each message belongs to one."""

from __future__ import annotations

import datetime
import logging
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import TypeVar

from django.db import DatabaseError, connection, transaction
from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from nutgraf.mail import recipients, warming
from nutgraf.mail.models import Batch, Delivery, Message
from nutgraf.mail.recipients import Recipient
from nutgraf.mail.wording import BadAddress, plain_address

LEASE = datetime.timedelta(minutes=5)
# No message is begun this long after it was taken in hand, so that all is written down before the lease ends.
BEGUN_WITHIN = 120.0
MOST = 500
# Numbers that are no further apart than this are asked for together.
NEAR = 20
# How long what waits is left alone where it can't be found out who gets it.
AFTER_MISHAP = datetime.timedelta(minutes=10)
# The words stay where they are: they are read once for a whole delivery.
READ = ["audience", "sender_address", "after", "last", "taken"]

logger = logging.getLogger(__name__)
State = Message.State
T = TypeVar("T")


@dataclass
class Taken:
    """One message in hand: to whom, and in which delivery."""

    delivery: int
    recipient: Recipient
    # When it was to be tried again, if it was tried or put off before.
    due_at: datetime.datetime | None = None


@dataclass
class Claim:
    """A batch, and what is in it."""

    batch: uuid.UUID
    taken: list[Taken] = field(default_factory=list)


def begin_due(at: datetime.datetime) -> None:
    """Begin what is due: fix who is the last recipient; ask where it is too late."""
    for delivery in Delivery.objects.filter(state=Delivery.State.SUBMITTED, due_at__lte=at):
        with transaction.atomic():
            delivery = Delivery.objects.select_for_update().get(pk=delivery.pk)
            if delivery.state != Delivery.State.SUBMITTED:
                continue
            if delivery.until and at > delivery.until:
                delivery.state = Delivery.State.ASKING
                delivery.save(update_fields=["state"])
                continue
            last = _ask(delivery.pk, partial(_last, delivery.audience))
            if last is None:
                continue
            delivery.last = last
            delivery.state, delivery.begun_at = Delivery.State.SENDING, at
            if not delivery.last:
                delivery.state, delivery.ended_at = Delivery.State.DONE, at
            delivery.save(update_fields=["state", "last", "begun_at", "ended_at"])


def is_any_due(at: datetime.datetime) -> bool:
    """Say whether there may be something to take in hand."""
    bulk = Delivery.objects.filter(state=Delivery.State.SENDING, after__lt=F("last")).exclude(audience="")
    return _waiting(at).exists() or bulk.exists()


def has_many(at: datetime.datetime) -> bool:
    """Say whether there is more to do than single messages."""
    sending = Delivery.objects.filter(state=Delivery.State.SENDING).exclude(audience="")
    waiting = Message.objects.in_state(State.WAITING).filter(at__lte=at, delivery__in=sending)
    return sending.filter(after__lt=F("last")).exists() or waiting.exists()


@transaction.atomic
def claim(
    *,
    host: str,
    batch: uuid.UUID,
    at: datetime.datetime,
    most: int = MOST,
    singles_only: bool = False,
    warm_up: int = 0,
) -> Claim | None:
    """Take messages in hand, those first that one person waits for, then those tried before; None where there are none."""
    claimed = Claim(batch)
    claimed.taken = (
        _retake(claimed, at, _waiting(at, audience=""), most)
        or (not singles_only and _retake(claimed, at, _waiting(at), most))
        or (not singles_only and _take_new(claimed, at, most, warm_up))
        or []
    )
    if not claimed.taken:
        return None
    Batch.objects.create(pk=batch, host=host, claimed_at=at, lease_until=at + LEASE)
    return claimed


def begin(claimed: Claim, at: datetime.datetime) -> bool:
    """Note that the first message is about to be sent; say no if others have taken the batch for lost meanwhile."""
    return bool(Batch.objects.filter(pk=claimed.batch, begun_at=None, lease_until__gt=at).update(begun_at=at))


def _waiting(at: datetime.datetime, **which: str) -> QuerySet[Message]:
    # Not joined, as only the messages are to be locked.
    sending = Delivery.objects.filter(state=Delivery.State.SENDING, **which)
    return Message.objects.in_state(State.WAITING).filter(at__lte=at, delivery__in=sending)


def _retake(claimed: Claim, at: datetime.datetime, waiting: QuerySet[Message], most: int) -> list[Taken]:
    rows = list(
        waiting.select_for_update(skip_locked=True).order_by("at").values_list("delivery", "number", "at")[:most]
    )
    taken: list[Taken] = []
    for delivery in sorted({row[0] for row in rows}):
        known = {number: due_at for one, number, due_at in rows if one == delivery}
        messages = Message.objects.filter(delivery=delivery)
        asked = _ask(delivery, partial(_recipients, delivery, sorted(known)))
        if asked is None:
            messages.filter(number__in=known).update(at=at + AFTER_MISHAP)
            continue
        found = {recipient.number: recipient for recipient in asked}
        # Whoever has left since is not mailed.
        left = known.keys() - found.keys()
        messages.filter(number__in=left).update(state=State.LEFT_OUT, at=at)
        messages.filter(number__in=found.keys()).update(state=State.CLAIMED, batch=claimed.batch, at=at)
        taken += [Taken(delivery, found[number], known[number]) for number in sorted(found)]
        if left and not found:
            finish([delivery], at)
    return taken


def _recipients(delivery: int, numbers: list[int]) -> list[Recipient]:
    """Return those who still belong to the audience of those who have these numbers."""
    about = Delivery.objects.only("audience", "to").get(pk=delivery)
    if about.is_single:
        return [_written(Recipient(0, about.to))]
    source, wanted, found = recipients.source_of(about.audience), set(numbers), []
    for run in _runs(numbers):
        after = run[0] - 1
        while after < run[-1] and (asked := source(about.audience, after, run[-1], MOST)):
            found += [_written(recipient) for recipient in asked if recipient.number in wanted]
            after = asked[-1].number
    return found


def _runs(numbers: list[int]) -> Iterator[list[int]]:
    """Part numbers where there is a large gap between two."""
    run: list[int] = []
    for number in numbers:
        if run and number - run[-1] > NEAR:
            yield run
            run = []
        run.append(number)
    if run:
        yield run


def _take_new(claimed: Claim, at: datetime.datetime, most: int, warm_up: int) -> list[Taken]:
    sending = Delivery.objects.filter(state=Delivery.State.SENDING).exclude(audience="").order_by("pk")
    for one in list(sending.only("after", "last")):
        if one.after >= (one.last or 0):
            continue
        delivery = sending.select_for_update().filter(pk=one.pk).only(*READ).first()
        if delivery is None or delivery.after >= (delivery.last or 0):
            continue
        allowed = min(most, warming.left(delivery.sender_address, warm_up, at)) if warm_up else most
        if not allowed:
            Delivery.objects.filter(pk=delivery.pk).update(trouble=warming.words())
            continue
        found = _ask(delivery.pk, partial(_next, delivery, allowed))
        if found is None:
            continue
        if not found:
            Delivery.objects.filter(pk=delivery.pk).update(after=delivery.last)
            finish([delivery.pk], at)
            continue
        _write([(delivery.pk, recipient.number) for recipient in found], claimed.batch, at)
        Delivery.objects.filter(pk=delivery.pk).update(
            after=found[-1].number, taken=delivery.taken + len(found), trouble=""
        )
        if warm_up:
            warming.count(delivery.sender_address, len(found), at)
        return [Taken(delivery.pk, _written(recipient)) for recipient in found]
    return []


def _last(key: str) -> int:
    return recipients.source_of(key).last(key)


def _next(delivery: Delivery, most: int) -> list[Recipient]:
    """Return the next who belong to its audience."""
    source = recipients.source_of(delivery.audience)
    return list(source(delivery.audience, delivery.after, delivery.last or 0, most))


def _ask(delivery: int, do: Callable[[], T]) -> T | None:
    """Ask who belongs to an audience; where that goes wrong, say so at the delivery, so that others are sent meanwhile."""
    try:
        return do()
    except DatabaseError:
        raise
    except Exception:  # Whatever is wrong with one audience must not keep all others waiting; the log has all of it.
        logger.exception("It could not be found out who gets delivery %s.", delivery)
        Delivery.objects.filter(pk=delivery).update(
            trouble=_("It could not be found out who gets this; the server's log says why.")
        )
        return None


def _written(recipient: Recipient) -> Recipient:
    """Return a recipient whose address can be written into a mail, or who has none, which is told when it is tried."""
    try:
        address = plain_address(recipient.address)
    except BadAddress:
        address = ""
    return recipient if address == recipient.address else Recipient(recipient.number, address, recipient.fields)


def _write(keys: list[tuple[int, int]], batch: uuid.UUID, at: datetime.datetime) -> None:
    """Write rows of messages in hand: by hand, because Django's way takes as long as sending them does."""
    quote = connection.ops.quote_name
    columns = ", ".join(map(quote, ["delivery_id", "number", "state", "batch", "attempts", "at", "reply"]))
    rest = [
        State.CLAIMED.value,
        Batch._meta.pk.get_db_prep_save(batch, connection),
        0,
        connection.ops.adapt_datetimefield_value(at),
        "",
    ]
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {quote(Message._meta.db_table)} ({columns}) VALUES (%s, %s, %s, %s, %s, %s, %s)",  # noqa: S608 (our own names)
            [[*key, *rest] for key in keys],
        )


def finish(deliveries: list[int], at: datetime.datetime) -> None:
    """End those of which nothing is left to be sent."""
    for delivery in Delivery.objects.filter(pk__in=deliveries, state=Delivery.State.SENDING).only("after", "last"):
        left = Message.objects.in_state(State.WAITING, State.CLAIMED).filter(delivery=delivery.pk)
        if delivery.after >= (delivery.last or 0) and not left.exists():
            Delivery.objects.filter(pk=delivery.pk, state=Delivery.State.SENDING).update(
                state=Delivery.State.DONE, ended_at=at, trouble=""
            )
