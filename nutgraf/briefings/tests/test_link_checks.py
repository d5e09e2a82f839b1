"""Links of an edition are asked whether they answer: ours as a reader would, others never within a private network."""

import socket
import threading
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from nutgraf.briefings import link_checks, rendering
from nutgraf.briefings.samples import make_briefing
from nutgraf.stories.samples import make_story

# Public addresses, which lead to the server of these tests.
OUTSIDE, ELSEWHERE = "8.8.8.8", "9.9.9.9"


class Answers(BaseHTTPRequestHandler):
    """A site with pages that are there, gone, moved or broken."""

    def do_GET(self):
        self.server.asked.append(self.path)
        if self.path == "/nothing":
            self.close_connection = True
            return
        path, _mark, query = self.path.partition("?")
        if path in ("/to", "/round"):
            self.send_response(HTTPStatus.FOUND)
            self.send_header("Location", query or "/round")
        else:
            is_there = path in ("/ok", "/s%C3%B8en")
            self.send_response(HTTPStatus.OK if is_there else HTTPStatus.NOT_FOUND)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *args):
        """Say nothing."""


@pytest.fixture
def server():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    server.asked = []
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def outside(server, monkeypatch):
    """The web: names that lead to public addresses, behind all of which is the server of these tests."""
    names = {"outside.example": OUTSIDE, "turning.example": [ELSEWHERE, "127.0.0.1"]}
    connect, resolve = socket.create_connection, socket.getaddrinfo
    reached = []

    def getaddrinfo(host, port, *args, **kwargs):
        address = names.get(host, host)
        if isinstance(address, list):
            address = address.pop(0)
        return resolve(address, port, *args, **kwargs)

    def create_connection(address, *args, **kwargs):
        reached.append(address[0])
        return connect(server.server_address, *args, **kwargs)

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    monkeypatch.setattr(socket, "create_connection", create_connection)
    return reached


def test_a_page_answers_with_its_status(outside):
    assert link_checks.ask("http://outside.example/ok") == HTTPStatus.OK
    assert link_checks.ask("http://outside.example/gone") == HTTPStatus.NOT_FOUND


def test_it_is_asked_for_without_its_fragment_and_in_letters_that_the_web_knows(server, outside):
    assert link_checks.ask("http://outside.example/ok#there") == HTTPStatus.OK
    assert link_checks.ask("http://outside.example/søen?q=å") == HTTPStatus.OK
    assert server.asked == ["/ok", "/s%C3%B8en?q=%C3%A5"]


def test_a_redirect_is_followed_and_a_circle_is_told(server, outside):
    assert link_checks.ask("http://outside.example/to?/ok") == HTTPStatus.OK
    assert link_checks.ask("http://outside.example/to?/gone") == HTTPStatus.NOT_FOUND

    server.asked.clear()
    with pytest.raises(link_checks.NoAnswer, match="circle"):
        link_checks.ask("http://outside.example/round")
    assert len(server.asked) == link_checks.REDIRECTS + 1


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("http://outside.example/nothing", "no answer"),
        ("http://nowhere.invalid/", "no such host"),
        (f"http://{'a' * 70}.example/", "no such host"),
        ("http://outside.example:99999/", "no address"),
        ("http://[outside.example/", "no address"),
        ("ftp://outside.example/", "no address of the web"),
        ("http:///ok", "no address of the web"),
    ],
)
def test_what_leads_nowhere_says_why(outside, url, why):
    with pytest.raises(link_checks.NoAnswer, match=why):
        link_checks.ask(url)


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "localhost",
        "2130706433",
        "0x7f.1",
        "0.0.0.0",
        "10.0.0.1",
        "172.16.0.1",
        "192.168.1.1",
        "100.64.0.1",
        "169.254.169.254",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "[fd00::1]",
        "[fe80::1]",
    ],
)
def test_nothing_within_a_private_network_is_asked(server, outside, host):
    with pytest.raises(link_checks.NoAnswer, match="private"):
        link_checks.ask(f"http://{host}:{server.server_port}/ok")

    assert (outside, server.asked) == ([], [])


def test_no_redirect_leads_into_a_private_network(server, outside):
    with pytest.raises(link_checks.NoAnswer, match="private"):
        link_checks.ask(f"http://outside.example/to?http://127.0.0.1:{server.server_port}/ok")

    assert server.asked == [f"/to?http://127.0.0.1:{server.server_port}/ok"]


def test_a_name_that_turns_private_once_it_was_looked_at_is_asked_where_it_was(server, outside):
    assert link_checks.ask("http://turning.example/ok") == HTTPStatus.OK

    assert outside == [ELSEWHERE]


@pytest.mark.django_db
def test_a_page_of_ours_that_is_not_there_keeps_the_edition_and_one_that_is_does_not(noon, outside, settings):
    settings.PUBLIC_URL = "http://localhost:8000"
    story, briefing = make_story("Harbour reopens", at=noon), make_briefing(at=noon)
    there = [rendering.whole(f"{story.address}#changes"), rendering.whole(f"{story.address}?from=mail"), "/briefings/"]
    missing = rendering.whole(f"{briefing.get_absolute_url()}1999-01-01/")

    assert link_checks.of([*there, rendering.whole("/").rstrip("/")]) == []
    [found] = link_checks.of([*there, missing])
    assert found.is_stop
    assert missing in found.says
    assert "404" in found.says
    # Nobody went out for them.
    assert outside == []


def test_that_another_site_does_not_answer_is_for_somebody_to_judge(server, outside):
    found = link_checks.of(
        ["http://outside.example/ok", "http://outside.example/gone", "http://127.0.0.1/", "mailto:desk@harbour.example"]
    )

    assert [one.is_stop for one in found] == [False, False]
    assert "(404): http://outside.example/gone" in found[0].says
    assert "private network): http://127.0.0.1/" in found[1].says


def test_each_link_is_asked_once_and_what_is_more_than_can_be_asked_is_told(server, outside):
    many = [f"http://outside.example/ok?{number}" for number in range(link_checks.MOST + 2)]

    assert link_checks.of(["http://outside.example/ok"] * 3) == []
    assert server.asked == ["/ok"]
    server.asked.clear()
    [told] = link_checks.of(many)
    assert len(server.asked) == link_checks.MOST
    assert "2 more" in told.says
    assert not told.is_stop
