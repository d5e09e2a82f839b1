"""From the desk to the reader: Rosa files a story by keyboard alone, Eli approves it, and a reader comes across it."""

from __future__ import annotations

import sqlite3
from contextlib import closing

from django.utils.text import slugify
from playwright.sync_api import APIResponse, Browser, Page, Route, expect

from tests.journeys.newsroom import PASSWORD
from tests.journeys.site import Site
from tests.journeys.soon import soon

HEADLINE = "Pilots strike again"
LEDE = "The harbour of Port Ellery shut again on Friday."
FIRST = ("Why it matters", "Bread comes by ship.", ("Flour is there for a week.", "Meanwhile, boats wait."))
# What is typed of each label, the label that it becomes, and its text.
FURTHER = (
    ("The lat", "The latest", "Nobody talks to anybody."),
    ("between", "Between the lines", "It is about pay."),
    ("Yes, b", "Yes, but", "There is money for it."),
    ("bottom", "The bottom line", "No ship sails today."),
)


def sign_in_by_keyboard(page: Page, site: Site, username: str) -> None:
    page.goto(f"{site.address}/desk/")
    expect(page.locator("[name=username]")).to_be_focused()
    page.keyboard.type(username)
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{site.address}/desk/")
    page.wait_for_load_state("networkidle")


def type_story(page: Page) -> None:
    keys = page.keyboard
    expect(page.locator("[name=title]")).to_be_focused()
    keys.type(HEADLINE)
    keys.press("Enter")
    keys.type(LEDE)
    keys.press("Enter")

    label, text, bullets = FIRST
    expect(page.locator("[name=body-0-value-label]")).to_be_focused()
    expect(page.locator("[name=body-0-value-label]")).to_have_value(label)
    keys.press("Enter")
    keys.type(text)
    keys.press("Alt+Enter")
    for place, bullet in enumerate(bullets):
        if place:
            keys.press("Enter")
        expect(page.locator("[data-contentpath=bullets] [contenteditable=true]").nth(place)).to_be_focused()
        keys.type(bullet)

    for place, (typed, label, text) in enumerate(FURTHER, start=1):
        keys.press("Control+Enter")
        expect(page.locator(".w-combobox input:focus")).to_be_attached()
        keys.press("Enter")
        field = page.locator(f"[name=body-{place}-value-label]")
        expect(field).to_be_focused()
        keys.type(typed)
        expect(page.get_by_role("option", name=label)).to_be_visible()
        keys.press("Enter")
        expect(field).to_have_value(label)
        keys.press("Enter")
        keys.type(text)


def test_a_story_goes_from_a_reporters_keys_to_a_reader(browser: Browser, own_site: Site) -> None:
    rosa, eli, reader = (browser.new_context(base_url=own_site.address).new_page() for _ in range(3))

    sign_in_by_keyboard(rosa, own_site, "rosa")
    rosa.keyboard.press("n")
    rosa.wait_for_url("**/add/stories/story/**")
    rosa.wait_for_load_state("networkidle")
    type_story(rosa)
    section = rosa.locator("[name=section] option:checked").inner_text()
    rosa.keyboard.press("Control+Shift+Enter")
    rosa.wait_for_url(f"{own_site.address}/desk/")
    expect(rosa.get_by_role("region", name="With an editor")).to_contain_text(HEADLINE)

    reader.goto("/latest/")
    expect(reader.get_by_role("main")).not_to_contain_text(HEADLINE)

    sign_in_by_keyboard(eli, own_site, "eli")
    eli.get_by_role("region", name="Waiting for you").get_by_role("link", name=HEADLINE).press("Enter")
    eli.wait_for_load_state("networkidle")
    eli.get_by_role("button", name="Approve and Publish").click()
    eli.wait_for_url(f"{own_site.address}/desk/")
    expect(eli.get_by_role("region", name="Just published")).to_contain_text(HEADLINE)
    # Its page is there before its first reader is.
    assert soon(lambda: any(address.endswith(f"/{slugify(HEADLINE)}/") for address in own_site.stored))

    reader.goto(own_site.paths["story"])
    card = reader.locator("nutgraf-stream article", has=reader.get_by_role("link", name=HEADLINE))
    expect(card).to_contain_text(LEDE)
    expect(card).to_contain_text("Why it matters: Bread comes by ship.")
    reader.goto("/")
    reader.get_by_role("navigation", name="Sections", exact=True).get_by_role("link", name=section).click()
    reader.get_by_role("link", name=HEADLINE).click()
    story = reader.locator("article.story")
    expect(story.get_by_role("heading", level=1)).to_have_text(HEADLINE)
    expect(story).to_contain_text("Rosa Vale")
    labels = [FIRST[0], *(label for _, label, _ in FURTHER)]
    assert story.get_by_role("heading", level=2).all_inner_texts() == [f"{label}:" for label in labels]
    texts = [FIRST[1], *FIRST[2], *(text for _, _, text in FURTHER)]
    shown = story.inner_text()
    assert [shown.index(text) for text in texts] == sorted(shown.index(text) for text in texts)


def test_a_half_written_story_is_still_there_tomorrow(browser: Browser, own_site: Site) -> None:
    rosa = browser.new_context(base_url=own_site.address).new_page()
    sign_in_by_keyboard(rosa, own_site, "rosa")
    rosa.keyboard.press("n")
    rosa.wait_for_url("**/add/stories/story/**")
    rosa.wait_for_load_state("networkidle")
    expect(rosa.locator("[name=title]")).to_be_focused()
    rosa.keyboard.type(HEADLINE)
    rosa.keyboard.press("Enter")
    rosa.keyboard.type(LEDE)
    expect(rosa.get_by_text("Saved", exact=False).first).to_be_visible()
    rosa.wait_for_url("**/edit/**")

    rosa.goto("/desk/")
    rosa.get_by_role("region", name="Your drafts").get_by_role("link", name=HEADLINE).click()

    expect(rosa.locator("[name=title]")).to_have_value(HEADLINE)
    expect(rosa.locator("[data-contentpath=lede] [contenteditable=true]")).to_have_text(LEDE)


def test_what_is_published_in_the_very_moment_of_its_last_word_has_that_word(page: Page, own_site: Site) -> None:
    sign_in_by_keyboard(page, own_site, "eli")
    page.keyboard.press("n")
    page.wait_for_url("**/add/stories/story/**")
    page.wait_for_load_state("networkidle")
    type_story(page)
    page.locator("[name=section]").select_option(label="World")
    page.locator("[data-contentpath=lede] [contenteditable=true]").focus()
    page.keyboard.press("Control+End")

    page.keyboard.type(" So says the captain.")
    page.get_by_role("button", name="Publish").first.dispatch_event("click")
    page.wait_for_url(f"{own_site.address}/desk/")

    page.goto(f"{own_site.address}/latest/")
    page.get_by_role("link", name=HEADLINE).first.click()
    expect(page.locator("article.story")).to_contain_text(f"{LEDE} So says the captain.")


class Held:
    """Has the first save by itself be done and answered only when it is let go."""

    def __init__(self, page: Page) -> None:
        self.routes: list[Route] = []
        self.answers: list[APIResponse] = []
        page.route("**/add/stories/story/**", self.hold)

    def hold(self, route: Route) -> None:
        is_save = "application/json" in route.request.headers["accept"]
        if route.request.method != "POST" or not is_save or self.routes:
            return route.continue_()
        self.routes.append(route)
        self.answers.append(route.fetch())

    def let_go(self) -> None:
        self.routes[0].fulfill(response=self.answers[0])


def begin_held(page: Page, site: Site) -> Held:
    """Write a story whose first save is done but not yet answered."""
    sign_in_by_keyboard(page, site, "eli")
    page.keyboard.press("n")
    page.wait_for_url("**/add/stories/story/**")
    page.wait_for_load_state("networkidle")
    held = Held(page)
    type_story(page)
    page.locator("[name=section]").select_option(label="World")
    while not held.answers:
        page.wait_for_timeout(100)
    return held


def stories(site: Site) -> list[tuple[str, int]]:
    """Return the latest headline of each story of ours, and whether readers have it."""
    asked = "SELECT draft_title, live FROM wagtailcore_page WHERE draft_title LIKE ?"
    with closing(sqlite3.connect(site.folder / "main.sqlite3")) as database:
        return database.execute(asked, [f"{HEADLINE}%"]).fetchall()


def test_what_is_published_while_it_is_first_saved_is_one_story(page: Page, own_site: Site) -> None:
    held = begin_held(page, own_site)

    page.get_by_role("button", name="Publish").first.dispatch_event("click")
    page.wait_for_timeout(500)
    held.let_go()
    page.wait_for_url(f"{own_site.address}/desk/")

    assert stories(own_site) == [(HEADLINE, 1)]


def test_what_is_typed_while_it_is_first_saved_is_saved_too(page: Page, own_site: Site) -> None:
    held = begin_held(page, own_site)
    # Nothing more is on its way.
    page.wait_for_timeout(2_000)

    page.locator("[name=title]").fill(f"{HEADLINE} again")
    held.let_go()

    assert soon(lambda: stories(own_site) == [(f"{HEADLINE} again", 0)])
