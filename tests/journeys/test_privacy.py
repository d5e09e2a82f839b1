"""Reading leaves no trace: no cookie, no other host, nothing kept of who reads; and a strict content policy holds."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page

from tests.journeys.newsletters import OWN_KINDS
from tests.journeys.newsroom import KINDS
from tests.journeys.site import Site

STRICT = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'"


@pytest.mark.parametrize("kind", [*KINDS, *OWN_KINDS])
def test_reading_sets_no_cookie_and_calls_nobody_else(page: Page, site: Site, kind: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))

    page.goto(site.paths[kind])
    page.evaluate("scrollTo({ top: document.body.scrollHeight, behavior: 'instant' })")
    page.wait_for_load_state("networkidle")

    assert page.context.cookies() == []
    assert {urlsplit(url).netloc for url in asked} == {urlsplit(site.address).netloc}
    assert site.get(site.paths[kind]).headers.get("Set-Cookie") is None
    assert "Cookie" not in (site.get(site.paths[kind]).headers.get("Vary") or "")


@pytest.mark.parametrize("kind", [*KINDS, *OWN_KINDS])
def test_a_page_needs_nothing_that_a_strict_policy_forbids(page: Page, site: Site, kind: str) -> None:
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))

    def with_policy(route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, headers=answer.headers | {"content-security-policy": STRICT})

    page.route(f"{site.address}{site.paths[kind]}", with_policy)
    page.goto(site.paths[kind])
    page.wait_for_load_state("networkidle")

    if kind in ("not found", "withdrawn story", "link that leads nowhere"):
        complaints = [text for text in complaints if "404" not in text and "410" not in text]
    assert complaints == []
