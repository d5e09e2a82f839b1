"""A returning reader sees what is new since the last visit, of which only the reader's own browser knows."""

from __future__ import annotations

import datetime
import json
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.site import Site, run

KEY = "nutgraf catch-up"
HOUR = datetime.timedelta(hours=1)
LINE = ".catch-up__line"
MARKS = ".catch-up__new"
MORE = ".catch-up summary"
FORBIDDEN = "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('No', 'SecurityError') } })"
FULL = "Storage.prototype.setItem = () => { throw new DOMException('Full', 'QuotaExceededError') }"


@pytest.fixture(autouse=True)
def _no_error_goes_unseen(page: Page) -> Any:
    errors: list[object] = []
    page.on("pageerror", lambda error: errors.append(error))
    yield
    assert not errors


@pytest.fixture
def now(page: Page) -> datetime.datetime:
    """The moment at which the reader's clock starts; it stands still unless a test moves it."""
    moment = datetime.datetime.now(datetime.UTC)
    page.clock.install(time=moment)
    return moment


def story_of(site: Site) -> str:
    return site.address + site.paths["story"]


def remember(page: Page, site: Site, pages: dict[str, Any]) -> None:
    """Put into the browser what a visit leaves there."""
    page.goto(f"{site.address}/catch-up/about/")
    page.evaluate("([key, kept]) => localStorage.setItem(key, kept)", [KEY, json.dumps(pages)])


def kept(page: Page) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(page.evaluate("key => localStorage.getItem(key)", KEY) or "{}")
    return found


def a_visit(ago: float, seen: float = 1) -> list[float]:
    """What is kept of a visit some hours ago, at which nothing newer than `seen` was on the page."""
    then = datetime.datetime.now(datetime.UTC).timestamp() - 3600 * ago
    return [seen, then, seen, then]


def test_whoever_comes_for_the_first_time_is_told_nothing(page: Page, site: Site) -> None:
    page.goto(story_of(site))

    expect(page.locator(MORE)).to_be_visible()
    expect(page.locator(MARKS)).to_have_count(0)
    expect(page.locator(LINE)).to_be_empty()


def test_a_story_that_came_since_the_last_visit_is_marked_on_the_front(
    page: Page, own_site: Site, now: datetime.datetime
) -> None:
    page.goto(own_site.address)
    run("tests.journeys.newsroom", own_site.folder, "A story of this very hour")
    page.clock.set_system_time(now + HOUR)

    page.goto(own_site.address)

    expect(page.locator(LINE)).to_contain_text("1 new thing since")
    marked = page.locator("article", has=page.locator(MARKS))
    expect(marked).to_have_count(1)
    expect(marked).to_contain_text("A story of this very hour")


def test_loading_the_page_again_takes_no_mark_away_and_half_an_hour_elsewhere_does(
    page: Page, site: Site, now: datetime.datetime
) -> None:
    remember(page, site, {site.paths["story"]: a_visit(ago=50)})
    page.goto(story_of(site))
    number = page.locator(MARKS).count()
    assert number > 3

    page.clock.set_system_time(now + datetime.timedelta(minutes=29))
    page.reload()
    expect(page.locator(MARKS)).to_have_count(number)
    expect(page.locator(LINE)).to_contain_text(f"{number} new things since")

    page.goto("about:blank")
    page.clock.set_system_time(now + datetime.timedelta(minutes=60))
    page.goto(story_of(site))
    expect(page.locator(LINE)).to_contain_text("Nothing new since")
    expect(page.locator(MARKS)).to_have_count(0)


def test_the_line_and_a_key_lead_from_one_new_thing_to_the_next(page: Page, site: Site) -> None:
    remember(page, site, {site.paths["story"]: a_visit(ago=50)})
    page.goto(story_of(site))
    parts = page.locator("[data-new]")
    number = parts.count()

    page.locator(LINE).get_by_role("link").click()
    expect(parts.nth(0)).to_be_focused()
    page.keyboard.press("n")
    expect(parts.nth(1)).to_be_focused()
    page.keyboard.press("Shift+N")
    page.keyboard.press("Shift+N")
    expect(parts.nth(number - 1)).to_be_focused()


def test_the_key_is_a_letter_where_one_writes(page: Page, site: Site) -> None:
    remember(page, site, {"/": a_visit(ago=5000)})
    page.goto(site.address)
    page.locator(MORE).click()
    page.get_by_label("Since", exact=True).focus()

    page.keyboard.press("n")

    expect(page.get_by_label("Since", exact=True)).to_be_focused()


def test_what_is_marked_as_read_is_marked_no_more(page: Page, site: Site) -> None:
    remember(page, site, {site.paths["story"]: a_visit(ago=50)})
    page.goto(story_of(site))
    page.locator(MORE).click()

    page.get_by_role("button", name="Mark as read").click()

    expect(page.locator(MARKS)).to_have_count(0)
    expect(page.locator(LINE)).to_contain_text("Nothing new since")
    page.reload()
    expect(page.locator(MARKS)).to_have_count(0)


@pytest.mark.parametrize("trouble", [FORBIDDEN, FULL])
def test_a_browser_that_keeps_nothing_shows_the_page_and_no_error(page: Page, site: Site, trouble: str) -> None:
    page.add_init_script(trouble)

    for _ in range(2):
        page.goto(story_of(site))
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        expect(page.locator(MARKS)).to_have_count(0)


@pytest.mark.parametrize(
    "wrong", ["not JSON", "7", '"text"', "[1]", '{"/": 3}', '{"/": [null]}', '{"/": ["x", {}, [], true]}']
)
def test_what_somebody_else_left_in_its_place_does_no_harm(page: Page, site: Site, wrong: str) -> None:
    page.goto(f"{site.address}/catch-up/about/")
    page.evaluate("([key, text]) => localStorage.setItem(key, text)", [KEY, wrong])

    page.goto(site.address)
    page.reload()

    assert [type(number) for number in kept(page)["/"]] == [int] * 4


@pytest.mark.parametrize("years", [-6, 9])
def test_a_clock_that_was_wrong_at_the_last_visit_hides_nothing(
    page: Page, own_site: Site, now: datetime.datetime, years: int
) -> None:
    page.clock.set_system_time(now + years * datetime.timedelta(days=365))
    page.goto(own_site.address)
    run("tests.journeys.newsroom", own_site.folder, "A story of this very hour")
    page.clock.set_system_time(now)

    page.goto(own_site.address)

    expect(page.locator(MARKS)).to_have_count(1)
    expect(page.locator(LINE)).to_contain_text("1 new thing since")
    if years > 0:
        expect(page.locator(LINE)).to_contain_text("since your last visit")


def test_no_more_than_two_hundred_pages_are_remembered(page: Page, site: Site) -> None:
    remember(page, site, {f"/world/{number}/": a_visit(ago=1 + number) for number in range(230)})

    page.goto(story_of(site))

    pages = kept(page)
    assert len(pages) == 200
    assert site.paths["story"] in pages
    assert "/world/0/" in pages
    assert "/world/229/" not in pages


def test_whoever_turns_it_off_is_told_nothing_and_nothing_is_kept(page: Page, site: Site) -> None:
    remember(page, site, {"/": a_visit(ago=5000)})
    page.goto(site.address)
    page.locator(MORE).click()
    page.get_by_role("link", name="How this works").click()
    expect(page.get_by_role("status")).to_contain_text("1")

    page.get_by_label("Tell me what is new when I come back").uncheck()

    expect(page.get_by_role("status")).to_contain_text("0")
    page.goto(site.address)
    expect(page.locator(MARKS)).to_have_count(0)
    assert kept(page) == {"off": 1}


def test_what_changed_in_all_storylines_is_offered_since_the_last_visit_to_any_page(page: Page, site: Site) -> None:
    then = int(datetime.datetime.now(datetime.UTC).timestamp()) - 3600 * 30
    remember(page, site, {"/": a_visit(ago=50, seen=then - 9000), "/world/": a_visit(ago=30, seen=then)})
    page.goto(site.address)

    # The front is known by now, and the visit before it still counts.
    page.goto(f"{site.address}/catch-up/")
    link = page.get_by_role("link", name="your last visit")
    expect(link).to_have_attribute("href", f"?since={then}")
    link.click()

    expect(page.get_by_role("link", name="your last visit")).to_have_attribute("aria-current", "page")
    expect(page.locator("h1")).to_have_text("Catch up")


@pytest.mark.parametrize("what", ["nothing", "switched off", "this visit", "damaged"])
def test_whoever_was_not_here_before_is_offered_no_last_visit(page: Page, site: Site, what: str) -> None:
    left: dict[str, dict[str, Any]] = {
        "nothing": {},
        "switched off": {"off": 1, "/": a_visit(ago=50, seen=9)},
        "this visit": {"/": a_visit(ago=0, seen=9)},
        "damaged": {"/": [1, 2], "/world/": "9"},
    }
    remember(page, site, left[what])
    page.goto(f"{site.address}/catch-up/")

    expect(page.get_by_role("link", name="three days")).to_be_visible()
    expect(page.locator("nutgraf-last-visit a")).to_have_count(0)


def test_the_key_alone_can_be_turned_off(page: Page, site: Site) -> None:
    remember(page, site, {"/": a_visit(ago=5000)})
    page.reload()
    page.get_by_label("The key n").uncheck()
    page.goto(site.address)
    expect(page.locator(MARKS)).not_to_have_count(0)

    page.keyboard.press("n")

    expect(page.locator("[data-new]:focus")).to_have_count(0)


def test_the_pages_bytes_are_the_same_for_every_reader(page: Page, site: Site) -> None:
    remember(page, site, {"/": a_visit(ago=5000)})
    with page.expect_response(f"{site.address}/") as answer:
        page.goto(site.address)

    assert answer.value.body() == site.get("/").body
    expect(page.locator(MARKS)).not_to_have_count(0)


def test_without_scripts_an_address_says_since_when(page_without_scripts: Page, site: Site) -> None:
    page = page_without_scripts
    page.goto(story_of(site))
    page.locator(MORE).click()

    page.get_by_role("link", name="Since a week ago").click()

    expect(page.locator(LINE)).to_contain_text("new things since")
    expect(page.locator(MARKS)).not_to_have_count(0)
    page.locator(LINE).get_by_role("link").click()
    assert page.url.rpartition("#")[2] == page.locator("[data-new]").first.get_attribute("id")


def test_script_and_server_mark_the_same(page: Page, page_without_scripts: Page, site: Site) -> None:
    for path in (site.paths["front"], site.paths["story"], site.paths["updated story"]):
        moments = sorted({int(at) for at in _moments(page, site.address + path)})
        for since in (0, moments[len(moments) // 2] - 1, moments[-1] - 1, moments[-1]):
            remember(page, site, {path if path.count("/") > 2 else "/": [since, 1, since, 1]})
            page.goto(site.address + path)
            page_without_scripts.goto(f"{site.address}{path}?since={since}")

            by_script = page.locator("[data-new]").evaluate_all("parts => parts.map((part) => part.outerHTML.length)")
            assert len(by_script) == page_without_scripts.locator("[data-new]").count()
            told = [where.locator(LINE).inner_text().split(" since")[0] for where in (page, page_without_scripts)]
            assert told[0] == told[1]


def _moments(page: Page, address: str) -> list[str]:
    page.goto(address)
    found: list[str] = page.locator("main [data-at]").evaluate_all("parts => parts.map((part) => part.dataset.at)")
    return found


@pytest.mark.parametrize(
    ("since", "words"),
    [
        ("2030-01-01", "Nothing new since Jan. 1, 2030"),
        ("1900-01-01", "new things since Jan. 1, 1900"),
        ("Thursday", "“Thursday” is not a date. Write it like 2026-11-20."),
        ("2026-02-30", "is not a date"),
        ("%3Cb%3E", "“<b>” is not a date"),
    ],
)
def test_a_since_of_any_kind_has_a_clear_outcome_and_fills_no_store(
    page_without_scripts: Page, site: Site, since: str, words: str
) -> None:
    page_without_scripts.goto(f"{site.address}/?since={since}")

    expect(page_without_scripts.locator(LINE)).to_contain_text(words)
    answer = site.get(f"/?since={since}")
    assert answer.status == 200
    assert answer.headers["Cache-Control"] == "private, no-cache"
    assert "noindex" in answer.headers["X-Robots-Tag"]


def test_the_usual_periods_are_stored_and_others_are_not(site: Site) -> None:
    for path in ("/catch-up/", "/catch-up/?days=3", "/catch-up/?days=7", "/catch-up/about/"):
        assert site.get(path).headers["ETag"], path
    for path in ("/catch-up/?since=2026-11-20", "/?since=2026-11-20", f"{site.paths['story']}?since=week"):
        answer = site.get(path)
        assert (answer.status, answer.headers["ETag"]) == (200, None), path
    assert site.get("/catch-up/?days=2").status == 404
