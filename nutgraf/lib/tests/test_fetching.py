"""Addresses that others name are fetched from the open web only, and within limits."""

from __future__ import annotations

import gzip
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from nutgraf.lib import fetching
from nutgraf.lib.fetching import Limits, Refused, fetch


class _Answers(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        getattr(self, f"_{self.path.strip('/').partition('?')[0]}")()

    def do_POST(self) -> None:
        if self.path == "/away":
            return self._away()
        return self._send(b"heard " + self.rfile.read(int(self.headers["Content-Length"])))

    def _send(self, body: bytes, **headers: str) -> None:
        self.send_response(200)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def _page(self) -> None:
        self._send(self.headers["User-Agent"].encode())

    def _bomb(self) -> None:
        self._send(gzip.compress(b"0" * 5_000_000), Content_Encoding="gzip")

    def _loop(self) -> None:
        self.send_response(302)
        self.send_header("Location", "/loop")
        self.end_headers()

    def _away(self) -> None:
        self.send_response(301)
        self.send_header("Location", "http://169.254.169.254/latest")
        self.end_headers()

    def _chain(self) -> None:
        """Lead on by each status that the address names: /chain?301,302."""
        status, _comma, rest = self.path.partition("?")[2].partition(",")
        self.send_response(int(status))
        self.send_header("Location", f"/chain?{rest}" if rest else "/page")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _file(self) -> None:
        self.send_response(301)
        self.send_header("Location", "file:///etc/passwd")
        self.end_headers()

    def _drip(self) -> None:
        self.send_response(200)
        self.end_headers()
        try:
            while True:
                self.wfile.write(b".")
                self.wfile.flush()
                time.sleep(0.05)
        except OSError:
            return

    def _silence(self) -> None:
        time.sleep(2)

    def log_message(self, *args: object) -> None:
        return


@contextmanager
def _serving() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Answers)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    with _serving() as address:
        yield address


def here(address: str) -> bool:
    return address == "127.0.0.1"


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "127.8.8.8",
        "0.0.0.0",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "192.0.2.1",
        "198.18.0.1",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "::127.0.0.1",
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
        "2002:a00:1::",
        "2001::1",
        "2001:db8::1",
        "fc00::1",
        "fe80::1%eth0",
        "ff02::1",
        "nonsense",
    ],
)
def test_what_is_near_is_no_public_address(address: str) -> None:
    assert not fetching.is_public(address)


@pytest.mark.parametrize(
    "address", ["93.184.216.34", "2606:2800:220:1::1", "::ffff:93.184.216.34", "2002:5db8:d822::1"]
)
def test_a_machine_of_the_open_web_is_public(address: str) -> None:
    assert fetching.is_public(address)


def test_what_is_there_comes_and_we_say_who_asked(site: str) -> None:
    answer = fetch(f"{site}/page", is_allowed=here)

    assert (answer.status, answer.body) == (200, fetching.AGENT.encode())


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "127.1", "2130706433", "0x7f000001"])
def test_our_own_machine_is_not_asked_by_whatever_name(site: str, host: str) -> None:
    with pytest.raises(Refused, match=r"open web|no address|reached"):
        fetch(site.replace("127.0.0.1", host) + "/page")


def test_a_redirect_to_a_machine_near_us_is_not_followed(site: str) -> None:
    with pytest.raises(Refused, match=r"169\.254\.169\.254"):
        fetch(f"{site}/away", is_allowed=here)


def test_a_redirect_to_a_file_is_not_followed(site: str) -> None:
    with pytest.raises(Refused, match="begin with http"):
        fetch(f"{site}/file", is_allowed=here)


def test_redirects_in_a_loop_end(site: str) -> None:
    with pytest.raises(Refused, match="more than 3 times"):
        fetch(f"{site}/loop", is_allowed=here, limits=Limits(redirects=3))


def test_what_unpacks_to_more_than_the_limit_is_left(site: str) -> None:
    with pytest.raises(Refused, match="larger than 1 MB"):
        fetch(f"{site}/bomb", is_allowed=here, limits=Limits(most_bytes=1024 * 1024))


@pytest.mark.parametrize("path", ["bomb", "drip"])
def test_where_the_status_is_enough_nothing_else_is_waited_for(site: str, path: str) -> None:
    answer = fetch(f"{site}/{path}", is_allowed=here, limits=Limits(most_bytes=0, seconds=0.4))

    assert (answer.status, answer.body) == (200, b"")


@pytest.mark.parametrize("path", ["drip", "silence"])
def test_an_answer_that_never_ends_or_never_begins_is_left_when_the_time_is_over(site: str, path: str) -> None:
    began = time.monotonic()

    with pytest.raises(Refused, match="seconds"):
        fetch(f"{site}/{path}", is_allowed=here, limits=Limits(seconds=0.4))

    assert time.monotonic() - began < 1.5


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "ftp://example.org/", "/page", "http://", "http://[::1", "data:,x"]
)
def test_only_addresses_of_the_web_are_asked(url: str) -> None:
    with pytest.raises(Refused, match="no address of the web"):
        fetch(url)


def test_a_host_that_was_not_named_is_not_asked(site: str) -> None:
    with pytest.raises(Refused, match="not among the hosts"):
        fetch(f"{site}/page", is_allowed=here, may_ask=lambda host: host == "example.org")


def test_a_password_is_not_carried(site: str) -> None:
    with pytest.raises(Refused, match="password"):
        fetch(site.replace("http://", "http://eli:secret@"), is_allowed=here)


def test_a_body_is_posted(site: str) -> None:
    assert fetch(f"{site}/here", is_allowed=here, body=b"news").body == b"heard news"


def test_what_is_posted_is_not_sent_on(site: str) -> None:
    answer = fetch(f"{site}/away", is_allowed=here, body=b"news")

    assert answer.status == 301


def test_networks_of_ones_own_are_reached_if_they_are_named() -> None:
    nothing, ours = fetching.reachable([]), fetching.reachable(["10.1.0.0/16", "fd00::/8"])

    assert [nothing(address) for address in ("10.1.2.3", "fd00::7", "93.184.216.34")] == [False, False, True]
    assert [ours(address) for address in ("10.1.2.3", "fd00::7", "93.184.216.34")] == [True, True, True]
    assert not any(ours(address) for address in ("10.2.0.1", "fe80::1%eth0", "127.0.0.1", "::ffff:10.2.0.1"))


@pytest.mark.parametrize(
    ("statuses", "moved_to"),
    [("301", "/page"), ("308,301", "/page"), ("302", ""), ("301,302", "/chain?302"), ("307,301", "")],
)
def test_only_what_has_moved_for_good_is_known_by_its_new_address(site: str, statuses: str, moved_to: str) -> None:
    answer = fetch(f"{site}/chain?{statuses}", is_allowed=here)

    assert answer.url == f"{site}/page"
    assert answer.moved_to == (f"{site}{moved_to}" if moved_to else "")
