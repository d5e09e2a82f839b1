"""Whoever runs the newsroom can see whether it serves, what it has served, and each request if they want to."""

from __future__ import annotations

import json
import re
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.journeys.raw import Reply, request, send
from tests.journeys.site import Site, served
from tests.journeys.soon import soon

ALL_KINDS = {"stored", "not_modified", "pressed", "unkept", "redirected", "refused", "django"}


@pytest.fixture(scope="module")
def watched(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A newsroom with two workers that logs each request."""
    folder = Path(shutil.copytree(built, tmp_path_factory.mktemp("watched") / "data"))
    with served(folder, command=("serve", str(folder), "--workers", "2", "--access-log")) as site:
        yield site


def ask(site: Site, *arguments: str | bytes, **options: Any) -> Reply:
    return send(site.port, request(*arguments, **options))[0]


def metric(site: Site, name: str) -> float:
    """Return the sum of a metric's samples."""
    text = ask(site, "/metrics").body.decode()
    return sum(float(value) for value in re.findall(rf"^{re.escape(name)}(?:{{[^}}]*}})? (\S+)$", text, re.MULTILINE))


@pytest.mark.parametrize("host", ["localhost", "10.0.0.7", "whatever.internal:8000"])
def test_health_is_told_to_whoever_asks_by_whatever_name(watched: Site, host: str) -> None:
    answer = ask(watched, "/healthz", host=host)

    assert answer.status == 200
    assert json.loads(answer.body) == {"status": "ok", "database": "ok", "store": "ok"}
    assert answer.headers["cache-control"] == "no-store"
    assert ask(watched, "/healthz", method="POST").status == 405


def test_metrics_of_all_workers_are_added_up(watched: Site) -> None:
    before = metric(watched, "nutgraf_requests_total")

    for _ in range(20):
        assert ask(watched, "/authors/").status == 200
    etag = ask(watched, "/authors/").headers["etag"]
    assert ask(watched, "/authors/", f"If-None-Match: {etag}").status == 304
    assert ask(watched, "/authors/?x=1").status == 302
    assert ask(watched, "/authors/", host=None).status == 400
    assert ask(watched, "/nowhere/").status == 404
    assert ask(watched, "/desk/login/").status == 200

    assert soon(lambda: metric(watched, "nutgraf_requests_total") >= before + 26)
    assert metric(watched, 'nutgraf_requests_total{kind="not_modified"}') >= 1
    assert metric(watched, "nutgraf_presses_total") >= 1
    assert metric(watched, "nutgraf_press_seconds_count") >= 1
    assert metric(watched, "nutgraf_pages_stored") >= 1
    assert metric(watched, "nutgraf_store_bytes") > 10_000
    assert metric(watched, "nutgraf_changes_not_followed") == 0
    text = ask(watched, "/metrics").body.decode()
    assert set(re.findall(r'nutgraf_requests_total{kind="(\w+)"}', text)) == ALL_KINDS
    if sys.platform == "linux":
        assert len(re.findall(r"nutgraf_resident_bytes{pid=", text)) >= 2


def test_what_was_answered_just_now_is_told(own_site: Site) -> None:
    for _ in range(3):
        assert ask(own_site, "/authors/").status == 200

    assert metric(own_site, "nutgraf_requests_total") >= 3
    if sys.platform == "linux":
        assert metric(own_site, "nutgraf_resident_bytes") > 10_000_000


@pytest.mark.parametrize(
    "header", ["X-Forwarded-For: 127.0.0.1", "X-Forwarded-Proto: https", "Forwarded: for=127.0.0.1", "Via: 1.1 front"]
)
def test_metrics_are_not_for_those_whom_a_proxy_passes_on(watched: Site, header: str) -> None:
    answer = ask(watched, "/metrics", header)

    assert answer.status == 403
    assert b"nutgraf_requests" not in answer.body


def test_metrics_are_only_for_the_addresses_that_are_set(built: Path) -> None:
    folder = Path(shutil.copytree(built, built.with_name("unwatched")))

    with served(folder, NUTGRAF_METRICS_FROM="10.1.0.0/16") as site:
        assert ask(site, "/metrics").status == 403
        assert ask(site, "/healthz").status == 200


def test_each_request_is_logged_in_one_line(watched: Site) -> None:
    lines = _lines_of(watched)
    whole = ask(watched, "/labels/")
    ask(watched, "/labels/", "User-Agent: Somebody's own")
    ask(watched, "/labels/", method="HEAD")
    ask(watched, "/labels/", "Accept-Encoding: br")
    ask(watched, "/labels/?who=sunny@example.org")
    ask(watched, "/search/?q=a+secret")
    ask(watched, "/desk/login/")
    ask(watched, "/nowhere/%0d%0aX%20200/")
    ask(watched, "/labels/", host="evil")
    ask(watched, "/robots.txt", method="BREW")
    ask(watched, "/healthz")

    assert soon(lambda: len(lines()) >= 11)

    size = len(whole.body)
    said = [line.split() for line in lines()]
    told = [(status, method, path) for status, _, _, method, path in said]
    assert [int(written) for status, written, _, method, path in said if (method, path) == ("GET", "/labels/")][:2] == [
        size,
        size,
    ]
    assert ("200", "HEAD", "/labels/") in told
    assert ("302", "GET", "/labels/") in told
    assert ("200", "GET", "/search/") in told
    assert ("200", "GET", "/desk/login/") in told
    assert ("404", "GET", "/nowhere/%0D%0AX%20200/") in told
    assert ("400", "GET", "/labels/") in told
    assert ("405", "BREW", "/robots.txt") in told
    assert all(0 <= float(seconds) < 60 for _, _, seconds, _, _ in said)
    assert not [word for word in ("Somebody", "sunny", "secret", "evil") if word in watched.said]


def _lines_of(site: Site) -> Callable[[], list[str]]:
    """Return what gives the lines of the requests from now on, without their moments."""
    pattern = re.compile(r"^\S+ \S+ (\d{3} \d+ [\d.]+ \S+ \S+)$", re.MULTILINE)
    before = len(pattern.findall(site.said))
    return lambda: pattern.findall(site.said)[before:]
