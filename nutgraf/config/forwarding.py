"""Hand requests to the desk's own process and its answers back, so that no page that it works at keeps readers waiting."""

from __future__ import annotations

import http.client
import logging
import socket
import time
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import quote
from wsgiref.types import StartResponse
from wsgiref.util import is_hop_by_hop

# How the desk hears who asked: a connection of ours comes from nobody. Whoever sends such a header is not heard.
READER_HEADER = "HTTP_X_NUTGRAF_READER"

# Longer than anything that the desk does; it ends by itself what takes too long.
ANSWER_SECONDS = 600
# The desk takes a moment to start, and to start again.
START_SECONDS = 30
# An answer of up to so many bytes is taken whole, so that a slow reader does not keep the connection.
WHOLE_BYTES = 8 * 1024 * 1024
CHUNK_BYTES = 64 * 1024

# What may stand in a path as it is, and in a query, which is quoted already where it has to be.
SAFE = "/!$&'()*+,;=:@~"
SAFE_IN_QUERY = SAFE + "?%"

logger = logging.getLogger(__name__)


class DeskConnection(http.client.HTTPConnection):
    """A connection to a socket that is a file."""

    def __init__(self, file: Path) -> None:
        super().__init__("desk", timeout=ANSWER_SECONDS)
        self.file = file

    def connect(self) -> None:
        until = time.monotonic() + START_SECONDS
        while True:
            self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            self.sock.settimeout(self.timeout)
            try:
                return self.sock.connect(str(self.file))
            except (FileNotFoundError, ConnectionRefusedError):
                self.sock.close()
                if time.monotonic() > until:
                    raise
                time.sleep(0.05)


class Desk:
    """The desk as a WSGI application, wherever it really runs."""

    def __init__(self, file: Path) -> None:
        self.file = file

    def __call__(self, environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        connection = DeskConnection(self.file)
        try:
            answer = _ask(connection, environ)
        except (OSError, http.client.HTTPException) as error:
            connection.close()
            logger.error("The desk did not answer: %s.", error or type(error).__name__)
            start_response("503 Service Unavailable", [("Content-Type", "text/plain"), ("Retry-After", "5")])
            return [b"The desk does not answer just now. Try again in a moment.\n"]
        headers = [(name, value) for name, value in answer.getheaders() if not is_hop_by_hop(name)]
        start_response(f"{answer.status} {answer.reason}", headers)
        if answer.length is not None and answer.length <= WHOLE_BYTES:
            with closing(connection):
                return [answer.read()]
        return _pieces(connection, answer)


def _ask(connection: DeskConnection, environ: dict[str, Any]) -> http.client.HTTPResponse:
    path = quote(environ["PATH_INFO"].encode("latin-1"), safe=SAFE)
    query = quote(environ.get("QUERY_STRING", "").encode("latin-1"), safe=SAFE_IN_QUERY)
    connection.putrequest(
        environ["REQUEST_METHOD"], f"{path}?{query}" if query else path, skip_host=True, skip_accept_encoding=True
    )
    for name, value in _headers(environ):
        connection.putheader(name, value)
    length = int(environ.get("CONTENT_LENGTH") or 0)
    connection.endheaders()
    while length > 0 and (piece := environ["wsgi.input"].read(min(CHUNK_BYTES, length))):
        connection.send(piece)
        length -= len(piece)
    return connection.getresponse()


def _headers(environ: dict[str, Any]) -> Iterator[tuple[str, bytes]]:
    told = {name: value for name, value in environ.items() if name.startswith("HTTP_")}
    told |= {name: environ[name] for name in ("CONTENT_TYPE", "CONTENT_LENGTH") if environ.get(name)}
    told[READER_HEADER] = environ.get("REMOTE_ADDR", "")
    for name, value in told.items():
        header = name.removeprefix("HTTP_").replace("_", "-").title()
        if not is_hop_by_hop(header):
            yield header, value.encode("latin-1")
    yield "Connection", b"close"


def _pieces(connection: DeskConnection, answer: http.client.HTTPResponse) -> Iterator[bytes]:
    with closing(connection):
        while piece := answer.read(CHUNK_BYTES):
            yield piece


def from_front(application: Any) -> Any:
    """Tell an application that is asked through us who really asks."""

    def serve(environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        environ["REMOTE_ADDR"] = environ.pop(READER_HEADER, "")
        # A socket that is a file has no port, which Wagtail asks for.
        name, _, port = environ.get("HTTP_HOST", "").rpartition(":")
        environ["SERVER_PORT"] = port if name and port.isdecimal() else "80"
        answer: Iterable[bytes] = application(environ, start_response)
        return answer

    return serve
