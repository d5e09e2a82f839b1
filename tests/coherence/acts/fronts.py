"""How editors arrange fronts: what leads them, what is pinned to them, and for how long."""

from __future__ import annotations

import datetime

from tests.coherence.acts.registry import MOST_ROWS, act, now, pick
from tests.coherence.acts.stories import a_story


@act
def lead_a_front(a: int, b: int) -> None:
    from nutgraf.newsroom.models import Section
    from nutgraf.streams import actions

    if story := a_story(a):
        section = pick(Section.objects.all(), b) if b % 2 else None
        actions.lead(story=story, section=section, until=_end(b))


@act
def pin_a_story(a: int, b: int) -> None:
    from nutgraf.newsroom.models import Section
    from nutgraf.streams import actions
    from nutgraf.streams.models import Pin

    if (story := a_story(a)) and Pin.objects.count() < MOST_ROWS:
        actions.pin(story=story, section=pick(Section.objects.all(), b) if b % 3 else None, until=_end(a))


@act
def unpin_a_story(a: int, b: int) -> None:
    from nutgraf.streams.models import Pin

    if pin := pick(Pin.objects.all(), a):
        pin.delete()


@act
def arrange_a_front(a: int, b: int) -> None:
    """As the desk's form does: the front is saved with its pins in another order, some with another end."""
    from nutgraf.desk.fronts import ensure_fronts
    from nutgraf.streams.models import Front

    ensure_fronts()
    if front := pick(Front.objects.all(), a):
        front.pins = list(reversed(front.pins.all()))
        for order, pin in enumerate(front.pins.all()):
            pin.sort_order, pin.until = order, _end(b)
        front.lead = a_story(b) if b % 2 else None
        front.save()


def _end(number: int) -> datetime.datetime | None:
    return None if number % 2 else now() + datetime.timedelta(minutes=20 * (1 + number % 5))
