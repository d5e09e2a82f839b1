"""What can wait until readers have their page: put down with the change that asks for it, done a moment later backstage."""

from __future__ import annotations

import datetime
import json
import logging
import socket
import threading
import time
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, connections, transaction
from django.utils import timezone
from django_tasks.backends.immediate import ImmediateBackend
from django_tasks.base import TaskResultStatus
from django_tasks_db.backend import DatabaseBackend
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from nutgraf.lib import right_of_way

SECONDS_BETWEEN_LOOKS = 0.5
SECONDS_BEFORE_RETRY = 2.0
# Whatever took longer than this was being done by somebody who has died.
LOST = datetime.timedelta(minutes=15)
KEPT_DAYS = 1

logger = logging.getLogger(__name__)


class Queue(DatabaseBackend):
    """A queue in the database where somebody works through it; anywhere else a task is done at once.

    A task is a row of the transaction that asks for it, so both are kept or
    neither is. The same asked for again in one transaction is done once.
    """

    # Commands that import or build have nobody beside them who works through a queue.
    is_worked_through = False
    # What is put off within `putting_off.held`, by what it is.
    held: dict[str, tuple[Any, Any, Any]] | None = None

    def __init__(self, alias: str, params: dict[str, Any]) -> None:
        super().__init__(alias, params)
        self.at_once = ImmediateBackend(alias, params)

    def enqueue(self, task: Any, args: Any, kwargs: Any) -> Any:
        """Put a task down, or do it now."""
        if Queue.held is not None:
            Queue.held[json.dumps([task.module_path, args, kwargs], default=str)] = (task, args, kwargs)
            return None
        if not self.is_worked_through:
            return self.at_once.enqueue(task, args, kwargs)
        asked = json.dumps([task.module_path, args, kwargs], default=str)
        connection = connections["default"]
        queued: dict[str, Any] = connection.__dict__.setdefault("nutgraf_queued", {})
        # What was rolled back since, by this transaction or one before it, is in our memory but not in the table.
        if asked in queued and DBTaskResult.objects.filter(pk=queued[asked].id).exists():
            return queued[asked]
        result: Any = super().enqueue(task, args, kwargs)
        if connection.in_atomic_block:
            queued[asked] = result
            transaction.on_commit(queued.clear)
        return result


class Runner(threading.Thread):
    """Works through the queue for as long as the process lives."""

    def __init__(self, working: threading.Lock) -> None:
        """Nothing is begun while somebody else holds `working`: whoever wants to end the process."""
        super().__init__(name="tasks", daemon=True)
        self.working = working
        self.worker = Worker(
            queue_names=["*"],
            interval=0,
            batch=True,
            backend_name="default",
            startup_delay=False,
            # One for each call, so that we end between two.
            max_tasks=1,
            worker_id=f"{socket.gethostname()[:31]} {settings.DATA_DIR}"[-64:],
            excluded_queue_names=[],
        )

    def run(self) -> None:
        is_first = True
        while True:
            try:
                if is_first:
                    take_up(self.worker.worker_id)
                    is_first = False
                while DBTaskResult.objects.ready().exists():
                    right_of_way.give()
                    with self.working:
                        self.worker.run()
            except DatabaseError as error:
                logger.warning("The queue cannot be worked through just now (%s).", str(error).strip())
                connections["default"].close()
                time.sleep(SECONDS_BEFORE_RETRY)
            time.sleep(SECONDS_BETWEEN_LOOKS)


def take_up(worker_id: str = "") -> int:
    """Put back into the queue what was begun by somebody who has died since; return how much.

    That is whoever bore our name before us, and everybody who has not finished
    for long. Each of our tasks may be done twice: it reads what is, and writes that down.
    """
    running = DBTaskResult.objects.running()
    lost = [
        task.pk
        for task in running.only("worker_ids", "started_at")
        if worker_id in task.worker_ids or (task.started_at and task.started_at < timezone.now() - LOST)
    ]
    return DBTaskResult.objects.filter(pk__in=lost).update(status=TaskResultStatus.READY)


def tidy() -> None:
    """Take up what was lost, and forget what was done."""
    take_up()
    call_command("prune_db_task_results", min_age_days=KEPT_DAYS, verbosity=0)
