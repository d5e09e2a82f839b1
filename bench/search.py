"""What one save costs the search index, with Wagtail's back end and with ours; a thousand searches and a sitemap in archives of two sizes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial

from bench import postgresql
from bench.figures import Figure, Stopwatch
from bench.ground import Ground

ROUNDS = 15
PATIENCE_SECONDS = 30
SIZES = (10_000, 1_000_000)


def measure(ground: Ground) -> Iterator[Figure]:
    """Save the same story again and ask for a word that every story has, by turns."""
    archives = ground.archives

    from modelsearch.backends.database import SearchBackend as stock

    from nutgraf.stories.models import Story
    from nutgraf.stories.search import SearchBackend as ours

    makers = {"Wagtail's": stock, "ours": ours}
    saves = {(name, archive.size): Stopwatch() for name in makers for archive in archives}
    for _ in range(ROUNDS):
        for archive in archives:
            with archive.opened():
                story = Story.objects.live()[0]
                for name, make in makers.items():
                    with saves[name, archive.size].running():
                        make({}).add(story)
    for archive in archives:
        times = {name: saves[name, archive.size].median for name in makers}
        yield Figure(f"index one story among {archive.size:,}", _side_by_side(times))

    for archive in archives:
        with archive.opened():
            found = {name: make({}).search("harbour", Story.objects.live()) for name, make in makers.items()}
            asked = {name: _time_limited(partial(_ten_best, results)) for name, results in found.items()}
        yield Figure(f"the ten best of {archive.size:,} matches", _side_by_side(asked))

    for size in SIZES:
        for vendor in ("SQLite", "PostgreSQL"):
            yield from _asked(ground, size, vendor)


def _asked(ground: Ground, size: int, vendor: str) -> Iterator[Figure]:
    """Ask a process of its own, since what the index is made of is settled by the database that a process begins with."""
    environment = os.environ | {"NUTGRAF_DATA": str(ground.kept / f"searched-{size}")}
    if vendor == "PostgreSQL":
        environment["DATABASE_URL"] = postgresql.made(ground.postgresql, f"searched_{size}")
    command = [sys.executable, "-m", "bench.searched", str(size), vendor]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, env=environment)
    for line in json.loads(done.stdout.splitlines()[-1]):
        yield Figure(*line)


def _ten_best(results: Sequence[object]) -> None:
    # A part of the results is asked for anew each time; the whole would be remembered.
    list(results[:10])


def _side_by_side(times: Mapping[str, float | None]) -> str:
    return ", ".join(
        f"{name} " + (f"over {PATIENCE_SECONDS} s" if took is None else f"{took:,.1f} ms")
        for name, took in times.items()
    )


def _time_limited(do: Callable[[], object]) -> float | None:
    """Return the milliseconds of one call, the better of two, or None if it was cut short."""
    from django.db import OperationalError, connection

    until = time.monotonic() + PATIENCE_SECONDS
    connection.connection.set_progress_handler(lambda: time.monotonic() > until, 100_000)
    watch = Stopwatch()
    try:
        for _ in range(2):
            with watch.running():
                do()
    except OperationalError:
        return None
    finally:
        connection.connection.set_progress_handler(None, 0)
    return min(watch.rounds)
