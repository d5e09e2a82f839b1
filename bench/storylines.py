"""Queries and milliseconds to render a storyline's page with 20 and with 500 stories, and to publish a story into each."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from bench.figures import Figure, Stopwatch
from bench.ground import Ground

FEW, MANY = 20, 500
ROUNDS = 40
PUBLISHED = 10
MOST_GROWTH = 2.0
# As many as the larger one has: 5,000 quotes and numbers, and 400 events.
QUOTES, NUMBERS = 5, 5
EVENTS_OF_FIVE = 4
HOURS_APART = 7


def measure(ground: Ground) -> Iterator[Figure]:
    """File both storylines into the small archive, render their pages by turns, and forget them again."""
    archive = ground.archives[0]

    from django.db import connection, transaction
    from django.test import Client
    from django.test.utils import CaptureQueriesContext
    from django.utils import timezone

    from nutgraf.storylines.samples import make_story_in, make_storyline

    client, now = Client(SERVER_NAME="localhost"), timezone.now()
    with archive.opened(), transaction.atomic():
        storylines = []
        for size in (FEW, MANY):
            storyline = make_storyline(f"A storyline of {size}", at=now - datetime.timedelta(days=400))
            for place in range(size):
                at = now - datetime.timedelta(hours=HOURS_APART * (size - place))
                make_story_in(storyline, f"Story {place} of {size}", *_facts(place, at), at=at)
            storylines.append(storyline)
        watches, publishing, counts, weights = [Stopwatch(), Stopwatch()], [Stopwatch(), Stopwatch()], [], []
        for storyline in storylines:
            path = storyline.get_absolute_url()
            client.get(path)
            with CaptureQueriesContext(connection) as captured:
                answer = client.get(path)
            assert answer.status_code == 200
            counts.append(len(captured))
            weights.append(len(answer.content) / 1024)
        for _ in range(ROUNDS):
            for storyline, watch in zip(storylines, watches, strict=True):
                with watch.running():
                    client.get(storyline.get_absolute_url())
        for place in range(PUBLISHED):
            for storyline, watch in zip(storylines, publishing, strict=True):
                with watch.running():
                    make_story_in(storyline, f"One more {place}", *_facts(place, now), at=now)
        transaction.set_rollback(True)
    few, many = (watch.median for watch in watches)
    yield Figure(
        f"queries for a storyline of {FEW} and of {MANY} stories",
        "{} and {}".format(*counts),
        "alike",
        len(set(counts)) == 1,
    )
    yield Figure(
        f"time for a storyline of {FEW} and of {MANY} stories",
        f"{few:.1f} and {many:.1f} ms, ratio {many / few:.2f}",
        f"ratio {MOST_GROWTH:.0f} or less",
        many / few <= MOST_GROWTH,
    )
    yield Figure(f"HTML of a storyline of {FEW} and of {MANY} stories", "{:.0f} and {:.0f} KB".format(*weights))
    yield Figure(
        f"time to file and publish a story into a storyline of {FEW} and of {MANY}",
        "{:.0f} and {:.0f} ms".format(*(watch.median for watch in publishing)),
    )


def _facts(place: int, at: datetime.datetime) -> Iterator[dict[str, object]]:
    from nutgraf.stories.samples import event, number, point, quote

    day = at.date()
    yield point("Why it matters", "Bread comes by ship.")
    for one in range(QUOTES):
        speaker = (place * QUOTES + one * 7) % 130
        yield quote(f"What was said for the time {place}.{one}", f"Speaker {speaker}", "pilot", f"Guild {speaker % 9}")
    for one in range(NUMBERS):
        # Some are counted again and again, some once.
        counts = f"ships waiting at quay {one}" if one < 3 else f"crates of sort {place} on deck {one}"
        yield number(place * 3 + one, counts, as_of=day, source=f"Guild {one % 2}")
    if place % 5 < EVENTS_OF_FIVE:
        yield event(f"Vote number {place}", starts=day + datetime.timedelta(days=place % 9), place="Port Selva")
