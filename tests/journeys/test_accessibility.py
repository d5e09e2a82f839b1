"""axe-core finds nothing to object to on any kind of page, in the light or in the dark, on a phone or at a desk."""

from __future__ import annotations

from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.journeys.newsletters import OWN_KINDS
from tests.journeys.newsroom import KINDS
from tests.journeys.site import Site

WINDOWS: dict[Literal["light", "dark"], tuple[int, int]] = {"light": (360, 800), "dark": (1280, 900)}


@pytest.mark.parametrize("kind", [*KINDS, *OWN_KINDS])
def test_axe_finds_nothing(page: Page, site: Site, kind: str) -> None:
    reports = []
    for scheme, (width, height) in WINDOWS.items():
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        page.set_viewport_size({"width": width, "height": height})
        page.goto(site.paths[kind])

        found = Axe().run(page)
        if found.violations_count:
            reports.append(f"{scheme}: {found.generate_report()}")

    assert not reports, "\n".join(reports)
