"""The Nu HTML checker has neither an error nor a warning for any kind of page."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.journeys.newsletters import OWN_KINDS
from tests.journeys.newsroom import KINDS
from tests.journeys.site import Site

REMEDY = "install Java, `npm install vnu-jar` anywhere, and set VNU_JAR to the path of its vnu.jar"


@pytest.fixture(scope="module")
def checker() -> list[str]:
    """The command that checks files, or a skip where there is none."""
    jar, java = os.environ.get("VNU_JAR", ""), shutil.which("java")
    if not java or not Path(jar).is_file():
        pytest.skip(f"the Nu HTML checker is not here: {REMEDY}")
    return [java, "-Xss1m", "-jar", jar, "--format", "json", "--stdout", "--exit-zero-always"]


def test_the_checker_finds_nothing(site: Site, checker: list[str], tmp_path: Path) -> None:
    for kind in (*KINDS, *OWN_KINDS):
        (tmp_path / f"{kind}.html").write_bytes(site.get(site.paths[kind]).body)

    done = subprocess.run([*checker, *tmp_path.iterdir()], capture_output=True, text=True, check=True)

    messages = json.loads(done.stdout)["messages"]
    found = {f"{Path(m.get('url', '')).stem}, line {m.get('lastLine')}: {m['message']}" for m in messages}
    assert not found, "\n".join(sorted(found))
