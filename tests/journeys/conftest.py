"""What every journey starts with: a newsroom that was built once, served as it would be in earnest, and a reader's browser."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys import newsroom
from tests.journeys.site import Site, run, served
from tests.plugin import find_browser

# What a browser would otherwise do of its own accord; none of it is a reader's doing.
QUIET = ["--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update"]

# The addresses at which there can be a page, each spelt as we spell it.
CANONICAL = re.compile(
    r"/(|latest/|authors/([-a-z0-9]+/)?|labels/([-a-z0-9]+/)?|robots\.txt|[-a-z]+/(\d{4}/\d\d/\d\d/[-%\w]+/)?)"
    r"(\?before=[0-9a-z]+-[0-9a-z]+)?"
)

# A machine that does other things besides is no reason to fail.
expect.set_options(timeout=15_000)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Start the Chromium of this machine; its sandbox does not let root in."""
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    arguments = [*QUIET, "--no-sandbox"] if is_root else QUIET
    return {**browser_type_launch_args, "executable_path": find_browser(), "args": arguments}


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A newsroom in its folder; never served itself, so that every test can have a fresh copy."""
    folder = tmp_path_factory.mktemp("journeys") / "built"
    editor = ["--editor", "Ada Quill", "--email", "ada@example.org", "--password", newsroom.PASSWORD]
    place = ["--time-zone", newsroom.ZONE, "--language", "en"]
    run("nutgraf", "init", folder, "--name", newsroom.NAME, *place, *editor)
    run("tests.journeys.newsroom", folder)
    return folder


@pytest.fixture(scope="session")
def site(built: Path) -> Iterator[Site]:
    """The newsroom that tests only read."""
    with served(_copy(built, built.with_name("read"))) as found:
        yield found


@pytest.fixture(scope="session")
def site_in(built: Path) -> Iterator[Callable[[str], Site]]:
    """The same newsroom in another language, to be read only."""
    sites: dict[str, Site] = {}
    with ExitStack() as stack:

        def open_site(language: str) -> Site:
            if language not in sites:
                folder = _copy(built, built.with_name(f"read-{language}"))
                sites[language] = stack.enter_context(served(folder, NUTGRAF_LANGUAGE=language))
            return sites[language]

        yield open_site


@pytest.fixture
def own_site(built: Path, tmp_path: Path) -> Iterator[Site]:
    """A newsroom that one test may change."""
    with served(_copy(built, tmp_path / "own")) as found:
        yield found


@pytest.fixture(scope="session")
def shared_site(built: Path) -> Iterator[Site]:
    """A newsroom in which tests write stories side by side; none may count on there being no others."""
    with served(_copy(built, built.with_name("shared"))) as found:
        yield found


@pytest.fixture(scope="session")
def plagued(built: Path) -> Iterator[Site]:
    """A newsroom that bears all of it; at the end its log has nothing to tell, and its store holds pages and no more."""
    with served(_copy(built, built.with_name("plagued"))) as site:
        yield site
        assert not [address for address in site.stored if not CANONICAL.fullmatch(address)]
        assert "Traceback" not in site.said
        assert "ERROR" not in site.said


@pytest.fixture(scope="session")
def base_url(site: Site) -> str:
    """Where a page without a host is."""
    return site.address


@pytest.fixture
def page_without_scripts(browser: Browser, browser_context_args: dict[str, Any]) -> Iterator[Page]:
    """A reader whose browser runs no scripts."""
    context = browser.new_context(**browser_context_args, java_script_enabled=False)
    yield context.new_page()
    context.close()


def _copy(folder: Path, to: Path) -> Path:
    return Path(shutil.copytree(folder, to))
