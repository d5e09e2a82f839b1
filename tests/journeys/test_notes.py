"""Notes while one writes: they come by themselves, lead to the place, are waived for a reason, and TK stops the story."""

from __future__ import annotations

import re

from playwright.sync_api import Browser, Locator, Page, expect

from tests.journeys.site import Site

HEADLINE = "Pilots strike again"
# At each picture that the browser draws: are there no notes in the panel that had some?
LOOK_FOR_A_BLANK = """() => {
  window.wasBlank = false;
  const look = () => {
    window.wasBlank ||= document.querySelector("[data-side-panel=notes]").textContent.includes("appear here");
    requestAnimationFrame(look);
  };
  look();
}"""


def begin(page: Page, site: Site) -> None:
    """Type a story with two faults into an empty form, the notes beside it."""
    site.sign_in(page, "eli")
    page.goto(f"{site.address}/desk/new-story/")
    page.wait_for_load_state("networkidle")
    page.get_by_role("button", name="Toggle notes").click()
    expect(notes(page)).to_contain_text("Nothing to note.")
    page.evaluate(LOOK_FOR_A_BLANK)
    page.locator("[name=title]").focus()
    page.keyboard.type(HEADLINE)
    page.keyboard.press("Enter")
    page.keyboard.type("The harbour of Port Ellery shut again.")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    page.keyboard.type("Bread comes by ship, and no ship but the Thursday brought TK of it.")


def notes(page: Page) -> Locator:
    return page.locator("[data-side-panel=notes]")


def note(page: Page, words: str) -> Locator:
    return page.locator(".ng-note", has=page.get_by_role("button", name=words))


def selected(page: Page) -> str:
    text: str = page.evaluate("String(window.getSelection())")
    return text


def test_from_the_first_note_to_publication(browser: Browser, own_site: Site) -> None:
    page = browser.new_context(base_url=own_site.address).new_page()
    begin(page, own_site)

    # It comes by itself, is counted and announced, and leaves the cursor where it is.
    tk, day = note(page, "“TK” is still to come"), note(page, "“Thursday” says nothing")
    expect(tk).to_be_visible()
    expect(day).to_be_visible()
    expect(page.locator("[data-side-panel-toggle=notes]")).to_contain_text("2")
    expect(notes(page).get_by_role("status")).to_have_text("2 notes.")
    text = page.locator("[data-contentpath=body] [data-contentpath=text] [contenteditable=true]").first
    expect(text).to_be_focused()

    # Enter on a note goes to its words.
    day.get_by_role("button", name="Thursday").press("Enter")
    expect(text).to_be_focused()
    assert selected(page) == "Thursday"

    # It is waived for a reason, and stays waived through another edit.
    page.wait_for_url("**/edit/**")
    day.locator("summary").press("Enter")
    day.get_by_label("Why is it right here?").fill("The ship is called Thursday.")
    day.get_by_label("Why is it right here?").press("Enter")
    expect(day).to_have_count(0)
    page.locator("summary", has_text="1 waived").click()
    expect(notes(page)).to_contain_text("The ship is called Thursday.")
    expect(notes(page)).to_contain_text(re.compile("Eli Marsh"))

    # The story is stopped, and says why.
    page.get_by_role("button", name="Publish", exact=True).click()
    expect(page.get_by_text("“TK” is still to come: fill it in.").first).to_be_visible()
    expect(page.locator("[data-contentpath=body]")).to_contain_text("TK")
    own = browser.new_context(base_url=own_site.address).new_page()
    own.goto("/latest/")
    expect(own.get_by_role("main")).not_to_contain_text(HEADLINE)

    # Filled in, it goes out.
    if not notes(page).is_visible():
        page.get_by_role("button", name="Toggle notes").click()
    tk.get_by_role("button", name="TK").press("Enter")
    expect(text).to_be_focused()
    page.keyboard.type("forty tonnes")
    expect(tk).to_have_count(0)
    expect(notes(page)).to_contain_text("Nothing to note")
    page.get_by_role("button", name="Publish", exact=True).click()
    page.wait_for_url(f"{own_site.address}/desk/")
    own.goto("/latest/")
    expect(own.get_by_role("main")).to_contain_text(HEADLINE)


def test_notes_that_are_opened_by_a_key_are_gone_into_and_left_by_keys(page: Page, own_site: Site) -> None:
    own_site.sign_in(page, "eli")
    page.goto(f"{own_site.address}/desk/new-story/")
    page.wait_for_load_state("networkidle")
    page.locator("[name=title]").fill("Pilots strike, TK")
    toggle = page.get_by_role("button", name="Toggle notes")
    expect(page.locator("[data-side-panel-toggle=notes]")).to_contain_text("1")

    toggle.press("Enter")
    expect(notes(page).locator(".ng-note__go").first).to_be_focused()

    page.keyboard.press("Escape")
    expect(toggle).to_be_focused()


def test_a_waiver_is_taken_back(browser: Browser, own_site: Site) -> None:
    page = browser.new_context(base_url=own_site.address).new_page()
    begin(page, own_site)
    page.wait_for_url("**/edit/**")
    day = note(page, "“Thursday” says nothing")
    expect(day).to_be_visible()
    page.wait_for_timeout(1500)
    assert page.evaluate("window.wasBlank") is False
    day.locator("summary").press("Enter")
    reason = day.get_by_label("Why is it right here?")
    expect(reason).to_be_focused()
    reason.press("Escape")
    expect(reason).to_be_hidden()
    expect(day.get_by_text("Waive", exact=True)).to_be_focused()
    page.keyboard.press("Enter")
    reason.fill("A ship.")
    day.get_by_role("button", name="Waive this note").click()
    expect(day).to_have_count(0)

    page.locator("summary", has_text="1 waived").click()
    page.get_by_role("button", name="Take back").click()

    expect(day).to_be_visible()


def test_a_reason_that_is_being_written_is_left_alone(browser: Browser, own_site: Site) -> None:
    page = browser.new_context(base_url=own_site.address).new_page()
    begin(page, own_site)
    page.wait_for_url("**/edit/**")
    day = note(page, "“Thursday” says nothing")
    day.locator("summary").press("Enter")
    reason = day.get_by_label("Why is it right here?")
    reason.press_sequentially("It is", delay=20)

    # Something else in the form changes, as when a colleague's picture arrives.
    page.locator("[name=short_head]").evaluate(
        "(field) => { field.value = 'TK'; field.dispatchEvent(new Event('input', { bubbles: true })); }"
    )
    expect(page.locator("[data-side-panel-toggle=notes]")).to_contain_text("3")
    reason.press_sequentially(" a ship.", delay=20)

    expect(reason).to_be_focused()
    expect(reason).to_have_value("It is a ship.")
    expect(page.locator(".ng-note", has_text="Short head")).to_have_count(0)
    page.locator("[name=title]").focus()
    expect(page.locator(".ng-note", has_text="Short head")).to_have_count(1)
