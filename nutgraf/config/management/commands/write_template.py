"""Write the dump that empty databases start from; `script/template` runs this on a database made for it."""

from __future__ import annotations

import gzip
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from nutgraf.config import template


class Command(BaseCommand):
    help = "Write what the migrations make of an empty SQLite database to nutgraf/config/template.sql.gz."

    def handle(self, *args: Any, **options: Any) -> None:
        if connection.vendor != "sqlite":
            raise CommandError("The template is made from a SQLite database; unset DATABASE_URL.")
        connection.ensure_connection()
        # Without a date in it, the same dump is the same file.
        template.FILE.write_bytes(gzip.compress(template.dump(connection.connection).encode(), mtime=0))
