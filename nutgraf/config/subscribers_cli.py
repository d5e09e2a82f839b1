"""The commands that take addresses in and out: `nutgraf subscribers import` and `export`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import IO, TYPE_CHECKING

import click
from rich.markup import escape

from nutgraf.config import data_folder
from nutgraf.config.desk_cli import data_option
from nutgraf.config.progress import console, progress
from nutgraf.config.trouble import Trouble

if TYPE_CHECKING:
    from nutgraf.audience.models import AddressFile, List

list_option = click.option("--list", "names", metavar="NAME", multiple=True, help="A list, by its name or key.")

# What each kind of row is called, in the order in which they are told.
KINDS = {
    "new": "new",
    "known": "known, but not on every list",
    "there": "on the lists already",
    "left": "unsubscribed, so left out",
    "waiting": "asked and did not confirm, so left out",
    "suppressed": "suppressed, so left out",
    "double": "named before in this file",
    "broken": "no address, or a broken row",
}


@click.group()
def subscribers() -> None:
    """Take subscribers in and out."""


@subscribers.command(name="import")
@click.argument("file", metavar="FILE", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@list_option
@click.option("--source", default="", help="Where and when these people agreed to be mailed; kept with each of them.")
@click.option("--words", default="", help="The words that they agreed to; kept with each of them.")
@click.option("--look", is_flag=True, help="Only tell what would become of each row.")
@data_option
def import_(file: Path, names: tuple[str, ...], source: str, words: str, look: bool, folder: Path) -> None:
    """Put the addresses in FILE, a CSV in any encoding, on lists. Nobody is mailed by it; who left stays out."""
    data_folder.open_newsroom(folder)
    with file.open("rb") as opened:
        take(opened, name=file.name, names=names, source=source, words=words, look=look)


def take(file: IO[bytes], *, name: str, names: tuple[str, ...], source: str, words: str, look: bool) -> None:
    """Look through a table of addresses, tell what would become of each row, and put them on lists unless only to look."""
    from django.core.exceptions import ValidationError
    from django.utils import timezone

    from nutgraf.audience import importing

    now = timezone.now()
    try:
        kept = importing.hand_in(name=name, file=file, lists=_lists(names), source=source, words=words, by=None, at=now)
    except ValidationError as error:
        raise Trouble(f"{name} cannot be imported. {' '.join(error.messages)}") from None
    with progress("Looking through it"):
        importing.look_through(kept)
    _tell(kept)
    if look:
        importing.cancel(kept, at=now)
    else:
        _take_in(kept)


@subscribers.command()
@list_option
@data_option
def export(names: tuple[str, ...], folder: Path) -> None:
    """Print every subscription as CSV, with the latest decision about it; or those to some lists."""
    data_folder.open_newsroom(folder)
    from nutgraf.audience import exporting

    for piece in exporting.pieces([one.key for one in _lists(names)]):
        sys.stdout.write(piece)


def _take_in(kept: AddressFile) -> None:
    from django.utils import timezone

    from nutgraf.audience import importing

    importing.begin(kept)
    total = sum(kept.counts.values())
    with progress("Importing") as step:
        while importing.take_in(kept, at=timezone.now()):
            step("rows", kept.rows_done, total)
    console.print(f"{kept.results.get('on', 0):,} subscriptions came of {total:,} rows.")


def _tell(kept: AddressFile) -> None:
    for kind, text in KINDS.items():
        if count := kept.counts.get(kind):
            console.print(f"{count:>12,}  {text}")
    for kind, line, typed, fault in kept.problems:
        if kind == "broken":
            console.print(f"  line {line}: {escape(typed)}: {fault}", soft_wrap=True)


def _lists(names: tuple[str, ...]) -> list[List]:
    from django.db.models import Q

    from nutgraf.audience import queries

    found = []
    for name in names:
        some = list(queries.standing().filter(Q(name=name) | Q(key=name)))
        if len(some) != 1:
            known = "; ".join(f"{one.name} ({one.key})" for one in queries.standing()) or "none yet"
            raise Trouble(f"“{name}” is not the name or key of one list. The lists are: {known}.")
        found += some
    return found
