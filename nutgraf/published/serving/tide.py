"""Tell, for a few microseconds a request, whether anything has been committed since one last looked."""

from __future__ import annotations

import sqlite3
import threading
import time
from pathlib import Path
from typing import Protocol
from urllib.parse import quote

from django.db import connection

from nutgraf.published.models import Change
from nutgraf.published.store import the_store


class Tide(Protocol):
    """A number that is another as soon as something that a page may show has been committed."""

    def read(self) -> int:
        """Return the number as it is now."""
        ...


def the_tide() -> Tide:
    """Return the tide of the database in use."""
    if connection.vendor == "sqlite":
        return FileTide(Path(connection.settings_dict["NAME"]))
    return StoreTide()


class FileTide:
    """The tide of a database in a file on this machine: SQLite itself says when others have written to it.

    It is therefore exact: there is no moment between a commit and its being seen.
    Two threads look by turns: while the question of one is open, the other
    would be told of the past.
    """

    def __init__(self, file: Path) -> None:
        self._file = file
        self._question = f"SELECT COALESCE(MAX(id), 0) FROM {Change._meta.db_table}"  # noqa: S608 (our words)
        self._version, self._number = -1, 0
        self._looking = threading.Lock()
        self._connection = sqlite3.connect(
            f"file:{quote(str(file))}?mode=ro", uri=True, isolation_level=None, check_same_thread=False
        )
        self._ask = self._connection.execute

    def read(self) -> int:
        """Return the number of the latest change that was committed."""
        with self._looking:
            version = self._ask("PRAGMA data_version").fetchone()[0]
            if version != self._version:
                self._number = self._ask(self._question).fetchone()[0]
                self._version = version
            return self._number


class StoreTide:
    """The tide of a database elsewhere: what this machine's store has followed, which takes a fraction of a millisecond."""

    def __init__(self) -> None:
        self._store = the_store()
        self._store.follow()
        self._looking = threading.Lock()
        self._open()

    def _open(self) -> None:
        self._version, self._number = -1, 0
        self._inode = self._store.inode()
        self._connection = sqlite3.connect(self._store.file, isolation_level=None, check_same_thread=False)
        self._ask = self._connection.execute

    def read(self) -> int:
        """Return the generation of this machine's store."""
        with self._looking:
            return self._look()

    def _look(self) -> int:
        if self._inode != self._store.inode():
            return self._of_another_file()
        version = self._ask("PRAGMA data_version").fetchone()[0]
        if version != self._version:
            self._number = int(self._ask("SELECT value FROM meta WHERE name = 'generation'").fetchone()[0])
            self._version = version
        return self._number

    def _of_another_file(self) -> int:
        """Go over to the file that is there now; until it can be read, nothing that is remembered counts as true."""
        self._connection.close()
        try:
            self._store.generation()  # Makes the file if there is none.
            self._open()
            return self._look()
        except (OSError, sqlite3.Error):
            self._inode = -1
            return -time.monotonic_ns()
