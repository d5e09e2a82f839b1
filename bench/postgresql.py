"""A PostgreSQL server for one bench, and an archive of SQLite's poured into it."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from bench.figures import NotMeasured
from bench.ground import free_port

PROGRAMS = Path("/usr/lib/postgresql")
RESTARTS = 30
# Each database makes its own, and what is searched is of another type in each.
NOT_POURED = ("django_migrations", "wagtailsearch_indexentry")
SEARCHED = ("title", "autocomplete", "body")


class Cluster:
    """A server with a folder and a port of its own, which may be killed and started again."""

    def __init__(self, folder: Path) -> None:
        found = sorted(PROGRAMS.glob("*/bin/initdb"), key=lambda path: int(path.parent.parent.name))
        if not found:
            raise NotMeasured("PostgreSQL is not installed (on Debian: apt install postgresql)")
        programs, self.data, self.port = found[-1].parent, folder / "postgresql", free_port()
        self.data.mkdir(parents=True)
        # PostgreSQL refuses to run as root.
        as_owner = ["runuser", "--user", "postgres", "--"] if os.getuid() == 0 else []
        if as_owner:
            shutil.chown(self.data, "postgres")
        self._run = partial(subprocess.run, check=True, stdout=subprocess.DEVNULL, cwd="/")
        self._control = [*as_owner, programs / "pg_ctl", f"--pgdata={self.data}", "--wait"]
        initdb = [*as_owner, programs / "initdb", f"--pgdata={self.data}", "--username=nutgraf"]
        self._run([*initdb, "--auth=trust", "--encoding=UTF8"])

    @property
    def address(self) -> str:
        """The address of its databases without their names."""
        return f"postgres://nutgraf@127.0.0.1:{self.port}"

    def start(self) -> None:
        options = f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories="
        command = [*self._control, f"--log={self.data}/log", f"--options={options}", "start"]
        for _attempt in range(RESTARTS):
            if not self._run(command, check=False, stderr=subprocess.DEVNULL).returncode:
                return
            # The children of one that was killed notice by themselves, and no other begins before they are gone.
            time.sleep(1)
        self._run(command)

    def stop(self) -> None:
        self._run([*self._control, "--mode=fast", "stop"])

    def kill(self) -> None:
        """End it as a machine that fails does: without a word, in the middle of whatever it is at."""
        os.kill(int((self.data / "postmaster.pid").read_text().splitlines()[0]), signal.SIGKILL)


@contextmanager
def cluster() -> Iterator[str]:
    """Run a server until the end of the block, and give the address of its databases without their names."""
    with running() as server:
        yield server.address


@contextmanager
def running() -> Iterator[Cluster]:
    """Run a server until the end of the block."""
    with tempfile.TemporaryDirectory(prefix="nutgraf-bench-", ignore_cleanup_errors=True) as folder:
        # It is another user's who runs the server.
        Path(folder).chmod(0o755)
        server = Cluster(Path(folder))
        server.start()
        try:
            yield server
        finally:
            server.stop()


def made(server: str, name: str) -> str:
    """Make an empty database of that name, and return its address."""
    import psycopg

    with psycopg.connect(f"{server}/postgres", autocommit=True) as administration:
        administration.execute(f"CREATE DATABASE {name}")
    return f"{server}/{name}"


def pour(file: Path, server: str, name: str) -> str:
    """Make a database of that name with all that is in a file of SQLite's, and return its address."""
    import psycopg

    address = made(server, name)
    subprocess.run(
        [sys.executable, "-m", "nutgraf", "manage", "migrate", "--verbosity=0"],
        env=os.environ | {"DATABASE_URL": address, "NUTGRAF_DATA": str(file.parent / "migrated")},
        check=True,
    )
    with psycopg.connect(address) as there, sqlite3.connect(file) as here:
        there.execute("SET session_replication_role = replica")
        there.execute("SET timezone = 'UTC'")
        tables = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
        poured = [table for (table,) in there.execute(tables).fetchall() if table not in NOT_POURED]
        there.execute(f"TRUNCATE {', '.join(poured)} CASCADE")
        for table in poured:
            _pour_table(table, here, there)
        _pour_index(here, there)
        _set_sequences(there)
        there.commit()
        there.autocommit = True
        there.execute("VACUUM ANALYZE")
    return address


def _pour_table(table: str, here: sqlite3.Connection, there: Any, into: str = "") -> None:
    given = [row[1] for row in here.execute(f'PRAGMA table_info("{table}")')]
    asked = there.execute(
        "SELECT column_name, data_type FROM information_schema.columns WHERE table_name = %s", [into or table]
    )
    types = dict(asked.fetchall())
    columns = [name for name in given if name in types]
    if not columns:
        return
    names = ", ".join(f'"{name}"' for name in columns)
    with there.cursor().copy(f'COPY "{into or table}" ({names}) FROM STDIN') as copy:
        for row in here.execute(f'SELECT {names} FROM "{table}"'):
            copy.write_row(row)


def _pour_index(here: sqlite3.Connection, there: Any) -> None:
    table = "wagtailsearch_indexentry"
    there.execute(
        "CREATE TEMP TABLE poured (id int, content_type_id int, object_id text, title_norm float,"
        " title text, autocomplete text, body text) ON COMMIT DROP"
    )
    _pour_table(table, here, there, into="poured")
    vectors = ", ".join(f"to_tsvector('simple', COALESCE({name}, ''))" for name in SEARCHED)
    there.execute(
        f"INSERT INTO {table} (id, content_type_id, object_id, title_norm, {', '.join(SEARCHED)}, title_text, body_text)"
        f" SELECT id, content_type_id, object_id, title_norm, {vectors}, title, COALESCE(body, '') FROM poured"
    )


def _set_sequences(there: Any) -> None:
    asked = there.execute(
        "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public' AND is_identity = 'YES'"
    )
    for table, column in asked.fetchall():
        there.execute(
            f"SELECT setval(pg_get_serial_sequence('{table}', '{column}'),"
            f' COALESCE((SELECT MAX("{column}") FROM "{table}"), 0) + 1, false)'
        )
