"""Keep this machine's store in step with the database: at once for what this process changes, soon for all else."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

from django.db import DatabaseError, connection

from nutgraf.lib import right_of_way
from nutgraf.lib.spell import Spell
from nutgraf.published import outbox, pressing
from nutgraf.published.serving.tide import the_tide
from nutgraf.published.store import the_store

# How often a file is looked at; workers look at each request, so this is only for what is to be pressed again.
SECONDS_BETWEEN_LOOKS = 0.2
# A notification can be lost with its connection, so the database is also asked unasked.
SECONDS_UNTOLD = 1.0
SECONDS_BEFORE_RETRY = 1.0
# So many of the most read pages are pressed again before anybody asks for them.
PRESSED_UNASKED = 30

logger = logging.getLogger(__name__)

# This process has changed something: its follower need not wait until it looks by itself.
_has_changed = threading.Event()


def follow() -> int:
    """Apply to the store what has been changed in the database since it last looked; return its generation."""
    generation = the_store().follow()
    _has_changed.set()
    return generation


class Follower(threading.Thread):
    """Follows the database for as long as the process lives, and presses again what is read most."""

    def __init__(self) -> None:
        super().__init__(name="follower", daemon=True)

    def run(self) -> None:
        away = Spell()
        while True:
            try:
                for _ in changes():
                    if away.ends():
                        logger.warning("The database is followed again.")
                    press_again()
            except DatabaseError as error:
                # It was restarted, most likely; what was missed meanwhile is read as soon as it is back.
                if away.begins():
                    logger.warning("The database cannot be followed just now (%s).", str(error).strip())
                connection.close()
                time.sleep(SECONDS_BEFORE_RETRY)
            except Exception:  # A follower that ends lets other machines go stale; the log has all of it.
                logger.exception("The store could not follow the database; trying again.")
                time.sleep(SECONDS_BEFORE_RETRY)


def changes() -> Iterator[int]:
    """Give the store's generation at first, and again each time it has followed a change; never ends."""
    wait = _wait_for_notification() if connection.vendor == "postgresql" else _wait_for_tide()
    generation = -1
    while True:
        if (reached := the_store().follow()) != generation:
            generation = reached
            yield generation
        wait()


def _wait_for_tide() -> Callable[[], None]:
    tide = the_tide()
    seen = tide.read()

    def wait() -> None:
        nonlocal seen
        while (now := tide.read()) == seen:
            _has_changed.wait(SECONDS_BETWEEN_LOOKS)
            _has_changed.clear()
        seen = now

    return wait


def _wait_for_notification() -> Callable[[], None]:
    # A connection of its own: one that waits can do nothing else, and it must not be in a transaction.
    ear: Any = connection.copy()
    ear.connect()
    ear.connection.execute(f"LISTEN {outbox.CHANNEL}")

    def wait() -> None:
        try:
            with ear.wrap_database_errors:
                for _ in ear.connection.notifies(timeout=SECONDS_UNTOLD, stop_after=1):
                    return
        except DatabaseError:
            ear.close()
            raise

    return wait


def press_again(most: int = PRESSED_UNASKED) -> int:
    """Press again the most read of the pages that are no longer true; return how many.

    Whoever asks for one meanwhile presses it at the same time as we press another. An editor who is being answered
    goes first: nobody waits for these. As soon as something else is changed they are others, and whoever follows the
    database begins anew.
    """
    store = the_store()
    if store.is_anothers():
        return 0
    stale = [address for address in store.most_read(most) if not store.has(address)]
    pressed, generation = 0, store.generation()
    for address in stale:
        right_of_way.give()
        if store.generation() != generation:
            break
        pressed += pressing.press_unless_pressed(address)
    return pressed
