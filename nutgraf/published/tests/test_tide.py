"""Whoever asks after a commit hears of it, however many ask at once."""

from __future__ import annotations

import sqlite3
import threading
import time

from nutgraf.published.models import Change
from nutgraf.published.serving.tide import FileTide

SECONDS = 0.5


def test_no_reader_is_told_of_the_past_because_another_is_asking(tmp_path):
    table = Change._meta.db_table
    writer = sqlite3.connect(tmp_path / "main.sqlite3", isolation_level=None)
    writer.execute("PRAGMA journal_mode = WAL")
    writer.execute(f"CREATE TABLE {table} (id INTEGER PRIMARY KEY)")
    tide, ends_at = FileTide(tmp_path / "main.sqlite3"), time.monotonic() + SECONDS
    committed, late, reads = [0], [], [0, 0]

    def read(place):
        while time.monotonic() < ends_at:
            least = committed[0]
            if tide.read() < least:
                late.append(least)
            reads[place] += 1

    threads = [threading.Thread(target=read, args=[place]) for place in (0, 1)]
    for thread in threads:
        thread.start()
    while time.monotonic() < ends_at:
        writer.execute(f"INSERT INTO {table} DEFAULT VALUES")
        committed[0] += 1
        time.sleep(0.0005)
    for thread in threads:
        thread.join()

    assert min(reads) > 100
    assert late == []
    assert tide.read() == committed[0]
