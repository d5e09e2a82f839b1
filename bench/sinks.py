"""Where the rows of a large archive go: into SQLite or PostgreSQL, past Django, which would note each for the pages that show it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction

Row = dict[str, Any]
INDEX, SEARCHED = "wagtailsearch_indexentry", ("title", "autocomplete", "body")
WORDS = f"{INDEX}_fts"


class SQLite:
    """Writes everything as one transaction, without a journal."""

    @contextmanager
    def filling(self) -> Iterator[None]:
        with connection.cursor() as cursor:
            for pragma in ("journal_mode = OFF", "synchronous = OFF", "cache_size = -400000"):
                cursor.execute(f"PRAGMA {pragma}")
        # Fewer and larger parts to merge while so much is written at once.
        self._hold(256 * 2**20)
        with transaction.atomic():
            yield
        self._hold(2**20)

    def write(self, table: str, rows: list[Row]) -> None:
        names, marks = ", ".join(rows[0]), ", ".join("?" * len(rows[0]))
        connection.connection.executemany(
            f"INSERT INTO {table} ({names}) VALUES ({marks})", [[*row.values()] for row in rows]
        )

    def _hold(self, size: int) -> None:
        connection.connection.execute(f"INSERT INTO {WORDS} ({WORDS}, rank) VALUES ('hashsize', ?)", [size])


class PostgreSQL:
    """Copies rows in, and makes the indexes of words when they are there."""

    @contextmanager
    def filling(self) -> Iterator[None]:
        with connection.cursor() as cursor:
            cursor.execute("SELECT indexname, indexdef FROM pg_indexes WHERE indexdef LIKE %s", ["%USING gin%"])
            indexes = cursor.fetchall()
            for name, _ in indexes:
                cursor.execute(f"DROP INDEX {name}")
            cursor.execute("SET session_replication_role = replica")
            cursor.execute("SET synchronous_commit = off")
            cursor.execute("SET timezone = 'UTC'")
            yield
            cursor.execute("SET maintenance_work_mem = '1GB'")
            for _, definition in indexes:
                cursor.execute(definition)
            cursor.execute("VACUUM ANALYZE")

    def write(self, table: str, rows: list[Row]) -> None:
        raw = connection.connection
        if table == INDEX:
            self._write_words(raw, rows)
            return
        with raw.cursor().copy(f"COPY {table} ({', '.join(rows[0])}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row([*row.values()])

    def _write_words(self, raw: Any, rows: list[Row]) -> None:
        vectors = ", ".join(f"to_tsvector(%({name})s)" for name in SEARCHED)
        raw.cursor().executemany(
            f"INSERT INTO {INDEX} (content_type_id, object_id, title_norm, {', '.join(SEARCHED)}, title_text, body_text)"
            f" VALUES (%(content_type_id)s, %(object_id)s, %(title_norm)s, {vectors}, %(title)s, %(body)s)",
            rows,
        )
