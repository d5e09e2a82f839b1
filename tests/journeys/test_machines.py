"""Two machines with one database on PostgreSQL: what is published through one is read at once from the other."""

from __future__ import annotations

import time
from collections.abc import Iterator

import psycopg
import pytest

from tests.journeys import newsroom
from tests.journeys.site import Site, run, served

# A notification takes a fraction of a millisecond; the machine that runs the tests may be busy.
SOON_SECONDS = 5


@pytest.fixture(scope="module")
def two(postgresql: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Site, Site]]:
    """Two machines, each with its own folder and store."""
    folder = tmp_path_factory.mktemp("machines")
    first, second = folder / "first", folder / "second"
    editor = ["--editor", "Ada Quill", "--email", "ada@example.org", "--password", newsroom.PASSWORD]
    run(
        "nutgraf",
        "init",
        first,
        "--name",
        "Two",
        "--time-zone",
        "UTC",
        "--language",
        "en",
        *editor,
        DATABASE_URL=postgresql,
    )
    second.mkdir()
    (second / "newsroom.env").write_text((first / "newsroom.env").read_text())
    with served(first, DATABASE_URL=postgresql) as one, served(second, DATABASE_URL=postgresql) as other:
        yield one, other


def publish(site: Site, headline: str, database: str) -> float:
    """Publish a story with the first machine's folder, and return when that had been done."""
    code = f"from nutgraf.stories.samples import make_story; make_story({headline!r})"
    run("nutgraf", "manage", "shell", "-v0", "-c", code, NUTGRAF_DATA=str(site.folder), DATABASE_URL=database)
    return time.monotonic()


def has_soon(site: Site, words: str) -> bool:
    """Say whether the front page of a machine shows something within a moment."""
    until = time.monotonic() + SOON_SECONDS
    while words not in site.get("/").text:
        if time.monotonic() > until:
            return False
        time.sleep(0.01)
    return True


def test_what_one_machine_publishes_the_other_shows(two: tuple[Site, Site], postgresql: str) -> None:
    first, second = two
    assert "Ferries return" not in first.get("/").text + second.get("/").text

    publish(first, "Ferries return", postgresql)

    assert has_soon(second, "Ferries return")
    assert has_soon(first, "Ferries return")


def test_a_machine_that_lost_its_database_catches_up(two: tuple[Site, Site], postgresql: str) -> None:
    _, second = two
    second.get("/")
    with psycopg.connect(postgresql, autocommit=True) as database:
        database.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )

    publish(two[0], "Bridge opens again", postgresql)

    assert has_soon(second, "Bridge opens again")


@pytest.mark.parametrize("what", ["row", "day"])
def test_of_two_who_do_the_same_at_once_neither_is_forgotten(
    two: tuple[Site, Site], postgresql: str, what: str
) -> None:
    place = {"DATABASE_URL": postgresql, "NUTGRAF_PUBLIC_URL": two[0].address}
    run("tests.journeys.at_once", two[0].folder, what, **place)
