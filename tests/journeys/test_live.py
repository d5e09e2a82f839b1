"""While a story is live, readers who have it open are told, quietly and at once, and nothing moves until they ask for it."""

from __future__ import annotations

import contextlib
import shutil
import time
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.journeys.live_stories import heard, listening
from tests.journeys.site import Site, run, served

# Two seconds, and what a busy machine adds.
TOLD_MS = 20_000


def beside(site: Site, verb: str, words: str = "") -> None:
    """Do something to the live story in another process than the server's."""
    run("tests.journeys.live_stories", site.folder, verb, words)


def test_an_editor_files_and_a_reader_who_has_the_page_open_is_told(browser: Browser, own_site: Site) -> None:
    editor = browser.new_context(base_url=own_site.address).new_page()
    own_site.sign_in(editor, "eli")
    reader = browser.new_context(base_url=own_site.address).new_page()
    reader.goto(own_site.paths["live story"])
    # Deep in the page, where a jump would be seen.
    kept = reader.locator(".live-entry").nth(20)
    kept.scroll_into_view_if_needed()
    before = kept.bounding_box()

    editor.goto("/desk/live/")
    editor.locator(".ng-live-list a").first.click()
    expect(editor.locator("textarea[name=text]")).to_be_focused()
    # The words may come as soon as there is where to type; what the keys do comes with the page's last script.
    editor.wait_for_load_state()
    editor.keyboard.insert_text("Pilots aboard\n\nBoth pilots are aboard, said Jon Askew, the harbour master.")
    editor.keyboard.press("Control+Enter")
    expect(editor.locator(".ng-live-entry").first).to_contain_text("Pilots aboard")
    expect(editor.locator("textarea[name=text]")).to_be_focused()

    button = reader.get_by_role("status").get_by_role("button")
    expect(button).to_have_text("1 new entry", timeout=TOLD_MS)
    assert kept.bounding_box() == before
    assert reader.get_by_text("Pilots aboard").count() == 0
    expect(reader.get_by_role("status").filter(has=reader.get_by_role("button"))).to_be_in_viewport()

    button.click()
    newest = reader.locator(".live-entry").first
    expect(newest).to_contain_text("Both pilots are aboard")
    expect(newest).to_be_focused()
    expect(button).to_have_count(0)


def test_what_is_told_to_those_who_listen_is_polite(page: Page, site: Site) -> None:
    page.goto(site.paths["live story"])

    region = page.locator("nutgraf-live [role=status]")

    expect(region).to_have_count(1)
    expect(region).to_be_empty()
    # A status is polite by what it is; nothing here makes it less so.
    assert region.get_attribute("aria-live") in (None, "polite")


def test_two_new_entries_a_change_and_the_end_are_told_in_turn(browser: Browser, own_site: Site) -> None:
    reader = browser.new_context(base_url=own_site.address).new_page()
    reader.goto(own_site.paths["live story"])
    button = reader.get_by_role("status").get_by_role("button")
    reader.wait_for_timeout(500)

    beside(own_site, "file", "The first tug")
    beside(own_site, "file", "The second tug")
    expect(button).to_have_text("2 new entries", timeout=TOLD_MS)
    button.click()
    expect(reader.locator(".live-entry").first).to_contain_text("The second tug")

    beside(own_site, "correct", "The third tug")
    expect(button).to_have_text("Something here has changed", timeout=TOLD_MS)
    expect(reader.locator(".live-entry").first).to_contain_text("The second tug")
    button.click()
    expect(reader.locator(".live-entry").first).to_contain_text("The third tug")
    expect(reader.locator(".live-entry").first).to_contain_text("Correction:")

    beside(own_site, "end")
    expect(button).to_have_text("This live coverage has ended", timeout=TOLD_MS)
    button.click()
    expect(reader.locator(".live__over")).to_be_visible()


def test_where_no_connections_are_held_the_page_asks(browser: Browser, built: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(built, tmp_path / "polled"))
    with served(folder, NUTGRAF_OPEN_CONNECTIONS="0") as site:
        assert site.get(f"{site.paths['live story']}live.events").status == 406
        reader = browser.new_context(base_url=site.address).new_page()
        reader.goto(site.paths["live story"])
        beside(site, "file", "Asked for")

        button = reader.get_by_role("status").get_by_role("button")
        expect(button).to_have_text("1 new entry", timeout=25_000)


def test_who_was_away_longer_than_is_told_at_once_has_everything_in_the_end(browser: Browser, own_site: Site) -> None:
    reader = browser.new_context(base_url=own_site.address).new_page()
    reader.goto(own_site.paths["live story"])
    reader.context.set_offline(True)
    for number in range(2):
        beside(own_site, "file", f"While away {number}")
    reader.context.set_offline(False)

    expect(reader.get_by_role("status").get_by_role("button")).to_have_text("2 new entries", timeout=30_000)


def test_an_ended_story_asks_for_nothing(page: Page, site: Site) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))

    page.goto(site.paths["story that was live"])
    page.wait_for_timeout(1_000)

    assert not [url for url in asked if "/live" in url]


def test_without_scripts_everything_is_there(page_without_scripts: Page, site: Site) -> None:
    page = page_without_scripts
    page.goto(f"{site.address}{site.paths['live story']}")
    expect(page.locator(".live-entry").first).to_be_visible()

    page.get_by_role("link", name="Earlier entries").click()

    expect(page.locator(".live-entry")).to_have_count(50)
    expect(page.locator(".live-entry").last).to_contain_text("Minute 0")


def test_a_thousand_cursors_leave_few_pages(own_site: Site) -> None:
    path = own_site.paths["live story"]
    before = own_site.stored

    statuses = {own_site.get(f"{path}live.json?after={number}").status for number in range(0, 400)}
    statuses |= {own_site.get(f"{path}live.json?after={words}").status for words in ("x", "-1", "1e3", "0007")}

    assert statuses == {200, 302, 400}
    assert len(own_site.stored - before) < 8


def test_a_restart_lets_everybody_go_at_once(built: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(built, tmp_path / "restarted"))
    with contextlib.ExitStack() as stack, served(folder) as site:
        connection = stack.enter_context(listening(site, site.paths["live story"]))
        assert b"text/event-stream" in heard(connection, b'"cursor"')
        began = time.monotonic()
        site.process.terminate()
        while connection.recv(65536):
            pass
        spent = time.monotonic() - began

    assert spent < 3


def test_no_more_are_kept_connected_than_the_newsroom_wants(built: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(built, tmp_path / "few"))
    with served(folder, NUTGRAF_OPEN_CONNECTIONS="2") as site, contextlib.ExitStack() as stack:
        for _ in range(2):
            heard(stack.enter_context(listening(site, site.paths["live story"])), b'"cursor"')
        third = heard(stack.enter_context(listening(site, site.paths["live story"])), b"\r\n\r\n")

    assert third.startswith(b"HTTP/1.1 503")


def test_two_workers_tell_their_readers_alike(built: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(built, tmp_path / "two"))
    command = ("serve", str(folder), "--workers", "2")
    with served(folder, command=command) as site, contextlib.ExitStack() as stack:
        connections = [stack.enter_context(listening(site, site.paths["live story"])) for _ in range(8)]
        for connection in connections:
            heard(connection, b'"cursor"')

        beside(site, "file", "Heard by all")

        for connection in connections:
            assert b"Heard by all" in heard(connection, b"Heard by all")


def test_who_does_not_read_is_let_go_before_much_waits_for_them(own_site: Site) -> None:
    with listening(own_site, own_site.paths["live story"]) as asleep:
        heard(asleep, b'"cursor"')
        for number in range(8):
            beside(own_site, "file long", f"Long {number}")
        # Who was sent as much as one is, reading or not, is asked to come again.
        said = b""
        while more := asleep.recv(65536):
            said += more
        with listening(own_site, own_site.paths["live story"]) as again:
            assert b'"cursor"' in heard(again, b'"cursor"')

    assert said.endswith(b"0\r\n\r\n")
    assert len(said) < 70 * 1024


def test_who_is_no_reader_of_ours_is_not_kept(site: Site) -> None:
    path = f"{site.paths['live story']}live.events"

    assert site.get(path, Host="elsewhere.example").status == 400
    assert site.get(f"{site.paths['plain story']}live.events").status == 404
    assert site.get("/world/2001/01/01/no-such-story/live.events").status == 404


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_the_desks_page(browser: Browser, site: Site, scheme: str) -> None:
    editor = browser.new_context(base_url=site.address, color_scheme=scheme).new_page()  # type: ignore[arg-type]  # one of its own words
    site.sign_in(editor, "eli")
    editor.goto("/desk/live/")
    editor.locator(".ng-live-list a").first.click()
    expect(editor.locator("textarea[name=text]")).to_be_focused()

    found = Axe().run(editor, context=".ng-live")

    assert not found.violations_count, found.generate_report()
