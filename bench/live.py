"""Ten thousand readers of one live story: what each costs the server, and how soon the last of them knows what is new."""

from __future__ import annotations

import asyncio
import json
import os
import random
import resource
import statistics
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

from bench.figures import Figure
from bench.ground import Ground, free_port, stop, wait_for
from bench.memory import worker_and_backstage
from bench.processes import processor_seconds, resident_megabytes

READERS, ROUNDS, SECONDS_OF_QUIET = 10_000, 7, 20
POLLED_ROUNDS, SECONDS_BETWEEN_POLLS = 3, 10
AIM_KILOBYTES, AIM_SECONDS = 10, 2
OPENED_AT_ONCE = 200


def measure(ground: Ground) -> Iterator[Figure]:
    """Hold ten thousand connections on one worker and file entries; then have as many readers ask every ten seconds."""
    for way, rounds in (("told", ROUNDS), ("asking", POLLED_ROUNDS)):
        folder, port = ground.newsroom(100), free_port()
        with ExitStack() as stack:
            command = [sys.executable, "-m", "nutgraf", "serve", str(folder), "--port", str(port), "--workers", "1"]
            limit = {"NUTGRAF_OPEN_CONNECTIONS": str(READERS)}
            server = subprocess.Popen(command, stdout=subprocess.DEVNULL, env=os.environ | limit)
            stack.callback(stop, server)
            wait_for(f"http://localhost:{port}", server)
            yield from _figures(_readers(stack, folder, port, server.pid, way, rounds), way)


def _figures(found: dict[str, float], way: str) -> Iterator[Figure]:
    name = f"{READERS:,} readers who are told" if way == "told" else f"{READERS:,} readers who ask every ten seconds"
    last, each = found["last"], found["kilobytes"]
    yield Figure(
        f"{name}: memory of the worker for each connection",
        f"{each:.1f} KB",
        f"{AIM_KILOBYTES} KB" if way == "told" else "",
        each <= AIM_KILOBYTES if way == "told" else None,
    )
    yield Figure(
        f"{name}: from the commit of an entry until they know",
        f"the last {last:.2f} s (slowest round {found['slowest']:.2f}), half of them {found['half']:.2f} s",
        f"{AIM_SECONDS} s" if way == "told" else "",
        last <= AIM_SECONDS if way == "told" else None,
    )
    yield Figure(f"{name}: processor of the worker while nothing happens", f"{100 * found['quiet']:.1f} % of a core")


def _readers(stack: ExitStack, folder: Path, port: int, server: int, way: str, rounds: int) -> dict[str, float]:
    address = _run("start", str(folder))
    urllib.request.urlopen(f"http://localhost:{port}{address}live.json").close()
    worker, _ = worker_and_backstage(server)
    before = resident_megabytes(worker)
    command = [sys.executable, "-m", "bench.live", way, str(port), address]
    readers = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    stack.callback(stop, readers)
    assert readers.stdin
    assert readers.stdout
    readers.stdout.readline()
    after = resident_megabytes(worker)
    began = processor_seconds(worker)
    time.sleep(SECONDS_OF_QUIET)
    quiet = (processor_seconds(worker) - began) / SECONDS_OF_QUIET
    halves, lasts = [], []
    for _ in range(rounds):
        committed = float(_run("file", str(folder)))
        half, last = json.loads(readers.stdout.readline())
        halves.append(half - committed)
        lasts.append(last - committed)
        time.sleep(1)
    return {
        "kilobytes": (after - before) * 1024 / READERS,
        "quiet": quiet,
        "half": statistics.median(halves),
        "last": statistics.median(lasts),
        "slowest": max(lasts),
    }


def _run(what: str, folder: str) -> str:
    command = [sys.executable, "-m", "bench.live", what, folder]
    return subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout.strip()


# In processes of their own


def start(folder: str) -> None:
    """Have the newest story go live, and say where it is."""
    from nutgraf.live import actions
    from nutgraf.stories.models import Story

    story = Story.objects.live().latest("first_published_at")
    from django.utils import timezone

    actions.start(story=story, by=None, at=timezone.now())
    print(story.address)


def file(folder: str) -> None:
    """File an entry as an editor does, and say when it was committed."""
    from django.utils import timezone

    from nutgraf.live import actions, copy
    from nutgraf.live.models import LiveRun

    now = timezone.now()
    typed = copy.entry("Cranes fall\n\nTwo of the three cranes fell, “and nobody is hurt,” said Ana Duarte.", at=now)
    actions.file(run=LiveRun.objects.get(), by=None, at=now, headline=typed.headline, body=typed.body)
    print(time.time())


class Crowd:
    """Everybody who reads, and when each learnt of what is new."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.greeted, self.moments = 0, list[float]()

    def learn(self) -> None:
        self.moments.append(time.time())
        if len(self.moments) == READERS:
            print(json.dumps([self.moments[READERS // 2], self.moments[-1]]), flush=True)
            self.moments.clear()


class Told(asyncio.Protocol):
    """One who stays connected."""

    def __init__(self, crowd: Crowd) -> None:
        self.crowd = crowd

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        transport.write(_question(f"{self.crowd.address}live.events"))

    def data_received(self, data: bytes) -> None:
        if b"retry:" in data:
            self.crowd.greeted += 1
        if b'"entries":[{' in data:
            self.crowd.learn()

    def connection_lost(self, error: Exception | None) -> None:
        print(f"lost: {error}", file=sys.stderr)


class Asking(asyncio.Protocol):
    """One who asks every ten seconds, with the validator of the latest answer."""

    def __init__(self, crowd: Crowd) -> None:
        self.crowd = crowd
        self.etag = self.cursor = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        self.ask()

    def ask(self) -> None:
        self.transport.write(_question(f"{self.crowd.address}live.json", self.etag.decode()))

    def data_received(self, data: bytes) -> None:
        pause: float = SECONDS_BETWEEN_POLLS
        if not self.etag:
            self.crowd.greeted += 1
            pause *= random.random()
        head, _, body = data.partition(b"\r\n\r\n")
        if b" 200 " in head[:16]:
            known, self.etag = self.etag, _value(head, b"etag: ")
            if known:
                self.crowd.learn()
        if head.startswith(b"HTTP/"):
            asyncio.get_running_loop().call_later(pause, self.ask)


def _value(head: bytes, name: bytes) -> bytes:
    return head.partition(name)[2].partition(b"\r\n")[0]


def _question(path: str, etag: str = "") -> bytes:
    known = f"If-None-Match: {etag}\r\n" if etag else ""
    browser = "User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0\r\n"
    return f"GET {path} HTTP/1.1\r\nHost: localhost\r\n{browser}Accept-Encoding: gzip\r\n{known}\r\n".encode()


async def crowd(way: type[Told] | type[Asking], port: int, address: str) -> None:
    """Be ten thousand readers until told to stop."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    readers, loop = Crowd(address), asyncio.get_running_loop()
    for _ in range(READERS // OPENED_AT_ONCE):
        opening = [loop.create_connection(lambda: way(readers), "127.0.0.1", port) for _ in range(OPENED_AT_ONCE)]
        await asyncio.gather(*opening)
    while readers.greeted < READERS:
        await asyncio.sleep(0.1)
    print("ready", flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    verb, *arguments = sys.argv[1:]
    if verb in ("told", "asking"):
        asyncio.run(crowd(Told if verb == "told" else Asking, int(arguments[0]), arguments[1]))
    else:
        from nutgraf.config import data_folder

        data_folder.use(Path(arguments[0]))
        {"start": start, "file": file}[verb](arguments[0])
