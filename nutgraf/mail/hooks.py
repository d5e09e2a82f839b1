"""Hear what providers report of messages that they took: bounces and complaints, each believed once and only of ours."""

from __future__ import annotations

import logging
from typing import Any

from django.utils import timezone

from nutgraf.mail import names, returns

# What anymail calls them.
BOUNCED = frozenset(["bounced"])
REFUSED = frozenset(["rejected", "failed"])
COMPLAINED = frozenset(["complained"])
ARRIVED = frozenset(["delivered", "sent"])
# The reasons that say that the address does not exist.
HARD = frozenset(["bounced", "invalid"])

logger = logging.getLogger(__name__)


def hear(*, event: Any, esp_name: str, **_rest: Any) -> None:
    """Write down an event; one of a message that is not ours, or that was told before, changes nothing."""
    name = names.read(str((event.metadata or {}).get("message", "")))
    if name is None:
        if event.event_type in BOUNCED | COMPLAINED:
            logger.warning("%s reports a message as %s that is none of ours.", esp_name, event.event_type)
        return
    delivery, number = name
    at, reply = timezone.now(), " ".join(str(event.mta_response or event.description or "").split())[:200]
    if event.event_type in BOUNCED:
        kind = "hard" if event.reject_reason in HARD else "soft"
        returns.note_bounce(delivery=delivery, number=number, kind=kind, reply=reply, at=at)
    elif event.event_type in REFUSED:
        returns.note_bounce(delivery=delivery, number=number, kind="soft", reply=reply, at=at)
    elif event.event_type in COMPLAINED:
        returns.note_complaint(delivery=delivery, number=number, reply=reply, at=at)
    elif event.event_type in ARRIVED:
        returns.note_arrival(delivery=delivery, number=number, at=at)
