"""Tell readers who stay connected that a stored page has become another: server-sent events, in front of Django.

A connection that waits is a place in a dictionary and whatever the server keeps
of it; no task, no thread. What is new is worked out once for all who wait.
"""

from __future__ import annotations

import asyncio
import logging
import random
import time
from collections.abc import Awaitable, Callable, Iterator
from http import HTTPStatus
from typing import Any
from urllib.parse import unquote

from django.http import HttpResponseBase

from nutgraf.published import pages
from nutgraf.published.pages import Followed
from nutgraf.published.serving.counter import Counter, Wanted
from nutgraf.published.serving.memory import Held
from nutgraf.published.stored import Headers

SECONDS_BETWEEN_LOOKS = 0.1
# Below what proxies take for a connection that has died; it also shows us who has left.
SECONDS_BETWEEN_BEATS = 20.0
BEAT = b":\n\n"
# Granian keeps what a reader does not read. Whoever was sent so much is asked to come again, which shows that they read.
MOST_BYTES_EACH = 64 * 1024
# What is new and larger than this is fetched by each for themselves.
MOST_BYTES_OF_NEWS = 16 * 1024
# Browsers come back by themselves, and all at the same time after a restart: each is given another moment.
RETRY_MS = (2_000, 8_000)
# So many are told before others have a turn.
TOLD_AT_ONCE = 500

HEADERS: Headers = [
    ("content-type", "text/event-stream; charset=utf-8"),
    ("cache-control", "no-store"),
    ("x-content-type-options", "nosniff"),
    # nginx would otherwise keep what we say until there is more of it.
    ("x-accel-buffering", "no"),
    # What is over is over: nothing else is asked on this connection.
    ("connection", "close"),
]

logger = logging.getLogger(__name__)

Fetch = Callable[[Wanted], Awaitable[Held | HttpResponseBase]]


class Room:
    """Everybody who waits for one page to change."""

    def __init__(self, followed: Followed, page: Held) -> None:
        self.followed = followed
        # Whoever waits here, and how many bytes they may still be sent.
        self.readers: dict[Any, int] = {}
        self.page, self.etag, self.until = b"", "", 0.0
        self.take(page)

    def take(self, held: Held) -> str:
        """Take the page as it is now, and return what is to be told of it; nothing if it is what it was."""
        self.until = held.until
        if held.page.etag == self.etag:
            return ""
        before, self.page, self.etag = self.page, held.page.identity, held.page.etag
        held.page.forget_identity()
        if not before:
            return ""
        news = self.followed.news(before, self.page)
        return news if len(news) <= MOST_BYTES_OF_NEWS else self.greeting

    @property
    def greeting(self) -> str:
        """What whoever comes is told: where the page stands, so that they see whether they have missed anything."""
        return self.followed.news(None, self.page)


class Waiting:
    """The rooms of one worker."""

    def __init__(self, counter: Counter, fetch: Fetch, most: int) -> None:
        self.counter, self.fetch, self.most = counter, fetch, most
        self.rooms: dict[str, Room] = {}
        self.watching: asyncio.Task[None] | None = None
        self.is_closed = False
        self.tide = -1

    @property
    def number(self) -> int:
        """How many wait; who has left without a word counts until the next beat."""
        return sum(len(room.readers) for room in self.rooms.values())

    async def take(self, path: str, proto: Any) -> bool:
        """Have a reader wait for news of the page that belongs to a path; say whether there is one."""
        followed = pages.followed(path)
        if followed is None:
            return False
        if self.is_closed or self.number >= self.most:
            # Browsers then ask now and again instead of waiting; see the reader's script.
            status = HTTPStatus.SERVICE_UNAVAILABLE if self.most else HTTPStatus.NOT_ACCEPTABLE
            proto.response_empty(
                status, [("cache-control", "no-store"), ("retry-after", "10"), ("content-length", "0")]
            )
            return True
        room = await self._room(followed)
        if not isinstance(room, Room):
            proto.response_empty(room, [("cache-control", "no-store"), ("content-length", "0")])
            return True
        transport = proto.response_stream(200, HEADERS)
        room.readers[transport] = MOST_BYTES_EACH
        retry = random.randint(*RETRY_MS)  # noqa: S311 (spreads them, no more)
        _send(room, transport, f"retry: {retry}\n".encode() + _event(room.greeting))
        if self.watching is None or self.watching.done():
            self.watching = asyncio.get_running_loop().create_task(self._watch())
        return True

    async def _room(self, followed: Followed) -> Room | int:
        """Return the room of a page, opened now if nobody waits for it yet, or the status that says why there is none."""
        if room := self.rooms.get(followed.address):
            return room
        found = await self._ask(followed.address)
        if not isinstance(found, Held):
            return found.status_code if found.status_code >= 400 else HTTPStatus.NOT_ACCEPTABLE
        return self.rooms.setdefault(followed.address, Room(followed, found))

    async def _ask(self, address: str) -> Held | HttpResponseBase:
        return await self.fetch(Wanted(address, (unquote(address), ""), self.counter.tide.read()))

    async def _watch(self) -> None:
        """Look for as long as anybody waits."""
        beat_at = time.monotonic() + SECONDS_BETWEEN_BEATS
        while self.rooms:
            await asyncio.sleep(SECONDS_BETWEEN_LOOKS)
            try:
                await self._look()
            except Exception:  # Whoever waits would wait for ever; the log has all of it.
                logger.exception("What is new could not be looked for; trying again.")
            if time.monotonic() >= beat_at:
                await self._beat()
                beat_at = time.monotonic() + SECONDS_BETWEEN_BEATS

    async def _look(self) -> None:
        """Tell what has become another since the latest look."""
        tide, now = self.counter.tide.read(), time.time()
        has_moved = tide != self.tide
        for address, room in list(self.rooms.items()):
            if has_moved or room.until <= now:
                found = await self._ask(address)
                if not isinstance(found, Held):
                    # It is public no more: whoever comes again hears that.
                    self._close(address)
                elif news := room.take(found):
                    await self._tell(room, _event(news))
        # Only now: a look that failed is made again.
        self.tide = tide

    async def _beat(self) -> None:
        for address, room in list(self.rooms.items()):
            await self._tell(room, BEAT)
            if not room.readers:
                self._close(address)

    async def _tell(self, room: Room, text: bytes) -> None:
        for some in _by(TOLD_AT_ONCE, list(room.readers)):
            for transport in some:
                _send(room, transport, text)
            await asyncio.sleep(0)

    def _close(self, address: str) -> None:
        # A body ends when nobody holds its other end any more.
        self.rooms.pop(address).readers.clear()

    def close(self) -> None:
        """Let everybody go: they come again, to whoever serves them then. Nobody is let in from now on."""
        self.is_closed = True
        for address in list(self.rooms):
            self._close(address)


def _event(data: str) -> bytes:
    lines = "".join(f"data: {line}\n" for line in data.splitlines())
    return f"{lines}\n".encode()


def _send(room: Room, transport: Any, text: bytes) -> None:
    """Send to one who waits; who has left, or has been sent as much as one is, is let go."""
    left = room.readers.get(transport, 0) - len(text)
    if left < 0 or not _is_sent(transport.send_bytes(text)):
        room.readers.pop(transport, None)
    else:
        room.readers[transport] = left


def _is_sent(sending: Any) -> bool:
    """Say whether it went out; granian knows when it is called, and tells when it is awaited."""
    try:
        next(sending.__await__())
    except StopIteration:
        return True
    except RuntimeError:  # What granian raises of a connection that is closed is one.
        return False
    return True


def _by(number: int, all_of_them: list[Any]) -> Iterator[list[Any]]:
    for first in range(0, len(all_of_them), number):
        yield all_of_them[first : first + number]
