"""The template is what the migrations make, no more and no less."""

from __future__ import annotations

import gzip
import os
import re
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from nutgraf.config import template

# What differs each time that the migrations run: moments, and keys that are drawn by lot.
BY_CHANCE = re.compile(r"'\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d+)?'|'[0-9a-f]{32}'")


def test_the_template_is_what_the_migrations_make(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "nutgraf", "manage", "migrate", "--without-template", "--verbosity=0"]
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    subprocess.run(command, env=environment | {"NUTGRAF_DATA": str(tmp_path)}, check=True)

    with sqlite3.connect(tmp_path / "main.sqlite3") as database:
        made = template.dump(database)

    assert _lines(made) == _lines(gzip.decompress(template.FILE.read_bytes()).decode())


@pytest.mark.django_db
def test_a_database_that_has_tables_is_left_alone() -> None:
    assert template.load(connection) is False


def _lines(dump: str) -> list[str]:
    return BY_CHANCE.sub("?", dump).splitlines()
