"""Have mail sent: single messages and first ones backstage, at once; what goes to many in a process of its own."""

from __future__ import annotations

import imaplib
import logging
import os
import signal
import subprocess
import sys
import threading
import time
from typing import TYPE_CHECKING

from django.db import DatabaseError, close_old_connections

from nutgraf.lib.spell import Spell

if TYPE_CHECKING:
    from nutgraf.mail.sending import Engine

logger = logging.getLogger(__name__)

# How long it takes a process to get ready, during which we begin.
SECONDS_ALONE = 6.0
SECONDS_BETWEEN_LOOKS = 0.5
# After one that ended before its work was done.
SECONDS_BEFORE_ANOTHER = 5.0
SECONDS_TO_END = 5.0
SECONDS_BETWEEN_MAILBOXES = 120.0
# As many at a time as the desk, which is answered in this process too, does not notice.
MOST_HERE = 50


class Postman(threading.Thread):
    """Beside the desk: sends what one person waits for, and sees to it that the rest is sent."""

    def __init__(self) -> None:
        from nutgraf.mail.sending import Engine

        super().__init__(name="postman", daemon=True)
        self.engine = Engine(connections=1, most=MOST_HERE)
        self.helper: subprocess.Popen[bytes] | None = None
        self.began = float("-inf")

    def run(self) -> None:
        from nutgraf.mail.sending import Line

        line = Line(self.engine)
        while not self.engine.stopping.is_set():
            self.engine.singles_only = self._has_helper()
            if not line.try_turn():
                line.close()
                self.engine.stopping.wait(SECONDS_BETWEEN_LOOKS)
        line.close()

    def stop(self) -> None:
        """End between two messages, if that is soon; what is in hand then is in the journal."""
        self.engine.stopping.set()
        if self.is_alive():
            self.join(timeout=SECONDS_TO_END)

    def _has_helper(self) -> bool:
        """Begin a helper where there is work for one; say whether one is at it by now."""
        from nutgraf.mail import claims

        now = time.monotonic()
        if self.helper and self.helper.poll() is None:
            return now - self.began > SECONDS_ALONE
        try:
            if now - self.began > SECONDS_BEFORE_ANOTHER and claims.has_many(self.engine.clock()):
                self.began = now
                self._begin()
        except DatabaseError as error:
            logger.warning("The database can't tell what is to be mailed just now (%s).", str(error).strip())
        return False

    def _begin(self) -> None:
        if self.helper and self.helper.stdin:
            self.helper.stdin.close()
        # It ends when its standard input does, which is when we do.
        command = [sys.executable, "-m", "nutgraf", "post", "--until-done", "--with-parent"]
        self.helper = subprocess.Popen(command, stdin=subprocess.PIPE)  # noqa: S603 (our own words)


class Returns(threading.Thread):
    """Looks into the mailbox to which mail comes back, in its own time, as servers may be slow."""

    def __init__(self) -> None:
        super().__init__(name="returns", daemon=True)
        self.trouble = Spell()

    def run(self) -> None:
        from django.utils import timezone

        from nutgraf.mail import bounces

        while True:
            close_old_connections()
            try:
                if found := bounces.read(at=timezone.now()):
                    logger.info("Mail came back: %d messages bounced or were not wanted.", found)
                if self.trouble.ends():
                    logger.warning("The mailbox for bounces can be read again.")
            except (DatabaseError, OSError, imaplib.IMAP4.error) as error:
                if self.trouble.begins():
                    logger.warning("The mailbox for bounces can't be read just now (%s).", str(error).strip())
            except Exception:  # A mailbox is open to all the world; whatever is in it must not end this.
                logger.exception("The mailbox for bounces could not be read, and will be tried again.")
            time.sleep(SECONDS_BETWEEN_MAILBOXES)


def post(*, until_done: bool, with_parent: bool) -> None:
    """Send what is due in this process: until interrupted, or until nothing is left that goes to many."""
    from nutgraf.mail.sending import Engine

    engine = Engine()
    # A key pressed in the server's terminal reaches us too, but the server says when to end.
    signal.signal(signal.SIGINT, signal.SIG_IGN if with_parent else lambda *_given: engine.stopping.set())
    signal.signal(signal.SIGTERM, lambda *_given: engine.stopping.set())
    if with_parent:
        threading.Thread(target=_end_with_input, args=[engine], daemon=True).start()
    engine.run(until_done=until_done)


def _end_with_input(engine: Engine) -> None:
    # Not by a buffer of Python's: one that is being read as the interpreter ends aborts it.
    while os.read(sys.stdin.fileno(), 1024):
        pass
    engine.stopping.set()
    time.sleep(SECONDS_TO_END)
    os._exit(0)
