"""Done means: what happened in a storyline while a reader was away is marked, that and nothing else, and told in a minute."""

from __future__ import annotations

import datetime

from playwright.sync_api import Page, expect

from tests.journeys import crisis
from tests.journeys.site import Site, run
from tests.journeys.soon import soon

MARKED = "[data-new]"


def test_a_reader_who_comes_back_sees_the_four_things_that_happened_and_reads_the_correction(
    page: Page, own_site: Site
) -> None:
    moment = datetime.datetime.now(datetime.UTC)
    page.clock.install(time=moment)
    storyline = own_site.address + crisis.PATH
    run("tests.journeys.crisis", own_site.folder, "open_storyline")
    page.goto(storyline)
    expect(page.locator(".coming")).to_contain_text(crisis.PASSING)
    expect(page.locator(MARKED)).to_have_count(0)

    run("tests.journeys.crisis", own_site.folder, "go_on")
    # The clock of the newsroom goes on, and the event passes with nobody doing anything.
    assert soon(lambda: crisis.PASSING in timeline(own_site.get(crisis.PATH).text), seconds=90)
    page.clock.set_system_time(moment + datetime.timedelta(hours=3))
    page.goto(storyline)

    expect(page.locator(".catch-up__line")).to_contain_text("4 new things since")
    marked = page.locator(MARKED)
    happened = (crisis.UPDATED, crisis.CORRECTED, crisis.FILED, crisis.PASSING)
    # A part need not name its story, such as the place of the coming event; but its moment is that of one that does.
    named: dict[str | None, set[str]] = {}
    for part in marked.all():
        text = str(part.text_content())
        named.setdefault(part.get_attribute("data-at"), set()).update(what for what in happened if what in text)
    assert sorted(map(list, named.values())) == sorted([what] for what in happened)
    expect(page.locator(".key-number[data-new]")).to_contain_text("4")
    expect(page.locator(".coming__event[data-new]")).to_contain_text(crisis.COMING)
    expect(page.locator(".timeline__event[data-new]")).to_contain_text(crisis.PASSING)
    expect(page.locator("article[data-new]", has_text=crisis.UPDATED)).to_have_count(1)

    page.get_by_role("link", name="What changed").click()

    changed = page.get_by_role("region", name="What changed since")
    expect(changed).to_contain_text(crisis.SENTENCE)
    expect(changed).to_contain_text("They are back.")
    for what in (crisis.FILED, crisis.COMING, crisis.PASSING):
        expect(changed).to_contain_text(what)
    for old in ("A quiet night", "We bake at night."):
        expect(changed).not_to_contain_text(old)
    changed.get_by_role("link", name=crisis.CORRECTED).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(crisis.CORRECTED)
    expect(page.locator("main")).to_contain_text(crisis.SENTENCE)


def timeline(page: str) -> str:
    """Return the part of a storyline's page that tells what is over."""
    return page.partition('id="timeline"')[2]
