"""A publisher's journey: another program is told of every story, also when whoever tells is killed in the middle of it."""

from __future__ import annotations

import base64
import hashlib
import hmac
import http.server
import json
import os
import shutil
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from tests.journeys.processes import backstage, only_on_linux
from tests.journeys.site import Site, run, served
from tests.journeys.soon import soon

STORIES = 8
KILLS = 2
PUBLISH = """
from django.utils import timezone
from nutgraf.stories.samples import make_story
for number in range({stories}):
    make_story(f"Told of {{number}}", at=timezone.now())
"""


class Listener(http.server.BaseHTTPRequestHandler):
    """Somebody who is told, and answers when the test lets them."""

    heard: list[tuple[Any, bytes]] = []
    may_answer = threading.Event()

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.heard.append((self.headers, body))
        self.may_answer.wait(60)
        try:
            self.send_response(204)
            self.end_headers()
        except OSError:
            # Whoever called was killed.
            self.close_connection = True

    def log_message(self, *args: object) -> None:
        """Say nothing."""


@contextmanager
def _listening() -> Iterator[str]:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Listener)
    Listener.heard = []
    Listener.may_answer.clear()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/hook"
    server.shutdown()
    server.server_close()


@only_on_linux
def test_all_is_told_though_whoever_tells_is_killed(page: Page, built: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(built, tmp_path / "told"))
    with _listening() as address, served(folder, NUTGRAF_OWN_NETWORKS="127.0.0.0/8") as site:
        secret = _make_webhook(page, site, address)
        run("nutgraf", "manage", "shell", "-v0", "-c", PUBLISH.format(stories=STORIES), NUTGRAF_DATA=str(folder))

        for _ in range(KILLS):
            so_far = len(Listener.heard)
            assert soon(partial(_more_than, so_far), seconds=120)
            assert soon(lambda: bool(backstage(site.process.pid)), seconds=60)
            os.kill(backstage(site.process.pid).pop(), signal.SIGKILL)
        Listener.may_answer.set()

        assert soon(lambda: len(_told()) == STORIES, seconds=120), _told()
        assert {f"Told of {number}" for number in range(STORIES)} == set(_told().values())
        assert all(_is_signed(secret, *one) for one in Listener.heard)
        # Those whose answer nobody lived to note are told once more.
        assert soon(lambda: bool(page.reload()) and page.get_by_text("204", exact=True).count() == STORIES, seconds=120)


def _make_webhook(page: Page, site: Site, address: str) -> str:
    """Make one at the desk; return its secret, and stay on the page of its calls."""
    site.sign_in(page, "priya")
    page.goto(f"{site.address}/desk/webhooks/")
    page.get_by_role("link", name="Add a webhook").click()
    page.get_by_role("textbox", name="Name").fill("Print desk")
    page.get_by_role("textbox", name="Address").fill(address)
    page.get_by_role("button", name="Create").click()
    page.get_by_text("Print desk").first.wait_for()
    page.goto(f"{site.address}/desk/webhooks/inspect/1/")
    return str(page.locator("code").text_content())


def _more_than(number: int) -> bool:
    return len(Listener.heard) > number


def _told() -> dict[str, str]:
    bodies = [json.loads(body) for _, body in Listener.heard]
    keys = [headers["webhook-id"] for headers, _ in Listener.heard]
    return {key: body["data"]["headline"] for key, body in zip(keys, bodies, strict=True)}


def _is_signed(secret: str, headers: Any, body: bytes) -> bool:
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    right = hmac.digest(base64.b64decode(secret.removeprefix("whsec_")), signed, hashlib.sha256)
    return hmac.compare_digest(headers["webhook-signature"], "v1," + base64.b64encode(right).decode())
