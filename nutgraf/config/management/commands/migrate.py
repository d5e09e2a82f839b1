"""Migrate as Django does, but start an empty SQLite database from the template."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandParser
from django.core.management.commands import migrate
from django.db import connections

from nutgraf.config import template
from nutgraf.published import orm


class Command(migrate.Command):
    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument(
            "--without-template", action="store_true", help="Run each migration even where the database is empty."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        with orm.deaf():
            if not options.pop("without_template") and not options["app_label"] and not options["plan"]:
                template.load(connections[options["database"]])
            super().handle(*args, **options)
