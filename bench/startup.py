"""Seconds from `git clone` to the first page that `script/demo` serves, as on a machine with Python and pip alone, and again."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from bench.figures import Figure, NotMeasured, seconds
from bench.ground import Ground, free_port, stop, wait_for

FIRST_AIM, SECOND_AIM = 90, 4
# What script/demo says when it comes to a part, in the order in which it does.
PARTS = {"environment": "Making an environment", "install": "Installing", "build": "Installed", "serve": "Serving"}


def measure(ground: Ground) -> Iterator[Figure]:
    """Clone, start, wait for the front page; stop, and start once more."""
    root, clone = Path(__file__).parent.parent, ground.folder / "clone"
    if not shutil.which("git") or not (root / ".git").exists():
        raise NotMeasured("needs git, and a checkout to clone")
    cloning = seconds(lambda: subprocess.run(["git", "clone", "--quiet", root, clone], check=True))
    for call, aim in (("first", FIRST_AIM), ("second", SECOND_AIM)):
        took, parts = _start(clone, _bare_environment(ground.folder))
        took += cloning if call == "first" else 0
        split = ", ".join(f"{part} {spent:.1f}" for part, spent in parts.items())
        yield Figure(f"{call} page", f"{took:.1f} s ({split})", f"under {aim} s", took < aim)


def _start(clone: Path, environment: dict[str, str]) -> tuple[float, dict[str, float]]:
    port, log = free_port(), clone.parent / "startup.log"
    started = time.time()
    with log.open("wb") as output:
        command = [str(clone / "script/demo"), "--no-browser", "--port", str(port)]
        server = subprocess.Popen(command, cwd=clone, env=environment, stdout=output, stderr=subprocess.STDOUT)
        try:
            wait_for(f"http://localhost:{port}/", server)
            return time.time() - started, {}
        finally:
            stop(server)


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
