"""Press the page of what was just published, before its first reader asks for it: nobody has read it yet, so nothing else would."""

from __future__ import annotations

import logging
import queue
import threading

from django.db import connections

from nutgraf.lib import right_of_way
from nutgraf.published import pressing
from nutgraf.published.store import the_store

logger = logging.getLogger(__name__)

_asked: queue.SimpleQueue[str] = queue.SimpleQueue()
_is_listened_to = threading.Event()


def press(address: str) -> None:
    """Have a page pressed soon, unless it is there and true; where no presser lives in this process, its first reader does."""
    if _is_listened_to.is_set():
        _asked.put(address)


class Presser(threading.Thread):
    """Presses what it is asked for, for as long as the process lives."""

    def __init__(self) -> None:
        super().__init__(name="presser", daemon=True)

    def run(self) -> None:
        _is_listened_to.set()
        while True:
            press_next()


def press_next() -> None:
    """Wait until a page is asked for, and press it; others of this process give way, for its readers are on their way."""
    address = _asked.get()
    with right_of_way.taken():
        try:
            if not the_store().is_anothers():
                pressing.press_unless_pressed(address)
        except Exception:  # Its first reader has it pressed, and is told what is wrong.
            logger.exception("%s could not be pressed ahead.", address)
            connections.close_all()
