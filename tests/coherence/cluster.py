"""A cluster of PostgreSQL's that is thrown away, as `.ci/run` starts one."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

# A commit waits until the system has it, as it does by default: what is lost in a crash after readers saw it, no page
# store hears of.
QUICK = "-c fsync=off -c full_page_writes=off"


@dataclass(frozen=True)
class Cluster:
    """Where it is, and how it is stopped and started."""

    programs: Path
    folder: Path
    port: int

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def address(self) -> str:
        return f"postgres://nutgraf@127.0.0.1:{self.port}"

    def start(self) -> None:
        options = f"-h 127.0.0.1 -p {self.port} -k {self.folder} {QUICK}"
        self._control("start", "--wait", "--silent", f"--log={self.folder}/log", f"--options={options}")

    def stop(self) -> None:
        """End it as a machine that loses its power would, but for what is on the disk."""
        self._control("stop", "--mode=immediate", "--silent")

    def _control(self, *arguments: str) -> None:
        _as_postgres(self.programs / "pg_ctl", f"--pgdata={self.data}", *arguments)


def programs() -> Path | None:
    """Return where the programs of PostgreSQL's server are, if they are on this machine."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    return found[-1].parent if found else None


@contextmanager
def running() -> Iterator[Cluster]:
    """Start a cluster in a folder of its own, and stop it at the end."""
    place = programs()
    if place is None:
        raise LookupError("PostgreSQL is not on this machine.")
    # Not in pytest's own folder: another run of it beside ours closes that to the user whom the server runs as.
    with tempfile.TemporaryDirectory(prefix="nutgraf-postgresql-", ignore_cleanup_errors=True) as temporary:
        folder = Path(temporary)
        if os.geteuid() == 0:
            # The server refuses to be root.
            shutil.chown(folder, "postgres")
        with socket.socket() as one:
            one.bind(("127.0.0.1", 0))
            port = one.getsockname()[1]
        make = ["--username=nutgraf", "--auth=trust", "--encoding=UTF8", "--no-sync"]
        cluster = Cluster(place, folder, port)
        _as_postgres(place / "initdb", f"--pgdata={cluster.data}", *make)
        cluster.start()
        try:
            yield cluster
        finally:
            cluster.stop()


def _as_postgres(*command: str | Path) -> None:
    before = ["runuser", "--user", "postgres", "--"] if os.geteuid() == 0 else []
    subprocess.run([*before, *map(str, command)], check=True, stdout=subprocess.DEVNULL, cwd="/")
