"""The clock does what is due, and speaks of trouble when it begins and when it is over."""

from __future__ import annotations

from django.db import OperationalError

from nutgraf.config import clock


def test_a_database_that_is_away_is_spoken_of_twice(db, caplog):
    answers = iter([OperationalError("gone"), OperationalError("gone"), None, None])

    def do() -> None:
        if error := next(answers):
            raise error

    chore = clock.Chore("water the plants", 5, do)
    for number in range(4):
        clock.tick([chore], now=number * 5.0)

    assert [record.getMessage() for record in caplog.records] == [
        "The clock could not water the plants just now (gone).",
        "The clock can water the plants again.",
    ]
