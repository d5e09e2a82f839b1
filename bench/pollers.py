"""Ask for pages over and over, one thread for each, and tell the moment at which each first showed something new.

A process of its own, which is told on standard input what to look for and where:
Python lets one thread run at a time, and the editor's must not wait for these. It
speaks through a bare socket, because what asks must not take the time of what answers.
"""

from __future__ import annotations

import json
import re
import socket
import sys
import threading
import time
from typing import Any

PAUSE_SECONDS = 0.005
PATIENCE_SECONDS = 30.0

LENGTH = re.compile(rb"(?i)\r\ncontent-length: (\d+)")
ETAG = re.compile(rb"(?i)\r\netag: ([^\r]+)")


class Reader(threading.Thread):
    """Reads one page as a browser that has it does, until it shows what is looked for."""

    def __init__(self, name: str, port: int) -> None:
        super().__init__(daemon=True)
        self.name, self.port = name, port
        self.wanted: tuple[str, bytes] | None = None
        self.go = threading.Event()
        self.start()

    def look(self, address: str, marker: bytes) -> None:
        self.wanted = address, marker
        self.go.set()

    def run(self) -> None:
        with socket.create_connection(("localhost", self.port)) as connection:
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            while True:
                self.go.wait()
                self.go.clear()
                assert self.wanted
                _tell(self.name, self._first_seen(connection, *self.wanted))

    def _first_seen(self, connection: socket.socket, address: str, marker: bytes) -> float | None:
        etag, until = b"", time.monotonic() + PATIENCE_SECONDS
        asked = f"GET {address} HTTP/1.1\r\nHost: localhost:{self.port}\r\n".encode()
        while time.monotonic() < until:
            connection.sendall(asked + (b"If-None-Match: " + etag + b"\r\n" if etag else b"") + b"\r\n")
            status, found, body = _answer(connection)
            if status == 200:
                if marker in body:
                    return time.monotonic()
                etag = found
            time.sleep(PAUSE_SECONDS)
        return None


def _answer(connection: socket.socket) -> tuple[int, bytes, bytes]:
    """Return status, entity tag and body of an answer whose length is told."""
    told, body = b"", b""
    while b"\r\n\r\n" not in told:
        told += _received(connection)
    told, _, body = told.partition(b"\r\n\r\n")
    status = int(told[9:12])
    length = 0 if status == 304 else int(LENGTH.search(told)[1])  # type: ignore[index]  # it is told
    while len(body) < length:
        body += _received(connection)
    etag = ETAG.search(told)
    return status, etag[1] if etag else b"", body


def _received(connection: socket.socket) -> bytes:
    if not (some := connection.recv(65_536)):
        raise ConnectionError("The server has closed the connection.")
    return some


def _tell(name: str, at: float | None) -> None:
    with _writing:
        print(json.dumps({"name": name, "at": at}), flush=True)


_writing = threading.Lock()


def main(port: int) -> None:
    readers: dict[str, Reader] = {}
    for line in sys.stdin:
        wanted: dict[str, Any] = json.loads(line)
        for name, address in wanted["pages"].items():
            if name not in readers:
                readers[name] = Reader(name, port)
            readers[name].look(address, wanted["marker"].encode())


if __name__ == "__main__":
    main(int(sys.argv[1]))
