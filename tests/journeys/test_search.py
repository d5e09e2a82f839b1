"""A reader finds stories by words, section and author, with scripts and without."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.newsroom import PLAIN, RICH
from tests.journeys.site import Site


@pytest.fixture(params=[True, False], ids=["scripts", "no scripts"])
def reader(request: pytest.FixtureRequest, browser: Browser, browser_context_args: dict[str, Any]) -> Iterator[Page]:
    context = browser.new_context(**browser_context_args, java_script_enabled=request.param)
    yield context.new_page()
    context.close()


def headlines(page: Page) -> list[str]:
    return page.locator("main .found-story__headline a").all_inner_texts()


def search(page: Page, words: str, **filters: str) -> None:
    form = page.locator("main").get_by_role("search")
    form.get_by_label("Search for").fill(words)
    if filters:
        form.get_by_text("Narrow it down").click()
    for label, option in filters.items():
        form.get_by_label(label.title()).select_option(label=option)
    form.get_by_role("button", name="Search").click()
    page.wait_for_url("**/search/?*")


def test_a_story_is_found_by_a_word_of_its_text(reader: Page, site: Site) -> None:
    reader.goto("/")
    reader.get_by_role("link", name="Search").first.click()

    search(reader, "agreements")

    assert headlines(reader) == ["Harbour reopens after nine days"]
    expect(reader.get_by_role("heading", name="1 story found")).to_be_visible()


def test_a_section_and_an_author_narrow_the_search(reader: Page, site: Site) -> None:
    reader.goto("/search/")

    search(reader, "quiet", section="Sport", author="Eli Marsh")

    assert headlines(reader)
    for card in reader.locator("main .found-story").all():
        expect(card).to_contain_text("Sport")
        expect(card).to_contain_text("Eli Marsh")
    expect(reader.locator("main").get_by_label("Section")).to_have_value("sport")
    expect(reader.locator("main").get_by_label("Author")).to_have_value("eli-marsh")


def test_filters_alone_list_the_newest_first(reader: Page, site: Site) -> None:
    reader.goto("/search/")

    search(reader, "", section="Science")

    assert headlines(reader)[0] == PLAIN


def test_more_results_are_a_link_away_and_none_comes_twice(reader: Page, site: Site) -> None:
    reader.goto("/search/?q=quiet")
    seen = headlines(reader)

    while (more := reader.get_by_role("link", name="More results")).count():
        with reader.expect_navigation():
            more.click()
        seen += headlines(reader)

    assert len(seen) == len(set(seen)) > 20


def test_nothing_found_says_so_and_keeps_the_words(reader: Page, site: Site) -> None:
    reader.goto("/search/")

    search(reader, "zebra")

    expect(reader.get_by_role("heading", name="No story found")).to_be_visible()
    expect(reader.locator("main").get_by_label("Search for")).to_have_value("zebra")


@pytest.mark.parametrize("words", ['"', "harbour AND (", "'; DROP TABLE", "*", "😀", "<script>alert(1)</script>"])
def test_odd_words_are_words_like_any_others(site: Site, words: str) -> None:
    answer = site.get(f"/search/?q={quote(words)}")

    assert answer.status == 200
    assert "<script>alert" not in answer.text


def test_a_filter_that_does_not_exist_finds_nothing_rather_than_everything(site: Site) -> None:
    answer = site.get("/search/?q=harbour&section=weather")

    assert answer.status == 200
    assert RICH not in answer.text
