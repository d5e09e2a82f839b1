"""A newsroom moves from SQLite to PostgreSQL and back by its export, which is each time the same."""

from __future__ import annotations

import datetime
import subprocess
import sys
from pathlib import Path

from nutgraf.config.tests.test_command_line import INIT, nutgraf
from nutgraf.imports.newsroom.samples import all_files

URL = ("--url", "https://tide.example.org")
FILL = """
import datetime, sys
from pathlib import Path
from nutgraf.config import data_folder
data_folder.use(Path(sys.argv[1]))
from nutgraf.imports.newsroom.samples import make_newsroom
make_newsroom(datetime.datetime.fromisoformat(sys.argv[2]))
"""


def found(folder: Path, **environment: str) -> None:
    done = nutgraf(
        "init",
        folder,
        *INIT[:-4],
        "--email",
        "eli@example.org",
        *INIT[-2:],
        "--time-zone",
        "UTC",
        "--language",
        "en",
        **environment,
    )
    assert done.returncode == 0, done.stderr


def export(folder: Path, into: Path, **environment: str) -> dict[str, bytes]:
    done = nutgraf("export", into, "--subscribers", "--data", folder, *URL, **environment)
    assert done.returncode == 0, done.stderr
    return all_files(into)


def restore(source: Path, folder: Path, **environment: str) -> None:
    done = nutgraf("import", "nutgraf", source, "--data", folder, **environment)
    assert done.returncode == 0, done.stderr
    assert "are as they were" in done.stderr


def test_a_newsroom_moves_to_postgresql_and_back(tmp_path: Path, postgresql: str) -> None:
    here, there, back = tmp_path / "here", tmp_path / "there", tmp_path / "back"
    found(here)
    noon = datetime.datetime(2026, 11, 22, 12, tzinfo=datetime.UTC)
    subprocess.run([sys.executable, "-c", FILL, here, noon.isoformat()], check=True, timeout=120)
    first = export(here, tmp_path / "first")

    found(there, DATABASE_URL=postgresql)
    restore(tmp_path / "first", there, DATABASE_URL=postgresql)
    second = export(there, tmp_path / "second", DATABASE_URL=postgresql)
    found(back)
    restore(tmp_path / "second", back)
    third = export(back, tmp_path / "third")

    assert len(first) > 100
    assert {name for name in first.keys() | second.keys() if first.get(name) != second.get(name)} == set()
    assert second == third
