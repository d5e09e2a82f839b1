"""A story is corrected and then withdrawn in the desk, and readers are told: on it, beside its versions, where it was."""

from __future__ import annotations

from playwright.sync_api import Browser, Page, expect

from tests.journeys.newsroom import RICH
from tests.journeys.site import Site

SENTENCE = "An earlier version said that the harbour was shut for nine days. It was ten."


def open_in_desk(page: Page, words: str, name: str) -> None:
    page.goto(f"/desk/pages/search/?q={words}")
    # By its address: the list is put in anew while it is looked at, and a click may fall on what was there before.
    page.goto(str(page.get_by_role("link", name=name).first.get_attribute("href")))


def test_publishing_correcting_and_withdrawing(browser: Browser, own_site: Site) -> None:
    address = own_site.paths["story"]
    own_site.get(address)
    editor = browser.new_context(base_url=own_site.address).new_page()
    own_site.sign_in(editor, "eli")

    open_in_desk(editor, "harbour", RICH)
    editor.locator("[name=title]").fill(RICH.replace("nine", "ten"))
    editor.get_by_role("button", name="Publish").click()
    # The number is another: only the editor knows whether it was wrong, and nothing typed is lost.
    expect(editor.locator("body")).to_contain_text("“nine” is now “ten”")
    expect(editor.locator("[name=title]")).to_have_value(RICH.replace("nine", "ten"))
    editor.locator("[name=change_kind]").select_option("CORRECTION")
    editor.locator("[name=change_sentence]").fill(SENTENCE)
    editor.get_by_role("button", name="Publish").click()
    expect(editor.locator(".messages")).to_contain_text("published")

    errors: list[str] = []
    reader = browser.new_context(base_url=own_site.address).new_page()
    reader.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    reader.goto(address)
    expect(reader.locator(".public-notes")).to_contain_text(SENTENCE)
    reader.get_by_role("link", name="What changed").click()
    expect(reader.locator("del").first).to_have_text("struck through")
    expect(reader.locator(".comparison__changes del")).to_have_text("nine")
    expect(reader.locator(".comparison__changes ins")).to_have_text("ten")
    reader.goto("/corrections/")
    expect(reader.locator("main")).to_contain_text(SENTENCE)
    # The policy lets a page carry data for machines.
    assert errors == []

    open_in_desk(editor, "harbour", RICH.replace("nine", "ten"))
    editor.locator("header").get_by_role("button", name="Actions").click()
    editor.get_by_role("link", name="Withdraw").click()
    editor.get_by_label("Reason, for readers").fill("We mixed up two harbours.")
    editor.get_by_role("button", name="Withdraw the story").click()
    expect(editor.locator(".messages")).to_contain_text("withdrawn")

    gone = own_site.get(address)
    assert gone.status == 410
    assert "We mixed up two harbours." in gone.text
    assert address not in own_site.get("/").text
    assert "We mixed up two harbours." in own_site.get("/corrections/").text
