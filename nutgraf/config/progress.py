"""Show how far a longer piece of work has come: as a bar where somebody watches, as lines where a log is kept."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console

console = Console(stderr=True, highlight=False)

# Name of the step, how many are done, how many there are.
Step = Callable[[str, int, int], None]


SECONDS_BETWEEN_LINES = 5.0


@contextmanager
def progress(title: str) -> Iterator[Step]:
    """Announce a piece of work, and yield what tells how far it has come."""
    started = time.monotonic()
    with _bar(title) if console.is_terminal else _lines(title) as step:
        yield step
    console.print(f"{title}: done in {time.monotonic() - started:.1f} s")


@contextmanager
def _bar(title: str) -> Iterator[Step]:
    # Only here: a command without a bar starts faster without them.
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(
        *columns,
        TimeElapsedColumn(),
        TextColumn("{task.fields[step]}", style="dim", markup=False),
        console=console,
        transient=True,
    ) as bar:
        task = bar.add_task(title, total=None, step="")
        yield lambda step, done, total: bar.update(task, step=step, completed=done, total=total)


@contextmanager
def _lines(title: str) -> Iterator[Step]:
    console.print(f"{title} …")
    told_at = time.monotonic()

    def tell(step: str, done: int, total: int) -> None:
        nonlocal told_at
        if time.monotonic() - told_at >= SECONDS_BETWEEN_LINES:
            told_at = time.monotonic()
            console.print(f"  {f'{done} of {total}' if total else done}: {step}", markup=False, soft_wrap=True)

    yield tell
