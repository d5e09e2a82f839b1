"""The server: publishes what is scheduled by itself, compresses, and leaves nothing behind when it ends."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.journeys.site import Site, run

SCHEDULE = """
import datetime
from django.utils import timezone
from nutgraf.newsroom.models import Section
from nutgraf.stories import actions
from nutgraf.stories.samples import make_story
story = make_story("The tide turns by itself", section=Section.objects.get(name="World"), is_draft=True)
actions.schedule(story=story, by=None, at=timezone.now() + datetime.timedelta(seconds=1))
"""


def test_a_scheduled_story_is_published_with_nobody_there(own_site: Site) -> None:
    run("nutgraf", "manage", "shell", "-v0", "-c", SCHEDULE, NUTGRAF_DATA=str(own_site.folder))

    assert _soon(lambda: "The tide turns by itself" in own_site.get("/world/").text)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux says in files who is whose child")
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_nothing_outlives_the_server(own_site: Site, how: signal.Signals) -> None:
    server = own_site.process
    assert _soon(lambda: len(_children(server.pid)) == 2)
    children = _children(server.pid)

    server.send_signal(how)

    assert server.wait(timeout=20) == (-signal.SIGKILL if how is signal.SIGKILL else 0)
    assert _soon(lambda: not any(map(_is_running, children)))


def test_a_desk_and_clock_that_died_are_started_again(own_site: Site) -> None:
    def backstages() -> list[int]:
        return [
            pid for pid in _children(own_site.process.pid) if "backstage" in Path(f"/proc/{pid}/cmdline").read_text()
        ]

    assert _soon(lambda: bool(backstages()))
    died = backstages()[0]

    os.kill(died, signal.SIGKILL)

    assert _soon(lambda: bool(set(backstages()) - {died}))
    assert _soon(lambda: own_site.get("/desk/login/").status == 200)


def test_a_second_server_does_not_share_the_port(site: Site) -> None:
    port = site.address.rpartition(":")[2]

    with pytest.raises(AssertionError, match=f"Port {port} is in use"):
        run("nutgraf", "serve", site.folder, "--port", port)


def test_styles_and_pages_are_compressed_and_styles_kept_for_ever(site: Site) -> None:
    page = site.get("/", Accept_Encoding="gzip")
    style = page_style(site.get("/").text)
    answer = site.get(style, Accept_Encoding="gzip")

    assert page.headers["Content-Encoding"] == "gzip"
    assert answer.headers["Content-Encoding"] == "gzip"
    assert "immutable" in answer.headers["Cache-Control"]


@pytest.mark.parametrize("path", ["/static/../newsroom.env", "/static/%2e%2e/newsroom.env", "/media/../newsroom.env"])
def test_no_file_outside_is_served(site: Site, path: str) -> None:
    assert site.get(path).status == 404


def test_originals_have_no_address(site: Site) -> None:
    original = next((site.folder / "originals").rglob("*.jpg"))

    assert site.get(f"/originals/{original.name}").status == 404
    assert site.get(f"/media/{original.relative_to(site.folder / 'originals')}").status == 404


def page_style(markup: str) -> str:
    return markup.partition('<link rel="stylesheet" href="')[2].partition('"')[0]


def _soon(is_so: Callable[[], bool], seconds: float = 30) -> bool:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if is_so():
            return True
        time.sleep(0.1)
    return False


def _children(parent: int) -> list[int]:
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, ppid = stat.read_text().rpartition(")")[2].split()[:2]
        except OSError:
            continue
        if int(ppid) == parent and state != "Z":
            found.append(int(stat.parent.name))
    return found


def _is_running(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
