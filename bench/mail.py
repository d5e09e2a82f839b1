"""Mail to many: messages a second beside a plain loop and the floor, memory, the first message, and senders that are killed."""

from __future__ import annotations

import json
import os
import random
import sqlite3
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bench import mail_sink, postgresql
from bench.figures import Figure, NotMeasured
from bench.ground import Ground
from nutgraf.config import env

SIZE = 100_000
FEW = 1_000
MANY = int(os.environ.get("BENCH_MAIL_MANY", 1_000_000))
# A plain loop is slow, and as slow from the beginning.
LOOPED = 2_000
FLOORED = 20_000
ROUNDS = 3
PATIENCE_SECONDS = 60
PERSON = ("--editor", "Ada Quill", "--email", "ada@example.org", "--password", "weir-and-ferry-9")
FOUNDED = ("--name", "Bench", *PERSON, "--time-zone", "UTC", "--language", "en")
KILLS = 50
DATABASE_KILLS = 10
KILLED_SIZE = 20_000


def measure(ground: Ground) -> Iterator[Figure]:
    """Send to the same sink in each of these ways."""
    with mail_sink.running() as sink:
        yield from _rates(ground, sink)
    many = ground.folder / "mail-many"
    yield first(ground, many)
    yield memory(ground, many)
    yield killed(ground)
    yield database_killed(ground)


def _rates(ground: Ground, sink: mail_sink.Running) -> Iterator[Figure]:
    """Take turns, as what else the machine is at differs from minute to minute; medians count."""
    folder = _newsroom(ground, "mail", SIZE, sink)
    taken: dict[str, list[float]] = {}
    processor, had = 0.0, {}
    for _round in range(ROUNDS):
        _run("submit", folder, sink)
        for what, count in (("naive", LOOPED), ("floor", FLOORED), ("pipelined", SIZE)):
            taken.setdefault(what, []).append(count / _run(what, folder, sink, count)["seconds"])
        for connections in (1, 4):
            sink.ask("FORGET")
            _run("submit", folder, sink)
            done = _run("send", folder, sink, connections=connections)
            taken.setdefault(str(connections), []).append(SIZE / done["seconds"])
            processor, had = done["processor"] / SIZE, sink.ask()
    rates = {what: statistics.median(each) for what, each in taken.items()}
    naive, floor, pipelined = rates["naive"], rates["floor"], rates["pipelined"]
    yield Figure(
        "a plain loop; the floor; the floor with pipelining", f"{naive:,.0f}; {floor:,.0f}; {pipelined:,.0f} a second"
    )
    for lines in ("1", "4"):
        rate = rates[lines]
        yield Figure(
            f"Nutgraf over {lines}, all of its account kept",
            f"{rate:,.0f} a second ({rate / floor:.2f} of the floor, {rate / pipelined:.2f} of that with pipelining)",
            "0.8 of the floor, 0.5 of that with pipelining",
            rate >= 0.8 * floor and rate >= 0.5 * pipelined,
        )
    yield Figure(
        "the same over 4: processor for each message; who had it",
        f"{processor * 1e6:.0f} µs; {had['people']:,}, {had['doubled']} twice",
        f"{SIZE:,}, 0 twice",
        had["people"] == SIZE and not had["doubled"],
    )


def memory(ground: Ground, folder: Path) -> Figure:
    """Send to a few and to many, each in a process of its own."""
    with mail_sink.running() as sink:
        told = []
        for one in (_newsroom(ground, "mail-few", FEW, sink), folder):
            _run("submit", one, sink)
            told.append(_run("send", one, sink))
    few, many = told
    return Figure(
        f"memory of the sender, {FEW:,} and {MANY:,} subscribers",
        f"{few['megabytes']:.0f} MB and {many['megabytes']:.0f} MB; {MANY / many['seconds']:,.0f} a second to the end",
        "the same",
        many["megabytes"] < 1.1 * few["megabytes"],
    )


def first(ground: Ground, folder: Path) -> Figure:
    """Send an edition as the desk does, to a list of a million, while the process beside the desk runs as ever."""
    with mail_sink.running() as sink:
        # Founded as a real one is, as otherwise the process that takes over would have nobody to send for.
        subprocess.run([sys.executable, "-m", "nutgraf", "init", folder, *FOUNDED], check=True, capture_output=True)
        _newsroom(ground, folder.name, MANY, sink)
        _run("edition", folder, sink)
        with _backstage(folder, sink):
            _run("greet", folder, sink)
            _wait_for(sink, 1)
            sink.ask("FORGET")
            asked = _run("publish", folder, sink)
            _wait_for(sink, 1)
            seconds = sink.ask()["first_at"] - asked["began"]
    return Figure(
        f"“send” in the desk to the first taken, {MANY:,} subscribers",
        f"{seconds:.2f} s (of which to compose and submit it {asked['seconds']:.2f})",
        "under 3 s",
        seconds < 3,
    )


@contextmanager
def _backstage(folder: Path, sink: mail_sink.Running) -> Iterator[None]:
    """Run what sends beside the desk; it ends when its standard input does."""
    command = [sys.executable, "-m", "nutgraf", "backstage"]
    with subprocess.Popen(command, env=_told(sink) | {"NUTGRAF_DATA": str(folder)}, stdin=subprocess.PIPE) as process:
        yield
        process.communicate()


def _wait_for(sink: mail_sink.Running, count: int) -> None:
    until = time.monotonic() + PATIENCE_SECONDS
    while sink.ask()["taken"] < count:
        if time.monotonic() > until:
            raise NotMeasured("nothing was sent")
        time.sleep(0.05)


def killed(ground: Ground) -> Figure:
    """Kill (-9) the sender again and again, and count who had how many."""
    chance = random.Random(6)
    # So slow that it is killed in the middle of a message, not of its account.
    with mail_sink.running(milliseconds_each=1) as sink:
        folder = _newsroom(ground, "mail-killed", KILLED_SIZE, sink)
        _run("submit", folder, sink)
        kills = 0
        while kills < KILLS:
            sender, had = _start("send", folder, sink), sink.ask()["taken"]
            while sender.poll() is None and sink.ask()["taken"] == had:
                time.sleep(0.01)
            time.sleep(chance.uniform(0, 0.3))
            if sender.poll() is not None:
                break
            sender.kill()
            sender.wait()
            kills += 1
        _run("send", folder, sink)
        return _account(f"{kills} kills of the sender in a send to {KILLED_SIZE:,}", sink, folder, kills == KILLS)


def database_killed(ground: Ground) -> Figure:
    """Kill (-9) the database again and again under a sender that lives."""
    chance, kills = random.Random(6), 0
    with mail_sink.running(milliseconds_each=1) as sink, postgresql.running() as server:
        folder = _newsroom(ground, "mail-database", KILLED_SIZE, sink, f"{server.address}/postgres")
        _run("submit", folder, sink)
        sender = _start("send", folder, sink)
        while kills < DATABASE_KILLS:
            time.sleep(chance.uniform(0.5, 2))
            if sender.poll() is not None or _is_done(sink):
                break
            server.kill()
            server.start()
            kills += 1
        sender.wait()
        # Whoever sent has ended by its own account; whatever it left is for the next.
        _run("send", folder, sink)
        what = f"{kills} kills of PostgreSQL in a send to {KILLED_SIZE:,}"
        return _account(what, sink, folder, kills == DATABASE_KILLS)


def _is_done(sink: mail_sink.Running) -> bool:
    return bool(sink.ask()["people"] >= KILLED_SIZE)


def _account(what: str, sink: mail_sink.Running, folder: Path, is_whole: bool) -> Figure:
    """Hold what arrived against what the newsroom knows of each: who neither had it nor is told of is lost."""
    had, arrived, states = sink.ask(), set(sink.ask("WHO")), _states(folder)
    uncertain = {number for number, state in states.items() if state == "UNCERTAIN"}
    lost = set(range(1, KILLED_SIZE + 1)) - arrived - uncertain
    return Figure(
        what,
        f"lost {len(lost)}, twice {had['doubled']}; {len(uncertain)} uncertain, of whom {len(uncertain & arrived)} had it",
        "lost 0, twice 0",
        not lost and not had["doubled"] and is_whole,
    )


def _states(folder: Path) -> dict[int, str]:
    address = env.read_file(folder / "newsroom.env").get("DATABASE_URL")
    question = "SELECT number, state FROM mail_message"
    if not address:
        with sqlite3.connect(folder / "main.sqlite3") as database:
            return dict(database.execute(question).fetchall())
    import psycopg

    with psycopg.connect(address) as connection:
        return dict(connection.execute(question).fetchall())


def _newsroom(ground: Ground, name: str, size: int, sink: mail_sink.Running, database: str = "") -> Path:
    folder = ground.folder / name
    folder.mkdir(exist_ok=True)
    (folder / "newsroom.env").write_text(f"NUTGRAF_SECRET_KEY={'of-a-bench-' * 5}\nDATABASE_URL={database}\n")
    _run("fill", folder, sink, size)
    return folder


def _start(
    what: str, folder: Path, sink: mail_sink.Running, *rest: object, connections: int = 4
) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "bench.mail_sender", what, str(folder), *map(str, rest)],
        env=_told(sink) | {"NUTGRAF_MAIL_CONNECTIONS": str(connections)},
        stdout=subprocess.PIPE,
        text=True,
    )


def _told(sink: mail_sink.Running) -> dict[str, str]:
    return os.environ | {"NUTGRAF_MAIL": f"smtp+plain://127.0.0.1:{sink.port}", "BENCH_SINK": str(sink.port)}


def _run(what: str, folder: Path, sink: mail_sink.Running, *rest: object, connections: int = 4) -> Any:
    process = _start(what, folder, sink, *rest, connections=connections)
    told, _errors = process.communicate()
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, process.args)
    return json.loads(told) if told else None
