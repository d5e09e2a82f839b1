"""The desk's page of mail: how far each delivery is, what keeps it, and who may do what about it."""

from __future__ import annotations

import datetime
import uuid

import pytest
from django.urls import reverse

from nutgraf.mail import actions, claims, settling
from nutgraf.mail.journal import Told
from nutgraf.mail.models import Delivery, Message
from nutgraf.mail.providers.base import Answer, Verdict
from nutgraf.mail.samples import SENDER, make_audience, make_delivery

pytestmark = pytest.mark.django_db
State = Delivery.State


@pytest.fixture
def desk(client, cleo):
    client.force_login(cleo)
    return client


@pytest.fixture
def delivery(noon):
    make_audience(40)
    return make_delivery(at=noon)


def _half_sent(delivery, noon):
    """Have twenty in hand, of whom one was refused, one has to wait and two were on their way when all broke."""
    claims.begin_due(noon)
    batch, pk = uuid.uuid4(), delivery.pk
    claims.claim(host="x", batch=batch, at=noon, most=20)
    answers = {(pk, number): Answer(Verdict.ACCEPTED) for number in range(1, 17)}
    answers[pk, 17] = Answer(Verdict.REFUSED, "550 5.7.1 <b>no</b>")
    answers[pk, 18] = Answer(Verdict.DEFERRED, "450 4.2.0 later")
    settling.settle(batch, Told(answers, begun={(pk, 19), (pk, 20)}), noon)


def test_a_curator_sees_how_far_it_is_and_what_servers_said(desk, delivery, noon):
    _half_sent(delivery, noon)

    page = desk.get(reverse("mail")).content.decode()

    assert '<progress class="ng-mail__bar" max="100" value="50"' in page
    assert "<dt>Delivered</dt><dd>16</dd>" in page
    assert "<dt>Refused</dt><dd>1</dd>" in page
    assert "<dt>Uncertain</dt><dd>2</dd>" in page
    assert "550 5.7.1 &lt;b&gt;no&lt;/b&gt;" in page


def test_it_is_paused_resumed_and_cancelled(desk, delivery, noon):
    for name, state in [
        ("pause_mail", State.PAUSED),
        ("resume_mail", State.SUBMITTED),
        ("cancel_mail", State.CANCELLED),
    ]:
        desk.post(reverse(name, args=[delivery.pk]))
        delivery.refresh_from_db()
        assert delivery.state == state


def test_a_verb_that_comes_too_late_says_so(desk, delivery):
    desk.post(reverse("cancel_mail", args=[delivery.pk]))

    page = desk.post(reverse("pause_mail", args=[delivery.pk]), follow=True).content.decode()

    assert "there is nothing to pause" in page


def test_one_that_is_late_asks_and_is_sent_when_told(desk, delivery, noon):
    Delivery.objects.filter(pk=delivery.pk).update(until=noon)
    claims.begin_due(noon + datetime.timedelta(hours=3))
    assert "Send it now" in desk.get(reverse("mail")).content.decode()

    desk.post(reverse("resume_mail", args=[delivery.pk]))
    claims.begin_due(noon + datetime.timedelta(hours=3))

    delivery.refresh_from_db()
    assert delivery.state == State.SENDING


def test_what_nobody_knows_is_sent_again_only_when_somebody_says_so(desk, delivery, noon):
    _half_sent(delivery, noon)

    page = desk.post(reverse("send_mail_again", args=[delivery.pk]), follow=True).content.decode()

    assert "2 messages are sent again." in page
    assert delivery.messages.filter(state=Message.State.WAITING).count() == 3


def test_single_messages_are_nobodys_business(desk, noon):
    actions.post(to="ann@example.org", what="Key", sender=SENDER, subject="Key", text="s3cret", at=noon)

    assert "Nothing was mailed to many yet" in desk.get(reverse("mail")).content.decode()


@pytest.mark.parametrize("name", ["pause_mail", "resume_mail", "cancel_mail", "send_mail_again"])
def test_a_reporter_sees_nothing_of_it_and_changes_nothing(client, rosa, delivery, name):
    client.force_login(rosa)

    assert client.get(reverse("mail_progress")).status_code in (302, 403)
    client.post(reverse(name, args=[delivery.pk]))

    delivery.refresh_from_db()
    assert delivery.state == State.SUBMITTED


def test_nobody_is_sent_to_the_door(client, delivery):
    assert client.post(reverse("cancel_mail", args=[delivery.pk])).status_code == 302
    delivery.refresh_from_db()
    assert delivery.state == State.SUBMITTED


def test_the_page_asks_as_much_of_the_database_whatever_there_is(desk, delivery, noon, django_assert_max_num_queries):
    for _turn in range(10):
        _half_sent(make_delivery(at=noon), noon)
    desk.get(reverse("mail_progress"))

    with django_assert_max_num_queries(8):
        desk.get(reverse("mail_progress"))
