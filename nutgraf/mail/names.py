"""The name of each message, by which what comes back is known: it says which it was, and nobody else can make one up."""

from __future__ import annotations

import hmac
import re

from django.utils.crypto import salted_hmac

_TAG = re.compile(r"(\d{1,18})\.(\d{1,18})\.([0-9a-f]{20})")


def key() -> bytes:
    """Return what names are signed with."""
    return salted_hmac("nutgraf.mail.names", "", algorithm="sha256").digest()


def tag(delivery: int, number: int, key: bytes) -> str:
    """Return the name of a message, always the same for the same one."""
    what = f"{delivery}.{number}"
    return f"{what}.{hmac.digest(key, what.encode(), 'sha256').hex()[:20]}"


def read(text: str) -> tuple[int, int] | None:
    """Return the delivery and the number of the first name in a text that is one of ours."""
    own = key()
    for found in _TAG.finditer(text):
        delivery, number = int(found[1]), int(found[2])
        if hmac.compare_digest(tag(delivery, number, own), found[0]):
            return delivery, number
    return None
