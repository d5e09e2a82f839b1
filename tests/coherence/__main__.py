"""Run the newsroom for as many steps as are asked for, and say how far it is, from which seed and at what ratio."""

from __future__ import annotations

import logging
import os
import random
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

import click

from tests.coherence.breakages import BREAKAGES
from tests.coherence.ground import Ground, short_pages
from tests.coherence.machine import Newsroom, Tally


@click.command(help=__doc__)
@click.option("--steps", default=1_000, help="How many steps to take, in runs of their own newsroom.")
@click.option("--length", default=100, help="How many steps a run has.")
@click.option("--seed", type=int, help="Take the steps of an earlier run again.")
@click.option("--seconds", default=0, help="Stop after so long, however many steps were taken.")
@click.option("--shrink", is_flag=True, help="Look for the fewest steps that lead to a stale page.")
@click.option("--full", is_flag=True, help="Compare every page after each step, not only some.")
@click.option("--cluster", default="", help="A cluster of PostgreSQL's to work in, such as postgres://user@host:port.")
@click.option("--break", "broken", type=click.Choice(sorted(BREAKAGES)), help="Break the store in this way first.")
@click.option("--at-most", type=float, help="Fail if more pages are pressed again for each that changed.")
def main(
    steps: int,
    length: int,
    seed: int | None,
    seconds: int,
    shrink: bool,
    full: bool,
    cluster: str,
    broken: str,
    at_most: float | None,
) -> None:
    seed = random.randrange(1_000_000) if seed is None else seed
    for name in [name for name in os.environ if name.startswith("NUTGRAF_") or name == "DATABASE_URL"]:
        del os.environ[name]
    with ExitStack() as stack:
        folder = stack.enter_context(
            tempfile.TemporaryDirectory(prefix="nutgraf-coherence-", ignore_cleanup_errors=True)
        )
        ground = Ground(Path(folder), cluster)
        ground.prepare()
        logging.getLogger("nutgraf").setLevel(logging.CRITICAL)
        stack.enter_context(short_pages())
        if broken:
            stack.enter_context(BREAKAGES[broken]())
        tally = take(ground, steps=steps, length=length, seed=seed, seconds=seconds, shrink=shrink, full=full)
    if at_most is not None and tally.ratio > at_most:
        click.echo(f"More than {at_most} are pressed again for each that changed.")
        sys.exit(1)


def take(ground: Ground, *, steps: int, length: int, seed: int, seconds: int, shrink: bool, full: bool) -> Tally:
    """Take the steps in runs; the first stale page ends them, told with the fewest steps that lead to it."""
    from hypothesis import HealthCheck, Phase, Verbosity, settings
    from hypothesis import seed as seeded
    from hypothesis.stateful import run_state_machine_as_test

    tally = Tally()

    def say(now: Tally) -> None:
        if time.monotonic() - now.last_said > 20:
            now.last_said = time.monotonic()
            needless = ", ".join(f"{number} × {why}" for why, number in now.needless.most_common(3))
            click.echo(f"seed {seed}: {now}" + (f"; the same: {needless}" if needless else ""))

    Newsroom.ground, Newsroom.tally, Newsroom.say, Newsroom.fullest = ground, tally, staticmethod(say), full
    Newsroom.most_steps, Newsroom.until, round_number = steps, time.monotonic() + (seconds or 10**9), 0
    while not Newsroom.is_over():
        how = settings(
            max_examples=40,
            stateful_step_count=min(length, max(1, steps)),
            deadline=None,
            database=None,
            phases=[Phase.generate, *([Phase.shrink] if shrink else [])],
            suppress_health_check=list(HealthCheck),
            verbosity=Verbosity.normal,
            print_blob=False,
        )
        case = seeded(seed + 1_000_000 * round_number)(Newsroom)
        try:
            run_state_machine_as_test(case, settings=how)
        except BaseException:  # However it ends, what was done until then is told.
            click.echo(f"seed {seed}: {tally}")
            raise
        round_number += 1
    click.echo(f"seed {seed}: {tally}")
    for reason, number in tally.needless.most_common(12):
        click.echo(f"  pressed and found the same {number} times: {reason}")
    return tally


if __name__ == "__main__":
    main()
