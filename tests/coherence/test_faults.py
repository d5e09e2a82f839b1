"""Whatever dies, fills up or breaks: after the next follow nothing is stale, nothing half-written, no error is stored."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.coherence import cluster
from tests.coherence.worker import PLACES

KILLS = 3


def environment(**more: str) -> dict[str, str]:
    """Return ours without what the tests were told."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("NUTGRAF_", "DJANGO_"))}
    return clean | {"NUTGRAF_PUBLIC_URL": "http://localhost:8000", "NUTGRAF_SHELF": ""} | more


BUILD = """
import sys
from pathlib import Path
from tests.coherence.ground import Ground
Ground(Path(sys.argv[1]), sys.argv[2]).prepare()
"""


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A newsroom in its folder, made once."""
    folder = tmp_path_factory.mktemp("faults")
    subprocess.run([sys.executable, "-c", BUILD, str(folder), ""], env=environment(), check=True, capture_output=True)
    return folder / "work"


@pytest.fixture
def newsroom(built: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(built, tmp_path / "newsroom"))


@contextmanager
def working(work: str, folder: Path, place: str = "", **more: str) -> Iterator[subprocess.Popen[str]]:
    """Have a process work, and see that it ends."""
    command = [sys.executable, "-m", "tests.coherence.worker", work, str(folder), *([place] if place else [])]
    process = subprocess.Popen(
        command, env=environment(**more), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def heard(process: subprocess.Popen[str]) -> str:
    assert process.stdout
    return process.stdout.readline()


def verified(folder: Path, *, may_be_damaged: bool = False, **more: str) -> dict[str, Any]:
    """Return what the store holds, having seen that all of it is true and whole."""
    with working("verify", folder, **more) as process:
        found: dict[str, Any] = json.loads(process.communicate(timeout=120)[0])
    assert found["stale"] == found["broken"] == []
    assert may_be_damaged or found["damage"] == "ok"
    assert found["unkept"] == 0
    return found


def test_killed_at_any_moment_neither_leaves_a_stale_page(newsroom: Path) -> None:
    moments = random.Random(os.environ.get("PYTEST_RANDOM_SEED"))
    for number in range(KILLS):
        with working("publish", newsroom) as publisher, working("press", newsroom) as presser:
            victim = (publisher, presser)[number % 2]
            assert heard(publisher)
            assert heard(presser)
            time.sleep(moments.uniform(0, 0.7))
            victim.kill()
            victim.wait()
        verified(newsroom)


@pytest.mark.parametrize("place", PLACES)
def test_killed_at_each_place_between_two_steps_it_leaves_no_stale_page(newsroom: Path, place: str) -> None:
    work = "press" if "page" in place else "publish"
    other = {"press": "publish", "publish": "press"}[work]
    with working(other, newsroom) as beside, working(work, newsroom, place) as process:
        assert heard(beside)
        process.communicate(timeout=120)
        assert process.returncode == -9
        beside.kill()
        beside.wait()

    assert verified(newsroom)["kept"]


def test_a_full_disk_keeps_readers_from_nothing(newsroom: Path) -> None:
    with working("press-on-a-full-disk", newsroom) as process:
        said = json.loads(process.communicate(timeout=120)[0])

    assert said["whole"] == said["asked"]
    found = verified(newsroom)
    assert found["kept"] < said["asked"]


@pytest.mark.parametrize("share", [0.0, 0.3, 0.7], ids=["its head", "its middle", "its end"])
def test_a_file_that_is_damaged_while_it_is_used_is_done_without(newsroom: Path, share: float) -> None:
    with working("press", newsroom) as presser, working("publish", newsroom) as publisher:
        for _ in range(15):
            assert heard(presser)
        assert heard(publisher)
        file = newsroom / "published" / "store.sqlite3"
        with file.open("r+b") as opened:
            opened.seek(int(file.stat().st_size * share))
            opened.write(random.Random(1).randbytes(20_000))
        for _ in range(15):
            assert heard(presser), "the presser has died"
        assert heard(publisher), "the publisher has died"

    # What no page needs, nobody comes upon.
    verified(newsroom, may_be_damaged=True)


@pytest.mark.skipif(cluster.programs() is None, reason="PostgreSQL is not on this machine")
def test_postgresql_that_is_restarted_leaves_no_stale_page(tmp_path: Path) -> None:
    with cluster.running() as postgresql:
        build = [sys.executable, "-c", BUILD, str(tmp_path), postgresql.address]
        subprocess.run(build, env=environment(), check=True, capture_output=True)
        folder, database = tmp_path / "work", f"{postgresql.address}/nutgraf_built"
        with (
            working("publish", folder, DATABASE_URL=database) as publisher,
            working("press", folder, DATABASE_URL=database) as presser,
        ):
            assert heard(publisher)
            for _ in range(5):
                assert heard(presser)
            postgresql.stop()
            postgresql.start()
            # It had to fail; whoever supervises it starts it again.
            publisher.wait(timeout=60)
        verified(folder, DATABASE_URL=database)
