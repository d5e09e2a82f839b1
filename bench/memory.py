"""What 100,000 stored pages cost: memory of a worker that serves them, room on disk, and time to follow a change of all."""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from bench.figures import Figure, NotMeasured
from bench.ground import Ground, free_port, stop, wait_for
from bench.processes import family, resident_megabytes

SIZE = 100_000
REQUESTS = 1_000_000
MOST_SECONDS = 900
CONNECTIONS = 8
AIM_MEGABYTES = 200

# The page that is read n-th most is read in proportion to 1/n.
LUA = """
local pages, shares, sum = {}, {}, 0
for line in io.lines("%s") do
  pages[#pages + 1] = line
  sum = sum + 1 / #pages
  shares[#pages] = sum
end
local random, floor = math.random, math.floor
wrk.headers["Accept-Encoding"] = "gzip"
function init(arguments) math.randomseed(1) end
function request()
  local wanted, low, high = random() * sum, 1, #pages
  while low < high do
    local middle = floor((low + high) / 2)
    if shares[middle] < wanted then low = middle + 1 else high = middle end
  end
  return wrk.format("GET", pages[low])
end
"""


def measure(ground: Ground) -> Iterator[Figure]:
    """Fill the store, read from it as readers do, and publish a story that every page shows."""
    if not shutil.which("wrk"):
        raise NotMeasured("wrk is not installed (on Debian: apt install wrk)")
    folder, port = ground.newsroom(SIZE), free_port()
    with (folder / "newsroom.env").open("a") as file:
        file.write(f"NUTGRAF_PUBLIC_URL=http://localhost:{port}\n")
    store = json.loads(_run("fill", folder))
    yield Figure("the store with 100,000 pages", f"{store['megabytes']:,.0f} MB; find {store['find']:.2f} ms")
    served = _serve(folder, port)
    yield Figure(
        f"a worker after {served['requests']:,.0f} requests",
        f"{served['before']:.0f} MB at first, {served['after']:.0f} MB; desk and clock {served['backstage']:.0f} MB;"
        f" {served['rate']:,.0f} requests a second",
        f"under {AIM_MEGABYTES} MB",
        served["after"] < AIM_MEGABYTES,
    )
    changed = json.loads(_run("change", folder))
    yield Figure(
        "a publish that makes all of them stale",
        ", ".join(f"{name} {spent:.1f} ms" for name, spent in changed.items()),
    )


def _run(what: str, folder: Path) -> str:
    command = [sys.executable, "-m", "bench.memory", what, str(folder)]
    return subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout


def _serve(folder: Path, port: int) -> dict[str, float]:
    script = folder / "zipf.lua"
    script.write_text(LUA % (folder / "addresses.txt"))
    with ExitStack() as stack:
        server = subprocess.Popen(
            [sys.executable, "-m", "nutgraf", "serve", str(folder), "--port", str(port)], stdout=subprocess.DEVNULL
        )
        stack.callback(stop, server)
        wait_for(f"http://localhost:{port}", server)
        worker, backstage = worker_and_backstage(server.pid)
        before, began, done = resident_megabytes(worker), time.monotonic(), 0.0
        while done < REQUESTS and time.monotonic() - began < MOST_SECONDS:
            done += _read(script, port)
        spent = time.monotonic() - began
        return {
            "before": before,
            "after": resident_megabytes(worker),
            "backstage": resident_megabytes(backstage),
            "requests": done,
            "rate": done / spent,
        }


def worker_and_backstage(server: int) -> tuple[int, int]:
    children = [pid for pid in family(server) if pid != server]
    backstage = next(pid for pid in children if b"backstage" in Path(f"/proc/{pid}/cmdline").read_bytes())
    return next(pid for pid in children if pid != backstage), backstage


def _read(script: Path, port: int) -> float:
    done = subprocess.run(
        ["wrk", "-t1", f"-c{CONNECTIONS}", "-d30s", "-s", str(script), f"http://localhost:{port}"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    if "Non-2xx" in done:
        print(done, file=sys.stderr)
    return float(done.split(" requests in ")[0].split()[-1])


# In a process of its own


def fill(folder: Path) -> dict[str, float]:
    """Store a page for each story: pressed once, and laid under each address with the keys that it would have."""
    from nutgraf.config import database, files
    from nutgraf.published import keys, recording, rendering
    from nutgraf.published.store import the_store
    from nutgraf.published.stored import StoredPage
    from nutgraf.stories.models import Story

    # As the server does when it starts, which would otherwise find that all was made by an older version.
    database.bring_up_to_date()
    files.collect()
    files.open_store()
    store = the_store()
    stories = list(Story.objects.live().select_related("section").order_by("-first_published_at"))
    pattern = stories[0]
    with recording.running() as heard:
        response: Any = rendering.render(str(pattern.address))
    page = StoredPage.press(
        address="", generation=store.follow(), headers=rendering.headers_of(response), content=response.content
    )
    own = keys.row(Story, pattern.pk)
    with store.writing(), (folder / "addresses.txt").open("w") as addresses:
        shown = heard.keys - {own}
        for story in stories:
            page.address = str(story.address)
            heard.keys = shown | {keys.row(Story, story.pk)}
            store._write_shown(store._write(page, why="new"), heard)
            addresses.write(f"{page.address}\n")
    found = [str(story.address) for story in stories[::1000]]
    return {"megabytes": store.bytes() / 1e6, "find": _median(store.find, found)}


def change(folder: Path) -> dict[str, float]:
    """Publish a story that enters the stream which every page shows, and follow it."""
    from django.utils import timezone

    from nutgraf.published import following
    from nutgraf.published.store import the_store
    from nutgraf.stories import actions
    from nutgraf.stories.models import Story
    from nutgraf.stories.samples import make_story

    store = the_store()
    addresses = [str(story.address) for story in Story.objects.live().select_related("section")[:50]]
    spent: dict[str, list[float]] = {"follow": [], "look for the most read": [], "find one that is stale": []}
    follow = following.follow
    for turn in range(9):
        story = make_story(f"Ferry timetable, edition {turn}", at=timezone.now(), is_draft=True)
        actions.publish(story=story, by=None, at=timezone.now())
        spent["find one that is stale"].append(_median(store.find, addresses))
        spent["look for the most read"].append(_median(store.most_read, [following.PRESSED_UNASKED]))
    # Applying is what a commit waits for; here it is done by hand, of a change that is as large.
    from nutgraf.published.outbox import Touched

    touched = Touched(places={("all", "2026-11-28T00:00:00.000000+00:00/1")}, keys={f"row:x:{n}" for n in range(60)})
    for _ in range(9):
        began = time.perf_counter()
        with store.writing():
            store._apply(touched, store.generation() + 1)
        spent["follow"].append((time.perf_counter() - began) * 1000)
    assert follow() > 0
    return {name: statistics.median(times) for name, times in spent.items()}


def _median(do: Callable[[Any], object], asked: list[Any]) -> float:
    times = []
    for one in asked:
        began = time.perf_counter()
        do(one)
        times.append((time.perf_counter() - began) * 1000)
    return statistics.median(times)


if __name__ == "__main__":
    what, folder = sys.argv[1], Path(sys.argv[2])
    os.environ |= {"NUTGRAF_DATA": str(folder), "DJANGO_SETTINGS_MODULE": "nutgraf.config.settings"}

    import django

    django.setup()
    print(json.dumps({"fill": fill, "change": change}[what](folder)))
