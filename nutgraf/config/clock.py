"""The newsroom's clock: does what is due (publishing, taking down, tidying) by itself, so that nobody sets up cron."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from nutgraf.lib.spell import Spell

SECONDS = 5
MINUTE, HOUR = 60, 3600

logger = logging.getLogger(__name__)
working = threading.Lock()


@dataclass
class Chore:
    """Something to be done again and again, and when it was last begun."""

    name: str
    seconds: float
    do: Callable[[], None]
    begun: float = float("-inf")
    trouble: Spell = field(default_factory=Spell)

    def is_due(self, now: float) -> bool:
        """Say whether it is time to do it."""
        return now - self.begun >= self.seconds


def run() -> None:
    """Tick for ever, and follow what is changed meanwhile."""
    from django.conf import settings

    from nutgraf.published import purging
    from nutgraf.published.ahead import Presser
    from nutgraf.published.following import Follower
    from nutgraf.published.purging import Purger

    chores = [
        Chore("publish what is scheduled", SECONDS, _publish_due),
        Chore("send the editions that are due", SECONDS, _send_editions),
        Chore("tell followers what changed", MINUTE, _tell_followers),
        Chore("tidy the queue", HOUR, _tidy_queue),
        Chore("count what stories are about", HOUR, _count_common),
        Chore("let silent storylines rest", HOUR, _tend_storylines),
        Chore("forget who never answered", HOUR, _tidy_audience),
        Chore("forget what was mailed long ago", HOUR, _tidy_mail),
        Chore("forget what programs were told", HOUR, _tidy_api),
        Chore("forget what nobody took of wires", HOUR, _tidy_wires),
        Chore("assemble storylines by today's rules", HOUR, _assemble_storylines),
    ]
    if purging.is_on():
        # Even without a store: caches may hold what was stored before, and be out of reach just now.
        Purger().start()
    if settings.PAGE_STORE:
        Follower().start()
        Presser().start()
        chores.append(Chore("tidy the page store", HOUR, _tidy))
        chores.append(Chore("compare stored pages with new ones", 10, _verify))
    while True:
        with working:
            tick(chores, now=time.monotonic())
        time.sleep(SECONDS)


def tick(chores: list[Chore], *, now: float) -> None:
    """Do what is due now; what goes wrong is told, and tried again when it is due again."""
    from django.db import DatabaseError, close_old_connections

    close_old_connections()
    for chore in chores:
        if chore.is_due(now):
            chore.begun = now
            try:
                chore.do()
                if chore.trouble.ends():
                    logger.warning("The clock can %s again.", chore.name)
            except DatabaseError as error:
                if chore.trouble.begins():
                    logger.warning("The clock could not %s just now (%s).", chore.name, str(error).strip())
            except Exception:  # A clock that stops for one mishap does nothing more at all; the log has all of it.
                logger.exception("The clock could not %s, and will try again in %s seconds.", chore.name, chore.seconds)


def _publish_due() -> None:
    from django.utils import timezone

    from nutgraf.stories import actions

    if done := actions.publish_due(at=timezone.now()):
        logger.info("Published or taken down as scheduled: %s.", done)


def _send_editions() -> None:
    from django.utils import timezone

    from nutgraf.briefings import actions

    if done := actions.send_due(at=timezone.now()):
        logger.info("Editions that went out as scheduled: %s.", len(done))


def _tell_followers() -> None:
    from django.utils import timezone

    from nutgraf.briefings import following

    at = timezone.now()
    following.send(at=at)
    following.settle(at=at)


def _tend_storylines() -> None:
    from django.utils import timezone

    from nutgraf.storylines import actions

    if done := actions.tend(at=timezone.now()):
        logger.info("Storylines gone quiet or closed: %s.", done)


def _assemble_storylines() -> None:
    from nutgraf.storylines import actions

    if done := actions.assemble_outdated():
        logger.info("Storylines assembled anew, by other rules for what is the same: %s.", done)


def _tidy_mail() -> None:
    from django.utils import timezone

    from nutgraf.mail import tidying

    tidying.tidy(at=timezone.now())


def _tidy_audience() -> None:
    from django.utils import timezone

    from nutgraf.audience import actions, importing

    now = timezone.now()
    importing.tidy(at=now)
    if done := actions.tidy(at=now):
        logger.info("Forgot %s who never confirmed that they had subscribed.", done)


def _tidy_api() -> None:
    from django.utils import timezone

    from nutgraf.api import actions
    from nutgraf.webhooks import actions as webhooks

    actions.tidy(at=timezone.now())
    webhooks.tidy(at=timezone.now())


def _tidy_wires() -> None:
    from django.utils import timezone

    from nutgraf.imports.wire import actions

    if done := actions.tidy(at=timezone.now()):
        logger.info("Forgot %s items of wires that nobody took.", done)


def _verify() -> None:
    from django.utils import timezone

    from nutgraf.published import verifying

    verifying.verify_at_night(at=timezone.localtime())


def _tidy() -> None:
    from django.utils import timezone

    from nutgraf.published import opening

    opening.tidy(at=timezone.now())


def _count_common() -> None:
    from nutgraf.storylines import profiles

    profiles.count_common()


def _tidy_queue() -> None:
    from nutgraf.config import tasks

    tasks.tidy()
