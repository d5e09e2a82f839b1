"""Let whoever is waiting for an answer go first: Python runs one thread of a process at a time, and some work is awaited by nobody."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

# What nobody waits for is done all the same where answers never pause.
MOST_SECONDS = 0.5

_lock = threading.Lock()
_answered = 0
_is_free = threading.Event()
_is_free.set()


@contextmanager
def taken() -> Iterator[None]:
    """Have others of this process give way in this block."""
    _count(1)
    try:
        yield
    finally:
        _count(-1)


def give(*, most_seconds: float = MOST_SECONDS) -> bool:
    """Wait until nobody is being answered in this process, but not for ever; say whether that came to be."""
    return _is_free.wait(most_seconds)


def taken_by(application: WSGIApplication) -> WSGIApplication:
    """Have a WSGI application take the right of way from when it is asked until its answer can be sent."""

    def answer(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        with taken():
            return application(environ, start_response)

    return answer


def _count(change: int) -> None:
    global _answered
    with _lock:
        _answered += change
        if _answered:
            _is_free.clear()
        else:
            _is_free.set()
