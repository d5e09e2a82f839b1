"""From a sign-up to an edition in the mailbox, its page, its signature, and out again by one click."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import dkim
import pytest
from playwright.sync_api import Page, expect

from tests.journeys.editions import Mailbox, begin_briefing, come_to_its_hour, key_pair, mail_server, parsed
from tests.journeys.signing_up import link_in
from tests.journeys.site import Site, clean, served

SUNNY = "sunny@example.org"
OTTO = "otto@example.org"

KEY, PUBLIC = key_pair()

# The ids of the items in a form, in the order in which they will be kept.
ORDER = """() => {
  const named = (end) => [...document.querySelectorAll(`[name^="items-"][name$="-${end}"]`)];
  const items = named("id").filter((one) => /^items-\\d+-id$/.test(one.name));
  const place = (one) => Number(document.querySelector(`[name="${one.name.replace(/id$/, "order")}"]`).value);
  return items.sort((one, other) => place(one) - place(other)).map((one) => one.value);
}"""


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    with mail_server() as server:
        yield server


@pytest.fixture
def ebb(built: Path, tmp_path: Path, mailbox: Mailbox) -> Iterator[Site]:
    """A newsroom with a briefing, whose mail goes to a real server and is signed."""
    folder = Path(shutil.copytree(built, tmp_path / "ebb"))
    begin_briefing(folder)
    address = f"smtp+plain://127.0.0.1:{mailbox.port}"
    with served(folder, NUTGRAF_MAIL=address, NUTGRAF_MAIL_DKIM_KEY=KEY) as site:
        yield site


def subscribe(page: Page, site: Site, mailbox: Mailbox, address: str) -> None:
    page.goto(f"{site.address}/briefings/the-ebb/")
    form = page.locator("main nutgraf-signup form")
    form.locator("[name=email]").fill(address)
    # A program fills in a form in no time; a reader does not.
    expect(form.locator("[name=stamp]")).not_to_have_value("")
    page.wait_for_timeout(2_200)
    form.get_by_role("button", name="Subscribe").click()
    expect(page.get_by_text("Look into your mailbox")).to_be_visible()
    page.goto(site.address + link_in(parsed(mailbox.to(address, subject="Please confirm"))))
    page.get_by_role("button", name="Yes, mail me").click()
    expect(page.get_by_role("heading", name="You are subscribed")).to_be_visible()


def previewed(page: Page, mode: str) -> dict[str, str]:
    """Return the first heading of what is shown beside the form, by the width at which it is."""
    if not page.get_by_label("Preview mode").is_visible():
        page.get_by_role("button", name="Toggle preview").click()
    page.get_by_label("Preview mode").select_option(label=mode)
    found = {}
    for size in ("phone", "desktop"):
        page.get_by_role("radio", name=f"Preview on a {size}").check(force=True)
        page.wait_for_timeout(2_000)
        shown = page.locator("iframe[title=Preview]").last.content_frame.locator("body")
        width = shown.evaluate("body => String(body.ownerDocument.defaultView.innerWidth)")
        found[width] = shown.locator("h1").first.inner_text()
    return found


def begin_edition(page: Page, site: Site, subject: str, *, is_special: bool = False) -> None:
    page.goto(f"{site.address}/desk/new-edition/")
    if is_special:
        page.get_by_label("Special edition").check()
    page.get_by_role("button", name="Open it").click()
    page.locator("[name=subject]").fill(subject)
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="Check and send").first.click()


def test_an_edition_reaches_who_asked_for_it_and_nobody_who_left(page: Page, ebb: Site, mailbox: Mailbox) -> None:
    for address in (SUNNY, OTTO):
        subscribe(page, ebb, mailbox, address)

    # A curator builds it of what is suggested and one thing more, and schedules it.
    ebb.sign_in(page, "priya")
    page.goto(f"{ebb.address}/desk/new-edition/")
    page.get_by_role("button", name="Open it").click()
    page.locator("[name=subject]").fill("The tide is back")
    begun = page.locator("[name=items-count]").input_value()
    page.get_by_role("heading", name="Could be in it").click()
    page.locator(".ng-offers__list button").first.click()
    expect(page.locator("[name=items-count]")).to_have_value(str(int(begun) + 1))
    # In another order, by keys alone, and seen beside the form as it will be on a phone and at a desk.
    before = page.evaluate(ORDER)
    page.get_by_role("button", name="Move down").first.press("Enter")
    page.wait_for_function(f"JSON.stringify(({ORDER})()) !== {json.dumps(json.dumps(before, separators=(',', ':')))}")
    assert page.evaluate(ORDER) == [before[1], before[0], *before[2:]]
    assert previewed(page, "Mail") == {"390": "The Ebb", "1280": "The Ebb"}
    assert previewed(page, "Page") == {"390": "The tide is back", "1280": "The tide is back"}
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("updated.")).to_be_visible()
    # The rows come with the page's last script.
    page.wait_for_function(f"({ORDER})()[1] === {json.dumps(before[0])}")
    page.get_by_role("link", name="Check and send").first.click()
    expect(page.get_by_text("2 subscribers get it.")).to_be_visible()
    page.get_by_role("button", name="Schedule it").click()
    expect(page.get_by_text("It goes out by itself on")).to_be_visible()
    assert not [content for _to, content in mailbox.came if b"The tide is back" in content]

    come_to_its_hour(ebb.folder)
    content = mailbox.to(SUNNY, subject="The tide is back")
    mailbox.to(OTTO, subject="The tide is back")

    mail = parsed(content)
    assert mail.get_body(("html",))
    assert mail.get_body(("plain",))
    assert mail["List-Id"] == "<the-ebb.briefings.tidewater.example>"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert dkim.verify(content, dnsfunc=lambda name, timeout=5: PUBLIC.encode())
    assert not dkim.verify(
        content.replace(b"tide is back", b"tide is gone"), dnsfunc=lambda name, timeout=5: PUBLIC.encode()
    )

    page.goto(f"{ebb.address}/briefings/the-ebb/")
    page.get_by_role("link", name="The tide is back").click()
    expect(page.get_by_role("heading", level=1, name="The tide is back")).to_be_visible()

    # By one click, as a mail program does it: a GET first, which changes nothing.
    link = re.fullmatch(r"<(\S+)>", mail["List-Unsubscribe"])[1]
    path = link.partition("/subscriptions/")[2]
    assert ebb.get(f"/subscriptions/{path}").status == 200
    one_click = urllib.request.Request(f"{ebb.address}/subscriptions/{path}", data=b"List-Unsubscribe=One-Click")
    with urllib.request.urlopen(one_click, timeout=30) as answer:
        assert answer.status == 200

    begin_edition(page, ebb, "The tide is out", is_special=True)
    expect(page.get_by_text("1 subscriber gets it.")).to_be_visible()
    page.get_by_role("button", name="Send it now").click()
    expect(page.get_by_text("is on its way")).to_be_visible()
    mailbox.to(OTTO, subject="The tide is out")
    time.sleep(3)
    assert not [to for to, content in mailbox.came if SUNNY in to and b"The tide is out" in content]


def test_who_sends_beside_the_server_ends_quietly_when_nothing_is_left(built: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(built, tmp_path / "idle")
    command = [sys.executable, "-m", "nutgraf", "post", str(folder), "--until-done", "--with-parent"]

    # Its standard input stays open, as the server's end of it does.
    with subprocess.Popen(command, env=clean(), stdin=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        ended = process.wait(timeout=60)
        said = process.stderr.read().decode()

    assert ended == 0, said
    assert "Fatal" not in said
