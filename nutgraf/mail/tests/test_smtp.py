"""Whatever a mail server says or does not say, each message ends in the state that this means."""

from __future__ import annotations

import datetime
import email
import email.policy

import pytest

from nutgraf.mail import actions, signals
from nutgraf.mail.models import Delivery, Message
from nutgraf.mail.providers.base import Trouble
from nutgraf.mail.samples import SENDER, make_audience, make_delivery
from nutgraf.mail.tests.servers import CLOSE, SILENCE

State = Message.State
MINUTES = datetime.timedelta(minutes=1)


def _says(command, part, reply):
    """Say something to one recipient only."""
    about: list[str] = []

    def says(given, words):
        if given == "RCPT":
            about[:] = [words]
        return reply if given == command and part in (words if command in ("RCPT", "body") else about[0]) else None

    return says


def _states(delivery):
    return dict(delivery.messages.order_by("number").values_list("number", "state"))


@pytest.mark.parametrize("offers", [(), ("PIPELINING",)])
def test_a_server_gets_each_mail_whole_and_once(make_engine, noon, smtp, mail_server, offers):
    mail_server.offers = offers
    everybody = make_audience(50)
    text = "One.\n.\n..two\nunsubscribe\n" + "x" * 2000
    make_delivery(at=noon, text=text)

    make_engine(smtp()).work()

    assert mail_server.addresses == [everybody.one(number).address for number in range(1, 51)]
    assert mail_server.connections == 1
    assert all(sender == SENDER.address for sender, _to, _content in mail_server.taken)
    mails = [email.message_from_bytes(content, policy=email.policy.default) for *_who, content in mail_server.taken]
    assert {mail.get_body(["plain"]).get_content().replace("\r\n", "\n").rstrip() for mail in mails} == {text}


def test_addresses_of_the_next_go_out_with_the_body_of_one_where_that_is_offered(make_engine, noon, smtp, mail_server):
    make_audience(3)
    make_delivery(at=noon)
    make_engine(smtp()).work()

    assert mail_server.commands == ["EHLO", *["MAIL", "RCPT", "DATA"] * 3, "QUIT"]


@pytest.mark.parametrize("offers", [(), ("PIPELINING",)])
@pytest.mark.parametrize(
    ("command", "reply", "state"),
    [
        ("RCPT", "550 5.1.1 no such mailbox", State.FAILED),
        ("RCPT", "450 4.2.0 try later", State.WAITING),
        ("DATA", "451 4.3.0 try later", State.WAITING),
        ("DATA", "554 5.7.1 not from you", State.FAILED),
        ("body", "452 4.2.2 mailbox full", State.WAITING),
        ("body", "550-5.7.1 looks like\r\n550 5.7.1 spam", State.FAILED),
    ],
)
def test_a_refusal_of_one_concerns_that_one(make_engine, noon, smtp, mail_server, offers, command, reply, state):
    mail_server.offers = offers
    mail_server.says = _says(command, "reader2@", reply)
    make_audience(4)
    delivery = make_delivery(at=noon)

    make_engine(smtp()).work()

    assert _states(delivery) == {1: State.ACCEPTED, 2: state, 3: State.ACCEPTED, 4: State.ACCEPTED}
    assert len(mail_server.taken) == 3
    assert delivery.messages.get(number=2).reply.startswith(reply[:3])


def test_a_server_that_wants_a_body_for_nobody_gets_an_empty_one(make_engine, noon, smtp, mail_server):
    # RFC 2920 allows for this: "go on" was on its way when the recipient was refused.
    def says(command, words):
        if command == "RCPT" and "reader2@" in words:
            return "550 5.1.1 no such mailbox"
        return "354 go on" if command == "DATA" else None

    mail_server.says = says
    make_audience(3)
    delivery = make_delivery(at=noon)

    make_engine(smtp()).work()

    assert _states(delivery) == {1: State.ACCEPTED, 2: State.FAILED, 3: State.ACCEPTED}


@pytest.mark.parametrize(
    "reply", [CLOSE, SILENCE, f"25{SILENCE}", "hello", "2", f"250-half\r\n{SILENCE}", "999 what", "354 more"]
)
def test_a_message_without_a_clear_answer_is_uncertain_and_never_sent_again_by_itself(
    make_engine, noon, smtp, mail_server, reply
):
    mail_server.says = _says("body", "reader2@", reply)
    make_audience(4)
    delivery = make_delivery(at=noon)

    make_engine(smtp()).work()
    for turn in range(3):
        make_engine(smtp(), at=noon + (turn + 1) * 60 * MINUTES).work()

    assert _states(delivery) == {1: State.ACCEPTED, 2: State.UNCERTAIN, 3: State.ACCEPTED, 4: State.ACCEPTED}
    assert mail_server.addresses.count("reader2@inbox2.example") <= 1
    assert Delivery.objects.get().state == Delivery.State.DONE


def test_an_editor_may_have_those_sent_again_of_which_nobody_knows(make_engine, noon, smtp, mail_server, eli):
    mail_server.says = _says("body", "reader2@", CLOSE)
    make_audience(3)
    delivery = make_delivery(at=noon)
    make_engine(smtp()).work()
    make_engine(smtp(), at=noon + MINUTES).work()
    mail_server.says = lambda command, words: None

    assert actions.send_again(delivery=delivery, by=eli, at=noon) == 1
    make_engine(smtp(), at=noon + MINUTES).work()

    assert set(_states(delivery).values()) == {State.ACCEPTED}
    assert mail_server.addresses.count("reader2@inbox2.example") == 2


def test_soft_failures_are_tried_again_later_and_later_and_then_no_more(make_engine, noon, smtp, mail_server):
    told = []

    def hear(**fields):
        told.append((fields["address"], fields["kind"]))

    signals.bounced.connect(hear)
    mail_server.says = _says("RCPT", "reader2@", "450 4.2.2 full")
    make_audience(3)
    delivery = make_delivery(at=noon)
    at, attempts = noon, []

    for _turn in range(8):
        make_engine(smtp(), at=at).work()
        message = delivery.messages.get(number=2)
        attempts.append(message.attempts)
        at = max(at, message.at)

    assert attempts == [1, 2, 3, 4, 5, 6, 6, 6]
    assert message.state == State.FAILED
    assert told == []
    assert Delivery.objects.get().state == Delivery.State.DONE


def test_an_address_that_does_not_exist_is_told_as_a_hard_bounce_and_a_dislike_is_not(
    make_engine, noon, smtp, mail_server
):
    told = {}

    def hear(**fields):
        told[fields["address"]] = fields["kind"]

    signals.bounced.connect(hear)
    replies = {"reader2@": "550 5.1.1 no such mailbox", "reader3@": "550 5.7.1 policy"}
    mail_server.says = lambda command, words: next(
        (reply for part, reply in replies.items() if command == "RCPT" and part in words), None
    )
    make_audience(4)
    make_delivery(at=noon)

    make_engine(smtp()).work()

    assert told == {"reader2@inbox2.example": "hard", "reader3@inbox3.example": "soft"}


def test_where_nearly_everybody_refuses_it_stops_and_nobody_is_taken_for_gone(make_engine, noon, smtp, mail_server):
    told = []

    def hear(**fields):
        told.append(fields)

    signals.bounced.connect(hear)
    mail_server.says = lambda command, words: "550 5.1.1 you are blocked" if command == "RCPT" else None
    make_audience(100)
    delivery = make_delivery(at=noon)

    make_engine(smtp()).work()

    delivery.refresh_from_db()
    assert (delivery.state, told) == (Delivery.State.PAUSED, [])
    assert "550 5.1.1 you are blocked" in delivery.trouble
    assert set(_states(delivery).values()) == {State.WAITING}


@pytest.mark.parametrize("reply", ["550 5.7.1 sender not allowed", "530 authenticate first"])
def test_a_sender_that_is_refused_stops_the_delivery_with_the_servers_words(
    make_engine, noon, smtp, mail_server, reply
):
    mail_server.says = lambda command, words: reply if command == "MAIL" else None
    make_audience(3)
    delivery = make_delivery(at=noon)

    make_engine(smtp()).work()

    delivery.refresh_from_db()
    assert delivery.state == Delivery.State.PAUSED
    assert reply in delivery.trouble
    assert set(_states(delivery).values()) == {State.WAITING}


@pytest.mark.parametrize(
    ("command", "reply"),
    [
        ("greeting", "421 too busy"),
        ("greeting", CLOSE),
        ("greeting", SILENCE),
        ("EHLO", CLOSE),
        ("MAIL", "421 too busy"),
        ("MAIL", "451 too busy"),
        ("MAIL", CLOSE),
        ("MAIL", SILENCE),
        ("RCPT", CLOSE),
        ("DATA", CLOSE),
        ("DATA", "250 what"),
    ],
)
def test_a_server_that_is_not_well_costs_nobody_their_mail(make_engine, noon, smtp, mail_server, command, reply):
    is_ill = [True]
    mail_server.says = lambda given, words: reply if given == command and is_ill[0] else None
    make_audience(3)
    delivery = make_delivery(at=noon)

    make_engine(smtp()).work()
    delivery.refresh_from_db()
    assert (delivery.state, bool(delivery.trouble)) == (Delivery.State.SENDING, True)

    is_ill[0] = False
    make_engine(smtp()).work()
    delivery.refresh_from_db()
    assert (delivery.state, delivery.trouble) == (Delivery.State.DONE, "")
    assert sorted(mail_server.addresses) == [f"reader{number}@inbox{number}.example" for number in (1, 2, 3)]


def test_a_server_that_is_not_there_is_named_in_the_trouble(make_engine, noon, smtp, mail_server):
    make_audience(3)
    delivery = make_delivery(at=noon)
    provider = smtp()
    provider.port = 1

    make_engine(provider).work()

    delivery.refresh_from_db()
    assert "127.0.0.1:1" in delivery.trouble


def test_no_password_is_sent_without_encryption(smtp):
    with pytest.raises(Trouble, match="no encryption"):
        smtp(security="starttls", user="harbour", password="s3cret").connect()


def test_a_wrong_password_is_told_in_the_servers_words(smtp, mail_server):
    mail_server.offers = ("AUTH PLAIN",)
    mail_server.says = lambda command, words: "535 5.7.8 wrong" if command == "AUTH" else None

    with pytest.raises(Trouble, match="535 5.7.8 wrong"):
        smtp(user="harbour", password="s3cret").connect()


@pytest.mark.parametrize(("offers", "state"), [(("PIPELINING",), State.FAILED), (("SMTPUTF8",), State.ACCEPTED)])
def test_an_address_beyond_ascii_needs_a_server_that_takes_it(make_engine, noon, smtp, mail_server, offers, state):
    mail_server.offers = offers
    delivery = actions.post(to="änn@example.org", what="Hi", sender=SENDER, subject="Hi", text="Hi", at=noon)

    make_engine(smtp()).work()

    assert delivery.messages.get().state == state
