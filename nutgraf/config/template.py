"""Start an empty SQLite database from a dump of a migrated one, because running all migrations takes ten seconds.

The dump is what the migrations make, no more: `script/template` writes it, and a
test proves that it is up to date.
"""

from __future__ import annotations

import gzip
import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from django.db.backends.base.base import BaseDatabaseWrapper

FILE = Path(__file__).with_name("template.sql.gz")

# SQLite makes these itself for a table that is searched, and does not let anybody else do it.
SHADOW = re.compile(r"""(?:CREATE TABLE|INSERT INTO) ["'](\w+)_(?:config|content|data|docsize|idx)["']""")
VIRTUAL = re.compile(r"INSERT INTO sqlite_master.*?'(CREATE VIRTUAL TABLE (\w+) .*)'\);$", re.DOTALL)


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
    """Return the statements that make a database like this one."""
    return "\n".join(_statements(database)) + "\n"


def _statements(database: sqlite3.Connection) -> Iterator[str]:
    statements = list(database.iterdump())
    searched = {match[2] for statement in statements if (match := VIRTUAL.match(statement))}
    for statement in statements:
        if match := VIRTUAL.match(statement):
            yield match[1].replace("''", "'") + ";"
        elif (match := SHADOW.match(statement)) and match[1] in searched:
            continue
        elif not statement.startswith("PRAGMA writable_schema"):
            yield statement
