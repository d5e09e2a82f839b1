"""The queue: a task is kept with what asked for it, once, until somebody has done it."""

from __future__ import annotations

import datetime
import threading

import pytest
from django.db import transaction
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.management.commands import db_worker
from django_tasks_db.models import DBTaskResult
from wagtail.tasks import update_reference_index_task

from nutgraf.config import tasks
from nutgraf.stories.models import Story
from nutgraf.stories.samples import make_story


@pytest.fixture
def queue(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have somebody work through the queue, or pretend to."""
    monkeypatch.setattr(tasks.Queue, "is_worked_through", True)
    # Between two tasks it looks after the connection, and would close ours, in the middle of the test's transaction.
    monkeypatch.setattr(db_worker, "close_old_connections", lambda: None)


def ask(key: str = "1") -> None:
    update_reference_index_task.enqueue("stories", "story", key)


def ask_in_vain() -> None:
    with transaction.atomic():
        ask()
        raise ZeroDivisionError


def waiting() -> int:
    return int(DBTaskResult.objects.ready().count())


def work() -> None:
    runner = tasks.Runner(threading.Lock())
    while waiting():
        runner.worker.run()


def test_where_nobody_works_through_the_queue_a_task_is_done_at_once(db):
    make_story("Ferries are back")

    assert not waiting()
    assert Story.objects.search("ferries").count() == 1


def test_a_published_story_is_found_once_the_queue_is_worked_through(db, queue):
    make_story("Ferries are back")
    assert not Story.objects.search("ferries").count()

    work()

    assert Story.objects.search("ferries").count() == 1


def test_a_task_asked_for_twice_in_a_transaction_is_put_down_once(db, queue):
    with transaction.atomic():
        ask()
        ask()
        ask("2")

    assert waiting() == 2


def test_a_task_is_rolled_back_with_what_asked_for_it_and_can_be_asked_for_again(db, queue):
    with transaction.atomic():
        with pytest.raises(ZeroDivisionError):
            ask_in_vain()
        assert not waiting()
        ask()

    assert waiting() == 1


@pytest.fixture
def committing(django_db_setup, django_db_blocker):
    """Have transactions of their own, and leave the other tests' rows alone."""
    with django_db_blocker.unblock():
        yield
        DBTaskResult.objects.all().delete()


def test_a_task_of_one_transaction_is_none_of_the_next(committing, queue):
    with pytest.raises(ZeroDivisionError):
        ask_in_vain()
    with transaction.atomic():
        ask("2")
    DBTaskResult.objects.update(status=TaskResultStatus.SUCCESSFUL)
    with transaction.atomic():
        ask()
        ask("2")

    assert waiting() == 2


def test_what_somebody_had_begun_who_died_is_begun_again(db, queue):
    for key in "123":
        ask(key)
    mine, lost, others = DBTaskResult.objects.all()
    for task, name, age in ((mine, "me", 1), (lost, "somebody", 60), (others, "somebody", 1)):
        task.claim(name)
        began = timezone.now() - datetime.timedelta(minutes=age)
        DBTaskResult.objects.filter(pk=task.pk).update(started_at=began)

    assert tasks.take_up("me") == 2

    assert {task.pk for task in DBTaskResult.objects.ready()} == {mine.pk, lost.pk}


def test_what_was_done_is_forgotten_after_a_day(db, queue):
    make_story()
    work()
    done = DBTaskResult.objects.all()
    old = done[0]
    DBTaskResult.objects.filter(pk=old.pk).update(finished_at=timezone.now() - datetime.timedelta(days=2))
    before = done.count()

    tasks.tidy()

    assert DBTaskResult.objects.count() == before - 1
