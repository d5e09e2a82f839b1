"""Count how often something is tried, and say when it is too often."""

from __future__ import annotations

import datetime
import hmac
from dataclasses import dataclass
from ipaddress import ip_address, ip_network

from django.conf import settings
from django.db import transaction
from django.db.models import F

from nutgraf.audience.models import Attempt


@dataclass(frozen=True)
class Limit:
    """So many in so long a time."""

    name: str
    most: int
    span: datetime.timedelta


# A household or an office shares a network; a person mistypes an address now and then.
SIGN_UPS_FROM_A_NETWORK = Limit("network", 20, datetime.timedelta(hours=1))
# Whatever networks they come from: what a newsroom gains in an hour on its best day, and a list of stolen addresses not.
SIGN_UPS_IN_ALL = Limit("all", 3_000, datetime.timedelta(hours=1))
LETTERS_TO_AN_ADDRESS = Limit("address", 3, datetime.timedelta(days=1))
LETTERS_FROM_A_SUBSCRIBER = Limit("subscriber", 5, datetime.timedelta(days=1))


@transaction.atomic
def allows(limit: Limit, who: str, *, at: datetime.datetime) -> bool:
    """Count an attempt, and say whether it is still within the limit; who it was is kept as a hash, until then."""
    bucket = hmac.digest(settings.SECRET_KEY.encode(), f"{limit.name}:{who}".encode(), "sha256").hex()
    until = at + limit.span
    row, is_new = Attempt.objects.get_or_create(bucket=bucket, defaults={"count": 1, "until": until})
    if is_new:
        return limit.most >= 1
    if row.until <= at:
        Attempt.objects.filter(pk=row.pk).update(count=1, until=until)
        return True
    if row.count >= limit.most:
        return False
    return bool(Attempt.objects.filter(pk=row.pk, count__lt=limit.most).update(count=F("count") + 1))


def network_of(address: str) -> str:
    """Return the network that an address counts for: many addresses of one owner are one."""
    try:
        found = ip_address(address.strip())
    except ValueError:
        return "unknown"
    if mapped := getattr(found, "ipv4_mapped", None):
        found = mapped
    return str(ip_network((found, 24 if found.version == 4 else 56), strict=False))


def tidy(*, at: datetime.datetime) -> None:
    """Forget what counts no more."""
    Attempt.objects.filter(until__lte=at).delete()
