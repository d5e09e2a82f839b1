"""From the click that publishes to the first page that shows it, while readers keep the site busy."""

from __future__ import annotations

import datetime
import json
import os
import shutil
import statistics
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from bench.figures import Figure, NotMeasured
from bench.ground import Ground, free_port, stop, wait_for

SIZES = (1_000, 100_000)
DATABASES = ("sqlite", "postgresql")
PUBLISHES = int(os.environ.get("PUBLISHES", 200))
# Two thousand pages a second: far more than a newsroom has readers, and not so many that nothing else is measured.
CONNECTIONS, PAUSE_MILLISECONDS = int(os.environ.get("WRKC", 8)), 4
MOST_SECONDS = 600
PAGES = ("story", "section", "front", "latest", "author")
ALL = "all five"
PASSWORD = "waves-and-harbours-9"

AIM_P50, AIM_P99, AIM_RATIO = 100, 400, 1.2

# Goes round the site as readers do.
LUA = """
local pages, next = {%s}, 0
wrk.headers["Accept-Encoding"] = "gzip"
function delay() return %d end
function request() next = next %% #pages + 1; return wrk.format("GET", pages[next]) end
"""

Times = dict[str, list[float]]


def measure(ground: Ground) -> Iterator[Figure]:
    """Publish and correct stories in archives of 1,000 and 100,000, on both databases."""
    if not shutil.which("wrk"):
        raise NotMeasured("wrk is not installed (on Debian: apt install wrk)")
    for database in DATABASES:
        times = {size: _run(ground, database, size) for size in SIZES}
        for page in (*PAGES, ALL):
            measured = {size: _summary(times[size][page]) for size in SIZES}
            yield Figure(
                f"visible at {page}, {database}",
                "; ".join(f"{size:,}: p50 {p50:.0f}, p99 {p99:.0f} ms" for size, (p50, p99) in measured.items()),
                f"p50 under {AIM_P50}, p99 under {AIM_P99} ms",
                all(p50 < AIM_P50 and p99 < AIM_P99 for p50, p99 in measured.values()),
            )
        few, many = (_summary(times[size][ALL])[0] for size in SIZES)
        yield Figure(
            f"100,000 stories to 1,000, {database}", f"{many / few:.2f} times", f"{AIM_RATIO}", many / few <= AIM_RATIO
        )
        for size in SIZES:
            yield Figure(f"in a publish, {database}, {size:,}", _also(times[size]))


def _summary(times: list[float]) -> tuple[float, float]:
    return statistics.median(times), statistics.quantiles(times, n=100, method="inclusive")[98]


def _also(times: Times) -> str:
    parts = {name: f"{statistics.median(found):.0f}" for name, found in times.items() if name not in (*PAGES, ALL)}
    return "p50 " + ", ".join(f"{name} {found}" for name, found in parts.items())


def _run(ground: Ground, database: str, size: int) -> Times:
    """Have a process of its own measure one archive, because Django is set up once in a process."""
    folder = ground.newsroom(size)
    environment = dict(os.environ) | {"NUTGRAF_DATA": str(folder), "NUTGRAF_PUBLIC_URL": ""}
    if database == "postgresql":
        environment["DATABASE_URL"] = ground.poured(size)
    done = subprocess.run(
        [sys.executable, "-m", "bench.visible", str(folder), str(PUBLISHES)],
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    times: Times = json.loads(done.stdout)
    return times


# In the process that measures


def run(folder: Path, publishes: int) -> Times:
    """Publish as often as that, a new story and a correction of it by turns; return milliseconds by page."""
    port = free_port()
    address = f"http://localhost:{port}"
    os.environ |= {"DJANGO_SETTINGS_MODULE": "nutgraf.config.settings", "NUTGRAF_PUBLIC_URL": address}

    import django

    django.setup()
    author, section = _take_on()
    with ExitStack() as stack:
        command = [sys.executable, "-m", "nutgraf", "serve", str(folder), "--port", str(port)]
        server = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        stack.callback(stop, server)
        wait_for(address, server)
        lists = {"section": section.get_absolute_url(), "front": "/", "latest": "/latest/", "author": author}
        readers = stack.enter_context(_pollers(port))
        stack.enter_context(_load(port, list(lists.values()), folder))
        return _publish(port, readers, lists, section=section, publishes=publishes)


def _take_on() -> tuple[str, Any]:
    """Return the address of an author and the section that they write for, with an editor to publish it."""
    from django.contrib.auth.models import User

    from nutgraf.newsroom import roles
    from nutgraf.newsroom.models import Section
    from nutgraf.newsroom.samples import make_author, make_staff

    if not User.objects.filter(username="eli").exists():
        make_staff("Eli Marsh", roles.EDITOR, password=PASSWORD)
    section = Section.objects.order_by("pk").first()
    return make_author("Rosa Vale").get_absolute_url(), section


@contextmanager
def _pollers(port: int) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        [sys.executable, "-m", "bench.pollers", str(port)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    try:
        yield process
    finally:
        stop(process)


@contextmanager
def _load(port: int, pages: list[str], folder: Path) -> Iterator[None]:
    script = folder / "pages.lua"
    script.write_text(LUA % (", ".join(f'"{page}"' for page in pages), PAUSE_MILLISECONDS))
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{MOST_SECONDS}s", "-s", str(script), f"http://localhost:{port}"]
    if not CONNECTIONS:
        yield
        return
    wrk = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        yield
    finally:
        stop(wrk)


def _publish(
    port: int, readers: subprocess.Popen[str], lists: dict[str, str], *, section: Any, publishes: int
) -> Times:
    from django.urls import reverse
    from django.utils import timezone

    from bench.editor import Editor, a_word
    from nutgraf.newsroom.samples import make_author
    from nutgraf.stories.models import Story

    editor = Editor(port)
    editor.sign_in("eli", PASSWORD)
    author = str(make_author("Rosa Vale").pk)
    times: Times = {name: [] for name in (*PAGES, ALL, "answer to a new story", "answer to a correction")}
    path = story = ""
    for turn in range(publishes):
        is_new = turn % 2 == 0
        if is_new:
            path = editor.get("/desk/new-story/")[1]
            slug = f"ferry-timetable-{a_word()}"
            story = reverse("story", args=[section.slug, *f"{timezone.localdate():%Y/%m/%d}".split("/"), slug])
        headline = f"Ferry timetable, edition {a_word()}"
        form = filled(headline=headline, slug=slug, section=str(section.pk), author=author)
        # Nobody asks for the page of a story that nobody has heard of.
        _look(readers, headline, lists | ({} if is_new else {"story": story}))
        time.sleep(0.1)
        clicked = time.monotonic()
        editor.publish(path, form)
        answered = time.monotonic()
        if is_new:
            _look(readers, headline, {"story": story})
        seen = _hear(readers, len(PAGES))
        for name, at in seen.items():
            times[name].append((at - clicked) * 1000)
        times[ALL].append((max(seen.values()) - clicked) * 1000)
        times["answer to a new story" if is_new else "answer to a correction"].append((answered - clicked) * 1000)
        if is_new:
            path = reverse("wagtailadmin_pages:edit", args=[Story.objects.get(slug=slug).pk])
    return times


def filled(*, headline: str, slug: str, section: str, author: str) -> dict[str, Any]:
    from nutgraf.desk.samples import filled_form, filled_point

    points = [
        filled_point(f"Point {place}" if place else "Why it matters", f"<p>Ferries sail every {place} hours.</p>")
        for place in range(5)
    ]
    form = filled_form(*points, aim="publish", bylines=[author], title=headline, slug=slug, section=section)
    # A browser sends each block's id back.
    return form | {f"body-{place}-id": str(uuid.uuid5(uuid.NAMESPACE_DNS, f"{slug}{place}")) for place in range(5)}


def _look(readers: subprocess.Popen[str], marker: str, pages: dict[str, str]) -> None:
    assert readers.stdin
    readers.stdin.write(json.dumps({"marker": marker, "pages": pages}) + "\n")
    readers.stdin.flush()


def _hear(readers: subprocess.Popen[str], count: int) -> dict[str, float]:
    assert readers.stdout
    heard = [json.loads(readers.stdout.readline()) for _ in range(count)]
    if missed := [one["name"] for one in heard if one["at"] is None]:
        raise RuntimeError(f"The change never came to be seen at: {', '.join(missed)}.")
    return {one["name"]: one["at"] for one in heard}


if __name__ == "__main__":
    began = datetime.datetime.now()
    print(json.dumps(run(Path(sys.argv[1]), int(sys.argv[2]))))
