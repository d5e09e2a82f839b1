"""Start an empty SQLite database from a dump of a migrated one, because running all migrations takes ten seconds.

The dump is what the migrations make, no more: `script/template` writes it, and a
test proves that it is up to date.
"""

from __future__ import annotations

import gzip
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from django.db.backends.base.base import BaseDatabaseWrapper

FILE = Path(__file__).with_name("template.sql.gz")


def load(connection: BaseDatabaseWrapper) -> bool:
    """Fill a database that has no tables, and say whether it was one of those."""
    if connection.vendor != "sqlite" or connection.introspection.table_names():
        return False
    connection.ensure_connection()
    # A dump names rows of tables that it makes only further down.
    connection.disable_constraint_checking()
    try:
        connection.connection.executescript(gzip.decompress(FILE.read_bytes()).decode())
    finally:
        connection.enable_constraint_checking()
    return True


def dump(database: sqlite3.Connection) -> str:
    """Return the statements that make a database like this one, the same for any version of SQLite."""
    return "\n".join(_statements(database)) + "\n"


def _statements(database: sqlite3.Connection) -> Iterator[str]:
    kinds = {name: kind for _, name, kind, *_ in database.execute("PRAGMA table_list")}
    made = database.execute("SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY type, name")
    tables: dict[str, str] = {}
    others: list[str] = []
    for kind, name, sql in made.fetchall():
        if kind == "table":
            tables[name] = f"{sql};"
        else:
            others.append(f"{sql};")
    yield "BEGIN;"
    for name, sql in tables.items():
        # SQLite keeps count of keys in a table of its own, and makes tables beside those that are searched.
        if kinds[name] != "shadow" and name != "sqlite_sequence":
            yield sql
            if kinds[name] == "table":
                yield from _rows(database, name)
    yield "DELETE FROM sqlite_sequence;"
    yield from _rows(database, "sqlite_sequence")
    yield from others
    yield "COMMIT;"


def _rows(database: sqlite3.Connection, table: str) -> Iterator[str]:
    columns = [row[1] for row in database.execute(f'PRAGMA table_info("{table}")')]
    values = " || ',' || ".join(f'quote("{column}")' for column in columns)
    for (row,) in database.execute(f'SELECT {values} FROM "{table}" ORDER BY "{columns[0]}"'):  # noqa: S608 (names of our own tables)
        yield f'INSERT INTO "{table}" VALUES({row});'
