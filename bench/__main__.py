"""Measure what is asked for, or everything, and print one table; it is Markdown, to be kept in README.md."""

from __future__ import annotations

import datetime
import importlib
import os
import subprocess
import tempfile
from contextlib import ExitStack
from pathlib import Path

import click
from rich.box import MARKDOWN
from rich.console import Console
from rich.table import Table

from bench.figures import NotMeasured
from bench.ground import Ground

BENCHES = [
    "startup",
    "render",
    "storylines",
    "publish",
    "parts",
    "visible",
    "serving",
    "memory",
    "notes",
    "search",
    "copy",
    "keys",
    "suggestions",
    "catch_up",
    "live",
    "archive",
    "audience",
    "mail",
    "weight",
    "lighthouse",
]
VERDICTS = {True: "met", False: "MISSED", None: ""}


@click.command(help=__doc__)
@click.argument("names", nargs=-1, type=click.Choice(BENCHES))
@click.option("--keep", type=click.Path(path_type=Path), help="A folder to keep large archives in.")
def main(names: tuple[str, ...], keep: Path | None) -> None:
    # Only our own settings count here; a newsroom's would be measured otherwise.
    for name in [name for name in os.environ if name.startswith("NUTGRAF_") or name == "DATABASE_URL"]:
        del os.environ[name]
    if keep:
        keep.mkdir(parents=True, exist_ok=True)
    table = Table("Bench", "Figure", "Measured", "Aim", "", box=MARKDOWN)
    talk = Console(stderr=True)
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="nutgraf-bench-", ignore_cleanup_errors=True))
        ground = Ground(Path(folder), stack, keep)
        for name in names or BENCHES:
            with talk.status(f"Measuring {name}: {importlib.import_module(f'bench.{name}').__doc__}"):
                _add_rows(table, name, ground)
    click.echo(f"{datetime.date.today():%Y-%m-%d}, {os.cpu_count()} cores")
    # As wide as it must be: a table with broken lines is no Markdown any more.
    Console(width=200).print(table)


def _add_rows(table: Table, name: str, ground: Ground) -> None:
    try:
        for figure in importlib.import_module(f"bench.{name}").measure(ground):
            table.add_row(name, figure.what, figure.measured, figure.aim, VERDICTS[figure.is_met])
    except (NotMeasured, subprocess.CalledProcessError) as reason:
        table.add_row(name, "not measured", str(reason))


if __name__ == "__main__":
    main()
