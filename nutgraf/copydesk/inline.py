"""The markup inside a sentence (bold, italic, links) as runs of words, and those runs as HTML, Markdown or words."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from html.parser import HTMLParser
from itertools import groupby
from urllib.parse import quote

_BOLD = frozenset(["b", "strong"])
_ITALIC = frozenset(["i", "em"])
_BREAKS = frozenset(["br", "p", "div", "li"])
# What is something else than its letters to Markdown, in the middle of a line.
_SIGNS = re.compile(r"([\\*`\[\]]|(?<![^\W_])_|_(?![^\W_])|<(?=[A-Za-z/!])|&(?=#?\w{1,31};))")
_ALL_SIGNS = re.compile(r"([\\*`\[\]_<>&!])")
_UNSAFE_IN_ADDRESS = re.compile(r"[^\w\-.~:/?#@!$&'*+,;=%]")
# Spaces that are not one already; a no-break space alone is none of them.
_SPACES = re.compile(r"\s{2,}|[^\S \u00a0\u202f]")
PAGE = "page:"


@dataclass(frozen=True, slots=True)
class Run:
    """Some words that look alike; `link` is an address, or "page:3" for a page of one's own."""

    text: str
    is_bold: bool = False
    is_italic: bool = False
    link: str = ""


class _Runs(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[Run] = []
        self.bold = self.italic = 0
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _BREAKS:
            self.found.append(Run(" "))
        elif tag == "a":
            self.links.append(_address(dict(attrs)))
        self.bold += tag in _BOLD
        self.italic += tag in _ITALIC

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self.links:
            self.links.pop()
        self.bold = max(0, self.bold - (tag in _BOLD))
        self.italic = max(0, self.italic - (tag in _ITALIC))

    def handle_data(self, data: str) -> None:
        self.found.append(Run(data, self.bold > 0, self.italic > 0, self.links[-1] if self.links else ""))


def _address(attributes: dict[str, str | None]) -> str:
    if attributes.get("linktype") == "page":
        return PAGE + (attributes.get("id") or "")
    address = (attributes.get("href") or "").strip()
    return _UNSAFE_IN_ADDRESS.sub(lambda found: quote(found[0], safe=""), address)


def runs(source: str) -> list[Run]:
    """Return the runs of some inline HTML; breaks and paragraphs become spaces, and spaces single."""
    if "<" not in source and "&" not in source:
        words = _SPACES.sub(" ", source).strip()
        return [Run(words)] if words else []
    parser = _Runs()
    parser.feed(source)
    parser.close()
    return tidied(parser.found)


def tidied(found: Iterable[Run]) -> list[Run]:
    """Return runs with single spaces, none at the ends, and neighbours that look alike as one."""
    return list(_joined(_single_spaced(found)))


def _single_spaced(found: Iterable[Run]) -> Iterator[Run]:
    """Leave one space between words, and none at the ends; a no-break space is no space here."""
    is_after_space, held = True, None
    for run in found:
        words = _SPACES.sub(" ", run.text)
        if is_after_space:
            words = words.lstrip()
        if not words:
            continue
        is_after_space = words[-1].isspace()
        if held:
            yield held
        held = replace(run, text=words)
    if held and held.text.rstrip():
        yield replace(held, text=held.text.rstrip())


def _joined(found: Iterable[Run]) -> Iterator[Run]:
    """Join neighbours that look alike; the space between two looks has what they share."""
    spread = [one for run in found for one in _without_edges(run)]
    for place, run in enumerate(spread):
        if run.text == " " and 0 < place < len(spread) - 1:
            spread[place] = _shared(spread[place - 1], spread[place + 1])
    for look, alike in groupby(spread, key=lambda run: replace(run, text="")):
        yield replace(look, text="".join(run.text for run in alike))


def _shared(before: Run, after: Run) -> Run:
    link = before.link if before.link == after.link else ""
    return Run(" ", before.is_bold and after.is_bold, before.is_italic and after.is_italic, link)


def _without_edges(run: Run) -> Iterator[Run]:
    """Set the spaces at a run's ends apart."""
    words = run.text.strip(" ")
    if run.text.startswith(" "):
        yield Run(" ")
    if words:
        yield replace(run, text=words)
    if run.text.endswith(" ") and words:
        yield Run(" ")


# A story's sentences are asked for their words by whoever looks at it: its facts, its pieces, the index, the rules.
@lru_cache(maxsize=1024)
def plain(source: str) -> str:
    """Return the words alone."""
    return "".join(run.text for run in runs(source))


def tidy(source: str) -> str:
    """Return the same HTML in one form: links outside bold outside italic, nothing else, single spaces."""
    return as_html(runs(source))


def as_html(found: Iterable[Run]) -> str:
    """Return runs as HTML that nests."""
    parts = []
    for link, linked in groupby(found, key=lambda run: run.link):
        inner = "".join(_in_bold(is_bold, run) for is_bold, run in groupby(linked, key=lambda run: run.is_bold))
        parts.append(f"{opening(link)}{inner}</a>" if link else inner)
    return "".join(parts)


def opening(link: str) -> str:
    """Return the tag that opens a link."""
    if link.startswith(PAGE):
        return f'<a linktype="page" id="{html.escape(link.removeprefix(PAGE))}">'
    return f'<a href="{html.escape(link)}">'


def _in_bold(is_bold: bool, found: Iterable[Run]) -> str:
    inner = "".join(f"<i>{_escaped(run.text)}</i>" if run.is_italic else _escaped(run.text) for run in found)
    return f"<b>{inner}</b>" if is_bold else inner


def _escaped(text: str) -> str:
    return html.escape(text, quote=False)


def as_markdown(found: Iterable[Run], *, is_strict: bool = False) -> str:
    """Return runs as Markdown; `is_strict` escapes every sign and writes tags for bold and italic, for what else misleads."""
    parts = []
    for link, linked in groupby(found, key=lambda run: run.link):
        inner = "".join(
            _bold_markdown(is_bold, run, is_strict) for is_bold, run in groupby(linked, key=lambda run: run.is_bold)
        )
        parts.append(f"[{inner}]({link})" if link else inner)
    return "".join(parts)


def _bold_markdown(is_bold: bool, found: Iterable[Run], is_strict: bool) -> str:
    italic = ("<i>", "</i>") if is_strict else ("_", "_") if is_bold else ("*", "*")
    bold = ("<b>", "</b>") if is_strict else ("**", "**")
    inner = "".join(
        _within(italic, _literal(run, is_strict)) if run.is_italic else _literal(run, is_strict) for run in found
    )
    return _within(bold, inner) if is_bold else inner


def _literal(run: Run, is_strict: bool) -> str:
    return (_ALL_SIGNS if is_strict else _SIGNS).sub(r"\\\1", run.text)


def _within(signs: tuple[str, str], words: str) -> str:
    return signs[0] + words + signs[1]
