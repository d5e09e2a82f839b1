"""The newsroom's clock: does what is due (publishing, taking down) every few seconds, so that nobody sets up cron."""

from __future__ import annotations

import logging
import signal
import sys
import threading

from django.db import close_old_connections
from django.utils import timezone

from nutgraf.stories import actions

SECONDS = 5

logger = logging.getLogger(__name__)


def run() -> None:
    """Tick until whoever started us closes our standard input, as their end does in any case."""
    # A key pressed in the terminal reaches us too; the server says when to end.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, lambda *args: stop.set())
    stop = threading.Event()
    threading.Thread(target=lambda: (sys.stdin.buffer.read(), stop.set()), daemon=True).start()
    while not stop.is_set():
        tick()
        stop.wait(SECONDS)


def tick() -> None:
    """Do what is due now; what goes wrong is told, and tried again at the next tick."""
    close_old_connections()
    try:
        done = actions.publish_due(at=timezone.now())
    except Exception:
        logger.exception("The clock could not do what was due, and will try again in %s seconds.", SECONDS)
    else:
        if done:
            logger.info("Published or taken down as scheduled: %s.", done)
