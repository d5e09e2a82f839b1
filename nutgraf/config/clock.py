"""The newsroom's clock: does what is due (publishing, taking down) every few seconds, so that nobody sets up cron."""

from __future__ import annotations

import logging
import os
import signal
import sys
import threading
import time

SECONDS = 5

logger = logging.getLogger(__name__)
working = threading.Lock()


def end_with_the_server() -> None:
    """End as soon as our standard input does, which is when whoever started us ends, however that happens."""
    # A key pressed in the server's terminal reaches us too, but the server says when to end.
    signal.signal(signal.SIGINT, signal.SIG_IGN)

    def wait() -> None:
        sys.stdin.buffer.read()
        with working:
            os._exit(0)

    threading.Thread(target=wait, daemon=True).start()


def run() -> None:
    """Tick for ever."""
    while True:
        with working:
            tick()
        time.sleep(SECONDS)


def tick() -> None:
    """Do what is due now; what goes wrong is told, and tried again at the next tick."""
    from django.db import close_old_connections
    from django.utils import timezone

    from nutgraf.stories import actions

    close_old_connections()
    try:
        done = actions.publish_due(at=timezone.now())
    except Exception:  # A clock that stops for one mishap publishes nothing more; the log has all of it.
        logger.exception("The clock could not do what was due, and will try again in %s seconds.", SECONDS)
    else:
        if done:
            logger.info("Published or taken down as scheduled: %s.", done)
