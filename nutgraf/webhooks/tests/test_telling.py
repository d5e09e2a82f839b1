"""How it is told: signed, once to whoever takes it, again and again to whoever does not, and to nobody of our network."""

from __future__ import annotations

import base64
import datetime
import hashlib
import hmac
import http.server
import json
import threading
from typing import Any

import pytest
import time_machine

from nutgraf.stories.samples import make_story
from nutgraf.webhooks import actions, posting
from nutgraf.webhooks.models import Call, Webhook
from nutgraf.webhooks.samples import make_webhook

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


class Listener(http.server.BaseHTTPRequestHandler):
    """Somebody who is told, keeps what they heard, and answers as they like."""

    status = 200
    heard: list[tuple[Any, bytes]] = []

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.heard.append((self.headers, body))
        self.send_response(self.status)
        self.send_header("Location", "http://169.254.169.254/")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def listener(settings: Any):
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Listener)
    Listener.heard, Listener.status = [], 200
    threading.Thread(target=server.serve_forever, daemon=True).start()
    # The one machine that tests can reach is this one.
    settings.OWN_NETWORKS = ["127.0.0.1/32"]
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def call(listener, noon: datetime.datetime) -> Call:
    make_webhook(url=f"http://127.0.0.1:{listener.server_port}/hook?desk=print")
    with time_machine.travel(noon, tick=False):
        make_story("Harbour reopens", at=noon)
    return Call.objects.get()


def try_all(at: datetime.datetime) -> None:
    for call in actions.due(at=at):
        actions.tell(call=call, at=at)


def test_what_is_told_is_signed_with_its_moment(call: Call, noon: datetime.datetime) -> None:
    try_all(noon)

    headers, body = Listener.heard[0]
    key, moment = headers["webhook-id"], headers["webhook-timestamp"]
    secret = base64.b64decode(call.webhook.secret.removeprefix("whsec_"))
    signed = hmac.new(secret, f"{key}.{moment}.".encode() + body, hashlib.sha256).digest()
    assert headers["webhook-signature"] == f"v1,{base64.b64encode(signed).decode()}"
    assert int(moment) == int(noon.timestamp())
    assert json.loads(body)["data"]["headline"] == "Harbour reopens"
    call.refresh_from_db()
    assert (call.state, call.answer, call.told_at) == (Call.State.TOLD, "200", noon)


def test_what_was_told_is_not_told_again_unless_somebody_asks(call: Call, noon: datetime.datetime) -> None:
    try_all(noon)
    try_all(noon + DAY)
    assert len(Listener.heard) == 1

    actions.send_again(call=call, at=noon + DAY)
    try_all(noon + DAY)

    assert len(Listener.heard) == 2
    assert Listener.heard[0][0]["webhook-id"] == Listener.heard[1][0]["webhook-id"]


def test_two_who_work_at_once_tell_it_once(call: Call, noon: datetime.datetime) -> None:
    first, second = actions.due(at=noon)[0], actions.due(at=noon)[0]

    assert [actions.tell(call=one, at=noon) for one in (first, second)] == [True, False]
    assert len(Listener.heard) == 1


def test_what_fails_is_tried_for_a_day_with_longer_and_longer_pauses(call: Call, noon: datetime.datetime) -> None:
    Listener.status = 500
    at, pauses = noon, []
    while (now := Call.objects.get()).state == Call.State.WAITING:
        assert actions.due(at=now.due_at - datetime.timedelta(seconds=1)) == []
        pauses.append(now.due_at - at)
        at = now.due_at
        try_all(at)

    assert Call.objects.get().state == Call.State.FAILED
    assert pauses == sorted(pauses)
    assert 0.9 * DAY < sum(pauses, datetime.timedelta()) < 1.2 * DAY
    assert len(Listener.heard) == len(actions.PAUSES) + 1
    assert Call.objects.get().answer == "500"


def test_whoever_was_killed_while_telling_has_another_tell_it(call: Call, noon: datetime.datetime) -> None:
    def die(*args: object, **kwargs: object) -> int:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        actions.tell(call=actions.due(at=noon)[0], at=noon, post=die)
    assert actions.due(at=noon) == []

    try_all(noon + actions.IN_HAND)

    assert Call.objects.get().state == Call.State.TOLD


def test_whoever_takes_nothing_for_three_days_is_switched_off_with_a_note(call: Call, noon: datetime.datetime) -> None:
    Listener.status = 503
    for days in range(4):
        with time_machine.travel(noon + days * DAY, tick=False):
            actions.send_again(call=call, at=noon + days * DAY)
            try_all(noon + days * DAY)

    hook = Webhook.objects.get()
    assert not hook.is_on
    assert "three days" in hook.trouble
    assert actions.due(at=noon + 9 * DAY) == []
    Listener.status = 200
    Webhook.objects.update(is_on=True)
    actions.looked_after(hook=hook)
    try_all(noon + 9 * DAY)
    assert Call.objects.get().state == Call.State.TOLD


def test_a_success_forgives_what_failed_before(call: Call, noon: datetime.datetime) -> None:
    Listener.status = 500
    try_all(noon)
    assert Webhook.objects.get().failing_since == noon

    Listener.status = 204
    try_all(noon + DAY)

    assert Webhook.objects.get().failing_since is None


def test_whoever_is_gone_is_switched_off_at_once(call: Call, noon: datetime.datetime) -> None:
    Listener.status = 410
    try_all(noon)

    assert not Webhook.objects.get().is_on


def test_a_redirect_is_not_followed(call: Call, noon: datetime.datetime) -> None:
    Listener.status = 307
    try_all(noon)

    assert len(Listener.heard) == 1
    assert Call.objects.get().answer == "307"


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "192.168.1.1",
        "169.254.169.254",
        "::1",
        "fd00::1",
        "fe80::1",
        "0.0.0.0",
        "224.0.0.1",
        "::ffff:10.0.0.1",
    ],
)
def test_nothing_is_posted_to_our_own_network(address: str, noon: datetime.datetime) -> None:
    host = f"[{address}]" if ":" in address else address

    with pytest.raises(posting.NotReached, match="no address of the open web"):
        posting.post(f"http://{host}:9/", secret=Webhook().secret, key="x", moment=0, body=b"{}")


def test_what_was_told_long_ago_is_forgotten(call: Call, noon: datetime.datetime) -> None:
    try_all(noon)

    assert actions.tidy(at=noon + DAY) == 0
    assert actions.tidy(at=noon + 31 * DAY) == 1
