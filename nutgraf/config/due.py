"""Threads that do what is due, beside the clock: webhooks are told and wires asked, and none that is slow keeps anything else waiting."""

from __future__ import annotations

import datetime
import logging
import threading
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Generic, TypeVar

from django.db import DatabaseError, close_old_connections, connections
from django.utils import timezone

from nutgraf.lib.spell import Spell

AT_ONCE = 4

logger = logging.getLogger(__name__)
T = TypeVar("T")


class Due(threading.Thread, Generic[T]):
    """Does what is due for as long as the process lives; what it was at when that ends is done by the next."""

    def __init__(
        self,
        name: str,
        find: Callable[[datetime.datetime], Iterable[T]],
        do: Callable[[T, datetime.datetime], object],
        *,
        seconds: float,
    ) -> None:
        """Look every so many seconds for what is due, and do some of it at once, each at its own moment."""
        super().__init__(name=name, daemon=True)
        self.find, self.do, self.seconds = find, do, seconds
        self.trouble = Spell()

    def run(self) -> None:
        with ThreadPoolExecutor(AT_ONCE) as pool:
            while True:
                try:
                    close_old_connections()
                    list(pool.map(self._do, self.find(timezone.now())))
                    if self.trouble.ends():
                        logger.warning("The %s that are due are looked after again.", self.name)
                except DatabaseError as error:
                    if self.trouble.begins():
                        logger.warning("The %s that are due have to wait (%s).", self.name, str(error).strip())
                time.sleep(self.seconds)

    def _do(self, one: T) -> None:
        try:
            self.do(one, timezone.now())
        finally:
            connections.close_all()
