"""Mail to many: messages a second beside a plain loop and the floor, memory, the first message, and senders that are killed."""

from __future__ import annotations

import json
import os
import random
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench import mail_sink, postgresql
from bench.figures import Figure
from bench.ground import Ground
from nutgraf.config import env

SIZE = 100_000
MANY = int(os.environ.get("BENCH_MAIL_MANY", 1_000_000))
# A plain loop is slow, and as slow from the beginning.
LOOPED = 2_000
KILLS = 50
DATABASE_KILLS = 10
KILLED_SIZE = 20_000


def measure(ground: Ground) -> Iterator[Figure]:
    """Send to the same sink in each of these ways."""
    with mail_sink.running() as sink:
        folder = _newsroom(ground, "mail", SIZE, sink)
        _run("submit", folder, sink)
        naive = LOOPED / _run("naive", folder, sink, LOOPED)["seconds"]
        floor = 20_000 / _run("floor", folder, sink, 20_000)["seconds"]
        pipelined = SIZE / _run("pipelined", folder, sink, SIZE)["seconds"]
        yield Figure("a plain loop; the floor; the floor with pipelining", _rates(naive, floor, pipelined))
        for connections in (1, 4):
            sink.ask("FORGET")
            _run("submit", folder, sink)
            done = _run("send", folder, sink, connections)
            rate, had = SIZE / done["seconds"], sink.ask()
            yield Figure(
                f"Nutgraf, {connections} connection{'s' * (connections > 1)}, all of its account kept",
                f"{rate:,.0f} a second ({rate / floor:.1f} of the floor, {rate / pipelined:.2f} of that with pipelining);"
                f" {had['people']:,} had it, {had['doubled']} twice",
                "0.8 of the floor",
                rate > 0.8 * floor and had["people"] == SIZE and not had["doubled"],
            )
        yield from _memory(ground, sink)
    yield killed(ground)
    yield database_killed(ground)


def _rates(*rates: float) -> str:
    return "; ".join(f"{rate:,.0f}" for rate in rates) + " a second"


def _memory(ground: Ground, sink: mail_sink.Running) -> Iterator[Figure]:
    told = {}
    for size in (1_000, MANY):
        folder = _newsroom(ground, f"mail-{size}", size, sink)
        _run("submit", folder, sink)
        told[size] = _run("send", folder, sink, 4)
    few, many = told[1_000], told[MANY]
    yield Figure(
        f"memory of the sender, 1,000 and {MANY:,} subscribers",
        f"{few['megabytes']:.0f} MB and {many['megabytes']:.0f} MB",
        "the same",
        many["megabytes"] < 1.1 * few["megabytes"],
    )
    yield Figure(
        f"from “send” to the first message, {MANY:,} subscribers",
        f"{many['first'] * 1000:.0f} ms",
        "under 3 s",
        many["first"] < 3,
    )


def killed(ground: Ground) -> Figure:
    """Kill (-9) the sender again and again, and count who had how many."""
    chance = random.Random(6)
    # So slow that it is killed in the middle of a message, not of its account.
    with mail_sink.running(milliseconds_each=1) as sink:
        folder = _newsroom(ground, "mail-killed", KILLED_SIZE, sink)
        _run("submit", folder, sink)
        kills = 0
        while kills < KILLS:
            sender, had = _start("send", folder, sink, 4), sink.ask()["taken"]
            while sender.poll() is None and sink.ask()["taken"] == had:
                time.sleep(0.01)
            time.sleep(chance.uniform(0, 0.3))
            if sender.poll() is not None:
                break
            sender.kill()
            sender.wait()
            kills += 1
        _run("send", folder, sink, 4)
        had, states = sink.ask(), _states(folder)
    return _account(f"{kills} kills of the sender in a send to {KILLED_SIZE:,}", had, states, kills == KILLS)


def database_killed(ground: Ground) -> Figure:
    """Kill (-9) the database again and again under a sender that lives."""
    chance, kills = random.Random(6), 0
    with mail_sink.running(milliseconds_each=1) as sink, postgresql.running() as server:
        folder = _newsroom(ground, "mail-database", KILLED_SIZE, sink, f"{server.address}/postgres")
        _run("submit", folder, sink)
        sender = _start("send", folder, sink, 4)
        while kills < DATABASE_KILLS:
            time.sleep(chance.uniform(0.5, 2))
            if sender.poll() is not None or _is_done(sink):
                break
            server.kill()
            server.start()
            kills += 1
        sender.wait()
        # Whoever sent has ended by its own account; whatever it left is for the next.
        _run("send", folder, sink, 4)
        had, states = sink.ask(), _states(folder)
    return _account(f"{kills} kills of PostgreSQL in a send to {KILLED_SIZE:,}", had, states, kills == DATABASE_KILLS)


def _is_done(sink: mail_sink.Running) -> bool:
    return bool(sink.ask()["people"] >= KILLED_SIZE)


def _account(what: str, had: dict[str, int], states: dict[str, int], is_whole: bool) -> Figure:
    uncertain = states.get("UNCERTAIN", 0)
    lost = max(0, KILLED_SIZE - had["people"] - uncertain)
    return Figure(
        what,
        f"{had['people']:,} had it, {had['doubled']} twice; {uncertain} uncertain; lost without a word: {lost}",
        "0 lost, 0 twice",
        not lost and not had["doubled"] and is_whole,
    )


def _states(folder: Path) -> dict[str, int]:
    address = env.read_file(folder / "newsroom.env").get("DATABASE_URL")
    question = "SELECT state, COUNT(*) FROM mail_message GROUP BY state"
    if not address:
        with sqlite3.connect(folder / "main.sqlite3") as database:
            return dict(database.execute(question).fetchall())
    import psycopg

    with psycopg.connect(address) as connection:
        return dict(connection.execute(question).fetchall())


def _newsroom(ground: Ground, name: str, size: int, sink: mail_sink.Running, database: str = "") -> Path:
    folder = ground.folder / name
    folder.mkdir()
    (folder / "newsroom.env").write_text(f"NUTGRAF_SECRET_KEY={'of-a-bench-' * 5}\nDATABASE_URL={database}\n")
    _run("fill", folder, sink, size)
    return folder


def _start(what: str, folder: Path, sink: mail_sink.Running, *rest: object) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "bench.mail_sender", what, str(folder), *map(str, rest)],
        env=os.environ | {"NUTGRAF_MAIL": f"smtp+plain://127.0.0.1:{sink.port}", "BENCH_SINK": str(sink.port)},
        stdout=subprocess.PIPE,
        text=True,
    )


def _run(what: str, folder: Path, sink: mail_sink.Running, *rest: object) -> Any:
    process = _start(what, folder, sink, *rest)
    told, _errors = process.communicate()
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, process.args)
    return json.loads(told) if told else None
