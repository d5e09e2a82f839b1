"""The thread that tells: beside the clock, so that no address that is slow keeps anything else waiting."""

from __future__ import annotations

import logging
import threading
import time
from concurrent.futures import ThreadPoolExecutor

from django.db import DatabaseError, close_old_connections, connections
from django.utils import timezone

from nutgraf.lib.spell import Spell
from nutgraf.webhooks import actions
from nutgraf.webhooks.models import Call

SECONDS_BETWEEN_LOOKS = 1.0
AT_ONCE = 4

logger = logging.getLogger(__name__)


class Teller(threading.Thread):
    """Tells what is due for as long as the process lives; what it was at when that ends is told by the next."""

    def __init__(self) -> None:
        super().__init__(name="webhooks", daemon=True)
        self.trouble = Spell()

    def run(self) -> None:
        with ThreadPoolExecutor(AT_ONCE) as pool:
            while True:
                try:
                    close_old_connections()
                    list(pool.map(_tell, actions.due(at=timezone.now())))
                    if self.trouble.ends():
                        logger.warning("Webhooks can be told again.")
                except DatabaseError as error:
                    if self.trouble.begins():
                        logger.warning("Webhooks could not be told just now (%s).", str(error).strip())
                time.sleep(SECONDS_BETWEEN_LOOKS)


def _tell(call: Call) -> None:
    try:
        actions.tell(call=call, at=timezone.now())
    finally:
        connections.close_all()
