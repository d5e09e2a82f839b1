"""A server that is told to renew itself, or to end, lets everybody have what they have asked for."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.journeys.raw import request, send
from tests.journeys.site import Site, served
from tests.journeys.soon import soon

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux says in files who is whose child")


def test_workers_are_renewed_without_a_request_being_dropped(built: Path) -> None:
    folder = Path(shutil.copytree(built, built.with_name("renewed")))
    with served(folder, command=("serve", str(folder), "--workers", "2")) as site:
        assert soon(lambda: len(_workers(site)) == 2)
        before = _workers(site)

        with _asking(site, "/world/") as statuses, _asking(site, "/search/?q=quiet") as others:
            os.kill(site.process.pid, signal.SIGHUP)
            assert soon(lambda: len(_workers(site)) == 2 and not _workers(site) & before, seconds=60)

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
    assert soon(lambda: len(_workers(own_site)) == 1)
    (worker,) = _workers(own_site)

    os.kill(worker, signal.SIGKILL)

    assert soon(lambda: len(_workers(own_site) - {worker}) == 1, seconds=60)
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


def _workers(site: Site) -> set[int]:
    """Return the children that are copies of the server itself."""
    found = set()
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, parent = stat.read_text().rpartition(")")[2].split()[:2]
            words = stat.with_name("cmdline").read_text()
        except OSError:
            continue
        if int(parent) == site.process.pid and state != "Z" and "backstage" not in words:
            found.add(int(stat.parent.name))
    return found


def _listens(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True
