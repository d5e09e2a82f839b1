"""What is submitted is sent once to everybody, whatever the provider says and whoever dies."""

from __future__ import annotations

import pytest

from nutgraf.mail.journal import Journals
from nutgraf.mail.models import Batch, Delivery, Message
from nutgraf.mail.providers.files.transport import Files
from nutgraf.mail.samples import make_audience, make_delivery
from nutgraf.mail.sending import Engine

State = Delivery.State


@pytest.fixture
def make_engine(db, noon, tmp_path):
    def make(provider=None, at=noon, **fields):
        return Engine(
            provider=provider or Files(tmp_path / "sent"),
            journals=Journals(tmp_path / "journals"),
            clock=lambda: at,
            **fields,
        )

    return make


def _files(tmp_path, delivery):
    return sorted(int(file.stem) for file in (tmp_path / "sent" / str(delivery.pk)).glob("*.eml"))


def test_everybody_gets_it_once_and_it_is_done(make_engine, noon, tmp_path):
    make_audience(1234)
    delivery = make_delivery(at=noon)

    count = make_engine().work()

    delivery.refresh_from_db()
    assert count == 1234
    assert _files(tmp_path, delivery) == list(range(1, 1235))
    assert (delivery.state, delivery.taken) == (State.DONE, 1234)
    assert delivery.messages.filter(state=Message.State.ACCEPTED).count() == 1234
    assert not Batch.objects.exists()
    assert not list((tmp_path / "journals").glob("*.journal"))
