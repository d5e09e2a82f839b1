"""How much of the corpus is read right, how fast copy is read, and how slow the worst of it; -v shows what was missed in dev.

Run apart as `python -m bench.copy`. What was missed in the test set is never shown:
whoever looked would begin to read for the test.
"""

from __future__ import annotations

import importlib
import math
import random
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial
from types import FrameType
from typing import Any, NoReturn
from zoneinfo import ZoneInfo

import click
from rich.box import MARKDOWN
from rich.console import Console
from rich.table import Table

from bench.figures import Figure, NotMeasured
from bench.ground import Ground
from nutgraf.copydesk.corpus import PARTS, Piece, pieces
from nutgraf.copydesk.corpus.scoring import LINES, Scores, scores
from nutgraf.copydesk.intake.encodings import CopyRefused

AIMS = dict.fromkeys(LINES, 0.99) | {
    **dict.fromkeys(["times", "credit chain"], 0.95),
    **dict.fromkeys(["quotes with speaker", "numbers", "events"], 0.90),
}
MEGABYTE = 1_000_000
SIZES = (1, 2, 5, 10)
MEGABYTE_AIM_SECONDS, SLOPE_AIM, WORST_AIM_SECONDS = 2, 1.1, 1
PATIENCE_SECONDS, NASTY_PATIENCE_SECONDS = 30, 10
SHOWN = 8
AT, ZONE = datetime(2026, 3, 5, 12, tzinfo=UTC), ZoneInfo("UTC")


def measure(ground: Ground) -> Iterator[Figure]:
    """Read all of the corpus, then much of it at once, then what is meant to be slow."""
    if not any(pieces("test")):
        # Of nothing, nothing is missed.
        raise NotMeasured("there are no pieces for the final score")
    dev, test = (scores(pieces(part), read_piece) for part in PARTS)
    for line in LINES:
        measured = ", ".join(
            f"{part} {tally.precision:.3f} / {tally.recall:.3f} / {tally.f1:.3f}"
            for part, tally in (("dev", dev[line]), ("test", test[line]))
        )
        aim = AIMS[line]
        yield Figure(f"{line} (precision / recall / F1)", measured, f"test F1 {aim:.2f}", test[line].f1 >= aim)
    yield from speed()


def read(source: str | bytes, *, at: datetime = AT, zone: ZoneInfo = ZONE) -> dict[str, Any]:
    """Return what the reader makes of copy, as JSON."""
    try:
        reading = importlib.import_module("nutgraf.copydesk.reading")
    except ModuleNotFoundError as error:
        raise NotMeasured(f"needs the reader of copy: {error}") from error
    found: dict[str, Any] = reading.read(source, at=at, zone=zone).as_json()
    return found


def read_piece(piece: Piece) -> dict[str, Any]:
    """Return what the reader makes of a piece: nothing, if it breaks down over it."""
    try:
        return read(piece.source, at=piece.at, zone=piece.zone)
    except NotMeasured:
        raise
    except Exception as error:  # Whatever it breaks down with is a piece not read, and is told.
        click.echo(f"{piece.name}: the reader broke down with {type(error).__name__}", err=True)
        return {"stories": []}


def speed() -> Iterator[Figure]:
    """Measure seconds for a megabyte, how they grow up to ten, and the slowest hundred kilobytes."""
    read(much_copy(10_000))
    took: dict[int, float] = {}
    for size in SIZES:
        took[size] = limited(partial(read, much_copy(size * MEGABYTE)), PATIENCE_SECONDS * size)
        if took[size] == math.inf:
            break
    yield Figure("1 MB of copy", f"{took[1]:.2f} s", f"under {MEGABYTE_AIM_SECONDS} s", took[1] < MEGABYTE_AIM_SECONDS)
    slope = math.log(took[size] / took[1], size) if took[size] < math.inf else math.inf
    split = ", ".join(f"{size} MB {spent:.1f} s" for size, spent in took.items())
    yield Figure("growth with length", f"slope {slope:.2f} ({split})", f"slope {SLOPE_AIM} or less", slope <= SLOPE_AIM)
    slow = {name: limited(partial(read, text), NASTY_PATIENCE_SECONDS) for name, text in nasty_copy().items()}
    worst = sorted(slow, key=slow.__getitem__, reverse=True)[:SHOWN]
    yield Figure(
        f"worst 100 KB of {len(slow)} kinds",
        ", ".join(f"{name!r} {slow[name]:.2f} s" for name in worst),
        f"under {WORST_AIM_SECONDS} s",
        slow[worst[0]] < WORST_AIM_SECONDS,
    )


def limited(do: Callable[[], object], patience_seconds: float) -> float:
    """Return the seconds of one core until something is done or refused: infinity if it broke down or was cut short."""

    def stop(number: int, frame: FrameType | None) -> NoReturn:
        raise TimeoutError(f"more than {patience_seconds} s")

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, patience_seconds)
    # Not the time of day: others may work on this machine.
    started = time.process_time()
    try:
        with suppress(CopyRefused):
            do()
        return time.process_time() - started
    except NotMeasured:
        raise
    except Exception as error:  # To break down is the worst time of all, and is told.
        click.echo(f"The reader broke down with {type(error).__name__}: {error}", err=True)
        return math.inf
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def much_copy(size: int) -> str:
    """Return the plain text of the corpus, over and over, as long as asked for."""
    once = "\n\n".join(piece.text for piece in pieces("dev") if piece.form == "text")
    return (once + "\n\n") * (size // len(once)) + once[: size % len(once)]


def nasty_copy() -> dict[str, str]:
    """Return texts of 100 KB, each one thing repeated until a pattern that goes back and forth would never end."""
    units = [
        "a", "a ", "A. ", "Aa Bb ", "Mr. ", "said ", "Ida Brook said ", ", and ", "By A B, ", "Photo: A/B via ",
        "Why it matters: ", "Why it matters:\n", "Why it matters\n\n", "A headline\n\n", "A b: ", "9 hours ago - World\n",
        "Jan. 1, ", "Jan. 1 - ", "next Tuesday ", "1", "1 ", "1,000,", "1.", "1-", "1 to ", "$1 ", "one in ", "million ", "12:",
        '"', '"a ', '"a," ', "\u201c", "\u201ca ", "\u201ca,\u201d he said, ", "\u2018a", "'", "'a ", "' ",
        "\u2022 ", "\u2022 a\n", "- ", "-", "\u2014 ", "o\t", "1) ", "*", "* ", "**", "**a", "_a", "`", "#", "# a\n", "[", "![](", "[a](b", "|",
        "> ", ">", "> > a\n", "--\n", "From: a\n", "(", "(a ", ")", "/", ":", ": ", ".", "...", "? ",
        "<", "<div>", "<b><i>", "<p>", "<p>a", "<!--", "<a href='", "<ul><li>", "<table><tr><td>", "&amp;", "&#", "</div>", "<script>",
        # Found by joining words of the grammar at random: dates, numbers, speakers and lines that never end.
        "twenty-", "on Friday ", "minus Jan. 1, ", "half a third of ", "1,0- ", "one in \u0301\"a ", "\u00bd Aa Bb \",", "\n1. ", "\n> by the end of : ",
        "*\u2022 a\n12:?", ":\n", "Monday to &amp;Jan. 1 - ", "1.\u2019", "<h1>1 to 3-1 ", "and January 1 000 ", "1.5LONDON, Jan. 3 \u2014 ", "Jan. 1, Subscribe '\",",
        "2 to 1 a third of o\t", "A b: minus \n1. \t", "who is the mayor of the ", "\u2018s\u2019 ", "said the said that ", "according to the ", "aged 4, and ", "Mr. d'",
        "- a\n  - ", "<blockquote><p>\u201ca\u201d</p>", "**A b** ", "[a](http://a.b) ", "Share\n", "\n\nBy Ida Brook and ", "Updated ", "-30-\n",
        " ", "\t", "\n", "\r", " \n", "\u00a0", "\u00ad", "\u200f", "\u0301", "\x00", "\x0b", "\u2028", "\U0001f600", "\u0645 ", "\u4e2d",
    ]  # fmt: skip
    length = MEGABYTE // 10
    texts = {unit: (unit * (length // len(unit) + 1))[:length] for unit in units}
    chance = random.Random(3)
    real = much_copy(length)
    texts["real copy, its letters shuffled"] = "".join(chance.sample(real, length))
    texts["real copy, its words shuffled"] = " ".join(chance.sample(real.split(), len(real.split())))
    texts["real copy on one line"] = " ".join(real.split())
    texts["bullets, each deeper than the last"] = "\n".join(" " * n + "- a" for n in range(450))
    texts["all of these"] = "".join(chance.choices(units, k=length))[:length]
    return texts


@click.command(help=__doc__)
@click.option("-v", "--verbose", is_flag=True, help="Show what was missed in dev, and what was too much.")
@click.option("--speed/--no-speed", "with_speed", default=True, help="Measure how fast copy is read.")
def main(verbose: bool, with_speed: bool) -> None:
    try:
        dev = scores(pieces("dev"), read_piece, tell=_show_misses if verbose else None)
        test = scores(pieces("test"), read_piece)
        if not any(tally.true for tally in test.values()):
            raise NotMeasured("there are no pieces for the final score")
    except NotMeasured as reason:
        raise click.ClickException(str(reason)) from None
    table = Table("Line", *(f"{part} {what}" for part in PARTS for what in ("P", "R", "F1")), "Aim", "", box=MARKDOWN)
    for line in LINES:
        cells = [f"{one:.3f}" for tally in (dev[line], test[line]) for one in (tally.precision, tally.recall, tally.f1)]
        table.add_row(line, *cells, f"{AIMS[line]:.2f}", "met" if test[line].f1 >= AIMS[line] else "MISSED")
    Console(width=140).print(table)
    for figure in speed() if with_speed else ():
        click.echo(f"{figure.what}: {figure.measured} (aim: {figure.aim})")


def _show_misses(piece: Piece, tallies: Scores) -> None:
    lines = [
        f"  {sign} {line}: {one}"
        for line, tally in tallies.items()
        for sign, found in (("-", tally.missed), ("+", tally.too_much))
        for one in found
    ]
    if lines:
        click.echo("\n".join([piece.name, *lines]))


if __name__ == "__main__":
    main()
