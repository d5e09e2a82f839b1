"""A small newsroom in a database of its own, built once and brought back to its beginning before each run."""

from __future__ import annotations

import datetime
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import time_machine

START = datetime.datetime(2026, 11, 22, 12, 0, tzinfo=datetime.UTC)
# So few on a page that a newsroom of a dozen stories has pages further down.
PAGE_SIZE = 3
# Databases in a cluster of PostgreSQL's: what was built, and the copy that is worked in.
BUILT, WORK = "nutgraf_built", "nutgraf_work"


class Ground:
    """Where a run takes place."""

    def __init__(self, folder: Path, cluster: str = "") -> None:
        self.folder, self.built, self.cluster = folder / "work", folder / "built.sqlite3", cluster
        self.clock: time_machine.Traveller | None = None

    def prepare(self) -> None:
        """Found the newsroom, fill it and keep it as it then is; from here on this process works with it."""
        if self.cluster:
            self._make_database(BUILT)
            os.environ["DATABASE_URL"] = f"{self.cluster}/{BUILT}"
        os.environ |= {"NUTGRAF_PUBLIC_URL": "http://localhost:8000", "PYTHONWARNINGS": "ignore"}
        founding = [
            "init",
            str(self.folder),
            "--name",
            "The Tidewater Ledger",
            "--time-zone",
            "UTC",
            "--language",
            "en",
        ]
        founding += ["--editor", "Ada Quill", "--email", "ada@example.org", "--password", "long-harbour-7"]
        subprocess.run([sys.executable, "-m", "nutgraf", *founding], check=True, capture_output=True)

        from nutgraf.config import data_folder

        data_folder.use(self.folder)
        with time_machine.travel(START, tick=False):
            _fill()
        self._keep()

    def begin(self) -> None:
        """Go back to the beginning: the newsroom as it was built, an empty store, the clock at noon."""
        from django.contrib.contenttypes.models import ContentType
        from django.core.cache import cache
        from django.db import connections

        from nutgraf.published.store import the_store

        self.end()
        connections.close_all()
        the_store().connection.close()
        the_store.cache_clear()
        shutil.rmtree(self.folder / "published", ignore_errors=True)
        if self.cluster:
            self._make_database(WORK, template=BUILT)
            connections["default"].settings_dict["NAME"] = WORK
        else:
            for suffix in ("-wal", "-shm"):
                self.main.with_name(self.main.name + suffix).unlink(missing_ok=True)
            shutil.copyfile(self.built, self.main)
        cache.clear()
        ContentType.objects.clear_cache()
        self.traveller = time_machine.travel(START + datetime.timedelta(hours=1), tick=False)
        self.clock = self.traveller.start()

    def end(self) -> None:
        """Give the clock back."""
        if self.clock:
            self.traveller.stop()
            self.clock = None

    @property
    def main(self) -> Path:
        return self.folder / "main.sqlite3"

    def _keep(self) -> None:
        from django.db import connection, connections

        if not self.cluster:
            with connection.cursor() as cursor:
                cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connections.close_all()
        if not self.cluster:
            shutil.copyfile(self.main, self.built)

    def _make_database(self, name: str, template: str = "template1") -> None:
        import psycopg

        with psycopg.connect(
            f"{self.cluster}/postgres".replace("postgres:", "postgresql:", 1), autocommit=True
        ) as room:
            room.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
            room.execute(f"CREATE DATABASE {name} TEMPLATE {template}")


@contextmanager
def short_pages() -> Iterator[None]:
    """Show few stories a page, and few entries of a live story a part."""
    from nutgraf.live import queries as live
    from nutgraf.streams import queries

    verbs: list[Any] = [queries.page, queries.front]
    before = [dict(verb.__kwdefaults__) for verb in verbs]
    for verb in verbs:
        verb.__kwdefaults__["size"] = PAGE_SIZE
    part_size, live.PART_SIZE = live.PART_SIZE, PAGE_SIZE
    try:
        yield
    finally:
        for verb, defaults in zip(verbs, before, strict=True):
            verb.__kwdefaults__.update(defaults)
        live.PART_SIZE = part_size


def _fill() -> None:
    from nutgraf.media.samples import make_picture
    from nutgraf.newsroom import roles
    from nutgraf.newsroom.models import Section
    from nutgraf.newsroom.samples import make_author, make_section, make_staff
    from nutgraf.stories.models import Label
    from nutgraf.stories.samples import make_story, point
    from nutgraf.streams import actions as streams

    for name, role in (("Rosa Vale", roles.REPORTER), ("Eli Marsh", roles.EDITOR), ("Priya Lund", roles.PUBLISHER)):
        make_staff(name, role)
    Section.objects.exclude(name="World").delete()
    sections = [make_section(name) for name in ("World", "Economy", "Science")]
    authors = [make_author(name) for name in ("Rosa Vale", "Eli Marsh", "Ida Brook")]
    pictures = [make_picture(name, caption=f"This is {name}.") for name in ("quay.jpg", "mast.jpg")]
    labels = list(Label.objects.all())
    Label.objects.filter(pk__in=[label.pk for label in labels[4:]]).delete()
    for place in range(9):
        story = make_story(
            f"Quiet day {place}",
            point(labels[place % 4].name, f"Number {place} is news, too."),
            point("Go deeper", "There is more."),
            at=START - datetime.timedelta(hours=place),
            section=sections[place % 2],
            authors=authors[: 1 + place % 2],
            hero=(pictures[0], None)[place % 2],
            is_draft=place > 6,
        )
        if place == 2:
            streams.pin(story=story)
