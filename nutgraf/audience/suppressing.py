"""Keep, as hashes, the addresses that are not mailed, and hear of mail that came back and of complaints."""

from __future__ import annotations

import datetime
import hmac
import secrets
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction

from nutgraf.audience import addresses
from nutgraf.audience.models import HashKey, Subscriber, Suppression

Reason = Suppression.Reason

# Somebody who had themselves forgotten may ask again; the others are not even asked whether it was they who did.
FINAL = frozenset({Reason.BOUNCED, Reason.COMPLAINED, Reason.STAFF})


def digests(normalised: Iterable[str]) -> dict[str, str]:
    """Return the hashes of addresses, by address."""
    key = _key()
    return {one: hmac.digest(key, one.encode(), "sha256").hex() for one in normalised}


def find(normalised: Iterable[str]) -> Mapping[str, str]:
    """Return why addresses are suppressed, by address, of those that are."""
    by_digest = {digest: one for one, digest in digests(normalised).items()}
    found = Suppression.objects.filter(digest__in=by_digest).values_list("digest", "reason")
    return {by_digest[digest]: reason for digest, reason in found}


@transaction.atomic
def suppress(*, email: str, reason: str, at: datetime.datetime) -> None:
    """See to it that an address is not mailed any more, whether or not it is a subscriber's; twice changes nothing.

    A final reason takes the place of one that is not.
    """
    normalised = addresses.normalise(email)
    defaults = {"reason": reason, "at": at}
    row, is_new = Suppression.objects.get_or_create(digest=digests([normalised])[normalised], defaults=defaults)
    if not is_new and reason in FINAL and row.reason not in FINAL:
        Suppression.objects.filter(pk=row.pk).update(**defaults)
    Subscriber.objects.filter(normalised=normalised).update(is_suppressed=True)


@transaction.atomic
def lift(*, email: str) -> bool:
    """Let an address be mailed again; say whether it could not be before."""
    normalised = addresses.normalise(email)
    deleted, _by_model = Suppression.objects.filter(digest=digests([normalised])[normalised]).delete()
    Subscriber.objects.filter(normalised=normalised).update(is_suppressed=False)
    return bool(deleted)


def on_bounced(*, address: str, kind: str, at: datetime.datetime, **kwargs: Any) -> None:
    """Hear that mail came back: for good, and the address is suppressed."""
    if kind == "hard":
        suppress(email=address, reason=Reason.BOUNCED, at=at)


def on_complained(*, address: str, at: datetime.datetime, **kwargs: Any) -> None:
    """Hear that somebody called our mail unwanted."""
    suppress(email=address, reason=Reason.COMPLAINED, at=at)


def _key() -> bytes:
    if (row := HashKey.objects.filter(pk=1).first()) is None:
        row, _is_new = HashKey.objects.get_or_create(pk=1, defaults={"value": secrets.token_hex(32)})
    return bytes.fromhex(row.value)
