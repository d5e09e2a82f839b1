"""However the server is asked, and whoever is named: a plain no, or the page as anybody would have it."""

from __future__ import annotations

import pytest

from tests.journeys.raw import ask, request, send
from tests.journeys.site import Site

NO = {400, 404, 405}
PAGE, SAME = {200}, {304}

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
