"""Log each request in one line: status, bytes, seconds, method and path, and nothing about who asked."""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from granian.rsgi import Scope

# What may stand in a path as it is; what follows a "?" can be what somebody searched for, and is not kept.
SAFE = "/!$&'()*+,;=:@~"
LONGEST_PATH = 500
# What stands below one of these says who asks, or lets whoever reads it do what they may; apps add theirs.
UNTOLD: list[str] = []

logger = logging.getLogger("nutgraf.access")


class Logged:
    """A request's protocol that remembers what was answered."""

    __slots__ = ("bytes", "inner", "started", "status")

    def __init__(self, inner: Any) -> None:
        self.inner = inner
        # 499 is what others write too for a reader who has left.
        self.status, self.bytes, self.started = 499, 0, time.perf_counter()

    def tell(self, scope: Scope) -> None:
        """Write the line."""
        seconds = time.perf_counter() - self.started
        path = told(scope.path)
        logger.info("%d %d %.6f %s %s", self.status, self.bytes, seconds, scope.method, path)

    def __call__(self) -> Any:
        return self.inner()

    def __aiter__(self) -> Any:
        return self.inner.__aiter__()

    def client_disconnect(self) -> Any:
        return self.inner.client_disconnect()

    def response_empty(self, status: int, headers: Any) -> Any:
        self.status = status
        return self.inner.response_empty(status, headers)

    def response_str(self, status: int, headers: Any, body: str) -> Any:
        self.status, self.bytes = status, len(body.encode())
        return self.inner.response_str(status, headers, body)

    def response_bytes(self, status: int, headers: Any, body: bytes) -> Any:
        self.status, self.bytes = status, len(body)
        return self.inner.response_bytes(status, headers, body)

    def response_file(self, status: int, headers: Any, file: str) -> Any:
        self.status, self.bytes = status, os.path.getsize(file)
        return self.inner.response_file(status, headers, file)

    def response_file_range(self, status: int, headers: Any, file: str, start: int, end: int) -> Any:
        self.status, self.bytes = status, end - start
        return self.inner.response_file_range(status, headers, file, start, end)

    def response_stream(self, status: int, headers: Any) -> Any:
        self.status = status
        return _Counted(self, self.inner.response_stream(status, headers))


class _Counted:
    """A body that is sent piece by piece."""

    def __init__(self, logged: Logged, inner: Any) -> None:
        self.logged, self.inner = logged, inner

    def send_bytes(self, data: bytes) -> Any:
        self.logged.bytes += len(data)
        return self.inner.send_bytes(data)

    def send_str(self, data: str) -> Any:
        self.logged.bytes += len(data.encode())
        return self.inner.send_str(data)


def told(path: str) -> str:
    """Return a path as it is written down: without what is nobody's business."""
    if hidden := next((start for start in UNTOLD if path.startswith(start)), None):
        return f"{hidden}…"
    return quote(path[:LONGEST_PATH], safe=SAFE)


def logging_each(answer: Callable[[Scope, Any], bool]) -> Callable[[Scope, Any], bool]:
    """Have what is answered at once be logged; what is not will be logged where it is."""

    def answer_and_log(scope: Scope, proto: Any) -> bool:
        logged = Logged(proto)
        if not answer(scope, logged):
            return False
        logged.tell(scope)
        return True

    return answer_and_log
