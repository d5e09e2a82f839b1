"""Key presses and clicks beyond the letters of the text that it takes to file a five-point story of the demo, by blocks and by the pane."""

from __future__ import annotations

import re
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bench.figures import Figure, NotMeasured
from bench.ground import Ground

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

POINTS = 5
# Rich text reaches the form a quarter of a second after it was typed.
SETTLED_MS = 400
FIELD = "[name=body-{}-value-label]"
BULLET = "[name=body-{}-value-bullets-{}-value-text]"
FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
READ = """() => ({
  headline: document.querySelector("h1").innerText,
  lede: document.querySelector(".story__lede p").innerText,
  points: [...document.querySelectorAll(".point")].map((point) => ({
    label: point.querySelector("h2").innerText.replace(/:$/, ""),
    text: point.querySelector(":scope > p").innerText,
    bullets: [...point.querySelectorAll("li")].map((bullet) => bullet.innerText),
  })),
  nested: document.querySelectorAll(".point li li").length,
})"""


@dataclass
class Told:
    """What is to be filed, as a reader of the demo sees it."""

    headline: str
    lede: str
    points: list[tuple[str, str, list[str]]]

    @property
    def copy(self) -> str:
        """The same as plain text, as it would be pasted."""
        parts = [self.headline, self.lede]
        for label, text, bullets in self.points:
            parts.append(f"{label}: {text}")
            if bullets:
                parts.append("\n".join(f"- {bullet}" for bullet in bullets))
        return "\n\n".join(parts)


@dataclass
class Hands:
    """Somebody at the keyboard, who counts what is no letter of the text."""

    page: Page
    pressed: list[str] = field(default_factory=list)

    def write(self, text: str) -> None:
        """Write words of the text; they are not counted."""
        self.page.keyboard.insert_text(text)

    def press(self, *keys: str) -> None:
        """Press keys, each of them counted; keys held together are one."""
        for key in keys:
            self.page.keyboard.press(key)
            self.pressed.append(key)

    def complete(self, label: str) -> None:
        """Write the first half of a label and take the one that is offered, if it is."""
        self.page.keyboard.press("Control+a")
        self.page.keyboard.type(label)
        if self.page.locator(".ng-suggest").count():
            self.press("Enter")


def measure(ground: Ground) -> Iterator[Figure]:
    """File one story in three ways through the real form."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError as error:
        raise NotMeasured("needs Playwright, of the development dependencies") from error
    from tests.plugin import find_browser

    program = find_browser()
    if not program:
        raise NotMeasured("needs Chromium or Chrome")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        told = _five_points(browser, ground.demo)
        blocks = _presses(browser, ground, told, _by_blocks)
        yield Figure("presses beyond the text, by blocks", _counted(blocks))
        # Line ends, colons and dashes are keys, too: what they save is not presses but looking at the form.
        typed = _presses(browser, ground, told, _by_typing)
        yield Figure("presses beyond the text, typed in the pane", _counted(typed))
        pasted = _presses(browser, ground, told, _by_pasting)
        yield Figure("presses beyond the text, pasted", _counted(pasted), "fewer than by blocks", pasted < blocks)
        browser.close()


def _counted(presses: int) -> str:
    return f"{presses}, {presses / POINTS:.1f} a point"


def _five_points(browser: Browser, site: str) -> Told:
    page = browser.new_page()
    with urllib.request.urlopen(f"{site}/latest/") as answer:
        latest = answer.read().decode()
    for path in dict.fromkeys(re.findall(r'href="(/[-\w]+/\d{4}/\d{2}/\d{2}/[^"]+)"', latest)):
        page.goto(site + path)
        read = page.evaluate(READ)
        if len(read["points"]) == POINTS and not read["nested"]:
            points = [(point["label"], point["text"], point["bullets"]) for point in read["points"]]
            return Told(read["headline"], read["lede"], points)
    raise NotMeasured(f"the demo's latest stories have none of {POINTS} points")


def _presses(browser: Browser, ground: Ground, told: Told, way: object) -> int:
    assert callable(way)
    page = browser.new_context(permissions=["clipboard-read", "clipboard-write"]).new_page()
    _sign_in(page, ground)
    page.goto(f"{ground.demo}/desk/new-story/")
    page.wait_for_load_state("networkidle")
    page.wait_for_selector("[name=title]:focus")
    hands = Hands(page)
    way(hands, told)
    page.wait_for_timeout(SETTLED_MS)
    _check(page, told)
    hands.press("Control+Shift+Enter")
    page.wait_for_url(f"{ground.demo}/desk/")
    page.context.close()
    return len(hands.pressed)


def _sign_in(page: Page, ground: Ground) -> None:
    from nutgraf.config.cli import DEMO_PASSWORD_FILE, DEMO_STAFF

    page.goto(f"{ground.demo}/desk/login/")
    page.fill("[name=username]", next(name for name, role in DEMO_STAFF.items() if role == "reporter"))
    page.fill("[name=password]", (ground.folder / "demo" / DEMO_PASSWORD_FILE).read_text().strip())
    page.press("[name=password]", "Enter")
    page.wait_for_url(f"{ground.demo}/desk/")


def _by_blocks(hands: Hands, told: Told) -> None:
    hands.write(told.headline)
    hands.press("Enter")
    hands.write(told.lede)
    hands.press("Enter")
    for place, (label, text, bullets) in enumerate(told.points):
        if place:
            hands.press("Control+Enter")
            hands.page.wait_for_selector(".w-combobox input:focus")
            hands.press("Enter")
        field_ = hands.page.locator(f"{FIELD.format(place)}:focus")
        field_.wait_for()
        if field_.input_value() != label:
            hands.complete(label)
        hands.press("Enter")
        hands.write(text)
        for number, bullet in enumerate(bullets):
            hands.press("Enter" if number else "Alt+Enter")
            hands.page.wait_for_selector(BULLET.format(place, number), state="attached")
            hands.page.wait_for_timeout(SETTLED_MS)
            hands.write(bullet)


def _by_typing(hands: Hands, told: Told) -> None:
    _open(hands)
    hands.write(told.headline)
    hands.press("Enter")
    hands.write(told.lede)
    for label, text, bullets in told.points:
        hands.press("Enter")
        hands.write(label)
        hands.press(":", "Space")
        hands.write(text)
        for bullet in bullets:
            hands.press("Enter", "-", "Space")
            hands.write(bullet)
    _accept(hands)


def _by_pasting(hands: Hands, told: Told) -> None:
    hands.page.evaluate("text => navigator.clipboard.writeText(text)", told.copy)
    # A whole story that is pasted where its headline goes opens the pane.
    hands.press("Control+v")
    hands.page.wait_for_selector(".ng-copy[open]")
    _accept(hands)


def _open(hands: Hands) -> None:
    hands.press("Alt+c")
    hands.page.wait_for_selector(".ng-copy__words:focus")


def _accept(hands: Hands) -> None:
    hands.page.wait_for_selector(".ng-copy__accept:enabled")
    hands.press("Control+Enter")
    hands.page.wait_for_selector(".ng-copy[open]", state="hidden")


def _check(page: Page, told: Told) -> None:
    """Raise NotMeasured unless the form holds what was to be filed: keys that file something else count nothing."""
    body = '[data-contentpath="body"]'
    labels = [one.input_value() for one in page.locator(f"{body} [name$=-value-label]").all()]
    texts = page.locator(f'{body} [contenteditable="true"]').all_inner_texts()
    wanted = [one for _, text, bullets in told.points for one in (text, *bullets)]
    is_same = page.locator("[name=title]").input_value() == told.headline
    is_same &= [label.replace("\u2019", "'") for label in labels] == [
        label.replace("\u2019", "'") for label, _, _ in told.points
    ]
    if not is_same or [" ".join(text.split()) for text in texts] != [" ".join(text.split()) for text in wanted]:
        raise NotMeasured("the form does not hold the story as it was typed")
