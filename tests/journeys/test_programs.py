"""A program's journey: an editor makes it a token, it files and publishes a story in ten lines, and a reader has it."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Page

from tests.journeys.site import Site

EXAMPLE = Path(__file__).parents[2] / "docs/developers/examples/publish_a_story.py"


def test_an_editor_lets_a_program_publish_and_readers_have_its_story(page: Page, own_site: Site) -> None:
    own_site.sign_in(page, "eli")
    page.goto(f"{own_site.address}/desk/tokens/new/")
    page.get_by_label("Name").fill("Harbour wire")
    page.get_by_label("Owner").select_option(label="eli")
    for scope in ("Write drafts and submit them", "Publish, schedule and withdraw"):
        page.get_by_label(scope).check()
    page.get_by_role("button", name="Create").click()
    token = page.locator("#api-token-value").input_value()

    first, again = (_run(own_site, token, "world").stdout.strip() for _ in range(2))
    refused = _run(own_site, token, "no-such-section")

    assert first.endswith("/bridge-closes/"), first
    assert first == again
    assert (refused.returncode, refused.stdout) == (1, "")
    assert "This key was sent with another request before" in refused.stderr
    assert "Bridge closes" in own_site.get(urlsplit(first).path).text
    listed = own_site.get("/api/stories?section=world").text
    assert listed.count('"Bridge closes"') == 1
    page.goto(f"{own_site.address}/desk/tokens/")
    assert "never" not in page.get_by_role("row", name="Harbour wire").inner_text()


def test_the_example_has_ten_lines() -> None:
    code = re.sub(r'^""".*?"""$', "", EXAMPLE.read_text(), flags=re.MULTILINE)
    lines = [line for line in code.splitlines() if line.strip() and not line.startswith("import ")]

    assert len(lines) <= 10


def _run(site: Site, token: str, section: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(EXAMPLE), f"{site.address}/api", token, section, "rosa-vale"]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
