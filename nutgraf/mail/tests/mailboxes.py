"""A mailbox for tests that is read over IMAP, on a real socket: as much of a server as reading one takes."""

from __future__ import annotations

import re
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field


@dataclass
class Mailbox:
    """What is in it, and what was marked as read."""

    messages: list[bytes]
    password: str = "s3cret"
    port: int = 0
    seen: set[int] = field(default_factory=set)


@contextmanager
def serving(messages: list[bytes]) -> Iterator[Mailbox]:
    """Serve until the end of the block."""
    box = Mailbox(messages)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        box.port = listening.getsockname()[1]
        threading.Thread(target=_accept, args=[box, listening], daemon=True).start()
        yield box


def _accept(box: Mailbox, listening: socket.socket) -> None:
    with suppress(OSError):
        while True:
            connection, _address = listening.accept()
            threading.Thread(target=_serve, args=[box, connection], daemon=True).start()


def _serve(box: Mailbox, connection: socket.socket) -> None:
    with suppress(OSError), connection, connection.makefile("rwb") as stream:
        stream.write(b"* OK ready\r\n")
        stream.flush()
        for line in stream:
            tag, words = line.decode().strip().split(" ", 1)
            stream.write(_answer(box, tag, words))
            stream.flush()


def _answer(box: Mailbox, tag: str, words: str) -> bytes:
    command, number = words.upper(), int((re.search(r"UID \w+ (\d+)", words) or [0, 0])[1])
    said, result = b"", "OK done"
    if command.startswith("CAPABILITY"):
        said = b"* CAPABILITY IMAP4rev1\r\n"
    elif command.startswith("LOGIN") and box.password not in words:
        result = "NO wrong password"
    elif command.startswith("SELECT"):
        said = f"* {len(box.messages)} EXISTS\r\n".encode()
    elif command.startswith("UID SEARCH"):
        new = [str(place) for place in range(1, len(box.messages) + 1) if place not in box.seen]
        said = f"* SEARCH {' '.join(new)}\r\n".encode()
    elif command.startswith("UID FETCH"):
        content = box.messages[number - 1]
        said = f"* {number} FETCH (UID {number} BODY[]<0> {{{len(content)}}}\r\n".encode() + content + b")\r\n"
    elif command.startswith("UID STORE"):
        box.seen.add(number)
    return said + f"{tag} {result}\r\n".encode()
