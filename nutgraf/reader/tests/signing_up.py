"""The form with which readers sign up, filled in, and what came of it, for tests."""

import datetime

from nutgraf.audience import links
from nutgraf.audience.models import Subscription
from nutgraf.reader import signing_up

SUNNY = "sunny@example.org"
FORM = "/subscriptions/"


def filled(noon, *, seconds=5, **fields):
    begun = signing_up.stamp(noon - datetime.timedelta(seconds=seconds))
    return {"email": SUNNY, "list": "briefing:1", "page": "/latest/", "stamp": begun, **fields}


def own_page(subscriber, noon):
    return links.preferences(number=subscriber.pk, key=subscriber.key, at=noon).removeprefix(links.root())


def is_on(address="sunny@example.org", key="briefing:1"):
    return Subscription.objects.filter(subscriber__normalised=address, list__key=key, state="ON").exists()
