"""Whoever dies in the middle has told what it did: nobody has a mail twice, nobody is left out, and what is unknown is told."""

from __future__ import annotations

import datetime
import multiprocessing
import time
import uuid

import pytest

from nutgraf.mail import claims, journal, settling
from nutgraf.mail.journal import Journals
from nutgraf.mail.models import Batch, Delivery, Message
from nutgraf.mail.providers.base import Answer, Letter, Verdict
from nutgraf.mail.samples import make_audience, make_delivery
from nutgraf.mail.wording import Prepared

State = Message.State
LATER = datetime.timedelta(minutes=6)


@pytest.fixture
def journals(tmp_path):
    return Journals(tmp_path / "journals")


@pytest.fixture
def begun(db, noon, journals):
    """Have six in hand by somebody who dies: one is answered, one refused, one on its way, three not begun."""
    everybody = make_audience(6)
    delivery = make_delivery(at=noon)
    claims.begin_due(noon)
    batch = uuid.uuid4()
    kept = journals.open(batch)
    claimed = _claim(journals.host, noon, batch)
    claims.begin(claimed, noon)
    letters = [Letter(Prepared(delivery), everybody.one(number), "") for number in range(1, 7)]
    for letter in letters[:3]:
        kept.begin(letter)
    kept.answer(letters[0], Answer(Verdict.ACCEPTED))
    kept.answer(letters[1], Answer(Verdict.REFUSED, "550 5.1.1\r\nno such mailbox"))
    # As when a process dies: the file is there, and nobody holds it.
    kept.close()
    return delivery


def _claim(host, at, batch=None):
    claimed = claims.claim(host=host, batch=batch or uuid.uuid4(), at=at)
    assert claimed
    return claimed


def _states(delivery):
    return "".join(state[0] for state in delivery.messages.order_by("number").values_list("state", flat=True))


def test_what_was_answered_is_known_what_was_not_begun_is_sent_and_the_rest_is_uncertain(begun, noon, journals):
    settling.take_up(journals, noon)

    assert _states(begun) == "AFUWWW"
    assert begun.messages.get(number=2).reply == "550 5.1.1 no such mailbox"
    assert not Batch.objects.exists()
    assert not list(journals.folder.glob("*.journal"))


def test_taking_it_up_twice_changes_nothing(begun, noon, journals):
    settling.take_up(journals, noon)
    settling.take_up(journals, noon + LATER)

    assert _states(begun) == "AFUWWW"


def test_the_rest_is_sent_and_nothing_twice(begun, noon, make_engine, smtp, mail_server):
    make_engine(smtp()).work()

    assert mail_server.addresses == [make_audience().one(number).address for number in (4, 5, 6)]
    assert _states(begun) == "AFUAAA"
    assert Delivery.objects.get().state == Delivery.State.DONE


def test_with_a_provider_that_tells_duplicates_what_was_on_its_way_is_sent_again(begun, noon, make_engine, tmp_path):
    make_engine().work()

    assert _states(begun) == "AFAAAA"


def test_after_a_machine_lost_its_power_nothing_is_sent_that_may_have_been(begun, noon, journals, monkeypatch):
    monkeypatch.setattr(journal, "this_boot", lambda: "another start")

    settling.take_up(journals, noon)

    assert _states(begun) == "AFUUUU"


def test_a_journal_that_breaks_off_in_a_line_is_doubted(begun, noon, journals):
    (file,) = journals.folder.glob("*.journal")
    with file.open("a") as opened:
        opened.write("1.4")

    settling.take_up(journals, noon)

    assert _states(begun) == "AFUUUU"


def test_a_batch_of_one_who_lives_is_left_alone(db, noon, journals):
    make_audience(6)
    delivery = make_delivery(at=noon)
    claims.begin_due(noon)
    batch = uuid.uuid4()
    kept = journals.open(batch)
    claims.claim(host=journals.host, batch=batch, at=noon)

    settling.take_up(journals, noon + LATER)

    assert _states(delivery) == "CCCCCC"
    kept.close()


@pytest.mark.parametrize(("is_begun", "states"), [(False, "WWWWWW"), (True, "UUUUUU")])
def test_what_another_machine_had_in_hand_is_sent_if_it_was_not_begun(db, noon, journals, is_begun, states):
    make_audience(6)
    delivery = make_delivery(at=noon)
    claims.begin_due(noon)
    claimed = _claim("another", noon)
    if is_begun:
        claims.begin(claimed, noon)

    settling.take_up(journals, noon)
    assert _states(delivery) == "CCCCCC"

    settling.take_up(journals, noon + LATER)
    assert _states(delivery) == states


def test_a_machine_that_slept_through_its_lease_begins_nothing(db, noon, journals):
    make_audience(6)
    make_delivery(at=noon)
    claims.begin_due(noon)
    claimed = _claim("another", noon)

    assert not claims.begin(claimed, noon + LATER)
    settling.take_up(journals, noon + LATER)
    assert not claims.begin(claimed, noon)


def test_a_machine_that_comes_back_knows_better_than_the_others(begun, noon, journals, tmp_path):
    settling.take_up(Journals(tmp_path / "other"), noon + LATER)
    assert _states(begun) == "UUUUUU"

    settling.take_up(journals, noon + LATER)
    assert _states(begun) == "AFUWWW"


def test_two_who_claim_at_the_same_time_never_have_the_same(db, noon):
    make_audience(100)
    make_delivery(at=noon)
    claims.begin_due(noon)

    batches = [claims.claim(host="x", batch=uuid.uuid4(), at=noon, most=30) for _turn in range(5)]

    numbers = [taken.recipient.number for claimed in batches if claimed for taken in claimed.taken]
    assert sorted(numbers) == list(range(1, 101))


def _write_for_ever(folder, batch):
    kept = Journals(folder).open(batch)
    prepared = Prepared(Delivery(pk=1, sender_address="a@b.example", subject="x", text="x"))
    number = 0
    while True:
        number += 1
        letter = Letter(prepared, make_audience().one(number), "")
        kept.begin(letter)
        kept.answer(letter, Answer(Verdict.ACCEPTED))


def test_a_killed_process_has_told_all_but_one(tmp_path):
    batch, folder = uuid.uuid4(), tmp_path / "journals"
    process = multiprocessing.get_context("fork").Process(target=_write_for_ever, args=[folder, batch])
    process.start()
    while not list(folder.glob("*.journal")) or next(folder.glob("*.journal")).stat().st_size < 5000:
        time.sleep(0.01)
    assert list(Journals(folder).left_behind()) == []

    process.kill()
    process.join()
    ((found, told, _file),) = Journals(folder).left_behind()

    assert found == batch
    assert sorted(number for _delivery, number in told.answers) == list(range(1, len(told.answers) + 1))
    assert len(told.begun) <= 1
    assert not told.is_doubtful
