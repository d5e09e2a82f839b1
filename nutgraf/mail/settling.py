"""Write down what became of a batch, from what its journal tells: the same way whether its process lives or was killed."""

from __future__ import annotations

import datetime
import logging
import re
import uuid
from collections import Counter
from collections.abc import Iterable

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from nutgraf.mail import claims, recipients, signals
from nutgraf.mail.journal import Journals, Key, Told
from nutgraf.mail.models import Batch, Delivery, Message
from nutgraf.mail.providers.base import Answer, Verdict

# How long after each attempt the next may be made: five times, the last after nine hours.
AGAIN_AFTER = [datetime.timedelta(minutes=minutes) for minutes in (2, 10, 60, 180, 360)]
# Whoever is refused by so many of a batch has a problem of its own, and should not lose its readers over it.
ALARMING = 20
# A journal whose batch nobody knows may belong to one that is just being taken in hand.
ORPHANED = datetime.timedelta(minutes=10)

# The address does not exist, by RFC 3463: bad mailbox, bad system, moved without a new address, disabled.
_HARD = re.compile(r"\b5\.(?:1\.(?:1|2|3|6|10)|2\.1)\b")
_UNKNOWN = re.compile(
    r"user unknown|no such (?:user|mailbox|recipient)|unknown (?:user|mailbox|recipient)|does not exist", re.I
)
_ENHANCED = re.compile(r"\b[245]\.\d{1,3}\.\d{1,3}\b")

logger = logging.getLogger(__name__)
State = Message.State


def is_hard(reply: str) -> bool:
    """Say whether a refusal means that the address does not exist, and not that something about the mail was disliked."""
    if has_code(reply):
        return bool(_HARD.search(reply))
    return bool(reply.startswith(("550", "551", "553")) and _UNKNOWN.search(reply))


def has_code(reply: str) -> bool:
    """Say whether a refusal gives its reason as RFC 3463 has it."""
    return bool(_ENHANCED.search(reply))


@transaction.atomic
def settle(batch: uuid.UUID, told: Told, at: datetime.datetime, *, is_sent_again: bool = False) -> Counter[str]:
    """Write down what a journal tells of a batch; once or twice makes no difference. Return how many became what.

    `is_sent_again` is for a provider with whom nothing is lost if what may have
    been sent is sent once more.
    """
    # Those that were taken for uncertain by others, as we did not tell in time, are known better now.
    held = Message.objects.filter(batch=batch, state__in=[State.CLAIMED, State.UNCERTAIN])
    rows = {(row[0], row[1]): row[2] for row in held.values_list("delivery", "number", "attempts")}
    done: Counter[str] = Counter()
    later: dict[datetime.datetime, list[Key]] = {}
    for key, attempts in rows.items():
        answer = told.answers.get(key)
        if answer and answer.verdict == Verdict.ACCEPTED and not answer.text:
            continue
        if answer:
            done[_write_answer(key, attempts, answer, at)] += 1
        elif (key in told.begun or told.is_doubtful) and not is_sent_again:
            _one(key).update(state=State.UNCERTAIN, batch=None, at=at, reply="")
            done[State.UNCERTAIN] += 1
        else:
            later.setdefault(told.later.get(key, at), []).append(key)
    for due_at, keys in later.items():
        _put_back(keys, due_at)
        done[State.WAITING] += len(keys)
    done[State.ACCEPTED] += held.update(state=State.ACCEPTED, batch=None, at=at, reply="")
    _after(rows, told, done, at)
    Batch.objects.filter(pk=batch).delete()
    return done


def _put_back(keys: list[Key], due_at: datetime.datetime) -> None:
    for delivery in {key[0] for key in keys}:
        numbers = [key[1] for key in keys if key[0] == delivery]
        Message.objects.filter(delivery=delivery, number__in=numbers).update(state=State.WAITING, batch=None, at=due_at)


def _one(key: Key) -> QuerySet[Message]:
    return Message.objects.filter(delivery=key[0], number=key[1])


def _write_answer(key: Key, attempts: int, answer: Answer, at: datetime.datetime) -> str:
    """Write down one that is not simply accepted, and tell of refusals; return what it became."""
    reply, row = answer.text[:200], _one(key)
    if answer.verdict == Verdict.ACCEPTED:
        row.update(state=State.ACCEPTED, batch=None, at=at, reply=reply)
        return State.ACCEPTED
    if answer.verdict == Verdict.DEFERRED and attempts < len(AGAIN_AFTER):
        again = at + AGAIN_AFTER[attempts]
        row.update(state=State.WAITING, batch=None, at=again, attempts=attempts + 1, reply=reply)
        return State.WAITING
    row.update(state=State.FAILED, batch=None, at=at, attempts=attempts + 1, reply=reply)
    return State.FAILED


def _after(rows: Iterable[Key], told: Told, done: Counter[str], at: datetime.datetime) -> None:
    """Do for each delivery what follows: stop it where too many refuse, tell of addresses, end it."""
    deliveries = {key[0] for key in rows}
    # What was cancelled meanwhile goes nowhere any more; what had ended goes on for those that turned out to be left.
    waiting = Message.objects.in_state(State.WAITING)
    cancelled = Delivery.objects.filter(pk__in=deliveries, state=Delivery.State.CANCELLED)
    waiting.filter(delivery__in=cancelled).update(state=State.LEFT_OUT, at=at, reply=_("Cancelled."))
    ended = Delivery.objects.filter(pk__in=deliveries, state=Delivery.State.DONE)
    left = waiting.filter(delivery__in=deliveries).values("delivery")
    ended.filter(pk__in=left).update(state=Delivery.State.SENDING, ended_at=None)
    for delivery in Delivery.objects.filter(pk__in=deliveries).only("audience", "to", "sender_address", "state"):
        answers = {key[1]: told.answers[key] for key in rows if key[0] == delivery.pk and key in told.answers}
        refused = {number: answer.text for number, answer in answers.items() if answer.verdict == Verdict.REFUSED}
        if len(refused) >= ALARMING and len(refused) * 2 > len(answers):
            _stop(delivery, refused, at)
            continue
        for number, reply in refused.items():
            tell_bounced(delivery, number, kind="hard" if is_hard(reply) else "soft", reply=reply, at=at)
    # A single message has said what it had to, and may hold a link by which one gets in.
    Delivery.objects.filter(pk__in=deliveries, audience="", messages__state=State.ACCEPTED).update(html="", text="")
    claims.finish(sorted(deliveries), at)


def _stop(delivery: Delivery, refused: dict[int, str], at: datetime.datetime) -> None:
    """Pause what nearly everybody refuses, and keep for later those who did: it is hardly their addresses."""
    reply, count = Counter(refused.values()).most_common(1)[0]
    Message.objects.filter(delivery=delivery.pk, number__in=list(refused), state=State.FAILED).update(
        state=State.WAITING, at=at, attempts=0
    )
    words = ngettext(
        "Stopped, as %(count)s message was refused: “%(reply)s”.",
        "Stopped, as %(count)s messages were refused: “%(reply)s”.",
        len(refused),
    ) % {"count": len(refused), "reply": reply}
    Delivery.objects.filter(pk=delivery.pk, state=Delivery.State.SENDING).update(
        state=Delivery.State.PAUSED, trouble=words[:300]
    )
    logger.error("Delivery %s: %s", delivery.pk, words)


def address_of(delivery: Delivery, number: int) -> str:
    """Return the address of a recipient, or nothing if the audience does not have it any more."""
    if delivery.is_single:
        return delivery.to
    found = recipients.source_of(delivery.audience)(delivery.audience, number - 1, number, 1)
    return found[0].address if found else ""


def tell_bounced(delivery: Delivery, number: int, *, kind: str, reply: str, at: datetime.datetime) -> None:
    """Tell whoever keeps the addresses that one did not take a mail."""
    if address := address_of(delivery, number):
        signals.bounced.send(
            sender=Delivery, address=address, kind=kind, delivery=delivery, number=number, reply=reply, at=at
        )


def take_up(journals: Journals, at: datetime.datetime, *, is_sent_again: bool = False) -> Counter[str]:
    """Write down what those had in hand who have died: from their journals, or as uncertain where there is none."""
    done: Counter[str] = Counter()
    for batch, told, file in journals.left_behind():
        if Batch.objects.filter(pk=batch).exists() or Message.objects.filter(batch=batch).exists():
            done += settle(batch, told, at, is_sent_again=is_sent_again)
            file.unlink(missing_ok=True)
        elif file.stat().st_mtime < (at - ORPHANED).timestamp():
            file.unlink(missing_ok=True)
    for lost in Batch.objects.filter(lease_until__lt=at):
        if lost.host != journals.host or not journals.has(lost.pk):
            done += _give_up(lost, at)
    if done[State.UNCERTAIN]:
        logger.warning(
            "Of %d messages nobody knows whether they were sent; see them in the desk.", done[State.UNCERTAIN]
        )
    return done


@transaction.atomic
def _give_up(lost: Batch, at: datetime.datetime) -> Counter[str]:
    """Take a batch for lost whose journal is out of reach: what was not begun is sent, the rest is uncertain."""
    # Only one of those who notice it, and not if it has told at last.
    deleted, _rows = Batch.objects.filter(pk=lost.pk, begun_at=lost.begun_at, lease_until=lost.lease_until).delete()
    if not deleted:
        return Counter()
    held = Message.objects.filter(batch=lost.pk, state=State.CLAIMED)
    deliveries = sorted(set(held.values_list("delivery", flat=True)))
    if lost.begun_at:
        # The batch stays noted: whoever finds the journal one day knows better.
        done = Counter({State.UNCERTAIN.value: held.update(state=State.UNCERTAIN, at=at)})
    else:
        done = Counter({State.WAITING.value: held.update(state=State.WAITING, batch=None, at=at)})
    claims.finish(deliveries, at)
    return done
