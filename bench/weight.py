"""Bytes that a story page costs a reader who comes for the first time, as the server sends them; pictures apart."""

from __future__ import annotations

import re
import urllib.request
from collections.abc import Iterator
from html.parser import HTMLParser
from urllib.parse import urljoin

from bench.figures import Figure
from bench.ground import Ground

WHOLE_AIM, SCRIPTS_AIM = 30 * 1024, 6 * 1024


def measure(ground: Ground) -> Iterator[Figure]:
    """Fetch the story that leads the demo's front page, and what it links to."""
    page = lead_story(ground.demo)
    links = _Links()
    links.feed(_plain(page))
    html = _on_the_wire(page)
    styles = sum(_on_the_wire(urljoin(page, path)) for path in links.styles)
    scripts = sum(_on_the_wire(urljoin(page, path)) for path in links.scripts)
    whole = html + styles + scripts
    yield Figure("HTML of a story page", _kilobytes(html))
    yield Figure("styles", f"{_kilobytes(styles)} in {len(links.styles)} file(s)")
    yield Figure(
        "scripts", f"{_kilobytes(scripts)} in {len(links.scripts)} file(s)", "under 6 KB", scripts < SCRIPTS_AIM
    )
    yield Figure("all three", _kilobytes(whole), "under 30 KB", whole < WHOLE_AIM)


def lead_story(site: str) -> str:
    """Return the address of the story on top of a front page."""
    found = re.search(r'href="(/[-\w]+/\d{4}/\d{2}/\d{2}/[^"]+)"', _plain(site + "/"))
    assert found
    return site + found[1]


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.styles: list[str] = []
        self.scripts: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        named = dict(attributes)
        if tag == "link" and named.get("rel") == "stylesheet":
            self.styles.append(named.get("href") or "")
        elif tag == "script" and named.get("src"):
            self.scripts.append(named.get("src") or "")


def _plain(address: str) -> str:
    with urllib.request.urlopen(address) as answer:
        text: str = answer.read().decode()
        return text


def _on_the_wire(address: str) -> int:
    # What every browser says; which of them it gets is the server's choice.
    request = urllib.request.Request(address, headers={"Accept-Encoding": "gzip, deflate, br, zstd"})
    with urllib.request.urlopen(request) as answer:
        return len(answer.read())


def _kilobytes(size: int) -> str:
    return f"{size / 1024:.1f} KB"
