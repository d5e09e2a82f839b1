"""The server: publishes what is scheduled by itself, compresses, and leaves nothing behind when it ends."""

from __future__ import annotations

import os
import signal

import pytest

from tests.journeys.processes import backstage, children, is_running, only_on_linux
from tests.journeys.site import Site, run
from tests.journeys.soon import soon

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

    assert soon(lambda: "The tide turns by itself" in own_site.get("/world/").text)


@only_on_linux
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_nothing_outlives_the_server(own_site: Site, how: signal.Signals) -> None:
    server = own_site.process
    assert soon(lambda: len(children(server.pid)) == 2)
    started = children(server.pid)

    server.send_signal(how)

    assert server.wait(timeout=20) == (-signal.SIGKILL if how is signal.SIGKILL else 0)
    assert soon(lambda: not any(map(is_running, started)))


@only_on_linux
def test_a_desk_and_clock_that_died_are_started_again(own_site: Site) -> None:
    server = own_site.process.pid
    assert soon(lambda: bool(backstage(server)))
    died = backstage(server).pop()

    os.kill(died, signal.SIGKILL)

    assert soon(lambda: bool(backstage(server) - {died}))
    assert soon(lambda: own_site.get("/desk/login/").status == 200)


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
