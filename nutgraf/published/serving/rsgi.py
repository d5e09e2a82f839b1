"""The newsroom as granian calls it: readers from the store at once, everything else to Django in a few threads."""

from __future__ import annotations

import asyncio
import logging
import multiprocessing
import signal
import sqlite3
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any, cast
from wsgiref.types import WSGIApplication

from django.conf import settings
from django.http import HttpResponseBase
from granian._granian import RSGIHTTPProtocol as HTTPProtocol
from granian.rsgi import Scope

from nutgraf.published import pages
from nutgraf.published.meters import meters
from nutgraf.published.serving import bridge, monitoring, short_cut
from nutgraf.published.serving.access_log import Logged, logging_each
from nutgraf.published.serving.answers import Answer, HeaderOf
from nutgraf.published.serving.counter import Counter, Wanted, plain
from nutgraf.published.serving.memory import Held
from nutgraf.published.serving.waiting import Waiting
from nutgraf.published.store import the_store

# They wait for the desk's process, for a file, or where there is no such process for Python's turn.
THREADS = 16
# Pages are pressed beside them, so that no reader waits for a slow desk; few at once, because they are one another's wait.
PRESSES = 2
SECONDS_BETWEEN_COUNTS = 10

logger = logging.getLogger(__name__)

Found = Held | HttpResponseBase


class Application:
    """One worker: the counter in front, Django behind it."""

    def __init__(
        self,
        django: WSGIApplication,
        counter: Counter | None = None,
        *,
        is_logged: bool = False,
        most_waiting: int = 0,
    ) -> None:
        self.django = django
        self.counter = counter or Counter()
        self.is_logged = is_logged
        self.pool = ThreadPoolExecutor(THREADS, thread_name_prefix="django")
        self.presses = ThreadPoolExecutor(PRESSES, thread_name_prefix="press")
        self.fetching: dict[tuple[str, int], asyncio.Future[Found]] = {}
        self.waiting = Waiting(self.counter, self._fetch, most_waiting if settings.PAGE_STORE else 0)
        self.watchers = ThreadPoolExecutor(1, thread_name_prefix="monitoring")
        self.counting: asyncio.Task[None] | None = None
        self.hits = self.refused = self.handed = 0
        self.told: dict[str, int] = {}
        self.counts = threading.Lock()

    def __rsgi_init__(self, loop: asyncio.AbstractEventLoop) -> None:
        short_cut.take(logging_each(self.answer_at_once) if self.is_logged else self.answer_at_once)
        # At once, too: how much memory we have is known from the start.
        self._count()
        self.counting = loop.create_task(self._tell_hits())
        if multiprocessing.parent_process() is not None:
            # Granian waits for every answer to end, and these end only when we end them. The event loop hears of a signal
            # by other means, so this takes nobody's place.
            for number in (signal.SIGTERM, signal.SIGINT):
                signal.signal(number, lambda *_: self.waiting.close())

    def __rsgi_del__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.waiting.close()
        if self.counting:
            self.counting.cancel()
        self._count()
        self.pool.shutdown(wait=True, cancel_futures=True)
        self.presses.shutdown(wait=True, cancel_futures=True)
        self.watchers.shutdown(wait=True, cancel_futures=True)

    async def __rsgi__(self, scope: Scope, proto: HTTPProtocol) -> None:
        if not self.is_logged:
            return await self._answer(scope, proto)
        logged = Logged(proto)
        try:
            await self._answer(scope, cast(HTTPProtocol, logged))
        finally:
            logged.tell(scope)

    async def _answer(self, scope: Scope, proto: HTTPProtocol) -> None:
        # With the short cut the counter has been asked already; asking again is cheaper than a second class.
        if self.answer_at_once(scope, proto):
            return
        if trouble := bridge.refusal(scope):
            self.refused += 1
            bridge.refuse(proto, trouble)
        elif scope.path in monitoring.ADDRESSES:
            await self._answer_watcher(scope, proto)
        elif scope.path.endswith(pages.EVENTS) and await self._tell_events(scope, proto):
            return
        elif not await self._answer_as_page(scope, proto):
            self.handed += 1
            await bridge.ask(self.pool, self.django, scope, proto)

    def answer_at_once(self, scope: Scope, proto: HTTPProtocol) -> bool:
        """Answer if the page is in memory and true, and say whether it was; nothing is sent when it was not."""
        asked = scope.path, scope.query_string
        if asked not in self.counter.memory.pages:
            return False
        # Each `scope.headers` copies all of them; ask once.
        header = _header_of(scope)
        if not self.counter.is_readers(scope.method, header):
            return False
        answer = self.counter.ready(asked, header)
        if answer is None:
            return False
        _send(proto, scope.method, answer)
        return True

    async def _answer_as_page(self, scope: Scope, proto: HTTPProtocol) -> bool:
        """Answer if there can be a stored page at this address, from the store or pressed now."""
        header = _header_of(scope)
        if not self.counter.is_readers(scope.method, header):
            return False
        wanted = self.counter.wanted(scope.path, scope.query_string)
        if wanted is None:
            return False
        if isinstance(wanted, Wanted):
            found = await self._fetch(wanted)
            wanted = self.counter.answer(found, header) if isinstance(found, Held) else Answer(*plain(found))
        _send(proto, scope.method, wanted)
        return True

    async def _tell_events(self, scope: Scope, proto: HTTPProtocol) -> bool:
        """Let a reader wait for news of a page, if there can be any; who is signed in hears what all readers do."""
        header = _header_of(scope)
        if not self.counter.is_readers(scope.method, lambda name: None if name == "cookie" else header(name)):
            return False
        return scope.method == "GET" and await self.waiting.take(scope.path, proto)

    async def _fetch(self, wanted: Wanted) -> Found:
        """Fetch a page once for all who wait for it; who came after a later commit is served from after it."""
        key = wanted.address, wanted.tide
        if (fetching := self.fetching.get(key)) is None:
            fetching = asyncio.get_running_loop().run_in_executor(self.presses, self.counter.fetch, wanted)
            self.fetching[key] = fetching
            fetching.add_done_callback(lambda _: self.fetching.pop(key, None))
        return await asyncio.shield(fetching)

    async def _answer_watcher(self, scope: Scope, proto: HTTPProtocol) -> None:
        """Answer in a thread of its own, so that a slow desk does not look like a server that has died."""
        if scope.path == monitoring.METRICS:
            await asyncio.get_running_loop().run_in_executor(self.watchers, self._count)
        asked = scope.path, scope.method, scope.client.rpartition(":")[0].strip("[]"), scope.headers.get
        answer = await asyncio.get_running_loop().run_in_executor(self.watchers, monitoring.answer, *asked)
        _send(proto, scope.method, answer)

    async def _tell_hits(self) -> None:
        while True:
            await asyncio.sleep(SECONDS_BETWEEN_COUNTS)
            await asyncio.get_running_loop().run_in_executor(self.presses, self._count)

    def _count(self) -> None:
        """Hand over what was counted since the last time."""
        with self.counts:
            self._hand_over()

    def _hand_over(self) -> None:
        hits = self.counter.memory.take_hits()
        self.hits += sum(hits.values())
        counter, count = self.counter, meters()
        for kind, number in {
            "stored": self.hits - counter.unchanged - counter.pressed,
            "not_modified": counter.unchanged,
            "pressed": counter.pressed,
            "unkept": counter.unkept,
            "redirected": counter.redirected,
            "refused": self.refused,
            "django": self.handed,
        }.items():
            count.requests.labels(kind).inc(max(0, number - self.told.get(kind, 0)))
            self.told[kind] = max(number, self.told.get(kind, 0))
        count.waiting.set(self.waiting.number)
        count.measure_memory()
        try:
            if hits:
                the_store().count(hits)
        except (OSError, sqlite3.Error) as error:
            logger.error("How often pages were read could not be written down: %s.", error)


def _header_of(scope: Scope) -> HeaderOf:
    headers: Any = scope.headers
    if scope.authority is None and len(headers.get_all("host")) == 1 and "transfer-encoding" not in headers:
        return headers.get
    # Who asks as no reader does gets no host, with which nobody is a reader's, and goes the long way.
    host = None if "transfer-encoding" in headers else bridge.host_of(scope)
    return lambda name: host if name == "host" else headers.get(name)


def _send(proto: HTTPProtocol, method: str, answer: Answer) -> None:
    status, headers, body = answer
    if method == "HEAD" or not body:
        proto.response_empty(status, headers)
    else:
        proto.response_bytes(status, headers, body)
