"""A stream goes on by itself, keeps one's place, and works without scripts; nothing in it comes twice."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserType, Page, expect

from tests.journeys.newsroom import STORIES
from tests.journeys.site import Site, run

PAGE_SIZE = 10
STREAM = "nutgraf-stream article[data-story]"


def keys(page: Page) -> list[str]:
    """The keys of the stories whose cards are in the stream."""
    return [str(card.get_attribute("data-story")) for card in page.locator(STREAM).all()]


def go_to_the_end(page: Page) -> None:
    page.evaluate("scrollTo({ top: document.body.scrollHeight, behavior: 'instant' })")


@pytest.fixture(params=["with", "without"])
def reader(
    request: pytest.FixtureRequest,
    browser: Browser,
    browser_type: BrowserType,
    browser_type_launch_args: dict[str, Any],
    browser_context_args: dict[str, Any],
) -> Iterator[Page]:
    """A reader's page, in a browser with and in one without a memory of whole pages (bfcache)."""
    if request.param == "without":
        # Playwright switches it off.
        context = browser.new_context(**browser_context_args)
        yield context.new_page()
        context.close()
    else:
        other = browser_type.launch(**browser_type_launch_args, ignore_default_args=["--disable-back-forward-cache"])
        yield other.new_context(**browser_context_args).new_page()
        other.close()


def test_the_stream_goes_on_by_itself_as_its_end_comes_near(page: Page, site: Site) -> None:
    page.goto(site.paths["story"])
    expect(page.locator(STREAM)).to_have_count(PAGE_SIZE)

    go_to_the_end(page)

    expect(page.locator(STREAM)).to_have_count(2 * PAGE_SIZE)


def test_a_busy_browser_that_reports_several_moves_at_once_still_goes_on(page: Page, site: Site) -> None:
    page.add_init_script("""
        window.IntersectionObserver = class extends IntersectionObserver {
            constructor(report, options) {
                super((moves) => report([{ isIntersecting: false }, ...moves]), options);
            }
        };
    """)
    page.goto(site.paths["story"])

    go_to_the_end(page)

    expect(page.locator(STREAM)).to_have_count(2 * PAGE_SIZE)


def test_the_stream_stays_as_it_is_while_its_end_is_far(page: Page, site: Site) -> None:
    page.goto(site.paths["story"])

    page.wait_for_timeout(500)

    assert len(keys(page)) == PAGE_SIZE


def test_after_three_pages_the_reader_is_asked_so_that_the_foot_can_be_reached(page: Page, site: Site) -> None:
    page.goto(site.paths["story"])
    for pages in (2, 3, 4):
        go_to_the_end(page)
        expect(page.locator(STREAM)).to_have_count(pages * PAGE_SIZE)

    go_to_the_end(page)
    page.wait_for_timeout(500)
    expect(page.locator(STREAM)).to_have_count(4 * PAGE_SIZE)
    expect(page.get_by_role("contentinfo")).to_be_in_viewport()

    page.get_by_role("link", name="More stories").click()
    expect(page.locator(STREAM)).to_have_count(STORIES - 1)


def test_no_story_comes_twice_and_the_story_itself_never(page: Page, site: Site) -> None:
    page.goto(site.paths["story"])
    own = page.locator("article.story").get_attribute("data-story")
    for pages in (2, 3, 4):
        go_to_the_end(page)
        expect(page.locator(STREAM)).to_have_count(pages * PAGE_SIZE)

    page.get_by_role("link", name="More stories").click()
    expect(page.locator(STREAM)).to_have_count(STORIES - 1)

    assert len(set(keys(page))) == STORIES - 1
    assert own not in keys(page)


def test_the_whole_stream_can_be_read_by_links_without_scripts(page_without_scripts: Page, site: Site) -> None:
    page = page_without_scripts
    page.goto(site.paths["story"])
    own, seen = page.locator("article.story").get_attribute("data-story"), keys(page)

    while (more := page.get_by_role("link", name="More stories")).count():
        more.click()
        seen += keys(page)

    assert len(seen) == len(set(seen)) == STORIES - 1
    assert own not in seen


def test_a_story_that_arrives_meanwhile_neither_repeats_nor_hides_another(
    page_without_scripts: Page, own_site: Site
) -> None:
    page = page_without_scripts
    page.goto(own_site.address + "/latest/")
    seen = keys(page)

    run("tests.journeys.newsroom", own_site.folder, "Pilots strike again")
    while (more := page.get_by_role("link", name="More stories")).count():
        more.click()
        seen += keys(page)

    assert len(seen) == len(set(seen)) == STORIES


def test_the_back_button_returns_to_where_one_was(reader: Page, site: Site) -> None:
    reader.goto(site.paths["story"])
    for pages in (2, 3):
        go_to_the_end(reader)
        expect(reader.locator(STREAM)).to_have_count(pages * PAGE_SIZE)
    card = reader.locator(STREAM).nth(2 * PAGE_SIZE + 3)
    card.scroll_into_view_if_needed()
    before, place = keys(reader), reader.evaluate("scrollY")

    with reader.expect_navigation():
        card.get_by_role("heading").get_by_role("link").click()
    # Playwright's own way back waits for a page to load, and a remembered one does not.
    reader.evaluate("history.back()")

    reader.wait_for_url(site.address + site.paths["story"], wait_until="commit")
    expect(reader.locator(STREAM).nth(len(before) - 1)).to_be_attached()
    assert keys(reader)[: len(before)] == before
    reader.wait_for_function("place => Math.abs(scrollY - place) < 40", arg=place)


def test_a_stream_that_cannot_be_reached_says_so_and_can_be_asked_again(page: Page, site: Site) -> None:
    page.goto(site.paths["story"])
    page.route("**/latest/**", lambda route: route.abort())

    go_to_the_end(page)

    expect(page.get_by_text("More stories could not be loaded.")).to_be_visible()
    page.unroute("**/latest/**")
    page.get_by_role("link", name="Try again").click()
    expect(page.locator(STREAM)).to_have_count(2 * PAGE_SIZE)
