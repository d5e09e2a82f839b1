"""A reader goes through a storyline: from what was said to where it stands, to all of a part, and back in time."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.site import Site


def test_what_somebody_said_leads_to_its_place_in_the_story(page: Page) -> None:
    page.goto("/storylines/harbour/")

    page.locator(".voice .said__source a").first.click()

    expect(page.locator(".quote:target")).to_be_visible()


def test_a_story_leads_to_the_storyline_that_it_is_part_of(page: Page) -> None:
    page.goto("/storylines/harbour/")
    page.locator(".timeline__story a").first.click()

    page.locator(".part-of a").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("The harbour")


@pytest.mark.parametrize("part", ["All numbers", "All voices"])
def test_all_of_a_part_is_one_link_away_and_leads_back(page: Page, part: str) -> None:
    page.goto("/storylines/harbour/")
    if page.get_by_role("link", name=part).count():
        page.get_by_role("link", name=part).click()
    else:
        page.goto(f"/storylines/harbour/{part.split()[1]}/")

    page.locator(".page-head a").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("The harbour")


def test_sources_that_differ_and_the_history_are_there_without_scripts(site: Site) -> None:
    text = site.get("/storylines/harbour/numbers/").text

    assert "<polyline" in text
    assert "the pilots" in text
    text = site.get("/storylines/harbour/").text
    assert "What this summary said before" in text


@pytest.mark.parametrize(
    "address",
    [
        "/storylines/nowhere/",
        "/storylines/harbour/elsewhere/",
        "/storylines/harbour/timeline/?before=2026-02-30",
        "/storylines/harbour/timeline/?before=9999-01-01",
        "/storylines/harbour/?before=x",
    ],
)
def test_what_is_not_there_is_not_found(site: Site, address: str) -> None:
    assert site.get(address).status == 404


def test_an_address_that_no_page_links_to_is_not_kept(site: Site) -> None:
    before = site.stored

    assert site.get("/storylines/harbour/voices/?after=nobody").status == 200

    assert not {address for address in site.stored - before if "after=nobody" in address}
