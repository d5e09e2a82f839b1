"""Forget what was mailed long ago: of an edition its figures stay, of a single message nothing does."""

from __future__ import annotations

import datetime

from nutgraf.mail.models import Delivery, Message, SenderDay

# A bounce or a complaint may come weeks later, and a correction is sent to those who had an edition.
MESSAGES_KEPT = datetime.timedelta(days=90)
SINGLES_KEPT = datetime.timedelta(days=30)
DAYS_KEPT = datetime.timedelta(days=90)
# So that nobody else waits for long.
AT_ONCE = 10_000


def tidy(*, at: datetime.datetime) -> int:
    """Forget to whom old deliveries were delivered; return how many messages that were.

    How many there were is kept with the delivery, and so are those messages that
    were not simply delivered.
    """
    Delivery.objects.filter(audience="", ended_at__lt=at - SINGLES_KEPT).delete()
    SenderDay.objects.filter(day__lt=(at - DAYS_KEPT).date()).delete()
    count = 0
    old = Delivery.objects.exclude(audience="").filter(ended_at__lt=at - MESSAGES_KEPT)
    for delivery in old.values_list("pk", flat=True):
        delivered = Message.objects.filter(delivery=delivery, state=Message.State.ACCEPTED).order_by("number")
        while numbers := list(delivered.values_list("number", flat=True)[:AT_ONCE]):
            Message.objects.filter(delivery=delivery, state=Message.State.ACCEPTED, number__lte=numbers[-1]).delete()
            count += len(numbers)
    return count
