"""Tell a subscriber everything that is known of them, in words that a person and a program can read."""

from __future__ import annotations

from typing import Any

from nutgraf.audience.models import Subscriber
from nutgraf.mail.models import Delivery, Message

# As far back as what became of single messages is told; each is looked up by its delivery.
LATEST_DELIVERIES = 400


def of(subscriber: Subscriber) -> dict[str, Any]:
    """Return what we keep about a subscriber: nothing else is, beside the links that are made of it."""
    return {
        "address": subscriber.email,
        "new_address_to_be_confirmed": subscriber.new_email or None,
        "known_since": subscriber.created_at.isoformat(),
        "paused_until": subscriber.paused_until.isoformat() if subscriber.paused_until else None,
        "is_suppressed": subscriber.is_suppressed,
        "subscriptions": [
            {
                "list": one.list.name,
                "state": one.state.lower(),
                "how_often": one.frequency.lower(),
                "since": one.changed_at.isoformat(),
                "told_up_to": one.told_at.isoformat() if one.told_at else None,
            }
            for one in subscriber.subscriptions.select_related("list").order_by("pk")
        ],
        "decisions": [
            {
                "list": one.list.name,
                "what": one.act.lower(),
                "at": one.at.isoformat(),
                "from": one.source,
                "words": one.wording.text,
            }
            for one in subscriber.consents.select_related("list", "wording")
        ],
        "mails": [*_to_many(subscriber), *_to_one(subscriber)],
    }


def _to_many(subscriber: Subscriber) -> list[dict[str, Any]]:
    latest = Delivery.objects.exclude(audience="").order_by("-pk").values_list("pk", flat=True)[:LATEST_DELIVERIES]
    messages = Message.objects.filter(delivery__in=list(latest), number=subscriber.pk).select_related("delivery")
    return [
        {"subject": one.delivery.subject, "state": one.state.lower(), "at": one.at.isoformat() if one.at else None}
        for one in messages.order_by("delivery")
    ]


def _to_one(subscriber: Subscriber) -> list[dict[str, Any]]:
    letters = Delivery.objects.filter(to=subscriber.email).order_by("pk")
    return [{"subject": one.subject, "state": one.state.lower(), "at": one.submitted_at.isoformat()} for one in letters]
