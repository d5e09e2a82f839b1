"""Small builders of lists and subscribers, used by tests and the demo newsroom alike."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable

from nutgraf.audience import actions, addresses
from nutgraf.audience.models import List, Subscriber, Subscription
from nutgraf.mail.models import Delivery

WORDS = "Mail me the Harbour Briefing"


def make_list(name: str = "Harbour Briefing", *, key: str = "briefing:1", **fields: object) -> List:
    """Open a list that everybody may choose."""
    values = {"promise": "Five stories before seven.", "is_offered": True, **fields}
    return actions.open_list(key=key, name=name, **values)  # type: ignore[arg-type]  # as the caller says


def make_subscriber(
    email: str = "sunny@example.org",
    *,
    at: datetime.datetime,
    lists: Iterable[List] = (),
    state: str = Subscription.State.ON,
    **fields: object,
) -> Subscriber:
    """Return somebody who is on some lists; nobody is mailed by it."""
    address, normalised = addresses.parse(email)
    subscriber = Subscriber.objects.create(email=address, normalised=normalised, created_at=at, **fields)
    for one in lists:
        Subscription.objects.create(subscriber=subscriber, list=one, state=state, changed_at=at)
    return subscriber


def latest_letter(to: str) -> Delivery | None:
    """Return the newest mail to one address alone."""
    return Delivery.objects.filter(to=to).order_by("-pk").first()


def token_in(letter: Delivery | None) -> str:
    """Return the token of the link in a letter."""
    found = re.search(r"/subscriptions/[a-z]+/([^/\s]+)/", letter.text if letter else "")
    return found[1] if found else ""
