"""Make a delivery's mail as this newsroom's settings have it: with its own return path, and signed."""

from __future__ import annotations

from django.conf import settings

from nutgraf.mail import signing
from nutgraf.mail.models import Delivery
from nutgraf.mail.wording import Prepared, domain_of, plain_address


def prepare(delivery: Delivery) -> Prepared:
    """Return the mail, ready to be addressed."""
    signer = signing.the_signer()
    sign = signer.for_domain(domain_of(plain_address(delivery.sender_address))) if signer else None
    return Prepared(delivery, sign=sign, return_path=settings.MAIL_RETURN)
