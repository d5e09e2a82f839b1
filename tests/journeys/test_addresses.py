"""An address is a promise: the old one leads on, and one that never was says so kindly."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from nutgraf.config.tests.test_command_line import nutgraf
from nutgraf.imports.wordpress.samples import make_export, make_item
from tests.journeys.newsroom import PLAIN
from tests.journeys.site import Site


def test_the_address_of_a_story_under_another_section_leads_to_it(site: Site) -> None:
    path = site.paths["story"]

    answer = site.get(path.replace("/world/", "/sport/"))

    assert (answer.status, answer.headers["Location"]) == (301, path)


def test_a_story_with_letters_beyond_ascii_in_its_address_is_there(site: Site) -> None:
    found = re.search(r'href="(/[^"]*hafenschlepper[^"]*)"', site.get("/latest/").text)

    assert found
    assert "%C3%A4" in found[1]
    assert site.get(found[1]).status == 200


def test_a_story_that_moved_to_another_section_is_found_under_its_old_address(page: Page, own_site: Site) -> None:
    old = own_site.paths["plain story"]
    own_site.sign_in(page, "eli")
    page.goto(f"{own_site.address}/desk/stories/?q={PLAIN.replace(' ', '+')}")
    page.get_by_role("link", name=PLAIN).first.click()
    page.wait_for_load_state("networkidle")

    page.locator("[name=section]").select_option(label="Sport")
    page.get_by_role("button", name="Publish").click()
    page.wait_for_url(f"{own_site.address}/desk/")

    new = old.replace("/science/", "/sport/")
    answer = own_site.get(old)
    assert (answer.status, answer.headers["Location"]) == (301, new)
    page.goto(own_site.address + old)
    assert page.url == own_site.address + new
    expect(page.get_by_role("heading", level=1)).to_have_text(PLAIN)
    assert PLAIN not in own_site.get("/science/").text
    assert PLAIN in own_site.get("/sport/").text


@pytest.mark.parametrize(
    "path",
    [
        "/no-such-section/",
        "/world/2026/02/31/no-such-day/",
        "/authors/nobody/",
        "/labels/nothing/",
        "/latest/?before=nonsense",
        "/media/pictures/1/0123456789/w1.jpg",
        "/static/reader/none.css",
        "/.env",
        "/desk/no-such-page/",
    ],
)
def test_what_is_not_there_is_not_found(site: Site, path: str) -> None:
    assert site.get(path).status in ((302, 404) if path.startswith("/desk/") else (404,))


def test_the_page_that_is_not_there_helps_to_find_another(page: Page, site: Site) -> None:
    answer = page.goto(site.paths["not found"])

    assert answer
    assert answer.status == 404
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.locator("main").get_by_role("search").get_by_label("Search for").fill("flour")
    page.locator("main").get_by_role("search").get_by_role("button").click()
    expect(page.get_by_role("link", name="Harbour reopens")).to_be_visible()


@pytest.mark.parametrize("kind", ["section", "story", "author", "label", "latest"])
def test_an_address_without_its_last_slash_leads_to_the_one_with_it(site: Site, kind: str) -> None:
    path = site.paths[kind]

    answer = site.get(path.rstrip("/"))

    assert (answer.status, answer.headers["Location"]) == (301, path)


def test_the_short_address_of_a_story_that_moved_in_leads_to_it_and_others_to_the_front(
    own_site: Site, tmp_path: Path
) -> None:
    export = tmp_path / "export.xml"
    export.write_text(make_export(make_item(7)))
    moved = nutgraf("import", "wordpress", export, "--section", "world", "--data", own_site.folder)
    assert moved.returncode == 0, moved.stderr

    answer = own_site.get("/?p=7&utm_source=mail")

    assert (answer.status, own_site.get("/?p=7").status) == (301, 301)
    assert answer.headers["Location"].endswith("/2019/03/05/harbour-7/")
    assert "Harbour closed by ice" in own_site.get(answer.headers["Location"]).text
    for query in ("p=8", "utm_source=mail"):
        assert (own_site.get(f"/?{query}").status, own_site.get(f"/?{query}").headers["Location"]) == (302, "/")
