"""Press the page of what was just published, before its first reader asks for it: nobody has read it yet, so nothing else would."""

from __future__ import annotations

import contextlib
import logging
import queue
import threading

from django.db import connections

from nutgraf.lib import right_of_way
from nutgraf.lib.spell import Spell
from nutgraf.published import pressing
from nutgraf.published.store import the_store

# Each publication makes the pages of those before it another, which show what is new below: so many are looked at again.
LATEST = 10
QUIET_SECONDS = 1.0

logger = logging.getLogger(__name__)

_asked: queue.SimpleQueue[str] = queue.SimpleQueue()
_is_listened_to = threading.Event()
_failing = Spell()


def press(address: str) -> None:
    """Have a page pressed soon, unless it is there and true; where no presser lives in this process, its first reader does."""
    if _is_listened_to.is_set():
        _asked.put(address)


class Presser(threading.Thread):
    """Presses what it is asked for, for as long as the process lives."""

    def __init__(self) -> None:
        super().__init__(name="presser", daemon=True)
        self.latest: list[str] = []
        self.has_looked_again = True

    def run(self) -> None:
        _is_listened_to.set()
        while True:
            self.press_next()

    def press_next(self) -> None:
        """Wait until a page is asked for and press it; or, when it has been quiet for a while, those asked for before.

        What nobody waits for gives way to the first, whose readers are on their way; for the others we do.
        """
        try:
            self._take(_asked.get(timeout=None if self.has_looked_again else QUIET_SECONDS))
        except queue.Empty:
            self._look_again()
            return
        self.has_looked_again = False
        with right_of_way.taken():
            _press(self.latest[0])

    def _look_again(self) -> None:
        for address in self.latest:
            right_of_way.give()
            if not _asked.empty():
                # Something newer makes them others once more.
                return
            _press(address)
        self.has_looked_again = True

    def _take(self, address: str) -> None:
        with contextlib.suppress(ValueError):
            self.latest.remove(address)
        self.latest = [address, *self.latest][:LATEST]


def _press(address: str) -> None:
    try:
        if not the_store().is_anothers():
            pressing.press_unless_pressed(address)
        _failing.ends()
    except Exception:  # Its first reader has it pressed, and is told what is wrong.
        if _failing.begins():
            logger.exception("%s could not be pressed ahead.", address)
        connections.close_all()
