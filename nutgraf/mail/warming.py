"""A new sender begins slowly: twice as much each day that it sends, until the world's mail servers know it."""

from __future__ import annotations

import datetime

from django.db.models import F
from django.utils.translation import gettext as _

from nutgraf.mail.models import SenderDay
from nutgraf.mail.wording import domain_of


def left(sender: str, first: int, at: datetime.datetime) -> int:
    """Return how much more a sender may send today, if it was so much on its first day."""
    days = SenderDay.objects.filter(domain=domain_of(sender))
    today = days.filter(day=at.date()).first()
    earlier = days.filter(day__lt=at.date()).count()
    # After three weeks nobody has as many readers.
    allowed = first << min(earlier, 20)
    return max(0, allowed - (today.taken if today else 0))


def count(sender: str, taken: int, at: datetime.datetime) -> None:
    """Note what was taken in hand."""
    day, _is_new = SenderDay.objects.get_or_create(domain=domain_of(sender), day=at.date())
    SenderDay.objects.filter(pk=day.pk).update(taken=F("taken") + taken)


def words() -> str:
    """Say in the desk why it waits."""
    return _("The sender is new: as much as it may send today is sent. The rest goes tomorrow.")
