"""Copy is pasted or typed beside the story form, seen as it is read, and put into it by one key; nothing is lost on the way."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect

from tests.journeys.site import Site

COPY = """Pilots strike again

By Rosa Vale and Ivo Stern

The harbour of Port Ellery shut again on Friday after its 48 pilots walked out.

Why it matters: Bread comes by ship.

• Flour is there for a week.
  • In the north it is gone.
• Meanwhile, boats wait.

What they're saying: "We have waited long enough," says Mara Lind, head of the pilots' union.

The bottom line: No ship sails today.

Share this story
"""
SECOND = """
Eli Marsh
9 hours ago - Science

Whales come back to the sound

Forty whales were counted in the sound on Thursday.

The big picture: Nobody had seen one for a decade.
"""
HTML = """<h1>Pilots strike again</h1><p>The harbour <a href="https://example.org/">shut</a> on Friday.</p>
<p><strong>Why it matters:</strong> Bread <em>comes</em> by ship.</p><ul><li>Flour is there.</li></ul>"""
PASTE = """([type, text]) => {
  const data = new DataTransfer();
  data.setData(type, text);
  if (type === "text/html") data.setData("text/plain", "plain");
  document.activeElement.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
}"""
POINTS = "[data-contentpath=body] [name$=-value-label]"


def new_story(page: Page, site: Site, username: str = "eli") -> None:
    site.sign_in(page, username)
    page.goto(f"{site.address}/desk/new-story/")
    page.wait_for_load_state("networkidle")
    expect(page.locator("[name=title]")).to_be_focused()


def open_pane(page: Page) -> Locator:
    page.keyboard.press("Alt+c")
    pane = page.get_by_role("dialog", name="Paste or type copy")
    expect(pane.get_by_role("textbox", name="Copy")).to_be_focused()
    return pane


def put_in(page: Page, text: str) -> None:
    pane = open_pane(page)
    page.keyboard.insert_text(text)
    expect(pane.get_by_role("status")).to_contain_text("story")
    page.keyboard.press("Control+Enter")
    expect(pane).to_be_hidden()


def ids(page: Page) -> list[str]:
    found: list[str] = page.locator("input[name^=body-][name$=-id]").evaluate_all(
        "all => all.filter((one) => /^body-\\d+-id$/.test(one.name)).map((one) => one.value)"
    )
    return found


def test_pasted_copy_is_read_put_into_the_form_edited_and_published(page: Page, own_site: Site) -> None:
    new_story(page, own_site)
    page.locator("[name=section]").select_option(label="World")
    pane = open_pane(page)

    page.keyboard.insert_text(COPY)
    expect(pane.get_by_role("status")).to_have_text("1 story, 1 line not placed")
    reading = pane.get_by_role("region", name="How it is read")
    expect(reading.get_by_role("button", name="Headline Pilots strike again")).to_be_visible()
    expect(reading.get_by_role("button", name="Ivo Stern")).to_contain_text("no author of this name")
    expect(reading.get_by_role("button", name="Share this story")).to_contain_text("Not placed")
    quote = pane.locator(".ng-mark-fact.ng-kind--quote").first
    reading.get_by_role("button", name="Quote").first.hover()
    expect(quote).to_have_class("ng-mark-fact ng-kind--quote is-lit")
    page.keyboard.press("Control+Enter")
    expect(pane).to_be_hidden()

    expect(page.locator("[name=title]")).to_have_value("Pilots strike again")
    assert [field.input_value() for field in page.locator(POINTS).all()] == [
        "Why it matters",
        "What they're saying",
        "The bottom line",
    ]
    said = page.locator(".ng-copy-left")
    expect(said).to_contain_text("Share this story")
    expect(said).to_contain_text("Ivo Stern there is no such author")
    expect(page.locator(".ng-bylines__name")).to_have_text("Rosa Vale")
    expect(page.get_by_role("button", name="Take Rosa Vale off the byline")).to_be_visible()
    page.locator("[name=title]").fill("Pilots strike once more")
    page.get_by_role("button", name="Publish").first.click()
    page.wait_for_url(f"{own_site.address}/desk/")

    page.goto(f"{own_site.address}/latest/")
    page.get_by_role("link", name="Pilots strike once more").first.click()
    story = page.locator("article.story")
    assert story.get_by_role("heading", level=2).all_inner_texts() == [
        "Why it matters:",
        "What they're saying:",
        "The bottom line:",
    ]
    expect(story.locator("li li")).to_have_text("In the north it is gone.")


def test_closing_keeps_the_text_and_undo_brings_back_the_form(page: Page, shared_site: Site) -> None:
    new_story(page, shared_site)
    page.keyboard.type("A head of my own")
    page.keyboard.press("Enter")
    page.keyboard.type("A lede of my own.")
    page.wait_for_timeout(300)
    before = ids(page)
    pane = open_pane(page)
    page.keyboard.insert_text(COPY)
    page.keyboard.press("Escape")
    expect(pane).to_be_hidden()

    open_pane(page)
    expect(pane.get_by_role("textbox", name="Copy")).to_have_value(COPY)
    expect(pane.get_by_label("In place of what is in the form")).to_be_checked()
    page.keyboard.press("Control+Enter")
    expect(page.locator("[name=title]")).to_have_value("Pilots strike again")
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("The form is as it was; the copy is in the pane again.")).to_be_attached()

    expect(page.locator("[name=title]")).to_have_value("A head of my own")
    expect(page.locator("[data-contentpath=lede] [contenteditable=true]")).to_have_text("A lede of my own.")
    expect(page.locator(POINTS)).to_have_count(1)
    assert ids(page) == before
    open_pane(page)
    expect(pane.get_by_role("textbox", name="Copy")).to_have_value(COPY)


def test_undo_in_a_draft_that_was_saved_meanwhile_keeps_its_headline_and_goes_on_saving(
    page: Page, own_site: Site
) -> None:
    new_story(page, own_site)
    put_in(page, f"{COPY}\nWhat's next: The pilots will vote by mid-December 2031.\n")
    page.wait_for_url("**/edit/**")
    page.get_by_role("button", name="Undo").click()

    expect(page.get_by_text("The form is as it was, but for the headline")).to_be_visible()
    expect(page.locator("[name=title]")).to_have_value("Pilots strike again")
    expect(page.locator("[data-contentpath=lede] [contenteditable=true]")).to_have_text("")
    # Saved by itself again, and without a complaint.
    with page.expect_response(
        lambda answer: answer.request.method == "POST" and "/edit/" in answer.url, timeout=90_000
    ) as saved:
        page.locator("[name=title]").fill("Pilots strike once more")
    assert saved.value.ok
    expect(page.locator("[name=title]")).not_to_have_attribute("aria-invalid", "true")


def test_an_event_of_a_month_is_headed_with_the_month(page: Page, shared_site: Site) -> None:
    new_story(page, shared_site)

    put_in(page, f"{COPY}\nWhat's next: The pilots will vote by mid-December 2031.\n")

    heads = page.locator(".c-sf-block__title").all_inner_texts()
    assert [head for head in heads if head.startswith("2031")] == ["2031-12: The pilots will vote"]


def test_copy_in_place_of_a_story_keeps_the_ids_of_what_is_alike_and_copy_at_its_end_lets_it_stand(
    page: Page, shared_site: Site
) -> None:
    new_story(page, shared_site)
    put_in(page, COPY)
    expect(page.locator(POINTS)).to_have_count(3)
    before = ids(page)

    put_in(page, COPY.replace("Bread comes by ship.", "Bread comes by ship alone.").replace("Pilots", "All pilots"))
    expect(page.locator("[name=title]")).to_have_value("All pilots strike again")
    assert ids(page) == before

    pane = open_pane(page)
    page.keyboard.insert_text("Another head\n\nYes, but: There is money for it.\n")
    expect(pane.get_by_role("status")).to_contain_text("story")
    pane.get_by_label("At the end of what is in the form").check()
    page.keyboard.press("Control+Enter")
    expect(pane).to_be_hidden()
    expect(page.locator(POINTS)).to_have_count(4)
    expect(page.locator("[name=title]")).to_have_value("All pilots strike again")
    expect(page.locator(".ng-copy-left")).to_contain_text("Another head the story has this already")
    assert ids(page)[:3] == before


def test_a_story_is_fetched_as_copy_edited_there_and_put_back(page: Page, shared_site: Site) -> None:
    new_story(page, shared_site)
    put_in(page, COPY)
    before = ids(page)

    pane = open_pane(page)
    pane.get_by_role("button", name="Fetch what is in the form").click()
    words = pane.get_by_role("textbox", name="Copy")
    expect(words).to_have_value(re.compile(r"\*\*Why it matters:\*\* Bread comes by ship\."))
    expect(words).to_have_value(re.compile(r"^By Rosa Vale$", re.MULTILINE))
    words.fill(words.input_value().replace("Bread comes by ship.", "Bread comes *only* by ship."))
    expect(pane.get_by_role("button", name="Bread comes only by ship.")).to_be_visible()
    page.keyboard.press("Control+Enter")
    expect(pane).to_be_hidden()

    text = page.locator("[data-contentpath=body] [data-contentpath=text] [contenteditable=true]").first
    expect(text).to_have_text("Bread comes only by ship.")
    assert ids(page) == before
    expect(page.locator(".ng-bylines__name")).to_have_text("Rosa Vale")


def test_several_stories_become_several_drafts(page: Page, shared_site: Site) -> None:
    new_story(page, shared_site, "rosa")
    pane = open_pane(page)
    page.keyboard.insert_text(COPY + SECOND)
    expect(pane.get_by_label("Make 2 drafts")).to_be_checked()

    page.keyboard.press("Control+Enter")

    expect(pane.get_by_role("status")).to_have_text("2 drafts are made.")
    expect(pane.get_by_role("link", name="Pilots strike again")).to_be_focused()
    pane.get_by_role("link", name="Whales come back to the sound").click()
    page.wait_for_url("**/edit/**")
    expect(page.locator("[name=title]")).to_have_value("Whales come back to the sound")
    expect(page.locator("[name=section] option:checked")).to_have_text("Science")
    expect(page.locator(".ng-bylines__name")).to_have_text("Eli Marsh")
    assert "Whales come back" not in shared_site.get("/latest/").text


def test_a_second_story_is_never_let_go_by_one_key(page: Page, shared_site: Site) -> None:
    new_story(page, shared_site)
    page.keyboard.type("A head of my own")
    pane = open_pane(page)
    page.keyboard.insert_text(COPY + SECOND)
    expect(pane.get_by_label("Make 2 drafts")).to_be_checked()

    pane.get_by_label("Only the first, in place of what is in the form").check()
    page.keyboard.press("Control+Enter")

    expect(page.locator("[name=title]")).to_have_value("Pilots strike again")
    expect(page.locator(".ng-copy-left")).to_contain_text("Whales come back to the sound another story")
    open_pane(page)
    expect(pane.get_by_role("status")).to_have_text("1 story")
    expect(pane.get_by_role("button", name="Headline Whales come back to the sound")).to_be_visible()


def test_the_slug_follows_the_headline_of_copy_too(page: Page, own_site: Site) -> None:
    new_story(page, own_site)
    page.keyboard.type("A head of my own")
    page.wait_for_url("**/edit/**")

    put_in(page, COPY)

    expect(page.locator("[name=slug]")).to_have_value("pilots-strike-again")
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("[name=slug]")).to_have_value("a-head-of-my-own")


def test_copy_from_right_to_left_is_shown_so_on_both_sides(page: Page, shared_site: Site) -> None:
    new_story(page, shared_site)
    pane = open_pane(page)

    page.keyboard.insert_text("הנמל נסגר לתשעה ימים\n\nBy Rosa Vale\n\nהמעבורת האחרונה תפליג ביום שישי.\n")

    row = pane.get_by_role("button", name="Headline").locator(".ng-reading__text")
    expect(row).to_have_css("direction", "rtl")
    expect(pane.locator(".ng-mark-line.is-rtl")).to_have_count(2)
    expect(pane.locator(".ng-mark-line:not(.is-rtl)")).to_have_text("Rosa Vale")


def test_an_empty_pane_says_that_there_is_no_story(page: Page, shared_site: Site) -> None:
    new_story(page, shared_site)
    pane = open_pane(page)

    page.keyboard.press("Control+Enter")

    expect(pane.get_by_role("alert")).to_have_text("There is no story in this copy yet.")
    page.keyboard.type("A headline")
    expect(pane.get_by_role("alert")).to_be_hidden()


def test_a_page_from_the_clipboard_keeps_its_links_and_a_headline_takes_no_whole_story(
    page: Page, shared_site: Site
) -> None:
    new_story(page, shared_site)

    page.evaluate(PASTE, ["text/plain", COPY])
    pane = page.get_by_role("dialog", name="Paste or type copy")
    expect(pane.get_by_role("textbox", name="Copy")).to_have_value(COPY)
    page.keyboard.press("Control+a")
    page.evaluate(PASTE, ["text/html", HTML])
    expect(pane.get_by_role("textbox", name="Copy")).to_have_value(
        "# Pilots strike again\n\nThe harbour [shut](https://example.org/) on Friday.\n\n"
        "**Why it matters:** Bread *comes* by ship.\n\n- Flour is there."
    )
    expect(pane.get_by_role("button", name="Bullet Flour is there.")).to_be_visible()
    page.keyboard.press("Control+Enter")

    expect(page.locator("[data-contentpath=lede] a")).to_have_text("shut")
    text = page.locator("[data-contentpath=body] [data-contentpath=text] [contenteditable=true]").first
    expect(text).to_have_text("Bread comes by ship.")


def test_the_pane_is_usable_by_keys_and_by_screen_readers(page: Page, shared_site: Site) -> None:
    from axe_playwright_python.sync_playwright import Axe

    new_story(page, shared_site)
    pane = open_pane(page)
    page.keyboard.insert_text(COPY)
    headline = pane.get_by_role("button", name="Headline Pilots strike again")
    expect(headline).to_be_visible()

    headline.focus()
    page.keyboard.press("ArrowDown")
    expect(pane.get_by_role("button", name="Byline Rosa Vale")).to_be_focused()
    page.keyboard.press("Enter")
    expect(pane.get_by_role("textbox", name="Copy")).to_be_focused()
    assert (
        page.evaluate(
            "String(document.activeElement.value).slice(document.activeElement.selectionStart, document.activeElement.selectionEnd)"
        )
        == "Rosa Vale"
    )

    found = Axe().run(page, context=".ng-copy")
    assert found.violations_count == 0, found.generate_report()
