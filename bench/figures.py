"""What a bench hands over: one figure with its aim, or the reason why there is none."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Figure:
    """One line of the table."""

    what: str
    measured: str
    aim: str = ""
    is_met: bool | None = None


class NotMeasured(Exception):
    """What a bench needs is not here; the message says what to install."""


@dataclass
class Stopwatch:
    """Milliseconds of one thing done several times."""

    rounds: list[float] = field(default_factory=list)

    @contextmanager
    def running(self) -> Iterator[None]:
        started = time.perf_counter()
        yield
        self.rounds.append((time.perf_counter() - started) * 1000)

    @property
    def median(self) -> float:
        return statistics.median(self.rounds)


def seconds(do: Callable[[], object]) -> float:
    """Return how long something takes once."""
    watch = Stopwatch()
    with watch.running():
        do()
    return watch.median / 1000
