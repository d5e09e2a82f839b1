"""The thread that asks wires: beside the clock, so that none that is slow keeps anything else waiting."""

from __future__ import annotations

import logging
import threading
import time
from concurrent.futures import ThreadPoolExecutor

from django.db import DatabaseError, close_old_connections, connections
from django.utils import timezone

from nutgraf.imports.models import Wire
from nutgraf.imports.wire import polling
from nutgraf.lib.spell import Spell

SECONDS_BETWEEN_LOOKS = 2.0
AT_ONCE = 4

logger = logging.getLogger(__name__)


class Listener(threading.Thread):
    """Asks the wires that are due for as long as the process lives; what it was at when that ends is asked again."""

    def __init__(self) -> None:
        super().__init__(name="wires", daemon=True)
        self.trouble = Spell()

    def run(self) -> None:
        with ThreadPoolExecutor(AT_ONCE) as pool:
            while True:
                try:
                    close_old_connections()
                    list(pool.map(_ask, polling.due(at=timezone.now())))
                    if self.trouble.ends():
                        logger.warning("Wires can be asked again.")
                except DatabaseError as error:
                    if self.trouble.begins():
                        logger.warning("Wires could not be asked just now (%s).", str(error).strip())
                time.sleep(SECONDS_BETWEEN_LOOKS)


def _ask(wire: Wire) -> None:
    try:
        polling.poll(wire=wire, at=timezone.now())
    finally:
        connections.close_all()
