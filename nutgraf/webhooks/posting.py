"""Post a few bytes to an address that somebody else named: signed, to public machines only, and without waiting for ever."""

from __future__ import annotations

import base64
import hashlib
import hmac

from django.conf import settings

from nutgraf import __version__
from nutgraf.lib.fetching import Limits, Refused, fetch, reachable
from nutgraf.webhooks.models import SECRET_PREFIX

# Of an answer only the status is wanted: whoever says much beside it has been told.
LIMITS = Limits(most_bytes=0, seconds=10.0)


class NotReached(Exception):
    """Nobody answered; the words say why."""


def signature(secret: str, *, key: str, moment: int, body: bytes) -> str:
    """Return the signature of the Standard Webhooks, of what is told and of when."""
    bare = base64.b64decode(secret.removeprefix(SECRET_PREFIX))
    signed = hmac.digest(bare, b".".join([key.encode(), str(moment).encode(), body]), hashlib.sha256)
    return f"v1,{base64.b64encode(signed).decode()}"


def post(url: str, *, secret: str, key: str, moment: int, body: bytes) -> int:
    """Return the status that was answered; raises NotReached where nothing was.

    Redirects are not followed: whoever moves has a new address to be named.
    """
    headers = {
        "Content-Type": "application/json",
        "User-Agent": f"Nutgraf/{__version__}",
        "webhook-id": key,
        "webhook-timestamp": str(moment),
        "webhook-signature": signature(secret, key=key, moment=moment, body=body),
    }
    try:
        return fetch(url, limits=LIMITS, headers=headers, is_allowed=reachable(settings.OWN_NETWORKS), body=body).status
    except Refused as refusal:
        raise NotReached(str(refusal)) from refusal
