"""Whatever is sent to the server: a plain no or the way to the right address, and nothing is stored that is no page."""

from __future__ import annotations

import re
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import pytest

from tests.journeys.raw import Reply, request, send
from tests.journeys.site import Site, served

NO = {400, 404, 405}
LEADS_ON = {301, 302}
PAGE, SAME = {200}, {304}

# The addresses at which there can be a page, each spelt as we spell it.
CANONICAL = re.compile(
    r"/(|latest/|authors/([-a-z0-9]+/)?|labels/([-a-z0-9]+/)?|robots\.txt|[-a-z]+/(\d{4}/\d\d/\d\d/[-%\w]+/)?)"
    r"(\?before=[0-9a-z]+-[0-9a-z]+)?"
)


@pytest.fixture(scope="module")
def plagued(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A newsroom that bears all of it; at the end its log has nothing to tell, and its store holds pages and no more."""
    with served(Path(shutil.copytree(built, tmp_path_factory.mktemp("plagued") / "data"))) as site:
        yield site
        assert not [address for address in stored(site) if not CANONICAL.fullmatch(address)]
        assert "Traceback" not in site.said
        assert "ERROR" not in site.said


def stored(site: Site) -> set[str]:
    with closing(sqlite3.connect(site.folder / "published/store.sqlite3")) as connection:
        return {address for (address,) in connection.execute("SELECT address FROM page")}


def ask(site: Site, *arguments: str | bytes, **options: Any) -> Reply:
    replies = send(site.port, request(*arguments, **options))
    assert len(replies) == 1
    return replies[0]


# Paths

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
    "/latest/?before=-1--1",
    "/latest/?before=" + "z" * 5_000,
    "/authors/%D9%A1/",
    "/" + "a/" * 5_000,
    "/" + "a" * 60_000 + "/",
    "/healthz/",
    "/.env",
    "/.git/config",
]


@pytest.mark.parametrize("path", NOWHERE, ids=lambda path: path[:40])
def test_what_is_no_address_is_not_found(plagued: Site, path: str) -> None:
    before = stored(plagued)

    assert ask(plagued, path).status in {400, 404}
    assert stored(plagued) == before


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


def test_an_over_long_path_leads_at_most_to_its_last_slash(plagued: Site) -> None:
    path = "/" + "a" * 10_000

    answer = ask(plagued, path)

    assert answer.status in NO or answer.location == f"{path}/"


@pytest.mark.parametrize(
    "path", ["/search/?q=%00", "/search/?q=%ff", "/search/?q=a&page=\u0661", "/search/?page=-1&q=a"]
)
def test_a_search_for_nonsense_is_answered_and_not_stored(plagued: Site, path: str) -> None:
    assert ask(plagued, path).status == 200
    assert not [address for address in stored(plagued) if "search" in address]


# Whom it is for


@pytest.mark.parametrize(
    "host", ["evil", "", "localhost@evil", "localhost/evil", "localhost:abc", "evil,localhost", "[::1"]
)
@pytest.mark.parametrize("path", ["/", "/desk/login/", "/nowhere/"])
def test_a_host_that_we_are_not_is_refused(plagued: Site, host: str, path: str) -> None:
    assert ask(plagued, path, host=host).status == 400


@pytest.mark.parametrize("target", ["/", "/desk/login/"])
def test_two_hosts_are_refused_even_where_both_are_ours(plagued: Site, target: str) -> None:
    for second in ("evil", "localhost", "127.0.0.1"):
        assert ask(plagued, target, f"Host: {second}").status == 400
        assert ask(plagued, target, "Host: localhost", host=second).status == 400


def test_a_host_must_be_named_and_readable(plagued: Site) -> None:
    assert ask(plagued, "/", host=None).status == 400
    assert ask(plagued, "/", b"Host: localh\xf6st", host=None).status == 400
    # Load balancers of old ask so; they are asked for no name by HTTP/1.0.
    assert ask(plagued, "/healthz", host=None, version="1.0").status == 200
    # The address that they connected to is none of our names here.
    assert ask(plagued, "/", host=None, version="1.0").status == 400


@pytest.mark.parametrize(
    "target",
    [
        "http://evil/",
        "http://evil/world/",
        "http://localhost@evil/",
        "http://localhost:x/",
        ";",
        "http:world",
        "http:///",
    ],
)
def test_a_whole_address_elsewhere_is_refused(plagued: Site, target: str) -> None:
    ask(plagued, "/")

    assert ask(plagued, target).status == 400
    assert ask(plagued, target, host=None).status == 400


def test_a_whole_address_of_ours_is_answered_where_the_host_says_the_same(plagued: Site) -> None:
    page = ask(plagued, "/world/").body

    assert ask(plagued, "http://localhost/world/").body == page
    assert ask(plagued, "http://localhost/world/", host="evil").status == 400
    assert ask(plagued, "http://localhost/world/../").status == 404


@pytest.mark.parametrize(
    "header",
    [
        "X-Forwarded-Host: evil",
        "X-Host: evil",
        "Forwarded: host=evil",
        "X_Forwarded_Host: evil",
        "X-Original-URL: /desk/",
        "X-Rewrite-URL: /desk/",
        "X-Forwarded-Prefix: /evil",
        "X-Http-Method-Override: DELETE",
    ],
)
def test_headers_that_only_a_proxy_sends_change_no_page(plagued: Site, header: str) -> None:
    path = plagued.paths["plain story"]

    made = ask(plagued, path, header)

    assert made.body == ask(plagued, path).body
    assert b"evil" not in made.body


# How it is asked


@pytest.mark.parametrize(
    "method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "BREW", "get", "Head", "PROPFIND"]
)
@pytest.mark.parametrize("kind", ["front", "story", "search form"])
def test_a_page_can_be_read_and_nothing_else(plagued: Site, kind: str, method: str) -> None:
    answer = ask(plagued, plagued.paths[kind], method=method)

    assert answer.status == 405
    assert "GET" in answer.headers["allow"]


def test_nobody_is_connected_elsewhere(plagued: Site) -> None:
    assert ask(plagued, f"localhost:{plagued.port}", method="CONNECT").status in NO
    assert ask(plagued, "*", method="OPTIONS").status in NO


def test_a_head_tells_what_a_get_would_bring(plagued: Site) -> None:
    whole = ask(plagued, plagued.paths["story"])

    head = ask(plagued, plagued.paths["story"], method="HEAD")

    assert head.headers["content-length"] == str(len(whole.body))
    assert head.headers["etag"] == whole.headers["etag"]
    assert head.body == b""


@pytest.mark.parametrize("version", ["1.0", "1.1"])
def test_old_clients_are_answered(plagued: Site, version: str) -> None:
    assert ask(plagued, "/", version=version).status == 200


@pytest.mark.parametrize("version", ["0.9", "1.2", "2.0", "3", "x"])
def test_versions_that_are_none_are_refused(plagued: Site, version: str) -> None:
    assert ask(plagued, "/", version=version).status in {400, 505}


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("target", ["/", "/desk/login/"])
@pytest.mark.parametrize(
    "headers",
    [
        ["Content-Length: 3", "Content-Length: 4"],
        ["Content-Length: 3, 3"],
        ["Content-Length: -3"],
        ["Content-Length: +3"],
        ["Content-Length: x"],
        ["Content-Length: 99999999999999999999999"],
        ["Content-Length: 3", "Transfer-Encoding: chunked"],
        ["Transfer-Encoding: chunked", "Content-Length: 3"],
        ["Transfer-Encoding: xchunked"],
        ["Transfer-Encoding: chunked, identity"],
        ["Transfer-Encoding : chunked"],
        ["Transfer-Encoding:\x0bchunked"],
    ],
    ids="; ".join,
)
def test_a_length_that_can_be_read_in_two_ways_is_refused(
    plagued: Site, target: str, headers: list[str], method: str
) -> None:
    ask(plagued, "/")

    answers = send(
        plagued.port, request(target, *headers, method=method, body=b"0\r\n\r\nGET /latest/ HTTP/1.1\r\n\r\n")
    )

    assert [answer.status in {400, 411} for answer in answers] == [True]


def test_what_a_body_holds_is_not_taken_for_a_request(plagued: Site) -> None:
    hidden = b"GET /desk/ HTTP/1.1\r\nHost: localhost\r\n\r\n"
    first = request("/", f"Content-Length: {len(hidden)}", body=hidden).replace(b"Connection: close", b"X: y")

    answers = send(plagued.port, first + request("/authors/"))

    assert [answer.status for answer in answers] == [200, 200]
    assert answers[1].body == ask(plagued, "/authors/").body


def test_a_body_that_breaks_off_is_refused(plagued: Site) -> None:
    broken = request("/desk/login/", "Content-Length: 30", method="POST", body=b"a=b")

    assert send(plagued.port, broken, and_no_more=True)[0].status == 400


@pytest.mark.parametrize(
    "header",
    [
        "X-A: b\r\n  folded",
        "X-A : b",
        " X-A: b",
        "Nonsense",
        "X-A: a\0b",
        "X-A: a\rHost: evil",
        ": b",
        "X-A: " + "a" * 1_000_000,
        "\r\n".join(f"X-{number}: a" for number in range(2_000)),
    ],
    ids=lambda header: header[:20],
)
def test_headers_that_are_none_or_too_many_are_refused(plagued: Site, header: str) -> None:
    assert ask(plagued, "/", header).status in {400, 431}


@pytest.mark.parametrize(
    "header", [b"X-A: caf\xe9", b"User-Agent: \xff\xfe", b"Cookie: a=\xe9", b"Accept-Language: \xe9", b"Referer: \xff"]
)
@pytest.mark.parametrize("path", ["/", "/nowhere/", "/desk/login/", "/search/"])
def test_headers_in_old_letters_harm_nobody(plagued: Site, path: str, header: bytes) -> None:
    assert ask(plagued, path, header).status in {200, 404}


# What is asked of a page


@pytest.mark.parametrize(
    ("header", "statuses"),
    [
        ("Range: bytes=0-10", PAGE),
        ("Range: bytes=nonsense", PAGE),
        ("Range: bytes=0-1,5-6,8-9", PAGE),
        ("Expect: 100-continue", PAGE),
        ("If-None-Match: *", SAME),
        ('If-None-Match: W/"x", "y"', PAGE),
        ("If-None-Match: " + "," * 10_000, PAGE),
        ('If-None-Match: "' + "x" * 50_000, PAGE),
        ("If-Modified-Since: Mon, 01 Jan 1990 00:00:00 GMT", PAGE),
        ("If-Modified-Since: Mon, 01 Jan 2090 00:00:00 GMT", PAGE),
        ("If-Modified-Since: yesterday", PAGE),
        ("If-Modified-Since: ((((((", PAGE),
        ("If-Modified-Since: " + "9" * 5_000, PAGE),
        ("If-Modified-Since: Mon, 01 Jan 0000 00:00:00 +9999", PAGE),
        ("If-Modified-Since: Mon, 01 Jan 9999 23:59:59 -2359", PAGE),
        ("If-Match: x", PAGE),
    ],
    ids=lambda value: str(value)[:40],
)
def test_conditions_in_any_shape_bring_the_page_or_that_it_is_the_same(
    plagued: Site, header: str, statuses: set[int]
) -> None:
    whole = ask(plagued, "/world/")

    answer = ask(plagued, "/world/", header)

    assert answer.status in statuses
    assert answer.body == (whole.body if answer.status == 200 else b"")


def test_who_knows_a_page_hears_that_it_is_the_same(plagued: Site) -> None:
    page = ask(plagued, "/world/", "Accept-Encoding: br")
    etag, moment = page.headers["etag"], page.headers["last-modified"]

    for known in (etag, f"W/{etag}", f'"x", {etag}', f'"x",W/{etag} , "y"'):
        assert ask(plagued, "/world/", "Accept-Encoding: br", f"If-None-Match: {known}").status == 304
    assert ask(plagued, "/world/", "Accept-Encoding: gzip", f"If-None-Match: {etag}").status == 200
    assert ask(plagued, "/world/", f"If-Modified-Since: {moment}").status == 304
    assert ask(plagued, "/world/", f"If-Modified-Since: {moment}", 'If-None-Match: "x"').status == 200


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("gzip;q=0", None),
        ("br;q=0, gzip", "gzip"),
        ("*;q=0", None),
        ("*", "br"),
        (",,;;q=x,gzip;q=zwei", None),
        ("br;q=nan, gzip;q=1", "gzip"),
        ("GZIP", "gzip"),
        ("gzip," * 5_000, "gzip"),
        ("deflate, compress", None),
        ("br\tgzip", None),
    ],
    ids=lambda value: str(value)[:20],
)
def test_a_page_is_pressed_as_its_reader_accepts(plagued: Site, accepted: str, encoding: str | None) -> None:
    assert ask(plagued, "/world/", f"Accept-Encoding: {accepted}").headers.get("content-encoding") == encoding


# Very many of them


def test_a_thousand_queries_lead_to_one_page(plagued: Site) -> None:
    ask(plagued, "/world/")
    before = stored(plagued)

    answers = _ask_many(plagued, [f"/world/?ref={number}&fbclid=x{number}" for number in range(1_000)])

    assert set(answers) == {(302, "/world/")}
    assert stored(plagued) == before


def test_any_number_of_cursors_that_nobody_linked_to_are_not_stored(plagued: Site) -> None:
    linked = plagued.paths["older stories"]
    ask(plagued, linked)
    before = stored(plagued)
    moment, _, story = linked.partition("=")[2].partition("-")

    answers = _ask_many(plagued, [f"/latest/?before={moment[:-2]}{number:03d}-{story}" for number in range(200)])

    assert {status for status, _ in answers} == {200}
    assert stored(plagued) == before
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
