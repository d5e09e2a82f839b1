"""Gather what a transaction touches, write it down before it commits, and read what was written since a mark.

A mark is how far somebody has read. On SQLite, where one transaction writes at
a time, it is the latest number; on PostgreSQL it is a snapshot, which knows
which transactions had committed and which had not.
"""

from __future__ import annotations

import datetime
import json
import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import connections
from django.utils import timezone

from nutgraf.published import orm
from nutgraf.published.models import Change

CHANNEL = "nutgraf_pages"
KEPT = datetime.timedelta(days=1)
# What is called after a commit that touched something.
LISTENERS: list[Callable[[], object]] = []


@dataclass
class Touched:
    """What one transaction, or several, touched: keys, whole tables, and places in lists."""

    keys: set[str] = field(default_factory=set)
    tables: set[str] = field(default_factory=set)
    places: set[tuple[str, str]] = field(default_factory=set)

    def __bool__(self) -> bool:
        return bool(self.keys or self.tables or self.places)

    def __ior__(self, other: Touched) -> Touched:
        self.keys |= other.keys
        self.tables |= other.tables
        self.places |= other.places
        return self

    def as_text(self) -> str:
        """Write it down."""
        return json.dumps({"keys": sorted(self.keys), "tables": sorted(self.tables), "places": sorted(self.places)})

    @classmethod
    def parse(cls, text: str) -> Touched:
        """Read what was written down."""
        raw = json.loads(text)
        return cls(set(raw["keys"]), set(raw["tables"]), {(name, place) for name, place in raw["places"]})


def add(connection: Any, keys: Iterable[str]) -> None:
    """Note keys that the transaction at hand touches."""
    _gathered(connection).keys.update(keys)


def add_tables(connection: Any, tables: Iterable[str]) -> None:
    """Note that the transaction at hand touches tables in a way that is not told row by row."""
    _gathered(connection).tables.update(tables)


def add_place(connection: Any, name: str, place: str) -> None:
    """Note that a row enters or leaves a list at a place."""
    _gathered(connection).places.add((name, place))


def _gathered(connection: Any) -> Touched:
    gathered: Touched | None = getattr(connection, "nutgraf_touched", None)
    if gathered is None:
        gathered = connection.nutgraf_touched = Touched()
    return gathered


def flush(connection: Any) -> None:
    """Write down what was gathered; called by Django's own commit, just before it."""
    gathered: Touched | None = getattr(connection, "nutgraf_touched", None)
    connection.nutgraf_touched = None
    if not gathered:
        return
    table, is_postgresql = Change._meta.db_table, connection.vendor == "postgresql"
    xid = "pg_current_xact_id()::text" if is_postgresql else "''"
    statement = f"INSERT INTO {table} (touched, token, at, xid) VALUES (%s, %s, %s, {xid})"  # noqa: S608 (our words)
    now = connection.ops.adapt_datetimefield_value(timezone.now())
    with orm.speaking(), connection.cursor() as cursor:
        cursor.execute(statement, [gathered.as_text(), secrets.token_hex(8), now])
        if is_postgresql:
            cursor.execute(f"NOTIFY {CHANNEL}")
    # Not by transaction.on_commit, which forgets what was registered in a savepoint that was rolled back. Should it
    # fail, whoever serves next reads the outbox: that is no reason to fail what is being committed. First in the row,
    # because others may then ask for a page.
    connection.run_on_commit[:0] = [(set(), listener, True) for listener in LISTENERS]


def forget(connection: Any) -> None:
    """Drop what was gathered; called by Django's own rollback."""
    connection.nutgraf_touched = None


def since(mark: str, *, after: int | None = None, using: str = "default") -> tuple[Touched, str]:
    """Return all that was touched since a mark, and the new mark.

    PostgreSQL may give the number of a transaction that was rolled back just before a crash to another after it: the
    mark has passed that number. So say also after which change, as :func:`latest` numbers them, it was made.
    """
    connection, table = connections[using], Change._meta.db_table
    touched = Touched()
    with orm.speaking(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                f"SELECT now.mark, c.touched FROM (SELECT pg_current_snapshot()::text AS mark) now LEFT JOIN {table} c"  # noqa: S608 (our words)
                " ON NOT pg_visible_in_snapshot(c.xid::xid8, %s::pg_snapshot) OR c.id > %s",
                [mark, after],
            )
        else:
            cursor.execute(f"SELECT id, touched FROM {table} WHERE id > %s ORDER BY id", [int(mark)])  # noqa: S608 (our words)
        for reached, text in cursor.fetchall():
            mark = str(reached)
            if text is not None:
                touched |= Touched.parse(text)
    return touched, mark


def outstanding(mark: str, *, using: str = "default") -> int:
    """Return how many changes were written since a mark."""
    connection, table = connections[using], Change._meta.db_table
    is_postgresql = connection.vendor == "postgresql"
    later = "NOT pg_visible_in_snapshot(xid::xid8, %s::pg_snapshot)" if is_postgresql else "id > %s"
    with orm.speaking(), connection.cursor() as cursor:
        cursor.execute(f"SELECT COUNT(*) FROM {table} WHERE {later}", [mark if is_postgresql else int(mark)])  # noqa: S608 (our words)
        return int(cursor.fetchone()[0])


def now(*, using: str = "default") -> str:
    """Return the mark of somebody who has read everything."""
    connection, table = connections[using], Change._meta.db_table
    with orm.speaking(), connection.cursor() as cursor:
        is_postgresql = connection.vendor == "postgresql"
        cursor.execute(
            "SELECT pg_current_snapshot()::text" if is_postgresql else f"SELECT COALESCE(MAX(id), 0) FROM {table}"  # noqa: S608 (our words)
        )
        return str(cursor.fetchone()[0])


def latest() -> tuple[int, str] | None:
    """Return the number and the token of the latest change, by which a store knows its database again."""
    return Change.objects.order_by("-pk").values_list("pk", "token").first()


def has(number: int, token: str) -> bool:
    """Say whether this very change is in the database."""
    return Change.objects.filter(pk=number, token=token).exists()


def prune(*, at: datetime.datetime) -> int:
    """Remove changes that every store has long read.

    The latest of them stays: a store that has read all until then, and nothing since, knows its database by it.
    """
    old = Change.objects.filter(at__lt=at - KEPT)
    if (latest_old := old.order_by("-pk").values_list("pk", flat=True).first()) is None:
        return 0
    return old.filter(pk__lt=latest_old).delete()[0]
