"""The outbox: who has read how far, and that nothing is passed over, however late it commits."""

from __future__ import annotations

import datetime

import pytest
from django.db import connection
from django.utils import timezone

from nutgraf.published import outbox
from nutgraf.published.models import Change
from nutgraf.published.outbox import Touched


def write(*names: str, using=connection) -> None:
    using.nutgraf_touched = Touched(set(names))
    outbox.flush(using)


def test_what_was_touched_is_read_as_it_was_written():
    touched = Touched({"row:a:1"}, {"b"}, {("letters", "c/1")})

    assert Touched.parse(touched.as_text()) == touched


@pytest.fixture
def committing(django_db_setup, django_db_blocker):
    """Commit each change at once, as PostgreSQL's marks need it, and leave the other tests' rows alone."""
    with django_db_blocker.unblock():
        yield
        Change.objects.all().delete()


def test_who_has_read_everything_reads_only_what_is_new(committing):
    write("row:a:1")
    mark = outbox.now()

    write("row:a:2")
    write("row:a:3")

    touched, reached = outbox.since(mark)
    assert touched.keys == {"row:a:2", "row:a:3"}
    assert not outbox.since(reached)[0]


def test_nothing_is_written_where_nothing_was_touched(db):
    connection.nutgraf_touched = None
    outbox.flush(connection)
    connection.nutgraf_touched = Touched()
    outbox.flush(connection)

    assert not Change.objects.exists()


def test_the_latest_change_stays_and_old_ones_go(db):
    for _ in range(3):
        write("row:a:1")
    old = timezone.now() - datetime.timedelta(days=9)
    Change.objects.update(at=old)

    assert outbox.prune(at=timezone.now()) == 2
    assert Change.objects.count() == 1


def test_by_the_latest_of_the_old_ones_a_quiet_store_knows_its_database(db):
    for _ in range(3):
        write("row:a:1")
    first, second, third = Change.objects.order_by("pk")
    Change.objects.exclude(pk=third.pk).update(at=timezone.now() - datetime.timedelta(days=9))

    assert outbox.prune(at=timezone.now()) == 1
    assert outbox.has(second.pk, second.token)
    assert not outbox.has(first.pk, first.token)


def test_numbers_are_not_given_twice(db):
    write("row:a:1")
    number, token = outbox.latest() or (0, "")
    Change.objects.all().delete()
    write("row:a:1")

    latest = outbox.latest()
    assert latest
    assert latest[0] > number
    assert not outbox.has(number, token)


# Only there can two write at a time, so elsewhere it is no test that was left out.
if connection.vendor == "postgresql":

    def test_a_change_that_commits_later_under_a_lower_number_is_not_passed_over(committing):
        early, late = connection.copy(), connection.copy()
        try:
            early.set_autocommit(False)
            write("row:a:early", using=early)
            mark = outbox.now()
            write("row:a:late", using=late)
            touched, mark = outbox.since(mark)
            assert touched.keys == {"row:a:late"}

            early.connection.commit()

            touched, mark = outbox.since(mark)
            assert touched.keys == {"row:a:early"}
            assert not outbox.since(mark)[0]
        finally:
            early.close()
            late.close()

    def test_a_change_under_a_number_that_was_given_before_a_crash_is_not_passed_over(committing):
        write("row:a:1")
        latest = outbox.latest()
        next_number = int(outbox.now().split(":")[1])
        # As if others had rolled back until just now.
        ahead = f"{next_number + 100}:{next_number + 100}:"

        write("row:a:2")

        assert outbox.since(ahead, after=latest[0])[0].keys == {"row:a:2"}
        assert not outbox.since(ahead, after=outbox.latest()[0])[0]
