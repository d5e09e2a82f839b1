"""Ask a server in bytes, as no well-behaved client would."""

from __future__ import annotations

import socket
from dataclasses import dataclass
from typing import Any

from tests.journeys.site import Site

SECONDS = 20


@dataclass(frozen=True)
class Reply:
    """The first answer on a connection."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def location(self) -> str:
        """Where it leads to."""
        return self.headers.get("location", "")


def send(port: int, request: bytes, *, and_no_more: bool = False) -> list[Reply]:
    """Send bytes on a new connection, and return every answer that came before the server hung up."""
    with socket.create_connection(("127.0.0.1", port), timeout=SECONDS) as connection:
        try:
            connection.sendall(request)
            if and_no_more:
                connection.shutdown(socket.SHUT_WR)
        except (BrokenPipeError, ConnectionResetError):
            pass  # It has heard enough and answers now.
        return list(_replies(_all_of(connection)))


def ask(site: Site, *arguments: str | bytes, **options: Any) -> Reply:
    """Ask a site for one thing, and return its one answer."""
    replies = send(site.port, request(*arguments, **options))
    assert len(replies) == 1
    return replies[0]


def request(
    target: str | bytes,
    *headers: str | bytes,
    method: str = "GET",
    version: str = "1.1",
    host: str | None = "localhost",
    body: bytes = b"",
) -> bytes:
    """Write a request, after which the server is to hang up."""
    lines = [b" ".join([method.encode(), _bytes(target), f"HTTP/{version}".encode()])]
    lines += [] if host is None else [f"Host: {host}".encode()]
    return b"\r\n".join([*lines, *map(_bytes, headers), b"Connection: close", b"", body])


def _bytes(text: str | bytes) -> bytes:
    return text if isinstance(text, bytes) else text.encode()


def _all_of(connection: socket.socket) -> bytes:
    received = b""
    while True:
        try:
            chunk = connection.recv(65536)
        except ConnectionResetError:
            chunk = b""
        if not chunk:
            return received
        received += chunk


def _replies(received: bytes) -> list[Reply]:
    replies = []
    while received:
        head, _, rest = received.partition(b"\r\n\r\n")
        first, *lines = head.decode("latin-1").split("\r\n")
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
        length = int(headers.get("content-length", len(rest)))
        replies.append(Reply(int(first.split()[1]), headers, rest[:length]))
        received = rest[length:]
    return replies
