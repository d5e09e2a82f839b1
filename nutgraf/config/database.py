"""Bring a newsroom's database up to date, and refuse one that does not fit this version."""

from __future__ import annotations

from typing import Any

from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from nutgraf.config import template
from nutgraf.config.management.commands import migrate
from nutgraf.config.progress import Step, progress
from nutgraf.config.trouble import Trouble


def bring_up_to_date() -> None:
    """Give the database the tables of this version; refuse one that a later version has changed."""
    template.load(connection)
    executor = MigrationExecutor(connection)
    refuse_newer(executor)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if plan:
        with progress("Preparing the database") as step:
            call_command(Migrate(step, len(plan)), interactive=False, verbosity=0)


def check_database() -> None:
    """Stop if the database does not fit this version."""
    executor = MigrationExecutor(connection)
    refuse_newer(executor)
    if plan := executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise Trouble(f"The database lacks {len(plan)} changes of this version; `nutgraf serve` makes them.")


def refuse_newer(executor: MigrationExecutor) -> None:
    """Stop if the database knows of changes that this version does not.

    A name that sorts before one of ours is a change that was folded into
    another since, and is no reason to stop.
    """
    known: dict[str, str] = {}
    for app, name in executor.loader.disk_migrations:
        known[app] = max(known.get(app, ""), name)
    unknown = [key for key in executor.loader.applied_migrations if key[1] > known.get(key[0], "")]
    if unknown:
        app, name = sorted(unknown)[0]
        raise Trouble(
            f"The database was made by a later version of Nutgraf (it has {app} {name}); install that version, or"
            " restore a copy of the data folder from before."
        )


class Migrate(migrate.Command):
    """Django's own command, which tells how far it has come."""

    def __init__(self, step: Step, total: int) -> None:
        super().__init__()
        self.step, self.total, self.done = step, total, 0

    def migration_progress_callback(self, action: str, migration: Any = None, fake: bool = False) -> None:
        if action == "apply_success":
            self.done += 1
            self.step(str(migration), self.done, self.total)
