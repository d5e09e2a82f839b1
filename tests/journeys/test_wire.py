"""What comes by wire, through a browser: it is in the inbox, becomes a story, brings what changed, and is loud when taken back."""

from __future__ import annotations

import shutil
from pathlib import Path

from playwright.sync_api import Page, expect

from nutgraf.imports.wire.samples import ATOM, atom, atom_entry, sending
from tests.journeys.site import Site, served
from tests.journeys.soon import soon

BODY = "<p>Ships may enter again.</p><p><b>Why it matters:</b> {} comes by ship.</p>"
HEADLINE = "Harbour of Selva reopens"


def test_an_item_becomes_a_story_that_hears_of_updates_and_kills(page: Page, built: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(built, tmp_path / "wire"))
    other = atom_entry("2", "Fares of the ferry", BODY.format("Salt"))
    with sending() as sender, served(folder, NUTGRAF_OWN_NETWORKS="127.0.0.0/8") as site:
        sender.kind, sender.body = ATOM, atom(atom_entry("1", HEADLINE, BODY.format("Bread")), other)
        _set_up(page, site, sender.address)
        form = _take(page, site)
        page.get_by_role("button", name="Publish").click()
        page.wait_for_url(f"{site.address}/desk/")
        public = _public_path(page)
        assert "Bread comes by ship." in site.get(public).text

        sender.body = atom(atom_entry("1", HEADLINE + " in full", BODY.format("Bread and coal")), other)
        _ask(page, site)
        page.goto(form)
        said = page.locator(".ng-wire-news")
        expect(said).to_contain_text("has changed it since it was taken")
        expect(said.locator("ins").first).to_have_text("in full")
        assert "in full" not in site.get(public).text
        said.get_by_role("link").click()
        page.get_by_role("button", name="Take over into the draft").click()
        page.wait_for_url(form)
        expect(page.locator("[name=title]")).to_have_value(HEADLINE + " in full")
        page.get_by_role("button", name="Publish").click()
        page.wait_for_url(f"{site.address}/desk/")
        assert "coal" in site.get(public).text

        sender.body = atom(other, gone=("1",))
        _ask(page, site)
        page.goto(f"{site.address}/desk/")
        expect(page.locator(".ng-list--killed a")).to_have_text(HEADLINE + " in full")
        page.goto(form)
        expect(page.get_by_role("alert")).to_contain_text("Selva Press Office took it back.")
        expect(page.get_by_role("alert")).to_contain_text("Readers still have it")
        assert "coal" in site.get(public).text


def _set_up(page: Page, site: Site, address: str) -> None:
    """Have a publisher name the wire; the clock asks it by itself."""
    site.sign_in(page, "priya")
    page.goto(f"{site.address}/desk/wires/new/")
    page.get_by_role("textbox", name="Name").fill("Selva Press Office")
    page.get_by_role("textbox", name="Address").fill(address)
    page.locator("[name=section]").select_option(label="World")
    page.locator("[name=author]").select_option(label="Ida Brook")
    page.get_by_role("button", name="Create").click()
    page.get_by_text("Selva Press Office").first.wait_for()


def _take(page: Page, site: Site) -> str:
    """Find the item in the inbox, put another away, and take it, all by keys; return the address of the story's form."""
    item = page.get_by_role("link", name=HEADLINE)
    inbox = f"{site.address}/desk/wire/"
    assert soon(lambda: bool(page.goto(inbox)) and item.count() == 1, seconds=60)
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(page.get_by_role("link", name="Fares of the ferry")).to_be_focused()
    page.keyboard.press("x")
    expect(page.get_by_role("link", name="Fares of the ferry")).to_have_count(0)
    expect(item).to_be_focused()
    page.keyboard.press("t")
    page.wait_for_url("**/edit/")
    return page.url


def _ask(page: Page, site: Site) -> None:
    """Have the wire asked now, and wait for what it says."""
    wire = f"{site.address}/desk/wires/inspect/1/"
    page.goto(wire)
    page.get_by_role("button", name="Ask it now").click()
    page.get_by_text("It is asked in a moment").wait_for()
    assert soon(lambda: bool(page.goto(wire)) and page.get_by_text("1 changed.").count() == 1, seconds=60)


def _public_path(page: Page) -> str:
    link = page.locator(".ng-home__ours").get_by_role("link", name=f"View {HEADLINE}")
    return str(link.evaluate("link => link.pathname"))
