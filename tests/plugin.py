"""What pytest does for every test here: settings of its own, a browser if there is one, and an account of what was skipped."""

from __future__ import annotations

import os
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

BROWSERS = [
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "microsoft-edge",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "C:/Program Files/Google/Chrome/Application/chrome.exe",
    "C:/Program Files (x86)/Microsoft/Edge/Application/msedge.exe",
]
NO_BROWSER = "no Chromium was found"
REMEDY = "Install Chromium (on Debian: apt install chromium) or Chrome and run this again."

# Public files to try things on, which are not part of the project.
TEST_DATA = os.environ.get("NUTGRAF_TEST_DATA", "")
# A PostgreSQL server on which journeys may make databases: `postgres://user@host:port`.
TEST_POSTGRESQL = os.environ.get("NUTGRAF_TEST_POSTGRESQL", "")

# Nobody's own newsroom is touched, and no setting of theirs makes a test pass or fail.
for name in [name for name in os.environ if name.startswith("NUTGRAF_")]:
    del os.environ[name]
data = tempfile.mkdtemp(prefix="nutgraf-tests-")
os.environ.update(NUTGRAF_ENV="test", NUTGRAF_DATA=data, DJANGO_SETTINGS_MODULE="nutgraf.config.settings")
# Playwright keeps an event loop running, which Django takes for a mistake of ours.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"


def find_browser() -> str | None:
    """Return the program of any Chromium on this machine, Playwright's own included."""
    found = (shutil.which(name) for name in BROWSERS)
    return next(filter(None, found), None) or _browser_of_playwright()


def _browser_of_playwright() -> str | None:
    folders = [
        os.environ.get("PLAYWRIGHT_BROWSERS_PATH", ""),
        "~/.cache/ms-playwright",
        "~/Library/Caches/ms-playwright",
        "~/AppData/Local/ms-playwright",
    ]
    names = ["chrome", "Chromium", "Google Chrome for Testing", "chrome.exe", "headless_shell", "chrome-headless-shell"]
    for folder in filter(None, folders):
        for path in sorted(Path(folder).expanduser().glob("chromium*/*/**/*"), reverse=True):
            if path.name in names and path.is_file() and os.access(path, os.X_OK):
                return str(path)
    return None


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--ci", action="store_true", help="A skipped test is a failure.")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark what needs a browser, and skip it where there is none; leave out what needs files that nobody gave."""
    browser = find_browser()
    data = Path(TEST_DATA or "nowhere")
    given = {
        "public_data": data.is_dir(),
        "reference_page": _reference_page(data).is_file(),
        "postgresql": bool(TEST_POSTGRESQL),
        # A store is a file of its own whatever the database is. PostgreSQL knows a transaction that has not ended for
        # one whose changes are still to come, so there a store is tried by journeys, which commit.
        "store": not os.environ.get("DATABASE_URL", "").startswith("postgres"),
    }
    absent = {name for name, is_given in given.items() if not is_given}
    left_out = {item for item in items if absent & set(getattr(item, "fixturenames", ()))}
    if not given["store"]:
        # The rest is the same whichever the database is, and is tried with SQLite.
        left_out |= {item for item in items if not _knows_a_database(item)}
    config.hook.pytest_deselected(items=[item for item in items if item in left_out])
    items[:] = [item for item in items if item not in left_out]
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.browser)
            if not browser:
                item.add_marker(pytest.mark.skip(reason=NO_BROWSER))


def _knows_a_database(item: pytest.Item) -> bool:
    asked = set(getattr(item, "fixturenames", ()))
    return bool({"db", "transactional_db"} & asked) or item.get_closest_marker("django_db") is not None


@pytest.fixture
def public_data() -> Path:
    """Return the folder of public files (NUTGRAF_TEST_DATA); without one the test is not even selected."""
    return Path(TEST_DATA)


@pytest.fixture
def store(db: None, settings: Any, tmp_path: Path) -> Iterator[Any]:
    """Return an empty store of the test's own, which follows what it changes."""
    from nutgraf.published.store import the_store

    settings.PAGE_STORE, settings.PUBLIC_URL = True, "http://testserver"
    settings.DATA_DIR = tmp_path
    the_store.cache_clear()
    found = the_store()
    found.follow()
    yield found
    the_store.cache_clear()


@pytest.fixture
def reference_page() -> Path:
    """Return the text of a page of the kind that the product is made for; without one the test is not even selected."""
    return _reference_page(Path(TEST_DATA))


@pytest.fixture(scope="module")
def postgresql() -> Iterator[str]:
    """Return the address of an empty database on PostgreSQL; without a server the test is not even selected."""
    import psycopg

    name = f"journey_{secrets.token_hex(6)}"
    with psycopg.connect(f"{TEST_POSTGRESQL}/postgres", autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
        yield f"{TEST_POSTGRESQL}/{name}"
        server.execute(f"DROP DATABASE {name} WITH (FORCE)")


def _reference_page(data: Path) -> Path:
    return data.parent / "reference" / "page.txt"


@pytest.fixture(autouse=True)
def _media_of_its_own() -> Iterator[None]:
    """Throw away the pictures that a test uploads, however it asked for a database to tell of them."""
    yield
    for folder in ("media", "originals"):
        shutil.rmtree(Path(data) / folder, ignore_errors=True)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    if session.config.option.ci and _skipped(session.config) and exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.hookimpl(wrapper=True)
def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> Iterator[None]:
    """Say at the very end what was not tested, why, and how to have it tested."""
    yield
    skipped = _skipped(config)
    reasons: dict[str, int] = {}
    for report in skipped:
        reason = report.longrepr[2].removeprefix("Skipped: ") if isinstance(report.longrepr, tuple) else "unknown"
        reasons[reason] = reasons.get(reason, 0) + 1
    for reason, number in reasons.items():
        kind, remedy = ("browser test", f". {REMEDY}") if reason == NO_BROWSER else ("test", "")
        were = f"{kind} was" if number == 1 else f"{kind}s were"
        terminalreporter.write_line(f"{number} {were} skipped: {reason}{remedy}", yellow=True)
    if skipped and config.option.ci:
        terminalreporter.write_line("With --ci, a skipped test is a failure.", red=True)


def pytest_unconfigure() -> None:
    shutil.rmtree(data, ignore_errors=True)


def _skipped(config: pytest.Config) -> list[Any]:
    reporter: Any = config.pluginmanager.get_plugin("terminalreporter")
    return list(reporter.stats.get("skipped", [])) if reporter else []
