"""The engine: takes what is due in hand, sends it over a few kept connections, and writes down what became of it."""

from __future__ import annotations

import datetime
import logging
import math
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, close_old_connections, connections
from django.utils import timezone

from nutgraf.lib.spell import Spell
from nutgraf.mail import claims, pace, settling
from nutgraf.mail.claims import Claim, Taken
from nutgraf.mail.journal import Journal, Journals
from nutgraf.mail.models import Delivery
from nutgraf.mail.pace import Pace
from nutgraf.mail.preparing import prepare
from nutgraf.mail.providers import the_provider
from nutgraf.mail.providers.base import Answer, Connection, Letter, Provider, Trouble, Verdict
from nutgraf.mail.wording import Prepared, date_of, domain_of

SECONDS_BETWEEN_LOOKS = 0.5
SECONDS_BETWEEN_TAKE_UPS = 15.0
# After the first trouble, and at most.
BACK_OFF = (1.0, 300.0)
# A message that is tried within this of its time has kept the place that it was given.
ON_TIME = datetime.timedelta(minutes=1)
MOST_PREPARED = 20

logger = logging.getLogger(__name__)
Clock = Callable[[], datetime.datetime]


class Engine:
    """Sends what is due, with as many connections as its provider takes; several engines share the work."""

    def __init__(
        self,
        *,
        provider: Provider | None = None,
        journals: Journals | None = None,
        limits: Pace | None = None,
        connections: int = 0,
        most: int = claims.MOST,
        clock: Clock = timezone.now,
    ) -> None:
        self.provider = provider or the_provider()
        self.journals = journals or Journals(Path(settings.DATA_DIR) / "mail" / "journals")
        self.limits = limits or Pace(settings.MAIL_RATE, settings.MAIL_DOMAIN_RATES)
        self.connections = connections or self.provider.connections
        self.most = pace.in_batch(self.limits.rate, self.connections, most)
        self.clock = clock
        self.stopping = threading.Event()
        # Only what one person waits for, where somebody else does the rest.
        self.singles_only = False
        self.trouble_until = 0.0
        self._failures = 0
        self._looked = float("-inf")
        self._spell = Spell()
        self.database = Spell()
        self._lock = threading.Lock()

    def work(self) -> int:
        """Send everything that is due now over one connection, and return how much was in hand; for commands and tests."""
        line, count = Line(self), 0
        try:
            while not self.stopping.is_set() and (done := line.turn()):
                count += done
        finally:
            line.close()
        return count

    def run(self, *, until_done: bool = False) -> None:
        """Send what comes due until told to stop, or until nothing is left that goes to many."""
        threads = [
            threading.Thread(target=Line(self).run, args=[until_done], name=f"mail {number}", daemon=True)
            for number in range(1, self.connections + 1)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    def look(self) -> None:
        """Begin what is due, and take up what the dead have left; at most every some seconds."""
        with self._lock:
            now = time.monotonic()
            claims.begin_due(self.clock())
            if now - self._looked < SECONDS_BETWEEN_TAKE_UPS:
                return
            self._looked = now
            settling.take_up(self.journals, self.clock(), is_sent_again=self.provider.tells_duplicates)

    def note(self, trouble: Trouble | None) -> None:
        """Wait longer after each trouble in a row, and tell the first."""
        with self._lock:
            if trouble is None:
                self._failures, self.trouble_until = 0, 0.0
                if self._spell.ends():
                    logger.warning("Mail goes out again.")
                return
            if time.monotonic() >= self.trouble_until:
                wait = min(BACK_OFF[1], BACK_OFF[0] * 2**self._failures)
                self._failures += 1
                self.trouble_until = time.monotonic() + wait
            if self._spell.begins():
                logger.warning("Mail can't be sent just now. %s", trouble)


class Line:
    """One connection's worth of an engine, in a thread of its own."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.connection: Connection | None = None
        self._prepared: dict[int, Prepared] = {}
        self._sending: set[int] = set()
        self._asked = float("-inf")

    def run(self, until_done: bool = False) -> None:
        """Take turns until the engine is stopped; whatever goes wrong is told, and tried again."""
        while not self.engine.stopping.is_set():
            done = self.try_turn()
            if done == 0 and until_done and self._is_over():
                break
            if not done:
                # Servers don't like to be kept waiting.
                self.close()
                self.engine.stopping.wait(max(SECONDS_BETWEEN_LOOKS, self.engine.trouble_until - time.monotonic()))
        self.close()
        connections["default"].close()

    def _is_over(self) -> bool:
        """Say whether nothing is left that goes to many, as far as the database can tell."""
        try:
            return not claims.has_many(self.engine.clock())
        except DatabaseError:
            return False

    def try_turn(self) -> int | None:
        """Take a turn as `turn` does; None where something went wrong, which is told."""
        try:
            close_old_connections()
            done = self.turn()
            if self.engine.database.ends():
                logger.warning("The database can tell again what is to be mailed.")
            return done
        except DatabaseError as error:
            if self.engine.database.begins():
                logger.warning("The database can't tell what is to be mailed just now (%s).", str(error).strip())
            connections["default"].close()
        except Exception:  # What goes wrong with one delivery must not keep all others waiting for ever.
            logger.exception("Mail could not be sent, and will be tried again.")
        return None

    def close(self) -> None:
        """End the connection, if there is one."""
        connection, self.connection = self.connection, None
        self._prepared.clear()
        if connection:
            connection.close()

    def turn(self) -> int:
        """Take a batch in hand, send it and write down what became of it; return how many messages it was."""
        engine = self.engine
        engine.look()
        if engine.trouble_until > time.monotonic() or not claims.is_any_due(engine.clock()):
            return 0
        batch = uuid.uuid4()
        journal = engine.journals.open(batch)
        try:
            at = engine.clock()
            claimed = claims.claim(
                host=engine.journals.host,
                batch=batch,
                at=at,
                most=engine.most,
                singles_only=engine.singles_only,
                warm_up=settings.MAIL_WARM_UP,
            )
            if claimed is None:
                journal.remove()
                return 0
            trouble = self._send(claimed, journal)
            settling.settle(batch, journal.told, engine.clock(), is_sent_again=engine.provider.tells_duplicates)
            self._tell(claimed, trouble)
            # Only now: until all of it is in the database, the journal is all there is.
            journal.remove()
        finally:
            journal.close()
        return len(claimed.taken) if trouble is None else 0

    def _send(self, claimed: Claim, journal: Journal) -> Trouble | None:
        """Send what can be sent of a batch; whatever ends it early is in the journal by what it lacks."""
        hearing = Hearing(self.engine, journal)
        try:
            if self.connection is None:
                self.connection = self.engine.provider.connect()
            if claims.begin(claimed, self.engine.clock()):
                self.connection.send(self._letters(claimed, hearing), hearing)
        except Trouble as trouble:
            self.close()
            return trouble
        return None

    def _letters(self, claimed: Claim, hearing: Hearing) -> Iterator[Letter | None]:
        """Give the letters of a batch, each when it may go; None first where that is not at once."""
        engine, began = self.engine, time.time()
        date = date_of(engine.clock())
        for taken in claimed.taken:
            letter = Letter(self._prepared_of(taken.delivery), taken.recipient, date)
            if wait := self._seconds_for(taken):
                hearing.put_off(letter, wait)
                continue
            if wait := engine.limits.turn(time.monotonic()):
                yield None
                engine.stopping.wait(wait)
            # By the clock on the wall, as the other stops while a machine sleeps.
            if engine.stopping.is_set() or not 0 <= time.time() - began < claims.BEGUN_WITHIN:
                return
            if self._is_sending(taken.delivery):
                yield letter

    def _seconds_for(self, taken: Taken) -> float:
        """Return for how long this message has to wait for others to the same domain."""
        if not self.engine.limits.concern_domains:
            return 0.0
        # One that comes at the time it was given has its place; after a pause all would have theirs at once.
        late = self.engine.clock() - taken.due_at if taken.due_at else None
        return self.engine.limits.wait_for(
            domain_of(taken.recipient.address), time.monotonic(), has_place=late is not None and late < ON_TIME
        )

    def _is_sending(self, delivery: int) -> bool:
        """Say whether nobody has paused or cancelled it, as of a second ago."""
        if time.monotonic() - self._asked > 1:
            sending = Delivery.objects.filter(pk__in=self._prepared, state=Delivery.State.SENDING)
            self._asked, self._sending = time.monotonic(), set(sending.values_list("pk", flat=True))
        return delivery in self._sending

    def _prepared_of(self, delivery: int) -> Prepared:
        if delivery not in self._prepared:
            if len(self._prepared) > MOST_PREPARED:
                self._prepared.clear()
            self._prepared[delivery] = prepare(Delivery.objects.get(pk=delivery))
            self._asked = float("-inf")
        return self._prepared[delivery]

    def _tell(self, claimed: Claim, trouble: Trouble | None) -> None:
        """Say in the desk what keeps these from going on; where it will not pass, stop."""
        self.engine.note(trouble)
        if trouble is None:
            return
        concerned = Delivery.objects.filter(
            pk__in={taken.delivery for taken in claimed.taken}, state=Delivery.State.SENDING
        )
        concerned.update(trouble=str(trouble)[:300])
        if trouble.is_lasting:
            concerned.update(state=Delivery.State.PAUSED)


@dataclass
class Hearing:
    """Hears from a provider what it begins and what was answered; slows down for a domain that asks for it."""

    engine: Engine
    journal: Journal

    def begin(self, letter: Letter) -> None:
        self.journal.begin(letter)

    def answer(self, letter: Letter, answer: Answer) -> None:
        self.journal.answer(letter, answer)
        if answer.verdict == Verdict.DEFERRED and pace.is_about_domain(answer.text):
            self.engine.limits.hold(domain_of(letter.recipient.address), time.monotonic())
        elif answer.verdict == Verdict.ACCEPTED:
            self.engine.limits.ease(letter.recipient.address, time.monotonic())

    def put_off(self, letter: Letter, seconds: float) -> None:
        """Have it wait; in whole seconds, so that those that wait together are written down together."""
        later = self.engine.clock() + datetime.timedelta(seconds=math.ceil(seconds))
        self.journal.told.later[letter.key] = later.replace(microsecond=0)
