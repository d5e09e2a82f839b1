"""What is submitted is sent once to everybody: begun on time, paused, resumed, cancelled, and ended."""

from __future__ import annotations

import datetime
import uuid

import pytest
from django.db import OperationalError, connection

from nutgraf.mail import actions, claims, recipients, sending, settling
from nutgraf.mail.journal import Told
from nutgraf.mail.models import Batch, Delivery, Message
from nutgraf.mail.pace import Pace
from nutgraf.mail.samples import SENDER, make_audience, make_delivery

State = Delivery.State
HOUR = datetime.timedelta(hours=1)


def _files(tmp_path, delivery):
    return sorted(int(file.stem) for file in (tmp_path / "sent" / str(delivery.pk)).glob("*.eml"))


def _state(delivery):
    delivery.refresh_from_db()
    return delivery.state


def test_everybody_gets_it_once_and_it_is_done(make_engine, noon, tmp_path):
    make_audience(1234)
    delivery = make_delivery(at=noon)

    count = make_engine().work()

    assert count == 1234
    assert _files(tmp_path, delivery) == list(range(1, 1235))
    assert _state(delivery) == State.DONE
    assert delivery.taken == 1234
    assert delivery.messages.filter(state=Message.State.ACCEPTED).count() == 1234
    assert not Batch.objects.exists()
    assert not list((tmp_path / "journals").glob("*.journal"))


def test_nothing_is_begun_before_its_time(make_engine, noon, tmp_path):
    make_audience(3)
    delivery = make_delivery(at=noon, due_at=noon + HOUR)

    assert make_engine().work() == 0
    assert make_engine(at=noon + HOUR).work() == 3
    assert _files(tmp_path, delivery) == [1, 2, 3]


def test_what_is_late_asks_and_goes_out_when_somebody_says_so(make_engine, noon, tmp_path, eli):
    make_audience(3)
    delivery = make_delivery(at=noon, until=noon + HOUR)
    later = noon + 2 * HOUR

    assert make_engine(at=later).work() == 0
    assert _state(delivery) == State.ASKING

    actions.resume(delivery=delivery, by=eli, at=later)
    assert make_engine(at=later).work() == 3
    assert _state(delivery) == State.DONE


def test_what_was_begun_in_time_goes_on_after_its_limit(make_engine, noon, tmp_path):
    make_audience(30)
    delivery = make_delivery(at=noon, until=noon + HOUR)
    claims.begin_due(noon)

    assert make_engine(at=noon + 2 * HOUR).work() == 30
    assert _state(delivery) == State.DONE


def test_who_joins_after_it_began_waits_for_the_next(make_engine, noon, tmp_path):
    everybody = make_audience(3)
    delivery = make_delivery(at=noon)
    claims.begin_due(noon)
    everybody.size = 5

    make_engine().work()

    assert _files(tmp_path, delivery) == [1, 2, 3]


def test_who_leaves_meanwhile_is_left_out(make_engine, noon, tmp_path):
    everybody = make_audience(3)
    delivery = make_delivery(at=noon)
    claims.begin_due(noon)
    everybody.left.add(2)

    make_engine().work()

    assert _files(tmp_path, delivery) == [1, 3]
    assert _state(delivery) == State.DONE


def test_who_leaves_while_a_message_waits_for_its_next_attempt_is_left_out(make_engine, noon, tmp_path):
    everybody = make_audience(3)
    delivery = make_delivery(at=noon)
    claims.begin_due(noon)
    batch = uuid.uuid4()
    claims.claim(host="x", batch=batch, at=noon)
    settling.settle(batch, Told(), noon)
    everybody.left.add(2)

    make_engine().work()

    assert _files(tmp_path, delivery) == [1, 3]
    assert delivery.messages.get(number=2).state == Message.State.LEFT_OUT
    assert _state(delivery) == State.DONE


def test_an_audience_of_nobody_is_done_at_once(make_engine, noon):
    make_audience(0)
    delivery = make_delivery(at=noon)

    assert make_engine().work() == 0
    assert _state(delivery) == State.DONE


def test_what_is_paused_waits_until_it_is_resumed(make_engine, noon, tmp_path, eli):
    make_audience(30)
    delivery = make_delivery(at=noon)
    claims.begin_due(noon)
    claims.claim(host="x", batch=uuid.UUID(int=1), at=noon, most=10)
    settling.settle(uuid.UUID(int=1), Told(), noon)

    assert actions.pause(delivery=delivery, by=eli, at=noon)
    assert make_engine().work() == 0
    assert actions.resume(delivery=delivery, by=eli, at=noon)
    assert make_engine().work() == 30
    assert _files(tmp_path, delivery) == list(range(1, 31))


class _AtTheTenth(Pace):
    """Has something happen before the tenth message may go, which then has to wait for more than a second."""

    def __init__(self, do) -> None:
        super().__init__()
        self.do, self.turns = do, 0

    def turn(self, now):
        self.turns += 1
        if self.turns != 10:
            return 0.0
        self.do()
        return 1.1


@pytest.mark.parametrize(
    ("verb", "kept"), [(actions.pause, Message.State.WAITING), (actions.cancel, Message.State.LEFT_OUT)]
)
def test_pausing_and_cancelling_end_a_batch_in_the_middle(make_engine, noon, smtp, mail_server, eli, verb, kept):
    make_audience(300)
    delivery = make_delivery(at=noon)

    make_engine(smtp(), limits=_AtTheTenth(lambda: verb(delivery=delivery, by=eli, at=noon))).work()

    assert len(mail_server.taken) == 9
    assert delivery.messages.filter(state=kept).count() == 291


def test_whoever_is_stopped_ends_a_batch_in_the_middle_and_the_next_goes_on(make_engine, noon, smtp, mail_server):
    make_audience(300)
    delivery = make_delivery(at=noon)
    engine = make_engine(smtp())

    def stop_at_the_tenth(command, words):
        if command == "body" and len(mail_server.taken) == 10:
            engine.stopping.set()
        return None

    mail_server.says = stop_at_the_tenth
    engine.work()

    assert 10 <= len(mail_server.taken) < 20
    assert delivery.messages.filter(state=Message.State.WAITING).count() == 300 - len(mail_server.taken)
    make_engine(smtp()).work()
    assert sorted(mail_server.addresses) == sorted(make_audience().one(number).address for number in range(1, 301))


def test_what_is_cancelled_is_never_sent_and_says_how_many_were_left(make_engine, noon, tmp_path, eli):
    make_audience(30)
    delivery = make_delivery(at=noon)
    claims.begin_due(noon)
    claims.claim(host="x", batch=uuid.UUID(int=1), at=noon, most=10)
    actions.cancel(delivery=delivery, by=eli, at=noon)
    settling.settle(uuid.UUID(int=1), Told(), noon)

    assert make_engine().work() == 0
    assert not actions.resume(delivery=delivery, by=eli, at=noon)
    assert delivery.messages.filter(state=Message.State.LEFT_OUT).count() == 10
    assert _state(delivery) == State.CANCELLED


def test_a_single_message_goes_ahead_of_a_long_delivery(make_engine, noon, smtp, mail_server):
    make_audience(2000)
    make_delivery(at=noon)
    claims.begin_due(noon)
    actions.post(to="ann@example.org", what="Confirm", sender=SENDER, subject="Confirm", text="Yes?", at=noon)

    make_engine(smtp()).work()

    assert mail_server.addresses[0] == "ann@example.org"
    assert len(mail_server.taken) == 2001


def test_the_words_of_a_single_message_are_forgotten_once_it_is_sent(make_engine, noon):
    delivery = actions.post(to="ann@example.org", what="Key", sender=SENDER, subject="Key", text="s3cret", at=noon)

    make_engine().work()

    delivery.refresh_from_db()
    assert (delivery.state, delivery.text) == (State.DONE, "")


def test_a_database_that_does_not_answer_is_told_once_and_when_it_does_again(make_engine, monkeypatch, caplog):
    engine = make_engine()
    first, other = sending.Line(engine), sending.Line(engine)
    is_away = [True]

    def turn():
        if is_away[0]:
            raise OperationalError("it is starting")
        return 0

    monkeypatch.setattr(connection, "close", lambda: None)
    for line in (first, other):
        monkeypatch.setattr(line, "turn", turn)
    assert [line.try_turn() for line in (first, other, first)] == [None, None, None]
    is_away[0] = False
    assert [line.try_turn() for line in (first, other)] == [0, 0]

    assert [record.message.split(" (")[0] for record in caplog.records] == [
        "The database can't tell what is to be mailed just now",
        "The database can tell again what is to be mailed.",
    ]


def test_whoever_ends_when_nothing_is_left_asks_again_where_the_database_does_not_say(make_engine, noon, monkeypatch):
    asked = []

    def has_many(at):
        asked.append(at)
        if len(asked) == 1:
            raise OperationalError("it is starting")
        return False

    monkeypatch.setattr(claims, "has_many", has_many)
    monkeypatch.setattr(connection, "close", lambda: None)

    sending.Line(make_engine()).run(until_done=True)

    assert len(asked) == 2


def test_a_source_that_fails_keeps_others_from_nothing(make_engine, noon, tmp_path):
    class Broken:
        def __call__(self, key, after, up_to, limit):
            raise RuntimeError("out of order")

        def last(self, key):
            return 3

    recipients.register("broken", Broken())
    broken = make_delivery(at=noon, audience="broken:1")
    make_audience(3)
    delivery = make_delivery(at=noon)

    make_engine().work()

    assert _files(tmp_path, delivery) == [1, 2, 3]
    assert _state(broken) == State.SENDING
    assert broken.trouble
