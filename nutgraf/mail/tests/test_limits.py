"""Mail goes as fast as it may and no faster: in all, to one domain, for a new sender, and after "later"."""

from __future__ import annotations

import datetime
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nutgraf.mail import claims, pace, sending
from nutgraf.mail.models import Delivery, Message
from nutgraf.mail.pace import Pace
from nutgraf.mail.providers.base import Trouble
from nutgraf.mail.samples import make_audience, make_delivery

State = Message.State
DAY = datetime.timedelta(days=1)


@given(
    rate=st.floats(0.5, 1000),
    moments=st.lists(st.floats(0, 100), min_size=2, max_size=60).map(sorted),
)
def test_never_more_go_to_a_domain_than_it_takes(rate, moments):
    limits = Pace(by_domain={"inbox.example": rate})

    sent = sorted(now + limits.wait_for("inbox.example", now) for now in moments)

    assert all(later - earlier >= 0.999 / rate for earlier, later in zip(sent, sent[1:], strict=False))
    assert limits.wait_for("other.example", 0) == 0


def test_a_domain_that_says_later_is_left_alone_longer_each_time_until_it_takes_something():
    limits = Pace()

    waits = []
    now = 0.0
    for _turn in range(9):
        limits.hold("inbox.example", now)
        waits.append(limits.wait_for("inbox.example", now))
        now += waits[-1]

    assert waits[:3] == [60, 120, 240]
    assert waits[-1] == pace.LONGEST_HOLD
    limits.ease("reader@inbox.example", now)
    assert limits.wait_for("inbox.example", now) == 0


def test_many_who_say_later_at_once_count_as_one():
    limits = Pace()
    for _turn in range(20):
        limits.hold("inbox.example", 0)

    assert limits.wait_for("inbox.example", 0) == pace.FIRST_HOLD


def test_so_many_a_second_go_out(make_engine, noon, smtp, mail_server):
    make_audience(30)
    make_delivery(at=noon)
    began = time.monotonic()

    make_engine(smtp(), limits=Pace(rate=50)).work()

    assert len(mail_server.taken) == 30
    assert time.monotonic() - began >= 29 / 50


def test_the_settings_say_how_fast(make_engine, settings):
    settings.MAIL_RATE, settings.MAIL_DOMAIN_RATES = 50, {"inbox1.example": 2.0}

    limits = make_engine().limits

    assert [limits.turn(0.0) for _turn in range(3)] == pytest.approx([0, 1 / 50, 2 / 50])
    assert [limits.wait_for("inbox1.example", 0.0) for _turn in range(3)] == pytest.approx([0, 0.5, 1])


def test_what_a_provider_refuses_to_take_is_tried_less_and_less_often(make_engine, monkeypatch):
    engine, now, waits = make_engine(), 1000.0, []
    monkeypatch.setattr(sending.time, "monotonic", lambda: now)

    for _turn in range(10):
        engine.note(Trouble("It is busy."))
        waits.append(engine.trouble_until - now)
        # The other connections come upon the same trouble.
        engine.note(Trouble("It is busy."))
        now = engine.trouble_until

    assert waits[:4] == [1, 2, 4, 8]
    assert waits[-1] == sending.BACK_OFF[1]
    engine.note(None)
    assert engine.trouble_until == 0


def test_what_one_domain_has_to_wait_for_keeps_nobody_else_waiting(make_engine, noon, smtp, mail_server):
    make_audience(70)
    delivery = make_delivery(at=noon)

    # Ten of seventy are at the first of seven domains, which takes one in ten seconds.
    make_engine(smtp(), limits=Pace(by_domain={"inbox0.example": 0.1})).work()

    slow = [address for address in mail_server.addresses if address.endswith("@inbox0.example")]
    assert (len(mail_server.taken), len(slow)) == (61, 1)
    due = list(delivery.messages.filter(state=State.WAITING).order_by("at").values_list("at", flat=True))
    assert all(later - earlier >= datetime.timedelta(seconds=9) for earlier, later in zip(due, due[1:], strict=False))
    assert set(delivery.messages.values_list("attempts", flat=True)) == {0}


def test_after_one_says_later_the_others_of_that_domain_are_not_even_asked(make_engine, noon, smtp, mail_server):
    asked = []

    def says(command, words):
        if command == "RCPT" and "@inbox0.example" in words:
            asked.append(words)
            return "421 4.7.0 too many" if command == "body" else "450 4.7.1 too many"
        return None

    mail_server.says = says
    make_audience(70)
    make_delivery(at=noon)

    make_engine(smtp()).work()

    # The second was announced already, when the first was refused.
    assert len(asked) <= 2
    assert len(mail_server.taken) == 60


@pytest.mark.parametrize(
    ("reply", "is_about_domain"),
    [
        ("450 4.2.2 mailbox full", False),
        ("450 4.1.1 unknown just now", False),
        ("421 4.7.0 slow down", True),
        ("451 later", True),
    ],
)
def test_a_mailbox_that_is_full_says_nothing_of_its_neighbours(reply, is_about_domain):
    assert pace.is_about_domain(reply) is is_about_domain


def test_a_new_sender_sends_twice_as_many_each_day(make_engine, noon, settings, tmp_path):
    settings.MAIL_WARM_UP = 10
    make_audience(100)
    delivery = make_delivery(at=noon)

    sent = []
    for day in range(5):
        make_engine(at=noon + day * DAY).work()
        sent.append(len(list((tmp_path / "sent").rglob("*.eml"))))
        delivery.refresh_from_db()
        assert bool(delivery.trouble) is (day < 3)

    assert sent == [10, 30, 70, 100, 100]
    assert delivery.state == Delivery.State.DONE


def test_nobody_takes_more_in_hand_than_some_seconds_worth():
    assert pace.in_batch(0, 4, claims.MOST) == claims.MOST
    assert pace.in_batch(10, 4, claims.MOST) == 12
    assert pace.in_batch(1, 4, claims.MOST) == 1
