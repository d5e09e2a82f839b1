"""Serve readers and the desk with one command: granian's workers, and one process for desk and clock beside them."""

from __future__ import annotations

import errno
import gc
import logging
import multiprocessing
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connections
from django.urls import get_resolver
from granian.constants import HTTPModes, Interfaces
from granian.log import LogLevels
from granian.server import Server

from nutgraf.config.trouble import Trouble

try:
    import resource
except ImportError:  # Windows, which counts neither files nor connections.
    resource = None  # type: ignore[assignment]  # a module that is not there

RESTART_SECONDS = 2.0
# How long a thread that renders may keep readers of stored pages waiting; Python by itself lets it be five times as long.
SWITCH_SECONDS = 0.001
# Connections that a worker has beside those that stay open: readers' own, and those of a server in front.
OTHER_CONNECTIONS = 1_024
# And files that a process has open beside its connections.
OTHER_FILES = 256

logger = logging.getLogger(__name__)


def refuse_taken_port(host: str, port: int) -> None:
    """Stop if somebody else listens there: granian would share the port with them, and nobody would notice."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        if os.name != "nt":
            # What a server that has just ended leaves behind is no reason to wait.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except PermissionError:
            raise Trouble(f"This user may not listen on port {port}; choose one above 1023 with --port.") from None
        except (OSError, UnicodeError) as error:
            if getattr(error, "errno", None) == errno.EADDRINUSE:
                raise Trouble(f"Port {port} is in use; end what uses it, or choose another with --port.") from None
            raise Trouble(f"{host} is no address of this machine; choose another with --host.") from None


def serve(*, host: str, port: int, workers: int, when_ready: Callable[[], None], access_log: bool = False) -> None:
    """Serve until told to stop by an interrupt or SIGTERM; whatever was started ends with us."""
    # Only here: it knows models, for which Django has to have been set up.
    from nutgraf.published import meters
    from nutgraf.published.store import the_store

    # By port: another server on the same folder counts for itself.
    meters.share(Path(settings.DATA_DIR) / "published" / "counts" / str(port))
    # Short, as the name of a socket has to be, and ours alone.
    sockets = Path(tempfile.mkdtemp(prefix="nutgraf-"))
    connections_each, most_waiting = _connections()
    server = Server(
        "nutgraf.config.server:load",
        address=host,
        port=port,
        interface=Interfaces.RSGI,
        workers=workers,
        # What a browser or a server in front speaks without TLS; to be ready for HTTP/2 doubles what a connection costs.
        http=HTTPModes.http1,
        websockets=False,
        backpressure=connections_each,
        respawn_failed_workers=True,
        workers_kill_timeout=10,
        log_level=LogLevels.warning,
        log_dictconfig={"formatters": _formatters()},
    )
    backstage = Backstage(sockets / "desk" if hasattr(socket, "AF_UNIX") else None)
    server.on_startup(backstage.start)
    server.on_startup(lambda: _call_when_listening(host, port, when_ready))
    server.on_shutdown(backstage.stop)
    # Workers are forked where that is possible: what is loaded now is loaded once for all of them.
    get_resolver().url_patterns  # noqa: B018 (loads by being read)
    # Nor is it looked through for garbage, which takes a tenth of a second each time, with every reader waiting.
    gc.freeze()
    connections.close_all()
    try:
        # A worker that begins later is made of what we are, whatever lies on the disk by then.
        made_of = the_store().made_of
        loader = partial(
            load,
            desk=backstage.socket_file,
            made_of=made_of,
            most_waiting=most_waiting,
            has_access_log=access_log,
        )
        server.serve(target_loader=loader, wrap_loader=False)
    finally:
        backstage.stop()
        shutil.rmtree(sockets, ignore_errors=True)


def _connections() -> tuple[int, int]:
    """Return how many connections a worker may have, and how many of those may stay open, as far as the system lets us."""
    waiting: int = max(0, settings.OPEN_CONNECTIONS)
    if resource is None:
        return waiting + OTHER_CONNECTIONS, waiting
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    needed = waiting + OTHER_CONNECTIONS + OTHER_FILES
    if soft != resource.RLIM_INFINITY and soft < needed:
        soft = needed if hard == resource.RLIM_INFINITY else min(needed, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
        if soft < needed:
            waiting = max(0, soft - OTHER_CONNECTIONS - OTHER_FILES)
            logger.info("The system lets a process have %d files open: %d readers can stay connected.", soft, waiting)
    return waiting + OTHER_CONNECTIONS, waiting


def load(*, desk: Path | None, made_of: str | None = None, most_waiting: int = 0, has_access_log: bool = False) -> Any:
    """Make the application in a worker, which ends when the server does, even if that was killed."""
    if parent := multiprocessing.parent_process():

        def end_with_parent() -> None:
            parent.join()
            os._exit(1)

        threading.Thread(target=end_with_parent, daemon=True).start()
    from nutgraf.config.files import with_files
    from nutgraf.config.forwarding import Desk
    from nutgraf.config.wsgi import with_everything_but_pages
    from nutgraf.published.serving.rsgi import Application
    from nutgraf.published.store import the_store

    the_store().made_of = made_of
    sys.setswitchinterval(SWITCH_SECONDS)
    behind = with_files(Desk(desk)) if desk else with_everything_but_pages
    return Application(behind, is_logged=has_access_log, most_waiting=most_waiting)


class Backstage:
    """The process of desk and clock, started again when it ends before its time."""

    def __init__(self, socket_file: Path | None) -> None:
        self.socket_file = socket_file
        self.stopping = threading.Event()
        self.process: subprocess.Popen[bytes] | None = None
        self.supervisor = threading.Thread(target=self._supervise, daemon=True)

    def start(self) -> None:
        # Before any worker is forked: one that is forked meanwhile holds what `Popen` waits to see closed, and it waits for ever.
        self._begin()
        self.supervisor.start()

    def stop(self) -> None:
        self.stopping.set()
        if self.supervisor.is_alive() and self.supervisor is not threading.current_thread():
            self.supervisor.join(timeout=15)

    def _supervise(self) -> None:
        while not self.stopping.wait(0.2):
            if self.process and self.process.poll() is not None:
                logger.error(
                    "The desk and the clock ended with status %s; starting them again.", self.process.returncode
                )
                if not self.stopping.wait(RESTART_SECONDS):
                    self._begin()
        self._end()

    def _begin(self) -> None:
        socket_file = [str(self.socket_file)] if self.socket_file else []
        command = [sys.executable, "-m", "nutgraf", "backstage", *socket_file]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE)  # noqa: S603 (our own words)

    def _end(self) -> None:
        if self.process and self.process.stdin:
            self.process.stdin.close()
            try:
                self.process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                self.process.kill()


def _formatters() -> dict[str, Any]:
    """Have the server's lines in our log begin as ours do."""
    ours = settings.LOGGING["formatters"]
    return {"generic": ours["line"], "access": ours["request"]}


def _call_when_listening(host: str, port: int, when_ready: Callable[[], None]) -> None:
    def wait() -> None:
        shown = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 (compared, not bound)
        for _ in range(600):
            try:
                socket.create_connection((shown, port), timeout=1).close()
            except OSError:
                time.sleep(0.05)
            else:
                when_ready()
                return

    threading.Thread(target=wait, daemon=True).start()
