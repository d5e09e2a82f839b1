"""Seconds from `git clone` to the first page that `script/demo` serves, as on a machine with Python and pip alone, and again."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from bench.figures import Figure, NotMeasured, seconds
from bench.ground import Ground, free_port, stop, wait_for

FIRST_AIM, SECOND_AIM = 90, 4
# What script/demo says when a part of its work is over, in its order.
ENDS = {
    "environment": "Installing what",
    "install": "Installed in",
    "build": "Building the demo newsroom: done",
    "serve": "",
}


def measure(ground: Ground) -> Iterator[Figure]:
    """Clone, start, wait for the front page; stop, and start once more."""
    root, clone = Path(__file__).parent.parent, ground.folder / "clone"
    if not shutil.which("git") or not (root / ".git").exists():
        raise NotMeasured("needs git, and a checkout to clone")
    cloning = seconds(lambda: subprocess.run(["git", "clone", "--quiet", root, clone], check=True))
    environment = _bare_environment(ground.folder)
    for call, aim, before in (("first", FIRST_AIM, {"clone": cloning}), ("second", SECOND_AIM, {})):
        parts = before | _start(clone, environment)
        took = sum(parts.values())
        split = ", ".join(f"{part} {spent:.1f}" for part, spent in parts.items())
        yield Figure(f"{call} page of script/demo", f"{took:.1f} s ({split})", f"under {aim} s", took < aim)


def _start(clone: Path, environment: dict[str, str]) -> dict[str, float]:
    """Return the seconds that each part took, up to the first page."""
    port = free_port()
    lines: list[tuple[float, str]] = []
    started = time.monotonic()
    server = subprocess.Popen(
        [str(clone / "script/demo"), "--no-browser", "--port", str(port)],
        cwd=clone,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert server.stdout
    listen = partial(lines.extend, ((time.monotonic(), line) for line in server.stdout))
    threading.Thread(target=listen, daemon=True).start()
    try:
        wait_for(f"http://localhost:{port}/", server)
    finally:
        arrived = time.monotonic()
        stop(server)
    parts = {}
    for part, words in ENDS.items():
        ended = next((at for at, line in lines if words and words in line), None) or (None if words else arrived)
        if ended:
            parts[part] = ended - started
            started = ended
    return parts


def _bare_environment(folder: Path) -> dict[str, str]:
    """Return an environment without uv, without caches and without what this process was told."""
    tools = folder / "bin"
    tools.mkdir(exist_ok=True)
    python = tools / "python3"
    if not python.exists():
        python.symlink_to(Path(sys.base_prefix) / "bin" / "python3")
    paths = [path for path in os.environ["PATH"].split(os.pathsep) if not (Path(path) / "uv").exists()]
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("NUTGRAF_", "VIRTUAL_ENV"))}
    return kept | {
        "PATH": os.pathsep.join([str(tools), *paths]),
        "PIP_CACHE_DIR": str(folder / "pip"),
        "UV_CACHE_DIR": str(folder / "uv"),
        "PYTHONUNBUFFERED": "1",
    }
