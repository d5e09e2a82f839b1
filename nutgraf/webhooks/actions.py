"""Tell what is due, again and again for a day; send again what failed; and give up on who has not answered for days."""

from __future__ import annotations

import datetime
import logging
from collections.abc import Callable

from django.db import transaction
from django.utils.translation import gettext as _

from nutgraf.webhooks import posting
from nutgraf.webhooks.models import Call, Webhook

State = Call.State
Post = Callable[..., int]

logger = logging.getLogger(__name__)

# After each try that failed; together a day.
PAUSES = [datetime.timedelta(seconds=seconds) for seconds in (10, 60, 300, 900, 3_600, 10_800, 21_600, 46_800)]
# Longer than a try takes: whoever died in the middle of one has somebody else try.
IN_HAND = datetime.timedelta(seconds=20)
GIVES_UP_AFTER = datetime.timedelta(days=3)
KEPT = datetime.timedelta(days=30)


def due(*, at: datetime.datetime, most: int = 20) -> list[Call]:
    """Return what is to be told now, what has waited longest first."""
    waiting = Call.objects.filter(state=State.WAITING, due_at__lte=at, webhook__is_on=True)
    return list(waiting.select_related("webhook").order_by("due_at", "pk")[:most])


def tell(*, call: Call, at: datetime.datetime, post: Post = posting.post) -> bool:
    """Try once to tell somebody, unless another does; return whether they have it.

    Whoever is killed between the answer and its being noted tells it again:
    by its key the other side knows that it is the same.
    """
    mine = Call.objects.filter(pk=call.pk, state=State.WAITING, due_at=call.due_at)
    if not mine.update(due_at=at + IN_HAND, tries=call.tries + 1):
        return False
    call.tries += 1
    hook = call.webhook
    try:
        moment = int(at.timestamp())
        status = post(hook.url, secret=hook.secret, key=call.key, moment=moment, body=call.body.encode())
        said = str(status)
    except posting.NotReached as error:
        status, said = 0, str(error)
    if 200 <= status < 300:
        _note_told(call, said, at=at)
        return True
    _note_failed(call, said, at=at, is_gone=status == 410)
    return False


@transaction.atomic
def _note_told(call: Call, said: str, *, at: datetime.datetime) -> None:
    Call.objects.filter(pk=call.pk).update(state=State.TOLD, told_at=at, answer=said[:300])
    Webhook.objects.filter(pk=call.webhook_id, failing_since__isnull=False).update(failing_since=None)


@transaction.atomic
def _note_failed(call: Call, said: str, *, at: datetime.datetime, is_gone: bool) -> None:
    is_over = call.tries > len(PAUSES)
    due_at = at if is_over else at + PAUSES[call.tries - 1]
    state = State.FAILED if is_over else State.WAITING
    Call.objects.filter(pk=call.pk).update(state=state, due_at=due_at, answer=said[:300])
    hook = Webhook.objects.select_for_update().get(pk=call.webhook_id)
    hook.failing_since = hook.failing_since or at
    if is_gone or at - hook.failing_since >= GIVES_UP_AFTER:
        hook.is_on = False
        words = _("It says that it is gone for good.") if is_gone else _("It has not taken anything for three days.")
        hook.trouble = f"{words} ({said})"[:300]
        logger.warning("The webhook “%s” was switched off. %s", hook.name, hook.trouble)
    hook.save(update_fields=["failing_since", "is_on", "trouble"])


def send_again(*, call: Call, at: datetime.datetime) -> None:
    """Tell something once more from the beginning, whether or not it was told."""
    Call.objects.filter(pk=call.pk).update(state=State.WAITING, due_at=at, tries=0, told_at=None)


def looked_after(*, hook: Webhook) -> None:
    """Begin anew with an address that somebody has looked after, whether it is on again or stays off."""
    Webhook.objects.filter(pk=hook.pk).update(failing_since=None, trouble="")


def tidy(*, at: datetime.datetime) -> int:
    """Forget calls that ended long ago; return how many."""
    return Call.objects.exclude(state=State.WAITING).filter(at__lt=at - KEPT).delete()[0]
