"""A mail server for tests, on a real socket, that says what it is told to: yes, later, no, nothing, or half of it."""

from __future__ import annotations

import re
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

CLOSE = "close"
# Nothing at all from here on; or something first, and then nothing.
SILENCE = "…"


@dataclass
class Server:
    """What it offers, what it says instead of yes, and what it has taken."""

    port: int = 0
    offers: tuple[str, ...] = ("PIPELINING", "SMTPUTF8")
    # Given a command (`MAIL`, `RCPT`, `DATA`, `body` ...) and its words, returns what to say, or None for yes.
    says: Callable[[str, str], str | None] = lambda command, words: None
    taken: list[tuple[str, str, bytes]] = field(default_factory=list)
    connections: int = 0
    commands: list[str] = field(default_factory=list)

    @property
    def addresses(self) -> list[str]:
        """To whom it has taken mail, once for each."""
        return [to for _sender, to, _content in self.taken]


@contextmanager
def running(**fields: object) -> Iterator[Server]:
    """Serve until the end of the block."""
    server = Server(**fields)  # type: ignore[arg-type]  # as the test names them
    with socket.create_server(("127.0.0.1", 0)) as listening:
        server.port = listening.getsockname()[1]
        threading.Thread(target=_accept, args=[server, listening], daemon=True).start()
        yield server


def _accept(server: Server, listening: socket.socket) -> None:
    with suppress(OSError):
        while True:
            connection, _address = listening.accept()
            server.connections += 1
            threading.Thread(target=_serve, args=[server, connection], daemon=True).start()


def _serve(server: Server, connection: socket.socket) -> None:
    # Each answer at once, as a server's answers to several commands come together.
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    with suppress(OSError), connection, connection.makefile("rb") as lines:
        _Session(server, connection).talk(lines)


class _Session:
    def __init__(self, server: Server, connection: socket.socket) -> None:
        self.server, self.connection = server, connection
        self.sender = self.to = ""
        self.is_silent = False

    def talk(self, lines: Iterator[bytes]) -> None:
        if not self._say("greeting", "", "220 harbour.example"):
            return
        for line in lines:
            words = line.decode().strip()
            command = words.split(" ")[0].split(":")[0].upper()
            self.server.commands.append(command)
            if command == "EHLO":
                offered = "".join(f"250-{name}\r\n" for name in self.server.offers)
                goes_on = self._say(command, words, f"250-harbour.example\r\n{offered}250 HELP")
            elif command == "DATA":
                goes_on = self._take(lines, words)
            else:
                goes_on = self._command(command, words)
            if not goes_on:
                return

    def _command(self, command: str, words: str) -> bool:
        address = re.search("<(.*?)>", words)
        said = self.server.says(command, words)
        if command == "MAIL" and said is None:
            self.sender, self.to = address[1], ""
        elif command == "RCPT" and said is None:
            if not self.sender:
                return self._answer("503 from whom?", "")
            self.to = address[1]
        elif command == "RSET":
            self.sender = self.to = ""
        return self._answer(said, "250 fine")

    def _take(self, lines: Iterator[bytes], words: str) -> bool:
        said = self.server.says("DATA", words)
        if not self.to and not (said and said.startswith("354")):
            return self._answer(said or "554 nobody to send it to", "")
        if not self._answer(said, "354 go on"):
            return False
        if said and not said.startswith("354"):
            return True
        content = b""
        for line in lines:
            if line == b".\r\n":
                break
            content += line[1:] if line.startswith(b".") else line
        else:
            return False
        if not self.to:
            return self._answer("554 nobody to send it to", "")
        said = self.server.says("body", self.to)
        if not said or said == CLOSE or said.endswith(SILENCE) or said.startswith("2"):
            # What is answered with nothing was taken nevertheless, which is the worst that can happen.
            self.server.taken.append((self.sender, self.to, content))
        self.sender = self.to = ""
        return self._answer(said, "250 taken")

    def _say(self, command: str, words: str, yes: str) -> bool:
        return self._answer(self.server.says(command, words), yes)

    def _answer(self, said: str | None, yes: str) -> bool:
        if said == CLOSE:
            return False
        text = said or yes
        if not self.is_silent:
            self.is_silent = text.endswith(SILENCE)
            self.connection.sendall(text.removesuffix(SILENCE).encode() if self.is_silent else f"{text}\r\n".encode())
        return True
