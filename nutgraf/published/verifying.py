"""Press stored pages again without keeping them, and compare: the proof, every night, that no change was missed."""

from __future__ import annotations

import datetime
import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from django.conf import settings
from django.db import connection, transaction
from django.http.response import HttpResponse

from nutgraf.published import contents, outbox, recording, rendering
from nutgraf.published.meters import meters
from nutgraf.published.store import Store, the_store

# When few readers and fewer editors are about.
HOUR_OF_NIGHT = 3
PAGES_A_NIGHT = 200
# So many in a row, so that nothing else that is due has to wait.
PAGES_AT_ONCE = 10

logger = logging.getLogger(__name__)


@dataclass
class Findings:
    """What a comparison has found."""

    same: list[str] = field(default_factory=list)
    different: list[str] = field(default_factory=list)
    # Not there any more, or changed while we looked.
    undecided: list[str] = field(default_factory=list)


def verify_at_night(*, at: datetime.datetime) -> Findings:
    """Compare some of tonight's pages if it is night and there are any left; drop what differs. Call it again and again.

    `at` is the moment in the newsroom's own zone.
    """
    store, findings = the_store(), Findings()
    if not settings.PAGE_STORE or at.hour < HOUR_OF_NIGHT:
        return findings
    night, _, number = store.meta("verified").partition(" ")
    done = int(number) if night == str(at.date()) else 0
    if done >= PAGES_A_NIGHT:
        return findings
    findings = verify(contents.sample(store, PAGES_AT_ONCE))
    store.remember(verified=f"{at.date()} {done + PAGES_AT_ONCE}")
    for address in findings.different:
        logger.error(
            "The stored page %s was not what it should have been, and is dropped. Please report this; it was pressed"
            " because of: %s",
            address,
            "; ".join(_why(store, address)),
        )
    forget(findings.different)
    return findings


def verify(addresses: Iterable[str], tell: Callable[[str], None] = lambda address: None) -> Findings:
    """Compare stored pages with what would be rendered now, telling each before it is looked at."""
    findings = Findings()
    for address in addresses:
        tell(address)
        is_same = compare(address)
        found = findings.undecided if is_same is None else findings.same if is_same else findings.different
        found.append(address)
        if is_same is not None:
            meters().verified.labels("same" if is_same else "different").inc()
    return findings


def compare(address: str) -> bool | None:
    """Say whether a stored page is what would be rendered now, to the byte; None if there is no true one to compare."""
    store = the_store()
    store.follow()
    page = store.find(address)
    if page is None:
        return None
    with recording.running():
        response = rendering.render(address)
    if isinstance(response, HttpResponse) and response.status_code == 200 and response.content == page.identity:
        return True
    # What was changed meanwhile is no reason to doubt the page as it was.
    store.follow()
    still = store.find(address)
    return False if still and (still.etag, still.generation) == (page.etag, page.generation) else None


def forget(addresses: Iterable[str]) -> None:
    """Drop pages from the store, and have each worker look at the store before it answers from its memory again."""
    if dropped := list(addresses):
        # In this order: nobody presses one of them again from parts that made it wrong.
        the_store().distrust()
        the_store().drop(*dropped)
        _stir()


def forget_all() -> None:
    """Drop every page, from the store and from the memory of each worker."""
    the_store().clear()
    _stir()


def _stir() -> None:
    with transaction.atomic():
        outbox.add(connection, ["any:published_page"])


def _why(store: Store, address: str) -> list[str]:
    return next((page.why for page in contents.pages(store, match=address) if page.address == address), [])
