"""The shelf outlives whoever lays it: kill them at any moment, and nothing stale lies there once the change is followed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.journeys.site import clean

ROUNDS = 40


@pytest.mark.skipif(not hasattr(os, "fork"), reason="only Unix forks")
def test_nothing_stale_lies_there_after_a_death(built: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(built, tmp_path / "own")
    environment = clean() | {
        "NUTGRAF_SHELF": str(tmp_path / "shelf"),
        "NUTGRAF_PUBLIC_URL": "http://localhost",
    }

    done = subprocess.run(
        [sys.executable, "-m", "tests.journeys.killed", str(folder), str(ROUNDS), "20261128"],
        env=environment,
        capture_output=True,
        text=True,
    )

    assert done.returncode == 0, done.stderr
    # How many deaths find something published meanwhile depends on how fast the machine is.
    assert int(done.stdout) > ROUNDS // 4
