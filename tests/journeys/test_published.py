"""An editor presses publish, and the very next reader of every page that shows it has the new one."""

from __future__ import annotations

from playwright.sync_api import Browser, Page, expect

from tests.journeys.newsroom import PLAIN
from tests.journeys.site import Site

NEW_HEADLINE = "Lighthouse keeper stays after all"


def publish_with_headline(page: Page, headline: str) -> None:
    """Change a public story's headline in the desk, found as an editor finds it."""
    page.goto("/desk/pages/search/?q=lighthouse")
    page.get_by_role("link", name=PLAIN).first.click()
    page.locator("[name=title]").fill(headline)
    page.get_by_role("button", name="Publish").click()
    expect(page.locator(".messages")).to_contain_text("published")


def test_every_page_is_the_new_one_for_the_next_reader(browser: Browser, own_site: Site) -> None:
    pages = {
        "story": own_site.paths["plain story"],
        "section": f"/{own_site.paths['plain story'].split('/')[1]}/",
        "front": "/",
        "stream": "/latest/",
        "author": "/authors/eli-marsh/",
    }
    before = {kind: own_site.get(path) for kind, path in pages.items()}
    assert {kind for kind, answer in before.items() if PLAIN in answer.text} == set(pages)
    etags = {kind: answer.headers["ETag"] for kind, answer in before.items()}
    assert {own_site.get(path, If_None_Match=etags[kind]).status for kind, path in pages.items()} == {304}

    editor = browser.new_context(base_url=own_site.address).new_page()
    own_site.sign_in(editor, "eli")
    publish_with_headline(editor, NEW_HEADLINE)

    after = {kind: own_site.get(path, If_None_Match=etags[kind]) for kind, path in pages.items()}
    assert {answer.status for answer in after.values()} == {200}
    assert {kind for kind, answer in after.items() if NEW_HEADLINE in answer.text} == set(pages)
    assert not any(f">{PLAIN}<" in answer.text for answer in after.values())


def test_what_one_reader_sees_is_nobody_elses(browser: Browser, own_site: Site) -> None:
    """Whoever is signed in is answered by Django, and what they are told stays theirs."""
    editor = browser.new_context(base_url=own_site.address).new_page()
    own_site.sign_in(editor, "eli")

    signed_in = editor.goto("/")

    assert signed_in is not None
    assert signed_in.headers["cache-control"] == "private, no-cache"
    stored = own_site.get("/")
    assert stored.headers["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert "Set-Cookie" not in stored.headers
