"""What was mailed long ago is forgotten, and its figures are not."""

from __future__ import annotations

import datetime

from nutgraf.mail import actions, queries, tidying
from nutgraf.mail.models import Delivery, Message
from nutgraf.mail.samples import SENDER, make_audience, make_delivery

DAY = datetime.timedelta(days=1)


def test_to_whom_it_went_is_forgotten_and_how_many_they_were_is_not(make_engine, noon, monkeypatch):
    monkeypatch.setattr(tidying, "AT_ONCE", 3)
    make_audience(10)
    delivery = make_delivery(at=noon)
    make_engine().work()
    delivery.messages.filter(number=4).update(state=Message.State.BOUNCED)

    assert tidying.tidy(at=noon + 89 * DAY) == 0
    assert tidying.tidy(at=noon + 91 * DAY) == 9

    (progress,) = queries.progress(list(queries.to_many()))
    assert (progress.delivered, progress.bounced) == (9, 1)
    assert delivery.messages.count() == 1


def test_a_single_message_is_forgotten_altogether(make_engine, noon):
    actions.post(to="ann@example.org", what="Key", sender=SENDER, subject="Key", text="x", at=noon)
    make_engine().work()

    tidying.tidy(at=noon + 31 * DAY)

    assert not Delivery.objects.exists()
    assert not Message.objects.exists()


def test_what_is_not_over_is_not_forgotten(noon, db):
    make_audience(10)
    make_delivery(at=noon)
    actions.post(to="ann@example.org", what="Key", sender=SENDER, subject="Key", text="x", at=noon)

    tidying.tidy(at=noon + 400 * DAY)

    assert Delivery.objects.count() == 2
