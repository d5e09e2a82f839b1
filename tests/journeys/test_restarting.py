"""A server that is told to renew itself, or to end, lets everybody have what they have asked for."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.journeys.processes import only_on_linux, workers
from tests.journeys.raw import request, send
from tests.journeys.site import Site, served
from tests.journeys.soon import soon

pytestmark = only_on_linux


def test_workers_are_renewed_without_a_request_being_dropped(built: Path) -> None:
    folder = Path(shutil.copytree(built, built.with_name("renewed")))
    with served(folder, command=("serve", str(folder), "--workers", "2")) as site:
        assert soon(lambda: len(workers(site.process.pid)) == 2)
        before = workers(site.process.pid)

        with _asking(site, "/world/") as statuses, _asking(site, "/search/?q=quiet") as others:
            os.kill(site.process.pid, signal.SIGHUP)
            assert soon(
                lambda: len(workers(site.process.pid)) == 2 and not workers(site.process.pid) & before, seconds=60
            )

        assert len(statuses) > 20
        assert set(statuses) | set(others) == {200}


def test_a_request_under_way_is_answered_before_the_end(own_site: Site) -> None:
    body = b"a=" + b"b" * 100
    whole = request("/desk/login/", f"Content-Length: {len(body)}", method="POST", body=body)
    with socket.create_connection(("127.0.0.1", own_site.port), timeout=20) as connection:
        connection.sendall(whole[:-50])
        assert send(own_site.port, request("/healthz"))[0].status == 200

        own_site.process.send_signal(signal.SIGTERM)
        assert soon(lambda: not _listens(own_site.port))
        connection.sendall(whole[-50:])

        assert connection.recv(100).startswith(b"HTTP/1.1 403")
    assert own_site.process.wait(timeout=20) == 0


def test_a_worker_that_is_killed_is_replaced_and_the_log_says_when(own_site: Site) -> None:
    assert soon(lambda: len(workers(own_site.process.pid)) == 1)
    (worker,) = workers(own_site.process.pid)

    os.kill(worker, signal.SIGKILL)

    assert soon(lambda: len(workers(own_site.process.pid) - {worker}) == 1, seconds=60)
    assert soon(lambda: _answers(own_site), seconds=60)
    assert re.search(r"^20\d\d-\d\d-\d\d [\d:,]+ ERROR .*[Uu]nexpected exit", own_site.said, re.MULTILINE)


def _answers(site: Site) -> bool:
    try:
        return send(site.port, request("/"))[0].status == 200
    except (OSError, IndexError):
        return False


@contextmanager
def _asking(site: Site, path: str) -> Iterator[list[int]]:
    """Ask for a page again and again, each time on a new connection, and give what was answered."""
    statuses: list[int] = []
    has_ended = threading.Event()

    def ask() -> None:
        while not has_ended.is_set():
            answers = send(site.port, request(path))
            statuses.append(answers[0].status if answers else 0)

    asking = threading.Thread(target=ask)
    asking.start()
    try:
        yield statuses
    finally:
        has_ended.set()
        asking.join()


def _listens(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True
