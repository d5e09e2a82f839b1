"""Whoever starts the one command has mail sent by it: what one person waits for, and what goes to many."""

from __future__ import annotations

import re
import shutil
import urllib.parse
import urllib.request
from collections import Counter
from collections.abc import Iterator
from http.cookiejar import CookieJar
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message
from playwright.sync_api import Page, expect

from tests.journeys.site import Site, free_port, run, served
from tests.journeys.soon import soon

SIZE = 1200


class Inbox(Message):
    """Keeps what arrives, by address."""

    def __init__(self) -> None:
        super().__init__()
        self.mails: list[tuple[str, str]] = []

    def handle_message(self, message):
        self.mails.append((message["To"], message.as_string()))

    def to(self, address: str) -> list[str]:
        return [text for to, text in self.mails if to == address]


@pytest.fixture
def inbox() -> Iterator[tuple[Inbox, int]]:
    handler, port = Inbox(), free_port()
    controller = Controller(handler, hostname="127.0.0.1", port=port)
    controller.start()
    yield handler, port
    controller.stop()


@pytest.fixture
def mailing_site(built: Path, tmp_path: Path, inbox: tuple[Inbox, int]) -> Iterator[Site]:
    folder = Path(shutil.copytree(built, tmp_path / "mailing"))
    with served(folder, NUTGRAF_MAIL=f"smtp+plain://127.0.0.1:{inbox[1]}") as site:
        yield site


def test_a_link_to_a_new_password_arrives_by_the_newsrooms_own_mail(mailing_site, inbox):
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
    address = f"{mailing_site.address}/desk/password_reset/"
    form = browser.open(address).read().decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', form)[1]

    data = urllib.parse.urlencode({"csrfmiddlewaretoken": token, "email": "ada@example.org"}).encode()
    browser.open(urllib.request.Request(address, data, {"Referer": address}))

    assert soon(lambda: inbox[0].to("ada@example.org"))
    assert "/desk/password_reset/confirm/" in inbox[0].to("ada@example.org")[0].replace("=\n", "")


def test_an_edition_reaches_everybody_once_from_a_process_beside_the_desk(mailing_site, inbox):
    run("tests.journeys.mailing", mailing_site.folder, str(SIZE))

    # Somebody else in this newsroom follows a storyline by mail.
    def reached() -> list[str]:
        return [to for to, _text in inbox[0].mails if to.startswith("reader")]

    assert soon(lambda: len(reached()) >= SIZE, seconds=120)

    counted = Counter(reached())
    assert counted == {f"reader{number}@example.org": 1 for number in range(SIZE)}
    assert mailing_site.get("/healthz").status == 200


def test_the_desk_shows_how_far_it_is_without_being_asked_again(page: Page, mailing_site, inbox):
    mailing_site.sign_in(page, "priya")
    page.goto(f"{mailing_site.address}/desk/mail/")
    expect(page.locator(".ng-mail__delivery").first).to_be_visible()

    run("tests.journeys.mailing", mailing_site.folder, "40")

    new = page.locator(".ng-mail__delivery").filter(has_text=re.compile(r"Delivered\s*40\b"))
    expect(new).to_contain_text("Done", timeout=60_000)
