"""No page is wider than its window: on a phone, a tablet or a desk, in the dark, from right to left."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import pytest
from playwright.sync_api import Page

from tests.journeys.newsletters import OWN_KINDS
from tests.journeys.newsroom import KINDS
from tests.journeys.site import Site

WIDTHS = (360, 768, 1280)
# What stands out to the right, or from right to left to the left, to be named when the test fails.
STICKS_OUT = """() => {
  const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
  if (wide <= 0) return [];
  const right = document.documentElement.clientWidth;
  const out = [...document.querySelectorAll("body *")].filter((element) => {
    const box = element.getBoundingClientRect();
    return box.width && (box.right > right + 0.5 || box.left < -0.5);
  });
  return [`${wide} px`, ...out.slice(0, 5).map((element) => `${element.tagName}.${element.className}`)];
}"""


@pytest.mark.parametrize(("language", "scheme"), [("en", "light"), ("ar", "dark")])
@pytest.mark.parametrize("kind", [*KINDS, *OWN_KINDS])
def test_no_page_is_wider_than_its_window(
    page: Page, site_in: Callable[[str], Site], kind: str, language: str, scheme: Literal["light", "dark"]
) -> None:
    site = site_in(language)
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": WIDTHS[0], "height": 800})
    page.goto(site.address + site.paths[kind])
    assert page.locator("html").get_attribute("dir") == ("rtl" if language == "ar" else None)

    wider = {}
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        if found := page.evaluate(STICKS_OUT):
            wider[width] = found

    assert not wider


# How far the strip of sections goes on beyond the link to all of them, once it has more than fit.
BESIDE_ALL = """() => {
  const strip = document.querySelector(".masthead__sections ul");
  const all = strip.querySelector(".masthead__all");
  for (let n = 0; n < 30; n++) all.before(all.previousElementSibling.cloneNode(true));
  const [end, last] = [strip.getBoundingClientRect(), all.getBoundingClientRect()];
  return getComputedStyle(strip).direction === "rtl" ? last.left - end.left : end.right - last.right;
}"""


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("width", [390, 1280, 1700])
def test_no_section_shows_beside_the_link_to_all_of_them(
    page: Page, site_in: Callable[[str], Site], language: str, width: int
) -> None:
    site = site_in(language)
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(site.address + "/latest/")

    assert page.evaluate(BESIDE_ALL) < 1
