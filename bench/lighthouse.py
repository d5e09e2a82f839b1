"""Lighthouse's four scores for the demo's lead story and its front page, and whatever it objects to."""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench.figures import Figure, NotMeasured
from bench.ground import Ground
from bench.weight import lead_story

VERSION = "13"
ROUNDS = 3
# Its own browser does not always start.
ATTEMPTS = 3
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
AIM = 98
FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
    " --disable-component-update --disable-sync"
)
CHROMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def measure(ground: Ground) -> Iterator[Figure]:
    """Judge each page three times, as Lighthouse does by default: a cheap phone on a slow network."""
    program, chrome = _lighthouse(), _chrome()
    for name, address in (("story page", lead_story(ground.demo)), ("front page", ground.demo + "/")):
        reports = [_judge(program, chrome, address, ground.folder / "report.json") for _ in range(ROUNDS)]
        for category in CATEGORIES:
            score = statistics.median(100 * report["categories"][category]["score"] for report in reports)
            yield Figure(f"{category}, {name}", f"{score:.0f}", f"100, at least {AIM}", score >= AIM)
        for title in sorted({title for report in reports for title in _objections(report)}):
            yield Figure(f"objection, {name}", title)


def _judge(program: Path, chrome: str, address: str, report: Path) -> Any:
    command = [str(program), address, "--quiet", "--output=json", f"--output-path={report}", f"--chrome-flags={FLAGS}"]
    surroundings = os.environ | {"CHROME_PATH": chrome}
    for _ in range(ATTEMPTS):
        run = subprocess.run(command, env=surroundings, capture_output=True, text=True, timeout=300)
        if run.returncode == 0:
            return json.loads(report.read_text())
    raise NotMeasured(f"Lighthouse failed {ATTEMPTS} times: {run.stderr.strip()[-300:]}")


def _objections(report: Any) -> Iterator[str]:
    for category in CATEGORIES:
        for reference in report["categories"][category]["auditRefs"]:
            audit = report["audits"][reference["id"]]
            # What carries no weight is advice, and not a part of the score.
            if reference["weight"] and audit["score"] is not None and audit["score"] < 0.9:
                yield f"{audit['title']} {audit.get('displayValue', '')}".strip()


def _lighthouse() -> Path:
    """Return the program, installed outside the checkout the first time."""
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "nutgraf-bench" / f"lighthouse-{VERSION}"
    program = cache / "node_modules" / ".bin" / "lighthouse"
    if not program.exists():
        if not shutil.which("npm"):
            raise NotMeasured("needs Node and npm")
        cache.mkdir(parents=True, exist_ok=True)
        command = ["npm", "install", "--prefix", str(cache), "--no-audit", "--no-fund", f"lighthouse@{VERSION}"]
        if subprocess.run(command, capture_output=True).returncode:
            raise NotMeasured(f"npm could not install lighthouse@{VERSION}")
    return program


def _chrome() -> str:
    found = next(filter(None, map(shutil.which, CHROMES)), None)
    if not found:
        raise NotMeasured("needs Chromium or Chrome")
    return found
