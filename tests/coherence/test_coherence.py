"""A newsroom works for a minute, and no stored page is ever another than a fresh one; longer by `python -m tests.coherence`."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

# Found first by these, so that the machine itself is known to see what it is made to see.
SURE_TO_BE_FOUND = ["places", "rows loaded", "moment"]


def run(*options: str) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("NUTGRAF_", "DJANGO_"))}
    return subprocess.run(
        [sys.executable, "-m", "tests.coherence", *options], env=environment, capture_output=True, text=True
    )


def test_no_stored_page_is_stale() -> None:
    done = run("--steps", "400", "--seconds", "60", "--length", "40")

    sys.stdout.write(done.stdout)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("way", SURE_TO_BE_FOUND)
def test_a_broken_store_is_found_out(way: str) -> None:
    done = run("--break", way, "--steps", "2000", "--length", "40", "--seconds", "180", "--seed", "7")

    assert "is stale after" in done.stderr, done.stdout + done.stderr
