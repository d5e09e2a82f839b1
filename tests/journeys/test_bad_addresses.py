"""Addresses that are none, in any spelling and any number: a plain no or the way to the right one, and nothing is stored."""

from __future__ import annotations

from contextlib import closing
from http.client import HTTPConnection

import pytest

from tests.journeys.raw import ask
from tests.journeys.site import Site

LEADS_ON = {301, 302}

NOWHERE = [
    "/world/../",
    "/../newsroom.env",
    "/%2e%2e/newsroom.env",
    "/world/%2e%2e/%2e%2e/%2e%2e/etc/passwd",
    "/static/%2e%2e/newsroom.env",
    "/static/..%2fnewsroom.env",
    "/static//../newsroom.env",
    "/media/..%5cnewsroom.env",
    "/media/%2e%2e%2f%2e%2e%2fetc/passwd",
    "/published/store.sqlite3",
    "/%00",
    "/world/%00/",
    "/static/%00",
    "/media/%00",
    "/media/pictures/%00",
    "/world/%ff/",
    "/%c0%ae%c0%ae/",
    "/%e0%80%af/",
    "/world/%ed%a0%80/",
    "/WORLD/",
    "/World/",
    "/AUTHORS/",
    "/authors/Rosa-Vale/",
    "/labels/Why-It-Matters/",
    "//",
    "///",
    "//world/",
    "/world//",
    "//evil.example/%2e%2e",
    "/\\evil.example/",
    "/world\\",
    "/world/;x=1",
    "/world;/",
    "/world/%20/",
    "/world/%0d%0aSet-Cookie:%20a=b/",
    "/world%0d%0aSet-Cookie:%20a=b",
    "/world/0000/00/00/x/",
    "/world/2026/99/99/x/",
    "/world/\u0662\u0660\u0662\u0666/\u0661\u0661/\u0662\u0662/x/",
    "/world/%D9%A2%D9%A0%D9%A2%D9%A6/11/22/x/",
    "/latest/?before=1-1%00",
    "/search/?q=%00",
    "/latest/?before=-1--1",
    "/latest/?before=" + "z" * 5_000,
    "/authors/%D9%A1/",
    "/" + "a/" * 5_000,
    "/" + "a" * 60_000 + "/",
    "/" + "a" * 10_000,
    "/rss",
    "/WORLD",
    "/healthz/",
    "/.env",
    "/.git/config",
]


@pytest.mark.parametrize("path", NOWHERE, ids=lambda path: path if len(path) < 60 else f"{path[:20]}… ({len(path)})")
def test_what_is_no_address_is_not_found(plagued: Site, path: str) -> None:
    before = plagued.stored

    assert ask(plagued, path).status in {400, 404}
    assert plagued.stored == before


@pytest.mark.parametrize(
    "path", ["/static/\0", "/wor\rld/", "/world/ x", "/world/\t", b"/w\xf6rld/", "world/", "/" + "a" * 200_000]
)
def test_what_is_no_request_line_is_refused(plagued: Site, path: str | bytes) -> None:
    assert ask(plagued, path).status in {400, 414}


@pytest.mark.parametrize(
    ("path", "to"),
    [
        ("/latest", "/latest/"),
        ("/world/?utm_source=a%0d%0aSet-Cookie:b=c", "/world/"),
        ("/?a=%00", "/"),
        ("/?&", "/"),
        ("/??", "/"),
        ("/?before=%00", "/"),
        ("/?before", "/"),
        ("/latest/?before=", "/latest/"),
        ("/latest/?before=1-1&before=2-2", "/latest/?before=1-1"),
        ("/latest/?%62efore=1-1", "/latest/?before=1-1"),
        ("/latest/?before=1-1&", "/latest/?before=1-1"),
        ("/latest/?before=%ff", "/latest/?before=%EF%BF%BD"),
        ("/latest/?" + "&".join(f"a{number}=1" for number in range(3_000)), "/latest/"),
    ],
)
def test_what_is_hung_on_to_an_address_leads_to_that_address(plagued: Site, path: str, to: str) -> None:
    answer = ask(plagued, path)

    assert (answer.status, answer.location) in [(status, to) for status in LEADS_ON]
    assert "set-cookie" not in answer.headers


def test_the_address_of_a_story_in_capitals_leads_to_no_other_page(plagued: Site) -> None:
    path = plagued.paths["story"]

    assert ask(plagued, path.upper()).status == 404
    answer = ask(plagued, path.replace("/world/", "/WORLD/"))
    assert (answer.status, answer.location) == (301, path)


@pytest.mark.parametrize("path", ["/search/?q=%ff", "/search/?q=a&page=\u0661", "/search/?page=-1&q=a"])
def test_a_search_for_nonsense_is_answered_and_not_stored(plagued: Site, path: str) -> None:
    assert ask(plagued, path).status == 200
    assert not [address for address in plagued.stored if "search" in address]


# Very many of them


def test_a_thousand_queries_lead_to_one_page(plagued: Site) -> None:
    ask(plagued, "/world/")
    before = plagued.stored

    answers = _ask_many(plagued, [f"/world/?ref={number}&fbclid=x{number}" for number in range(1_000)])

    assert set(answers) == {(302, "/world/")}
    assert plagued.stored == before


def test_any_number_of_cursors_that_nobody_linked_to_are_not_stored(plagued: Site) -> None:
    linked = plagued.paths["older stories"]
    ask(plagued, linked)
    before = plagued.stored
    moment, _, story = linked.partition("=")[2].partition("-")

    answers = _ask_many(plagued, [f"/latest/?before={moment[:-2]}{number:03d}-{story}" for number in range(200)])

    assert {status for status, _ in answers} == {200}
    assert plagued.stored == before
    assert linked in before


def _ask_many(site: Site, paths: list[str]) -> list[tuple[int, str]]:
    answers = []
    with closing(HTTPConnection("127.0.0.1", site.port, timeout=30)) as connection:
        for path in paths:
            connection.request("GET", path, headers={"Host": "localhost"})
            answer = connection.getresponse()
            answer.read()
            answers.append((answer.status, answer.getheader("Location", "")))
    return answers
