"""Whose child a process is, as Linux says it in files: the workers of a server, and the process beside them."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

only_on_linux = pytest.mark.skipif(sys.platform != "linux", reason="only Linux says in files who is whose child")


def children(parent: int) -> set[int]:
    """Return the processes that another has started and that still run."""
    return {int(folder.name) for folder in Path("/proc").glob("[0-9]*") if _facts(folder)[:1] == [str(parent)]}


def workers(server: int) -> set[int]:
    """Return those that are copies of the server itself."""
    return {pid for pid in children(server) if not _is_backstage(pid)}


def backstage(server: int) -> set[int]:
    """Return the one beside the workers: the desk, the clock and whatever is told and mailed."""
    return {pid for pid in children(server) if _is_backstage(pid)}


def is_running(pid: int) -> bool:
    """Tell whether a process is there and not only its name."""
    return bool(_facts(Path(f"/proc/{pid}")))


def _facts(folder: Path) -> list[str]:
    """Return the parent of a process that runs; nothing of one that is gone, or dead and not yet buried."""
    try:
        state, parent = (folder / "stat").read_text().rpartition(")")[2].split()[:2]
    except OSError:
        return []
    return [] if state == "Z" else [parent]


def _is_backstage(pid: int) -> bool:
    try:
        return "backstage" in Path(f"/proc/{pid}/cmdline").read_text()
    except OSError:
        return False
