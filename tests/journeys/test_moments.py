"""Moments are told in a reader's terms, stay true while the page is open, and are exact without scripts."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.newsroom import ZONE
from tests.journeys.site import Site


def clock_at(page: Page, site: Site) -> datetime.datetime:
    """Set the reader's clock to the moment at which the newsroom was built."""
    now = datetime.datetime.fromisoformat(site.known["now"])
    page.clock.install(time=now)
    return now


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", ("9 hours ago", "11 minutes ago")), ("de", ("vor 9 Stunden", "vor 11 Minuten"))],
)
def test_moments_are_in_the_readers_terms(
    page: Page, site_in: Callable[[str], Site], language: str, words: tuple[str, str]
) -> None:
    site = site_in(language)
    clock_at(page, site)

    page.goto(site.address + site.paths["story"])
    expect(page.locator("article.story time").first).to_have_text(words[0])

    page.goto(site.address + site.paths["updated story"])
    expect(page.locator("article.story time", has_text=words[1])).to_be_visible()


def test_a_card_tells_the_update_of_a_story_that_has_one(page: Page, site: Site) -> None:
    clock_at(page, site)

    page.goto(site.paths["story"])

    card = page.locator("article", has=page.get_by_role("link", name="Fewer ferries this winter"))
    expect(card).to_contain_text("Updated 11 minutes ago")


def test_a_moment_stays_true_while_the_page_is_open(page: Page, site: Site) -> None:
    clock_at(page, site)
    page.goto(site.paths["story"])
    moment = page.locator("article.story time").first
    expect(moment).to_have_text("9 hours ago")

    page.clock.fast_forward("01:00:00")

    expect(moment).to_have_text("10 hours ago")


def test_cards_that_arrive_later_tell_their_moments_too(page: Page, site: Site) -> None:
    clock_at(page, site)
    page.goto(site.paths["story"])

    page.evaluate("scrollTo({ top: document.body.scrollHeight, behavior: 'instant' })")

    expect(page.locator("nutgraf-stream article").nth(12).locator("time")).to_have_text(re.compile(r"^\d days ago$"))


def test_the_exact_moment_is_at_hand(page: Page, site: Site) -> None:
    now = clock_at(page, site)

    page.goto(site.paths["story"])

    moment = page.locator("article.story time").first
    published = (now - datetime.timedelta(hours=9)).astimezone(ZoneInfo(ZONE))
    assert moment.get_attribute("datetime") == published.isoformat()
    assert f"{published:%Y}" in str(moment.get_attribute("title"))


def test_without_scripts_a_moment_is_absolute_and_in_the_newsrooms_zone(page_without_scripts: Page, site: Site) -> None:
    now = datetime.datetime.fromisoformat(site.known["now"])
    published = (now - datetime.timedelta(hours=9)).astimezone(ZoneInfo(ZONE))

    page_without_scripts.goto(site.paths["story"])

    text = page_without_scripts.locator("article.story time").first.inner_text()
    assert f"{published.day}, {published:%Y}, {published.hour % 12 or 12}" in text
    assert f" {published:%Z}" in text


def test_a_story_from_last_month_gives_its_date(page: Page, site: Site) -> None:
    now = clock_at(page, site)
    page.clock.set_system_time(now + datetime.timedelta(days=40))

    page.goto(site.paths["story"])

    moment = page.locator("article.story time").first
    expect(moment).to_contain_text(f"{now - datetime.timedelta(hours=9):%Y}")
    expect(moment).not_to_contain_text("ago")
