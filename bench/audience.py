"""A million subscribers: taken in from a file, asked for some hundred at a time, written out; with the memory that it takes."""

from __future__ import annotations

import csv
import datetime
import json
import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench.figures import Figure
from bench.ground import Ground

FEW, MANY = 1_000, 1_000_000
BATCH, LINKS = 500, 100_000
AIM_BATCH, AIM_LINKS = 10.0, 5.0
# What SQLite caches of the database, and of the addresses that a file has named before.
AIM_GROWTH = 24
BROKEN_EVERY = 10_000
FOUNDED = ("--name", "Bench", "--editor", "Ada Quill", "--email", "ada@example.org", "--password", "weir-and-ferry-9")


def measure(ground: Ground) -> Iterator[Figure]:
    """Ask a process for each size, whose memory is then its own."""
    few, many = (_ask(ground.folder / f"audience-{size}", size) for size in (FEW, MANY))
    seconds = many["look"] + many["import"]
    yield Figure(
        f"{MANY:,} addresses: look through the file, import it",
        f"{many['look']:.0f} s, {many['import']:.0f} s ({MANY / seconds:,.0f} a second)",
    )
    for what in ("import", "export"):
        before, after = few[f"{what} memory"], many[f"{what} memory"]
        is_met = after - before <= AIM_GROWTH
        told = f"{before:.0f} and {after:.0f} MB"
        yield Figure(f"memory of an {what}, {FEW:,} and {MANY:,} subscribers", told, f"within {AIM_GROWTH} MB", is_met)
    yield Figure(f"{MANY:,} subscribers: export", f"{many['export']:.0f} s")
    for lists in (1, 3):
        median, slowest = many[f"batch of {lists}"]
        yield Figure(
            f"the next {BATCH} recipients of {MANY:,}, on any of {lists} list{'s' * (lists > 1)}",
            f"{median:.1f} ms, slowest {slowest:.0f}",
            f"{AIM_BATCH:.0f} ms",
            median <= AIM_BATCH,
        )
    yield Figure(
        f"two links for each of {LINKS:,} mails",
        f"{many['links']:.1f} s",
        f"{AIM_LINKS:.0f} s",
        many["links"] <= AIM_LINKS,
    )


def _ask(folder: Path, size: int) -> dict[str, Any]:
    subprocess.run(
        [sys.executable, "-m", "nutgraf", "init", folder, *FOUNDED, "--time-zone", "UTC", "--language", "en"],
        check=True,
        capture_output=True,
    )
    file = folder / "people.csv"
    with file.open("w", newline="") as opened:
        rows = csv.writer(opened)
        rows.writerow(["name", "email"])
        for number in range(size):
            broken = number % BROKEN_EVERY == BROKEN_EVERY // 2
            rows.writerow(
                [f"Reader {number}", "nobody" if broken else f"reader{number}@inbox{number % 97}.example.org"]
            )
    found: dict[str, Any] = {}
    for part in (_import, _rest):
        done = subprocess.run(
            [sys.executable, "-m", "bench.audience", part.__name__, folder, file],
            check=True,
            stdout=subprocess.PIPE,
            env=os.environ | {"NUTGRAF_DATA": str(folder), "DJANGO_SETTINGS_MODULE": "nutgraf.config.settings"},
        )
        found |= json.loads(done.stdout)
    return found


def _import(file: Path) -> dict[str, Any]:
    from django.utils import timezone

    from nutgraf.audience import actions, importing

    lists = [actions.open_list(key=f"briefing:{number}", name=f"Briefing {number}") for number in range(3)]
    with file.open("rb") as opened:
        kept = importing.hand_in(
            name="people.csv", file=opened, lists=lists[:1], source="bench", words="Mail me", by=None, at=timezone.now()
        )
    look = _seconds(lambda: importing.look_through(kept))
    importing.begin(kept)

    def take_in() -> None:
        while importing.take_in(kept, at=timezone.now()):
            pass

    return {"look": look, "import": _seconds(take_in), "import memory": _megabytes()}


def _rest(file: Path) -> dict[str, Any]:
    from django.utils import timezone

    from nutgraf.audience import exporting, links
    from nutgraf.audience.models import List, Subscriber, Subscription

    now = timezone.now()

    def export() -> None:
        for _piece in exporting.pieces():
            pass

    found: dict[str, Any] = {"export": _seconds(export), "export memory": _megabytes()}
    found["batch of 1"] = _batches(["briefing:0"], at=now)
    for place, key in enumerate(["briefing:1", "briefing:2"]):
        some = Subscriber.objects.filter(pk__gt=0).values_list("pk", flat=True)[place : MANY // 10 : 2]
        one = List.objects.get(key=key)
        Subscription.objects.bulk_create(
            (Subscription(subscriber_id=pk, list=one, state="ON", changed_at=now) for pk in some), batch_size=5_000
        )
    found["batch of 3"] = _batches(["briefing:0", "briefing:1", "briefing:2"], at=now)

    def make_links() -> None:
        for number in range(LINKS):
            links.preferences(number=number, key="k" * 22, at=now)
            links.unsubscribe(number=number, key="k" * 22, at=now, list_pk=1, via=1)

    return found | {"links": _seconds(make_links)}


def _batches(keys: list[str], *, at: datetime.datetime) -> tuple[float, float]:
    """Return the median and the slowest of all batches, in milliseconds."""
    from nutgraf.audience import queries

    last, after, taken = queries.latest_number(), 0, []
    while True:
        started = time.perf_counter()
        batch = queries.recipients(keys, after=after, up_to=last, limit=BATCH, at=at)
        taken.append((time.perf_counter() - started) * 1000)
        if not batch:
            return statistics.median(taken), max(taken)
        after = batch[-1].number


def _seconds(do: Any) -> float:
    started = time.perf_counter()
    do()
    return time.perf_counter() - started


def _megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    import django

    django.setup()
    print(json.dumps({"_import": _import, "_rest": _rest}[sys.argv[1]](Path(sys.argv[3]))))
