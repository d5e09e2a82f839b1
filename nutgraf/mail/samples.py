"""Small builders of mail, used by tests and the demo newsroom alike."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any

from nutgraf.mail import actions, placeholders, recipients
from nutgraf.mail.models import Delivery
from nutgraf.mail.recipients import Recipient

SENDER = actions.Sender(address="briefing@harbour.example", name="The Harbour", reply_to="desk@harbour.example")


class Everybody:
    """An audience of so many, less those who left."""

    def __init__(self, size: int) -> None:
        self.size = size
        self.left: set[int] = set()

    def __call__(self, key: str, after: int, up_to: int, limit: int) -> Sequence[Recipient]:
        """Return the next of them."""
        numbers = range(after + 1, min(up_to, self.size) + 1)
        return [self.one(number) for number in numbers if number not in self.left][:limit]

    def last(self, key: str) -> int:
        """Return how many they are."""
        return self.size

    def one(self, number: int) -> Recipient:
        """Return one of them."""
        link = f"https://harbour.example/mail/unsubscribe/{number}"
        return Recipient(number, f"reader{number}@inbox{number % 7}.example", {"unsubscribe": link})


def make_audience(size: int = 3, *, prefix: str = "sample") -> Everybody:
    """Return an audience that answers to `sample:` and anything."""
    everybody = Everybody(size)
    recipients.register(prefix, everybody)
    return everybody


def make_delivery(*, at: datetime.datetime, audience: str = "sample:1", **fields: Any) -> Delivery:
    """Submit a mail with a place for the link by which one leaves."""
    cut = fields.setdefault("cut", placeholders.new_cut())
    link = placeholders.place(cut, "unsubscribe")
    given: dict[str, Any] = {
        "what": "Harbour briefing",
        "sender": SENDER,
        "subject": "Five stories before seven",
        "text": f"Good morning.\n\nUnsubscribe: {link}\n",
        "html": f'<p>Good morning.</p><p><a href="{link}">Unsubscribe</a></p>',
        "headers": {
            "List-Id": "Harbour briefing <harbour.briefings.harbour.example>",
            "List-Unsubscribe": f"<{link}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        },
    }
    return actions.submit(audience=audience, at=at, **(given | fields))
