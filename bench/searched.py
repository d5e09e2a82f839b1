"""A thousand searches and the sitemaps of one archive, in a process of its own: for bench/search.py, which reads what it prints."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from django.db import connection

from bench.figures import Figure, Stopwatch

MAPS = 5
# Not by the four kinds of questions, so that each has some.
PAGE_EVERY = 9
AIM = 100.0


def main(size: int, where: str) -> None:
    """Make the archive if it is not there, and measure."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "nutgraf.config.settings"
    Path(os.environ["NUTGRAF_DATA"]).mkdir(parents=True, exist_ok=True)

    import django
    from django.conf import settings

    django.setup()

    from django.core.management import call_command

    from bench import million
    from nutgraf.reader import bundle
    from nutgraf.streams.models import Day

    # Of one that was kept, too: it may be older than the code.
    call_command("migrate", verbosity=0)
    if not Day.objects.exists():
        million.make(size)
    bundle.build(settings.STATIC_ROOT)
    figures = [*_thousand(f"{size:,} stories, {where}"), *_maps(f"{size:,} stories, {where}")]
    print(json.dumps([[one.what, one.measured, one.aim, one.is_met] for one in figures]))


def _thousand(where: str) -> Iterator[Figure]:
    """Ask each question twice and count the better of two: other things run on the machine."""
    from django.test import Client

    from bench.questions import drawn
    from nutgraf.reader.forms import SearchForm
    from nutgraf.stories import matching

    finding: dict[str, list[Took]] = {}
    pages, client = [], Client(SERVER_NAME="localhost")
    for number, (kind, asked) in enumerate(drawn()):
        form = SearchForm(asked)
        assert form.is_valid(), form.errors
        question = form.question()
        finding.setdefault(kind, []).append(_better_of_two(partial(matching.find, question)))
        if number % PAGE_EVERY == 0:
            pages.append(_better_of_two(partial(client.get, "/search/", asked)))
    every = [took for some in finding.values() for took in some]
    for kind, some in {"searches": every, **finding}.items():
        p99 = _percentile([took.elapsed for took in some], 99)
        yield Figure(f"{len(some):,} {kind}, {where}", _told(some), f"p99 {AIM:.0f} ms", p99 <= AIM)
    yield Figure(f"{len(pages):,} of them with the page, {where}", _told(pages))


def _maps(where: str) -> Iterator[Figure]:
    """Write what one publication makes stale: the map of maps, and that of its month or day."""
    from django.test import Client

    client = Client(SERVER_NAME="localhost")
    index = client.get("/sitemap.xml").content.decode()
    path = index.split("/sitemap/")[2].split("<")[0]
    watches = {"/sitemap.xml": Stopwatch(), f"/sitemap/{path}": Stopwatch()}
    for _ in range(MAPS):
        for address, watch in watches.items():
            with watch.running():
                assert client.get(address).status_code == 200
    both = [watch.median for watch in watches.values()]
    told = f"{sum(both):.0f} ms (index of {index.count('<loc>'):,} maps {both[0]:.0f}, one map {both[1]:.0f})"
    yield Figure(f"sitemaps after a publication, {where}", told)


@dataclass(frozen=True)
class Took:
    """Milliseconds of one thing: by the clock, and of a processor, ours and that of PostgreSQL's own process."""

    elapsed: float
    busy: float


def _better_of_two(do: Callable[[], object]) -> Took:
    rounds = []
    for _ in range(2):
        began, busy = time.perf_counter(), _busy()
        do()
        rounds.append(Took((time.perf_counter() - began) * 1000, _busy() - busy))
    return Took(min(one.elapsed for one in rounds), min(one.busy for one in rounds))


def _busy() -> float:
    own = time.thread_time() * 1000
    if connection.vendor != "postgresql" or not connection.connection:
        return own
    running = Path(f"/proc/{connection.connection.info.backend_pid}/schedstat")
    return own + int(running.read_text().split()[0]) / 1e6


def _told(some: Sequence[Took]) -> str:
    elapsed, busy = ([getattr(took, name) for took in some] for name in ("elapsed", "busy"))
    told = [f"p50 {_percentile(these, 50):.1f} ms, p99 {_percentile(these, 99):.1f}" for these in (elapsed, busy)]
    return f"{told[0]}; of a processor {told[1]}"


def _percentile(taken: Sequence[float], percent: int) -> float:
    return sorted(taken)[min(len(taken) - 1, len(taken) * percent // 100)]


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2])
