"""A reader signs up at the foot of a page, confirms from the mailbox, chooses, and is forgotten; with scripts and without."""

from __future__ import annotations

import json
import urllib.request

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.signing_up import link_in, mails, open_lists
from tests.journeys.site import Site

SUNNY = "sunny@example.org"


@pytest.fixture
def tide(own_site: Site) -> Site:
    open_lists(own_site.folder)
    return own_site


def post(site: Site, path: str, body: bytes) -> int:
    """Post as a program does: from nowhere, without a cookie."""
    with urllib.request.urlopen(urllib.request.Request(site.address + path, data=body), timeout=30) as answer:
        return int(answer.status)


def test_from_the_foot_of_a_page_to_the_mailbox_and_out_again(page: Page, tide: Site) -> None:
    page.goto(f"{tide.address}/latest/")
    page.locator("footer [name=email]").fill(SUNNY)
    page.locator("footer button").click()

    # There are two briefings, so the next page asks which; nothing is ticked.
    expect(page.get_by_role("heading", name="What shall we mail you?")).to_be_visible()
    expect(page.locator("main [name=email]")).to_have_value(SUNNY)
    page.get_by_label("Harbour Morning").check()
    page.wait_for_timeout(1_600)
    page.locator("main button").click()
    expect(page.get_by_text("Look into your mailbox")).to_be_visible()

    (question,) = mails(tide.folder, SUNNY)
    assert question["Subject"] == "Please confirm: Harbour Morning"
    assert question["Auto-Submitted"] == "auto-generated"
    page.goto(tide.address + link_in(question))
    page.get_by_role("button", name="Yes, mail me").click()
    expect(page.get_by_role("heading", name="You are subscribed")).to_be_visible()

    page.get_by_role("link", name="Your subscriptions").click()
    page.get_by_label("Weekend Tide", exact=False).first.check()
    page.get_by_label("How often: Weekend Tide").select_option("WEEKLY")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    expect(page.get_by_label("Weekend Tide", exact=False).first).to_be_checked()

    with page.expect_download() as download:
        page.get_by_role("button", name="Download all of it").click()
    known = json.loads(download.value.path().read_text())
    assert [(one["list"], one["state"]) for one in known["subscriptions"]] == [
        ("Harbour Morning", "on"),
        ("Weekend Tide", "on"),
    ]
    assert known["decisions"][0]["from"] == "/latest/"
    assert page.context.cookies() == []

    page.get_by_role("checkbox", name="Forget me").check()
    page.get_by_role("button", name="Forget me").click()
    expect(page.get_by_role("heading", name="You are forgotten")).to_be_visible()
    assert tide.get(link_in(question)).status == 404
    # What is one subscriber's is in no store.
    assert not [address for address in tide.stored if address.startswith("/subscriptions/")]


def test_a_storyline_is_followed_without_scripts_and_a_link_that_was_used_does_no_harm(
    browser: Browser, tide: Site
) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{tide.address}/storylines/harbour/")
        page.get_by_text("Follow by mail").click()
        page.locator("main [name=email]").fill(SUNNY)
        page.locator("main").get_by_role("button", name="Subscribe").click()
        expect(page.get_by_role("checkbox").first).to_be_checked()
        page.wait_for_timeout(1_600)
        page.locator("main button").click()

        (question,) = mails(tide.folder, SUNNY)
        page.goto(tide.address + link_in(question))
        page.get_by_role("button", name="Yes, mail me").click()
        page.get_by_role("link", name="Your subscriptions").click()
        expect(page.get_by_role("heading", name="Storylines that you follow")).to_be_visible()
        expect(page.get_by_role("checkbox", name="The harbour")).to_be_checked()

    path = link_in(question)
    assert tide.get(path).status == 200
    assert post(tide, path, b"anything=at+all") == 200
