"""A mail server that takes everything as fast as Python can, and says how much it had and whether anybody had it twice."""

from __future__ import annotations

import asyncio
import json
import re
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

GREETING = b"220 sink\r\n"
OFFERS = b"250-sink\r\n250-PIPELINING\r\n250-SMTPUTF8\r\n250 8BITMIME\r\n"


class Sink(asyncio.Protocol):
    """One connection."""

    taken: Counter[bytes] = Counter()
    first_at = 0.0
    seconds_each = 0.0

    def connection_made(self, transport: Any) -> None:
        self.transport, self.unread, self.to, self.is_body = transport, b"", b"", False
        transport.write(GREETING)

    def data_received(self, data: bytes) -> None:
        self.unread += data
        answers = []
        while True:
            if self.is_body:
                if (end := self.unread.find(b"\r\n.\r\n")) < 0:
                    break
                self.unread, self.is_body = self.unread[end + 5 :], False
                if not self.taken:
                    Sink.first_at = time.time()
                self.taken[self.to] += 1
                answers.append(b"250 taken\r\n")
                continue
            line, found, rest = self.unread.partition(b"\r\n")
            if not found:
                break
            self.unread = rest
            answers.append(self.answer(line))
        if answers:
            asyncio.get_running_loop().call_later(self.seconds_each, self.transport.write, b"".join(answers)) if (
                self.seconds_each
            ) else self.transport.write(b"".join(answers))

    def answer(self, line: bytes) -> bytes:
        match line[:4].upper():
            case b"EHLO":
                return OFFERS
            case b"RCPT":
                self.to = line[9:-1]
            case b"DATA":
                self.is_body = True
                return b"354 go on\r\n"
            case b"COUN":
                most = max(self.taken.values(), default=0)
                told = {
                    "taken": self.taken.total(),
                    "people": len(self.taken),
                    "doubled": sum(count > 1 for count in self.taken.values()),
                    "most": most,
                    "first_at": self.first_at,
                }
                return json.dumps(told).encode() + b"\r\n"
            case b"WHO":
                numbers = [int(found[1]) for to in self.taken if (found := re.match(rb"reader(\d+)@", to))]
                return json.dumps(numbers).encode() + b"\r\n"
            case b"FORG":
                self.taken.clear()
        return b"250 fine\r\n"


@dataclass
class Running:
    """A sink in a process of its own."""

    port: int

    def ask(self, what: str = "COUNT") -> Any:
        with socket.create_connection(("127.0.0.1", self.port)) as connection:
            connection.sendall(f"{what}\r\n".encode())
            lines = connection.makefile("rb")
            lines.readline()
            answer = lines.readline()
        return json.loads(answer) if what in ("COUNT", "WHO") else None


@contextmanager
def running(milliseconds_each: float = 0) -> Iterator[Running]:
    """Run a sink until the end of the block; each answer as late as is asked for."""
    command = [sys.executable, "-m", "bench.mail_sink", str(milliseconds_each)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout
    try:
        yield Running(int(process.stdout.readline()))
    finally:
        process.terminate()
        process.wait()


async def main(milliseconds_each: float) -> None:
    Sink.seconds_each = milliseconds_each / 1000
    server = await asyncio.get_running_loop().create_server(Sink, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main(float(sys.argv[1])))
