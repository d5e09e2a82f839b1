"""Every setting is documented, and what is documented is a setting."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
NAME = re.compile(r"(?:NUTGRAF_[A-Z_]*[A-Z]|DATABASE_URL)")


def test_the_page_of_settings_is_what_the_settings_say() -> None:
    done = subprocess.run([sys.executable, "script/docs", "--check"], cwd=ROOT, capture_output=True, text=True)

    assert done.returncode == 0, done.stderr


def test_every_setting_that_is_read_is_documented() -> None:
    from nutgraf.config import settings

    documented = set(re.findall(r"`((?:NUTGRAF_|DATABASE_)\w+)`", (ROOT / "docs/settings.md").read_text()))

    assert documented == settings.env.known


def test_no_document_speaks_of_a_setting_that_does_not_exist() -> None:
    from nutgraf.config import settings

    files = [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), ROOT / "Dockerfile", ROOT / "compose.yaml"]
    spoken_of = {name: file.name for file in files for name in NAME.findall(file.read_text())}

    # A row of dots or a blank after the prefix speaks of all of them.
    assert {name: file for name, file in spoken_of.items() if name not in settings.env.known} == {}
