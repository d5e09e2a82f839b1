"""What several benches stand on, each made when the first of them asks for it, and removed at the end."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import ExitStack
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from bench.figures import NotMeasured

if TYPE_CHECKING:
    from bench.archives import Archive

PATIENCE_SECONDS = 180


class Ground:
    """A folder to work in, two archives and a demo newsroom that is being served."""

    def __init__(self, folder: Path, stack: ExitStack, kept: Path | None = None) -> None:
        self.folder = folder
        self.stack = stack
        # A large archive takes minutes to make, so it may be kept for the next time.
        self.kept = kept or folder

    @cached_property
    def archives(self) -> tuple[Archive, Archive]:
        """The archive of 30 stories and that of 10,000, with Django set up for them."""
        os.environ |= {
            "NUTGRAF_DATA": str(self.folder / "archives"),
            "DJANGO_SETTINGS_MODULE": "nutgraf.config.settings",
        }

        import django
        from django.conf import settings

        django.setup()
        settings.DATA_DIR.mkdir()

        from bench import archives
        from nutgraf.reader import bundle

        bundle.build(settings.STATIC_ROOT)
        return archives.make_both(settings.DATA_DIR)

    def newsroom(self, size: int) -> Path:
        """The folder of a newsroom with so many stories, new each time, fit for a server of its own."""
        little, file = self.folder / "archives" / "few.sqlite3", self.kept / f"{size}.sqlite3"
        _ = self.archives

        from bench import archives

        if not file.exists():
            archives.make_many(little, file, size)
        folder = self.folder / f"newsroom-{len(list(self.folder.glob('newsroom-*')))}"
        shutil.copytree(self.folder / "archives", folder, ignore=shutil.ignore_patterns("*.sqlite3*", "published"))
        shutil.copy(file, folder / "main.sqlite3")
        (folder / "newsroom.env").write_text(f"NUTGRAF_SECRET_KEY={'of-a-bench-' * 5}\n")
        return folder

    def poured(self, size: int) -> str:
        """The address of a PostgreSQL database with so many stories."""
        from bench import postgresql

        return postgresql.pour(self.kept / f"{size}.sqlite3", self.postgresql, f"stories_{size}")

    @cached_property
    def postgresql(self) -> str:
        """The address of a PostgreSQL server."""
        from bench import postgresql

        return self.stack.enter_context(postgresql.cluster())

    @cached_property
    def demo(self) -> str:
        """The address of the demo newsroom, without a slash at its end."""
        command = [
            "-m",
            "nutgraf",
            "demo",
            "--no-browser",
            "--data",
            str(self.folder / "demo"),
            "--port",
            str(free_port()),
        ]
        server = subprocess.Popen([sys.executable, *command], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.stack.callback(stop, server)
        address = f"http://localhost:{command[-1]}"
        wait_for(address, server)
        return address


def free_port() -> int:
    """Return a port that nobody listens on just now."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def wait_for(address: str, server: subprocess.Popen[str] | subprocess.Popen[bytes]) -> bytes:
    """Return the first page that a server gives."""
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until and server.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=10) as answer:
                page: bytes = answer.read()
                return page
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.02)
    raise NotMeasured(f"{address} gave no page")


def stop(server: subprocess.Popen[str] | subprocess.Popen[bytes]) -> None:
    """Ask a server to stop, and wait until it has."""
    server.terminate()
    try:
        server.wait(timeout=10)
    except subprocess.TimeoutExpired:
        server.kill()
