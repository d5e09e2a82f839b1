"""An editor is shown the storyline that a story belongs to, and what differs from it, and settles both from the form."""

from __future__ import annotations

import re

from playwright.sync_api import Browser, Page, expect

from tests.journeys.site import Site, run

STORYLINE = "Harbour blockade"
EARLIER = "Blockade, day 2"


def begin(browser: Browser, site: Site) -> Page:
    """Write a story in the form that speaks of the storyline's people and places, the notes beside it."""
    run("tests.journeys.suggesting", site.folder)
    page = browser.new_context(base_url=site.address).new_page()
    site.sign_in(page, "eli")
    page.goto("/desk/new-story/")
    page.wait_for_load_state("networkidle")
    page.get_by_role("button", name="Toggle notes").click()
    page.locator("[name=title]").focus()
    page.keyboard.type("Pilots stay ashore")
    page.keyboard.press("Enter")
    page.keyboard.type("Port director Mara Lind met the Pilots' Guild in Port Ellery on Monday.")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    page.keyboard.type("The guild said it counted 15 ships waiting in the roads.")
    return page


def test_a_suggestion_is_taken_by_a_key_and_a_number_that_differs_corrected_where_it_is_wrong(
    browser: Browser, own_site: Site
) -> None:
    page = begin(browser, own_site)
    notes = page.locator("[data-side-panel=notes]")

    # It is suggested with what it shares, and one key ticks it.
    expect(notes).to_contain_text(f"Seems to belong to “{STORYLINE}”")
    expect(notes).to_contain_text("Mara Lind")
    box = page.get_by_role("checkbox", name=STORYLINE)
    expect(box).not_to_be_checked()
    page.keyboard.press("Alt+y")
    expect(box).to_be_checked()
    expect(notes).not_to_contain_text("Seems to belong")

    # Now that it is in, the number differs from what the storyline has: both are shown, and the way to either.
    difference = page.locator(".ng-note", has_text="The storyline has 12 ships waiting")
    expect(difference).to_be_visible()
    expect(difference.get_by_role("link", name=EARLIER)).to_have_attribute("href", re.compile("/edit/$"))

    # This is right: the other story opens with its correction begun.
    with page.expect_popup() as opened:
        difference.get_by_role("link", name="correct that story").click()
    other = opened.value
    other.wait_for_load_state("networkidle")
    expect(other.locator("[name=title]")).to_have_value(EARLIER)
    expect(other.locator("[name=change_sentence]")).to_have_value(re.compile("12 ships waiting.*15"))


def test_the_other_is_right_and_its_value_is_taken_over(browser: Browser, own_site: Site) -> None:
    page = begin(browser, own_site)
    page.get_by_role("button", name=f"Put it into “{STORYLINE}”").click()
    page.wait_for_url("**/edit/**")
    address = page.url
    # A form that is open saves itself again: it is closed before its draft is changed beside it.
    run("tests.journeys.suggesting", own_site.folder, "saved")
    page.goto("about:blank")
    run("tests.journeys.suggesting", own_site.folder, "note")
    page.goto(address)
    page.wait_for_load_state("networkidle")
    if not page.locator("[data-side-panel=notes]").is_visible():
        page.get_by_role("button", name="Toggle notes").click()
    difference = page.locator(".ng-note", has=page.get_by_role("button", name="take it over"))
    value = page.locator("[data-contentpath=body] [data-contentpath=value] input").first
    expect(value).to_have_value("15")

    difference.get_by_role("button", name="take it over").click()

    expect(value).to_have_value("12")
    expect(difference).to_have_count(0)
