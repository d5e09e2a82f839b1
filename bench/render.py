"""Queries and milliseconds to render a story page, a section front and the front page, with few and with many stories."""

from __future__ import annotations

from collections.abc import Iterator

from bench.figures import Figure, Stopwatch
from bench.ground import Ground

ROUNDS = 60
MOST_QUERIES, MOST_GROWTH = 25, 1.3


def measure(ground: Ground) -> Iterator[Figure]:
    """Render each page in both archives by turns, through all of Django and without any cache of pages."""
    archives = ground.archives

    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from nutgraf.newsroom.models import Section
    from nutgraf.streams import queries

    client = Client(SERVER_NAME="localhost")
    with archives[0].opened():
        story = queries.page().stories[0]
        section = Section.objects.all()[0]
    pages = {"story page": str(story.address), "section front": section.get_absolute_url(), "front page": "/"}
    for name, path in pages.items():
        counts, watches = [], [Stopwatch(), Stopwatch()]
        for archive in archives:
            with archive.opened():
                client.get(path)
                with CaptureQueriesContext(connection) as captured:
                    assert client.get(path).status_code == 200
                counts.append(len(captured))
        for _ in range(ROUNDS):
            for archive, watch in zip(archives, watches, strict=True):
                with archive.opened(), watch.running():
                    client.get(path)
        few, many = (watch.median for watch in watches)
        yield Figure(
            f"queries for a {name}",
            "{} and {}".format(*counts),
            f"{MOST_QUERIES} or fewer, alike" if name == "story page" else "alike",
            len(set(counts)) == 1 and (name != "story page" or max(counts) <= MOST_QUERIES),
        )
        yield Figure(
            f"time for a {name}",
            f"{few:.1f} and {many:.1f} ms, ratio {many / few:.2f}",
            f"ratio {MOST_GROWTH} or less",
            many / few <= MOST_GROWTH,
        )
