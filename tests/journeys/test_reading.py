"""A story and its card show all that was filed, in the order in which it is read."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.journeys.newsroom import LONGEST_WORD, UPDATED
from tests.journeys.site import Site

STORY = [
    "World",
    "Exclusive",
    "Harbour reopens after nine days",
    "Rosa Vale",
    "Nilufar Abdurakhmonova-Featherstonehaugh",
    "Published",
    "The harbour of Port Ellery on Tuesday.",
    "Ada Quill/Nutgraf",
    "PORT ELLERY",
    "Ships may enter the harbour again from Thursday",
    "Why it matters:",
    "Bread comes by ship",
    "Flour was down to four days.",
    "Two bakeries had shut.",
    f"One was {LONGEST_WORD}.",
    "Meanwhile, fishing boats came and went.",
    "What they're saying:",
    "said Mara Lind, a pilot.",
    "2,500\u00a0t",
    "tonnes of flour on the way",
    "according to the port authority",
    "nine",
    "days without a ship",
    "Talks go on, Port Ellery",
    "expected",
    "A verdict",
    "The next election",
    "A paragraph without a label stands here.",
    "And it has a bullet.",
    "“The sea does not read agreements.”",
    "Jon Askew, harbour master, Port Ellery",
    "The mast again.",
    "Ada Quill/Nutgraf",
    "The bottom line:",
    "The harbour is open, for now.",
]

CARD = [
    "World",
    "Rosa Vale",
    "Nilufar Abdurakhmonova-Featherstonehaugh",
    "hours ago",
    "Exclusive",
    "Harbour reopens",
    "The harbour of Port Ellery on Tuesday.",
    "Ada Quill/Nutgraf",
    "Ships may enter the harbour again from Thursday",
    "Why it matters:",
    "Bread comes by ship",
]


def out_of_order(text: str, parts: list[str]) -> list[str]:
    """Return the parts that do not stand after those before them."""
    missing, place = [], 0
    for part in parts:
        found = text.find(part, place)
        if found < 0:
            missing.append(part)
        else:
            place = found + len(part)
    return missing


def test_a_story_shows_all_that_was_filed_in_its_order(page: Page, site: Site) -> None:
    page.goto(site.paths["story"])

    assert not out_of_order(page.locator("article.story").inner_text(), STORY)


def test_what_a_text_says_already_is_not_shown_again(page: Page, site: Site) -> None:
    page.goto(site.paths["story"])

    story = page.locator("article.story").inner_text()
    assert "days of flour left" not in story
    assert story.count("Mara Lind") == 1


def test_a_card_shows_the_opening_in_its_order(page: Page, site: Site) -> None:
    page.goto(site.paths["updated story"])

    card = page.locator("nutgraf-stream article", has=page.get_by_role("link", name="Harbour reopens", exact=True))
    assert not out_of_order(card.inner_text(), CARD)


def test_every_name_leads_on(page: Page, site: Site) -> None:
    page.goto(site.paths["updated story"])

    story = page.locator("article.story")
    story.get_by_role("link", name="Rosa Vale").click()
    expect(page).to_have_url(site.address + site.paths["author"])
    page.get_by_role("link", name="Fewer ferries this winter").click()
    assert page.get_by_role("heading", level=1).inner_text() == UPDATED
    page.locator("article.story").get_by_role("link", name="Economy").click()
    assert page.get_by_role("link", name="Fewer ferries this winter").first.is_visible()


def test_nothing_stands_on_a_front_twice(page: Page, site: Site) -> None:
    for path in ("/", site.paths["section"]):
        page.goto(path)
        keys = [card.get_attribute("data-story") for card in page.locator("main article[data-story]").all()]
        assert len(keys) == len(set(keys)) > 10
