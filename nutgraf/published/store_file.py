"""The file that pages are stored in: made when it is not there, left when it is damaged, gone over to when it was replaced."""

from __future__ import annotations

import logging
import os
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from nutgraf.published import purging, shelf

SCHEMA_VERSION = 4
SCHEMA = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE page (
  id INTEGER PRIMARY KEY, address TEXT NOT NULL UNIQUE, generation INTEGER NOT NULL, until REAL,
  etag TEXT NOT NULL, headers TEXT NOT NULL, seal INTEGER NOT NULL,
  changed_at REAL NOT NULL, pressed_at REAL NOT NULL, presses INTEGER NOT NULL, changes INTEGER NOT NULL,
  hits INTEGER NOT NULL DEFAULT 0, why TEXT NOT NULL DEFAULT '', is_shelved INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX page_hits ON page (hits) WHERE hits > 0;
CREATE INDEX page_query ON page (pressed_at) WHERE instr(address, '?');
CREATE TABLE body (page INTEGER PRIMARY KEY, gzip BLOB NOT NULL, br BLOB NOT NULL);
CREATE TABLE key (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, tab TEXT NOT NULL, changed INTEGER NOT NULL);
CREATE TABLE shows (page INTEGER NOT NULL, key INTEGER NOT NULL, PRIMARY KEY (page, key)) WITHOUT ROWID;
CREATE INDEX shows_key ON shows (key, page);
CREATE TABLE whole (tab TEXT PRIMARY KEY, changed INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE span (
  page INTEGER NOT NULL, name TEXT NOT NULL, low TEXT NOT NULL, high TEXT NOT NULL, PRIMARY KEY (page, name, low, high)
) WITHOUT ROWID;
CREATE INDEX span_name ON span (name, high, low);
CREATE TABLE arrival (
  name TEXT NOT NULL, place TEXT NOT NULL, changed INTEGER NOT NULL, PRIMARY KEY (name, place)
) WITHOUT ROWID;
CREATE TABLE purge (
  id INTEGER PRIMARY KEY, cache TEXT NOT NULL, kind TEXT NOT NULL, what TEXT NOT NULL, due_at REAL NOT NULL,
  turn INTEGER NOT NULL DEFAULT 0, sent INTEGER NOT NULL DEFAULT 0, tries INTEGER NOT NULL DEFAULT 0,
  UNIQUE (cache, kind, what)
);
CREATE INDEX purge_due ON purge (due_at)
"""

logger = logging.getLogger(__name__)


class StoreFile:
    """One file of SQLite's for all processes of a machine; each thread has a connection to it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.file = folder / "store.sqlite3"
        self._local = threading.local()

    @property
    def connection(self) -> sqlite3.Connection:
        """This thread's connection to the file that is there now; a process that was forked gets its own."""
        if self._is_connected() and not self._local.connection.in_transaction and self.inode() != self._local.inode:
            # It was deleted, or found damaged by somebody who has begun another: whoever stayed would follow alone.
            self._leave()
        if not self._is_connected():
            before = self.inode()
            self._local.connection = self._connect()
            # What took its place while we opened it is gone over to next time.
            self._local.inode, self._local.pid = before or self.inode(), os.getpid()
        connection: sqlite3.Connection = self._local.connection
        return connection

    def _is_connected(self) -> bool:
        return getattr(self._local, "pid", None) == os.getpid()

    def _leave(self) -> None:
        self._local.connection.close()
        self._local.pid = None

    def inode(self) -> int:
        """Return which file is there now, or 0."""
        try:
            return self.file.stat().st_ino
        except FileNotFoundError:
            return 0

    def _connect(self) -> sqlite3.Connection:
        self.folder.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(self.file, isolation_level=None, timeout=20)
        try:
            connection.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-2000;")
            if connection.execute("PRAGMA user_version").fetchone()[0] != SCHEMA_VERSION:
                self._make(connection)
        except sqlite3.DatabaseError as error:
            connection.close()
            if not is_damage(error):
                raise
            self._remove_file(error)
            return self._connect()
        return connection

    def _make(self, connection: sqlite3.Connection) -> None:
        connection.execute("BEGIN IMMEDIATE")
        if connection.execute("PRAGMA user_version").fetchone()[0] != SCHEMA_VERSION:
            for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
                connection.execute(f"DROP TABLE {name}")
            for statement in SCHEMA.split(";"):
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
            # Later than any of a file that was here before, for whose pages somebody may still be at work.
            connection.execute("INSERT INTO meta VALUES ('generation', ?)", [str(time.time_ns() // 1_000_000)])
            shelf.begin_again(connection, settings.SHELF)
            purging.begin_again(connection)
        connection.execute("COMMIT")

    def _remove_file(self, error: Exception) -> None:
        logger.error("The page store cannot be read (%s); beginning a new one.", error)
        # The file itself at the end: whoever opens it meanwhile finds the damage, not somebody else's beginnings.
        for suffix in ("-wal", "-shm", ""):
            self.file.with_name(self.file.name + suffix).unlink(missing_ok=True)

    @contextmanager
    def done_without_if_damaged(self) -> Iterator[None]:
        """End a block at the first damage to the file, and follow from then on into another."""
        try:
            yield
        except sqlite3.DatabaseError as error:
            if not is_damage(error):
                raise
            self.begin_anew(error)

    def begin_anew(self, error: Exception) -> None:
        """Leave a file that turned out to be damaged, and follow from now on into another."""
        self._leave()
        # Somebody else may have done it before us, and theirs is whole.
        if self.inode() == self._local.inode:
            self._remove_file(error)

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Write all of a block or nothing; one process at a time."""
        connection = self.connection
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield connection
        except BaseException:  # Also what ends the process: half of a block is never kept.
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise
        else:
            connection.execute("COMMIT")

    def bytes(self) -> int:
        """Return how much room the store takes on disk."""
        files = [self.file.with_name(self.file.name + suffix) for suffix in ("", "-wal", "-shm")]
        return sum(file.stat().st_size for file in files if file.exists())


def is_damage(error: sqlite3.DatabaseError) -> bool:
    """Say whether an error is one of the file itself, which does not pass."""
    if (code := getattr(error, "sqlite_errorcode", None)) is not None:
        # What is above the first eight bits says more closely what is damaged.
        return code & 0xFF in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
    # Python's own error has no code: a text that is none.
    return "decode" in str(error)
