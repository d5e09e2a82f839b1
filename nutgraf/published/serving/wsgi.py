"""The page store in front of any WSGI application, for servers that speak nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from http import HTTPStatus
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication

from nutgraf.published.serving import monitoring
from nutgraf.published.serving.answers import Answer
from nutgraf.published.serving.counter import Counter, plain
from nutgraf.published.serving.memory import Held


def with_pages(application: WSGIApplication) -> WSGIApplication:
    """Answer for stored pages; leave everything else to the application."""
    counter = cache(Counter)

    def serve(environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        found = _watched(environ) or _find(counter(), environ)
        if found is None:
            return application(environ, start_response)
        status, headers, body = found
        start_response(f"{status} {HTTPStatus(status).phrase}", headers)
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]

    return serve


def _watched(environ: dict[str, Any]) -> Answer | None:
    path = environ["PATH_INFO"]
    if path not in monitoring.ADDRESSES:
        return None
    return monitoring.answer(path, environ["REQUEST_METHOD"], environ.get("REMOTE_ADDR", ""), _header_of(environ))


def _find(counter: Counter, environ: dict[str, Any]) -> Answer | tuple[int, list[tuple[str, str]], bytes] | None:
    header = _header_of(environ)
    if not counter.is_readers(environ["REQUEST_METHOD"], header):
        return None
    path = environ["PATH_INFO"].encode("latin-1").decode(errors="replace")
    query = environ.get("QUERY_STRING", "")
    if ready := counter.ready((path, query), header):
        return ready
    wanted = counter.wanted(path, query)
    if wanted is None or isinstance(wanted, Answer):
        return wanted
    found = counter.fetch(wanted)
    return counter.answer(found, header) if isinstance(found, Held) else plain(found)


def _header_of(environ: dict[str, Any]) -> Callable[[str], str | None]:
    return lambda name: environ.get(f"HTTP_{name.upper().replace('-', '_')}")
