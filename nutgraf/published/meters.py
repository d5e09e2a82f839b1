"""Count what the page store does, so that whoever watches the newsroom can see it at /metrics.

The counts of all processes of one server lie in a folder of the store's, where
prometheus-client adds them up. Elsewhere each process counts for itself.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from django.db import DatabaseError

from nutgraf.published import outbox, purging
from nutgraf.published.store import the_store

if TYPE_CHECKING:
    from prometheus_client import CollectorRegistry
    from prometheus_client.core import Metric

FOLDER = "PROMETHEUS_MULTIPROC_DIR"

# From a page that asks for little to one that the database makes wait.
SECONDS = (0.005, 0.01, 0.02, 0.03, 0.05, 0.1, 0.2, 0.5, 1, 2, 5)


class Meters:
    """What one process counts."""

    def __init__(self) -> None:
        # Only here: most commands count nothing, and start faster without it. Where the counts are is settled by then.
        from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

        registry = self.registry = CollectorRegistry()
        self.requests = Counter("nutgraf_requests", "Requests, by who answered.", ["kind"], registry=registry)
        self.presses = Counter("nutgraf_presses", "Pages pressed and kept.", registry=registry)
        self.refusals = Counter(
            "nutgraf_presses_refused", "Pages rendered and not kept, by the reason.", ["reason"], registry=registry
        )
        self.press_seconds = Histogram(
            "nutgraf_press_seconds", "Time to render, press and keep a page.", registry=registry, buckets=SECONDS
        )
        self.publishes = Counter("nutgraf_publishes", "Stories published.", registry=registry)
        self.verified = Counter(
            "nutgraf_pages_verified", "Stored pages compared with a fresh rendering.", ["result"], registry=registry
        )
        self.waiting = Gauge(
            "nutgraf_waiting", "Readers who wait for news.", registry=registry, multiprocess_mode="livesum"
        )
        self.memory = Gauge(
            "nutgraf_resident_bytes", "Memory of each process.", registry=registry, multiprocess_mode="liveall"
        )

    def measure_memory(self) -> None:
        """Note how much memory this process has, where the system says so."""
        try:
            pages = int(Path("/proc/self/statm").read_text().split()[1])
        except (OSError, IndexError, ValueError):
            return
        self.memory.set(pages * os.sysconf("SC_PAGE_SIZE"))


@cache
def meters() -> Meters:
    """Return what this process counts."""
    return Meters()


def share(folder: Path) -> None:
    """Have this process and those that it starts add up what they count, from zero; called before anything is counted."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    os.environ[FOLDER] = str(folder)


def as_text() -> bytes:
    """Return all counts, as Prometheus reads them."""
    from prometheus_client import CollectorRegistry, generate_latest
    from prometheus_client.multiprocess import MultiProcessCollector

    registry = CollectorRegistry()
    if folder := os.environ.get(FOLDER):
        # Whoever deletes the store's folder loses counts, and nothing else.
        Path(folder).mkdir(parents=True, exist_ok=True)
        _forget_ended(Path(folder))
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]  # has no types
    else:
        _add(registry, meters().registry)
    _add(registry, _OfStore())
    return generate_latest(registry)


def _add(registry: CollectorRegistry, collector: object) -> None:
    registry.register(collector)  # type: ignore[arg-type]  # it has what they ask for


class _OfStore:
    """What the store knows of itself, asked when somebody looks."""

    def collect(self) -> Iterator[Metric]:
        from prometheus_client.core import GaugeMetricFamily

        store = the_store()
        try:
            for name, says, value in (
                ("nutgraf_pages_stored", "Pages in the store.", store.size()),
                ("nutgraf_store_bytes", "Size of the store's files.", store.bytes()),
                ("nutgraf_store_generation", "Changes that the store has followed.", store.generation()),
            ):
                yield GaugeMetricFamily(name, says, value)
            lag = outbox.outstanding(mark) if (mark := store.meta("mark")) else 0
            yield GaugeMetricFamily("nutgraf_changes_not_followed", "Changes that the store has yet to follow.", lag)
            untold = GaugeMetricFamily(
                "nutgraf_purges_not_told", "What a cache in front has yet to hear.", labels=["cache"]
            )
            for cache, number in purging.untold(store).items():
                untold.add_metric([cache], number)
            yield untold
        except (OSError, sqlite3.Error, DatabaseError):
            return  # What cannot be asked is not told; /healthz says what is the matter.


def _forget_ended(folder: Path) -> None:
    from prometheus_client.multiprocess import mark_process_dead

    for file in folder.glob("gauge_live*_*.db"):
        process = file.stem.rpartition("_")[2]
        if process.isdecimal() and not _is_running(int(process)):
            mark_process_dead(int(process), str(folder))  # type: ignore[no-untyped-call]  # has no types


def _is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
