"""Where the time of a publish goes: each part of the request and of the pages after it, without the parts inside it."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench.editor import a_word
from bench.figures import Figure
from bench.ground import Ground

if TYPE_CHECKING:
    from django.test import Client

    from nutgraf.newsroom.models import Author, Section
    from nutgraf.stories.models import Story

SIZES = (1_000, 100_000)
ROUNDS = 30
PASSWORD = "waves-and-harbours-9"

Named = str | Callable[..., str]


class Parts:
    """A stopwatch for parts that lie in one another; each is charged for itself alone."""

    def __init__(self) -> None:
        self.milliseconds: dict[str, list[float]] = defaultdict(list)
        self.statements: dict[str, list[int]] = defaultdict(list)
        self._running: list[str] = []
        self._since = 0.0
        self._spent: dict[str, float] = {}
        self._asked: dict[str, int] = {}

    @contextmanager
    def round(self, rest: str) -> Iterator[None]:
        """Measure once; what belongs to no part is charged to `rest`."""
        self._spent, self._asked = defaultdict(float), defaultdict(int)
        with self.part(rest):
            yield
        for name in self._spent:
            self.milliseconds[name].append(self._spent[name] * 1000)
            self.statements[name].append(self._asked.get(name, 0))

    @contextmanager
    def part(self, name: str) -> Iterator[None]:
        self._charge()
        self._running.append(name)
        try:
            yield
        finally:
            self._charge()
            self._running.pop()

    def _charge(self) -> None:
        now = time.thread_time()
        if self._running:
            self._spent[self._running[-1]] += now - self._since
        self._since = now

    def count_statement(self, execute: Callable[..., Any], *arguments: Any) -> Any:
        """Charge a statement to the part that sends it; a wrapper for Django's connections."""
        if self._running:
            self._asked[self._running[-1]] += 1
        return execute(*arguments)

    def of(self, owner: Any, name: str, part: Named) -> None:
        """Measure every call of a function that is found by its name in a class or a module."""
        original = getattr(owner, name)

        @wraps(original)
        def measured(*args: Any, **kwargs: Any) -> Any:
            if not self._running:
                return original(*args, **kwargs)
            with self.part(part if isinstance(part, str) else part(*args, **kwargs)):
                return original(*args, **kwargs)

        setattr(
            owner, name, measured if not isinstance(owner.__dict__.get(name), classmethod) else staticmethod(measured)
        )

    def table(self) -> Table:
        """Return the medians of all rounds but the first, the largest first."""
        medians = {
            name: (statistics.median(spent[1:] or spent), statistics.median(self.statements[name][1:] or [0]))
            for name, spent in self.milliseconds.items()
        }
        return dict(sorted(medians.items(), key=lambda item: -item[1][0]))


Table = dict[str, tuple[float, float]]


def measure(ground: Ground) -> Iterator[Figure]:
    """Publish the same correction over and over, in a process of its own for each archive."""
    tables = {size: _run(ground, size) for size in SIZES}
    for name in max(tables.values(), key=len):
        found = [table.get(name, (0.0, 0.0)) for table in tables.values()]
        yield Figure(
            name,
            "; ".join(
                f"{size:,}: {spent:.1f} ms, {asked:.0f} queries"
                for size, (spent, asked) in zip(tables, found, strict=True)
            ),
        )


def _run(ground: Ground, size: int) -> Table:
    folder = ground.newsroom(size)
    done = subprocess.run(
        [sys.executable, "-m", "bench.parts", str(folder), str(ROUNDS)], stdout=subprocess.PIPE, text=True, check=True
    )
    table: Table = json.loads(done.stdout)
    return table


# In the process that measures


def run(folder: Path, rounds: int) -> Table:
    """Return processor milliseconds and queries of each part, those first that take most."""
    os.environ |= {
        "NUTGRAF_DATA": str(folder),
        "NUTGRAF_PUBLIC_URL": "http://localhost:8000",
        "DJANGO_SETTINGS_MODULE": "nutgraf.config.settings",
    }

    import django

    django.setup()

    from django.contrib.auth.models import User
    from django.test import Client
    from django.urls import reverse

    from nutgraf.config import database, files, tasks
    from nutgraf.newsroom import roles
    from nutgraf.newsroom.samples import make_staff
    from nutgraf.published import pressing

    # An archive that was kept may be of an older version.
    database.bring_up_to_date()
    files.collect()
    files.open_store()
    tasks.Queue.is_worked_through = True
    make_staff("Eli Marsh", roles.EDITOR, password=PASSWORD)
    client = Client(HTTP_HOST="localhost")
    client.force_login(User.objects.get(username="eli"))
    story = _published(client)
    section, author = story.section, story.authors[0]
    assert section
    pages = {
        "story": story.address,
        "section": section.get_absolute_url(),
        "front": "/",
        "latest": "/latest/",
        "author": author.get_absolute_url(),
    }
    for address in pages.values():
        pressing.fetch(str(address))
    parts = Parts()
    _take_apart(parts)
    # The first goes through code that no process has run before.
    for _ in range(rounds + 1):
        form = _form(section, author, slug=story.slug)
        with parts.round("request: all else"):
            answer = client.post(reverse("wagtailadmin_pages:edit", args=[story.pk]), form)
        assert answer.status_code == 302, answer.context["form"].errors
        for name, address in pages.items():
            with parts.round(f"page: {name}, rendered"):
                page: Any = pressing.fetch(str(address))
            assert form["title"].encode() in page.identity, address
    return parts.table()


def _published(client: Client) -> Story:
    """Return a new story, published by the form: another's would be asked what became of its names and figures."""
    from nutgraf.newsroom.models import Section
    from nutgraf.newsroom.samples import make_author
    from nutgraf.stories.models import Story

    section, slug = Section.objects.order_by("pk")[0], f"ferry-timetable-{a_word()}"
    path = client.get("/desk/new-story/").headers["Location"]
    answer = client.post(path, _form(section, make_author("Rosa Vale"), slug=slug))
    assert answer.status_code == 302, answer.context["form"].errors
    return Story.objects.get(slug=slug)


def _form(section: Section, author: Author, *, slug: str) -> dict[str, Any]:
    from bench.visible import filled

    return filled(
        headline=f"Ferry timetable, edition {a_word()}", slug=slug, section=str(section.pk), author=str(author.pk)
    )


def _take_apart(parts: Parts) -> None:
    from django.db import connections
    from django_tasks.base import Task
    from wagtail.log_actions import LogActionRegistry
    from wagtail.models import Page

    from nutgraf.desk.forms import StoryForm
    from nutgraf.desk.stories import EditStory
    from nutgraf.newsroom import addresses
    from nutgraf.published import outbox, shelf, writes
    from nutgraf.published.store import Store
    from nutgraf.published.stored import StoredPage
    from nutgraf.stories import mirror, readiness
    from nutgraf.stories.models import Story
    from nutgraf.streams import actions as streams

    connection = connections["default"]
    for owner, name, part in (
        (EditStory, "dispatch", "request: Wagtail's view"),
        (StoryForm, "__init__", "request: form"),
        (StoryForm, "full_clean", "request: form"),
        (Page, "save_revision", "request: revision"),
        (Story, "publish", "request: publishing"),
        (LogActionRegistry, "log", "request: log"),
        (Task, "enqueue", lambda task, *args, **kwargs: f"request: {task.func.__name__}"),
        (readiness, "problems", "request: is it ready"),
        (mirror, "write", "request: mirror"),
        (streams, "enter", "request: streams"),
        (addresses, "moved", "request: address"),
        (writes, "_rows", "request: hearing what changes"),
        (writes, "_given", "request: hearing what changes"),
        (writes, "_tell", "request: hearing what changes"),
        (writes, "_tell_differences", "request: hearing what changes"),
        (outbox, "flush", "request: outbox"),
        (type(connection), "_commit", "request: commit"),
        (Store, "follow", "follow"),
        (StoredPage, "press", "page: compressed"),
        (Store, "keep", "page: kept"),
        (shelf, "lay", "page: laid on the shelf"),
    ):
        parts.of(owner, name, part)
    connection.execute_wrappers.insert(0, parts.count_statement)


if __name__ == "__main__":
    print(json.dumps(run(Path(sys.argv[1]), int(sys.argv[2]))))
