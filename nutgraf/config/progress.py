"""Show how far a longer piece of work has come: as a bar where somebody watches, as lines where a log is kept."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

console = Console(stderr=True, highlight=False)

# Name of the step, how many are done, how many there are.
Step = Callable[[str, int, int], None]


@contextmanager
def progress(title: str) -> Iterator[Step]:
    """Announce a piece of work, and yield what tells how far it has come."""
    started = time.monotonic()
    bar = Progress(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("[dim]{task.fields[step]}"),
        console=console,
        transient=True,
        disable=not console.is_terminal,
    )
    if not console.is_terminal:
        console.print(f"{title} …")
    with bar:
        task = bar.add_task(title, total=None, step="")
        yield lambda step, done, total: bar.update(task, step=step, completed=done, total=total)
    console.print(f"{title}: done in {time.monotonic() - started:.1f} s")
