"""The few mails that go to one person because they asked for something: questions to confirm, and what became of it."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from email.utils import parseaddr
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nutgraf.audience import links
from nutgraf.audience.models import List, Subscriber
from nutgraf.mail import actions as mail
from nutgraf.mail.models import Delivery
from nutgraf.newsroom.models import Newsroom

# By the name of the template: what the desk calls it, where it lists what was mailed.
WHAT = {
    "ask": gettext_lazy("Question whether somebody subscribed"),
    "subscribed": gettext_lazy("Answer to somebody who is subscribed already"),
    "link": gettext_lazy("Link to a subscriber’s own page"),
    "new_address": gettext_lazy("Question to a new address"),
    "moved": gettext_lazy("Last mail to an earlier address"),
}

UNSUBSCRIBE_WORDS = gettext_lazy("Unsubscribe")

# No machine is to answer these, and none is to take them for news.
HEADERS = {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}


def question(lists: Iterable[List]) -> str:
    """Return the question to which a confirmation says yes."""
    return _("Yes, mail me: %(names)s") % {"names": _names(lists)}


def ask(subscriber: Subscriber, lists: list[List], *, at: datetime.datetime) -> None:
    """Ask whether it was the owner of an address who subscribed."""
    pks = [one.pk for one in lists]
    _post(
        "ask",
        to=subscriber.email,
        subject=_("Please confirm: %(names)s") % {"names": _names(lists)},
        at=at,
        lists=lists,
        link=links.confirm(number=subscriber.pk, key=subscriber.key, lists=pks, at=at),
        days=links.VALID[links.CONFIRM].days,
    )


def tell_of_subscription(subscriber: Subscriber, lists: list[List], *, at: datetime.datetime) -> None:
    """Tell somebody who subscribed once more that they are on these lists already."""
    _post(
        "subscribed",
        to=subscriber.email,
        subject=_("You are subscribed already: %(names)s") % {"names": _names(lists)},
        at=at,
        lists=lists,
        is_paused=bool(subscriber.paused_until and subscriber.paused_until > at),
        link=links.preferences(number=subscriber.pk, key=subscriber.key, at=at),
    )


def send_link(subscriber: Subscriber, *, at: datetime.datetime) -> None:
    """Send somebody the way to their own page."""
    _post(
        "link",
        to=subscriber.email,
        subject=_("The link to your subscriptions"),
        at=at,
        link=links.preferences(number=subscriber.pk, key=subscriber.key, at=at),
        days=links.VALID[links.PREFERENCES].days,
    )


def ask_at_new_address(subscriber: Subscriber, *, at: datetime.datetime) -> None:
    """Ask at a new address whether it is to be mailed from now on."""
    new = subscriber.new_email
    _post(
        "new_address",
        to=new,
        subject=_("Please confirm your new address"),
        at=at,
        link=links.move(number=subscriber.pk, key=subscriber.key, new_email=new, at=at),
        days=links.VALID[links.MOVE].days,
    )


def tell_of_move(subscriber: Subscriber, *, at: datetime.datetime) -> None:
    """Tell the earlier address that nothing more will come there."""
    _post("moved", to=subscriber.email, subject=_("Your address has been changed"), at=at)


def forget(address: str) -> None:
    """Delete what was mailed to an address, or was to be, by itself."""
    Delivery.objects.filter(to=address).delete()


def sender() -> mail.Sender:
    """Return from whom these mails are: the newsroom itself."""
    name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    return mail.Sender(address=address, name=name or Newsroom.load().name)


def _post(name: str, *, to: str, subject: str, at: datetime.datetime, **context: Any) -> None:
    context |= {"newsroom": Newsroom.load(), "site": links.root(), "subject": subject}
    mail.post(
        to=to,
        what=str(WHAT[name]),
        sender=sender(),
        subject=subject,
        text=_tidy(render_to_string(f"audience/{name}.txt", context)),
        html=render_to_string(f"audience/{name}.html", context),
        headers=HEADERS,
        at=at,
    )


def _tidy(text: str) -> str:
    """Leave no more than one empty line in a row, and none at the ends."""
    paragraphs = [part.strip() for part in text.replace("\r\n", "\n").split("\n\n")]
    return "\n\n".join(filter(None, paragraphs)) + "\n"


def _names(lists: Iterable[List]) -> str:
    names = ["".join(filter(str.isprintable, " ".join(one.name.split()))) for one in lists]
    return ", ".join(names[:3]) + (" …" if len(names) > 3 else "")
