"""A newsroom of its own folder, served by the real server in a process of its own."""

from __future__ import annotations

import json
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.journeys.newsroom import PASSWORD

START_SECONDS = 120
STOP_SECONDS = 20


@dataclass(frozen=True)
class Answer:
    """What a server said, without following where it points to."""

    status: int
    headers: Any
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


@dataclass(frozen=True)
class Site:
    """A served newsroom: where it is, and what its builder knew of it."""

    address: str
    folder: Path
    process: subprocess.Popen[bytes]
    log: Path

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self.address.rpartition(":")[2])

    @property
    def said(self) -> str:
        """What the server has said so far to whoever started it."""
        return self.log.read_text()

    @property
    def known(self) -> dict[str, Any]:
        """The addresses and moments that the builder wrote down."""
        known: dict[str, Any] = json.loads((self.folder / "known.json").read_text())
        return known

    @property
    def paths(self) -> dict[str, str]:
        """The path of each kind of page."""
        paths: dict[str, str] = self.known["paths"]
        return paths

    @property
    def stored(self) -> set[str]:
        """The addresses of all pages in its store."""
        with closing(sqlite3.connect(self.folder / "published/store.sqlite3")) as connection:
            return {address for (address,) in connection.execute("SELECT address FROM page")}

    def get(self, path: str, **headers: str) -> Answer:
        """Ask as a plain client does; header names are written with underscores."""
        request = urllib.request.Request(
            self.address + path, headers={name.replace("_", "-"): value for name, value in headers.items()}
        )
        try:
            with urllib.request.build_opener(_Stay).open(request, timeout=30) as answer:
                return Answer(answer.status, answer.headers, answer.read())
        except urllib.error.HTTPError as error:
            with error:
                return Answer(error.code, error.headers, error.read())

    def sign_in(self, page: Any, username: str, password: str = PASSWORD) -> None:
        """Open the desk as somebody."""
        page.goto(f"{self.address}/desk/login/")
        page.fill("[name=username]", username)
        page.fill("[name=password]", password)
        page.press("[name=password]", "Enter")
        page.wait_for_url(f"{self.address}/desk/")


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *arguments: Any) -> None:
        return None


def run(*arguments: str | Path, **environment: str) -> str:
    """Run a Python module to its end, and return what it printed; what it said is in the error if it fails."""
    done = subprocess.run(
        [sys.executable, "-m", *map(str, arguments)], env=clean() | environment, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@contextmanager
def served(folder: Path, *, command: tuple[str, ...] = ("serve",), **environment: str) -> Iterator[Site]:
    """Serve a folder until the test is over, and see that the server stops as it should."""
    port = free_port()
    if command == ("serve",):
        command = ("serve", str(folder))
    log = folder.with_name(f"{folder.name}.{port}.log")
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "nutgraf", *command, "--port", str(port)],
            env=clean() | environment,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        try:
            _wait_for(port, process, log)
            yield Site(f"http://localhost:{port}", folder, process, log)
        finally:
            _stop(process)
    assert "Traceback" not in log.read_text(), log.read_text()


def _wait_for(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError(f"The server does not answer at port {port}:\n{log.read_text()}")


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(timeout=STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
        raise AssertionError("The server did not stop when it was asked to.") from None


def clean() -> dict[str, str]:
    """Return the environment without what the tests of single apps were told."""
    return {name: value for name, value in os.environ.items() if not name.startswith(("NUTGRAF_", "DJANGO_"))}


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port
