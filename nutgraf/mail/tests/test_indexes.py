"""What is asked again and again while a million are mailed takes as long however many of them have it already."""

from __future__ import annotations

import re

import pytest
from django.db import connection

from nutgraf.mail import actions, queries
from nutgraf.mail.models import Delivery
from nutgraf.mail.samples import SENDER, make_audience, make_delivery

pytestmark = pytest.mark.django_db
# Every row there is, or every message of a delivery.
ALL = re.compile(
    r"SCAN (mail_message|mail_delivery)|mail_message USING (COVERING )?INDEX sqlite_\S+ \(delivery_id=\?\)$"
)


class _Plans:
    """Notes how SQLite finds what each statement is about."""

    def __init__(self) -> None:
        self.found: dict[str, list[str]] = {}

    def __call__(self, execute, sql, params, many, context):
        if not many and sql.startswith(("SELECT", "UPDATE", "DELETE")) and "mail_" in sql:
            steps = connection.connection.execute(f"EXPLAIN QUERY PLAN {sql.replace('%s', '?')}", params).fetchall()
            self.found[sql] = [step[3] for step in steps]
        return execute(sql, params, many, context)

    @property
    def reading_all(self) -> dict[str, list[str]]:
        return {sql: plan for sql, plan in self.found.items() if any(ALL.search(step) for step in plan)}


@pytest.fixture
def plans():
    noted = _Plans()
    with connection.execute_wrapper(noted):
        yield noted


# PostgreSQL decides anew by what it has counted.
if connection.vendor == "sqlite":

    def test_no_statement_of_a_send_reads_all_that_was_sent(make_engine, noon, smtp, mail_server, plans):
        mail_server.says = lambda command, words: "550 5.1.1 no" if command == "RCPT" and "reader7@" in words else None
        make_audience(20)
        make_delivery(at=noon)
        actions.post(to="ann@example.org", what="Key", sender=SENDER, subject="Key", text="x", at=noon)

        make_engine(smtp(), most=6).work()

        assert Delivery.objects.filter(state=Delivery.State.DONE).count() == 2
        assert len(plans.found) > 20
        assert plans.reading_all == {}

    def test_no_statement_of_the_desk_reads_all_that_was_sent(make_engine, noon, eli, plans):
        make_audience(20)
        delivery = make_delivery(at=noon)
        make_engine().work()
        plans.found.clear()

        queries.progress([delivery])
        actions.send_again(delivery=delivery, by=eli, at=noon)
        Delivery.objects.filter(pk=delivery.pk).update(state=Delivery.State.PAUSED)
        actions.cancel(delivery=delivery, by=eli, at=noon)

        assert plans.reading_all == {}
