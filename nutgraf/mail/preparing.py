"""Make a delivery's mail as this newsroom's settings have it: with its own return path, and signed."""

from __future__ import annotations

from django.conf import settings

from nutgraf.mail.models import Delivery
from nutgraf.mail.wording import Prepared


def prepare(delivery: Delivery) -> Prepared:
    """Return the mail, ready to be addressed."""
    return Prepared(delivery, return_path=settings.MAIL_RETURN)
