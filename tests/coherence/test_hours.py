"""As time goes by and nothing else happens, no stored page tells of an event what has ceased to be so.

The machine seldom finds such a page: where a storyline has many events, one of them makes its page another just in time
for all. Here each storyline has one, and midnights, hours and years come on purpose.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from nutgraf.published import pressing, rendering, verifying
from nutgraf.published.samples import commit
from nutgraf.stories.samples import event
from nutgraf.storylines.samples import make_story_in, make_storyline

pytestmark = pytest.mark.django_db

DAY = datetime.date(2026, 11, 23)
ONE = datetime.timedelta(days=1)
# Days after the first one, and the time there; each is a step of the clock.
STEPS = [(-1, "12:00"), (-1, "23:59"), (0, "00:00"), (0, "09:16"), (0, "23:31"), (1, "00:00"), (2, "00:01")]
STEPS += [(8, "00:01"), (38, "23:59"), (39, "00:01"), (404, "00:01")]
# From one of them to another at once.
LEAPS = [(0, 2), (0, 5), (4, 6), (6, 9)]


def events() -> Iterator[dict[str, Any]]:
    """Return what is known of an event's time, in each way in which that can be told."""
    time = datetime.time
    yield from ({"starts": DAY}, {"starts": DAY, "time": time(9, 15)}, {"starts": DAY, "time": time(0, 0)})
    yield from ({"starts": DAY, "ends": DAY}, {"starts": DAY, "ends": DAY, "time": time(23, 30)})
    yield from ({"starts": DAY, "ends": DAY + ONE}, {"starts": DAY - 2 * ONE, "ends": DAY})
    yield from ({"starts": DAY, "precision": "MONTH"}, {"starts": DAY, "precision": "YEAR"})
    yield {"starts": DAY.replace(month=12, day=1), "precision": "MONTH"}


def moment(step: int) -> datetime.datetime:
    days, time = STEPS[step]
    return timezone.make_aware(
        datetime.datetime.combine(DAY + days * ONE, datetime.time.fromisoformat(time)),
    )


def stale(addresses: list[str]) -> list[str]:
    """Return those of the pages that the store has as true, and that would be others now."""
    return [address for address in addresses if verifying.compare(address) is False]


def test_no_page_tells_of_an_event_what_has_ceased_to_be_so(store, settings):
    settings.TIME_ZONE = "America/Los_Angeles"
    rendering.handler.cache_clear()
    with time_machine.travel(moment(0), tick=False) as clock:
        addresses = ["/catch-up/", "/api/events"]
        for number, known in enumerate(events()):
            storyline = make_storyline(f"Storyline {number}", at=moment(0) - 20 * ONE)
            make_story_in(storyline, f"Story {number}", event(f"Vote {number}", **known), at=moment(0) - ONE / 8)
            page = storyline.get_absolute_url()
            addresses += [page, f"{page}next/", f"{page}timeline/", f"/api/storylines/{storyline.slug}"]
        commit()
        found = {}
        for step in range(len(STEPS)):
            clock.move_to(moment(step))
            found[STEPS[step]] = stale(addresses)
            for address in addresses:
                pressing.fetch(address)
        for first, later in LEAPS:
            clock.move_to(moment(first))
            store.clear()
            for address in addresses:
                pressing.fetch(address)
            clock.move_to(moment(later))
            found[first, later] = stale(addresses)

    assert not any(found.values()), found
