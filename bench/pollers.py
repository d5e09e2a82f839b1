"""Ask for pages over and over, one thread for each, and tell the moment at which each first showed something new.

A process of its own, which is told on standard input what to look for and where:
Python lets one thread run at a time, and the editor's must not wait for these.
"""

from __future__ import annotations

import http.client
import json
import sys
import threading
import time
from typing import Any

PAUSE_SECONDS = 0.005
PATIENCE_SECONDS = 30.0


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
        connection = http.client.HTTPConnection("localhost", self.port)
        while True:
            self.go.wait()
            self.go.clear()
            assert self.wanted
            _tell(self.name, self._first_seen(connection, *self.wanted))

    def _first_seen(self, connection: http.client.HTTPConnection, address: str, marker: bytes) -> float | None:
        etag, until = "", time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < until:
            connection.request("GET", address, headers={"If-None-Match": etag} if etag else {})
            answer = connection.getresponse()
            body = answer.read()
            if answer.status == 200:
                if marker in body:
                    return time.monotonic()
                etag = answer.headers["ETag"] or ""
            time.sleep(PAUSE_SECONDS)
        return None


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
