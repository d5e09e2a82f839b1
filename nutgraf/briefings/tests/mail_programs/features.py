"""Name the features of HTML and CSS that a mail uses, as the data on mail programs name them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

FEATURES: dict[str, dict[str, Any]] = json.loads((Path(__file__).parent / "support.json").read_text())["features"]

# Of a feature that goes by another name than what stands in a mail.
_ALIASES = {
    **dict.fromkeys(["h1", "h2", "h3", "h4", "h5", "h6"], "html-h1-h6"),
    **dict.fromkeys(["ul", "ol", "li", "dl", "dt", "dd"], "html-lists"),
    **dict.fromkeys(["header", "main", "footer", "section", "article", "aside", "nav", "figure"], "html-semantics"),
    **dict.fromkeys(["tbody", "thead", "tr", "td", "th"], "html-table"),
    "b": "html-strong",
    "srcset": "html-srcset",
    "sizes": "html-srcset",
    "loading": "html-loading-attribute",
}
_SELECTORS = {
    "css-selector-class": r"\.[a-z]",
    "css-selector-id": r"#[a-z]",
    "css-selector-type": r"(?:^|[\s,>+~])[a-z]",
    "css-selector-universal": r"\*",
    "css-selector-attribute": r"\[",
    "css-selector-child": r">",
    "css-selector-adjacent-sibling": r"\+",
    "css-selector-general-sibling": r"~",
    "css-selector-grouping": r",",
    "css-selector-chaining": r"[a-z0-9][.#][a-z]",
    "css-selector-descendant": r"[\w\])]\s+[\w.#*\[]",
}
_FUNCTIONS = {"var": "css-variables", "calc": "css-unit-calc", "rgb": "css-rgb", "rgba": "css-rgba"}
_FUNCTIONS |= {name: f"css-function-{name}" for name in ("clamp", "light-dark", "max", "min")}
_EDGES = re.compile(r"-(top|right|bottom|left|width|style|color)\b")


def used_in(html: str) -> dict[str, str]:
    """Return the features that a mail uses, each with the first place that does."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    found: dict[str, str] = {}
    for feature, place in reader.found:
        found.setdefault(feature, place)
    return found


def unknown_in(html: str) -> set[str]:
    """Return the elements and properties that a mail uses and of which the data say nothing."""
    return {name for name in used_in(html) if name not in FEATURES}


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []
        self.is_in_style = False

    def handle_decl(self, decl: str) -> None:
        self.found.append(("html-doctype", decl))

    def handle_comment(self, data: str) -> None:
        # What is for one program alone is no matter to the others, and that one knows it.
        if not data.startswith("[if"):
            self.found.append(("html-comments", data))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.is_in_style = tag == "style"
        place = self.get_starttag_text() or tag
        self.found.append((_ALIASES.get(tag, f"html-{tag}"), place))
        given = {name: value or "" for name, value in attrs}
        for name in given:
            feature = _ALIASES.get(name, f"html-{name}")
            # Of most attributes there is nothing to say.
            if feature in FEATURES and "<" not in FEATURES[feature]["title"]:
                self.found.append((feature, place))
        self.found += [(feature, place) for feature in _in_attributes(tag, given)]
        self.found += [(feature, place) for feature in _in_declarations(given.get("style", ""))]

    def handle_endtag(self, tag: str) -> None:
        self.is_in_style = False

    def handle_data(self, data: str) -> None:
        if self.is_in_style:
            self.found += _in_sheet(data)


def _in_attributes(tag: str, given: dict[str, str]) -> Iterator[str]:
    if tag == "meta" and given.get("name") == "color-scheme":
        yield "html-meta-color-scheme"
    if given.get("href", "").startswith("#"):
        yield "html-anchor-links"
    if given.get("href", "").startswith("mailto:"):
        yield "html-mailto-links"
    if tag == "img":
        yield f"image-{urlsplit(given['src']).path.rpartition('.')[2]}"


def _in_sheet(css: str) -> Iterator[tuple[str, str]]:
    if "/*" in css:
        yield "css-comments", "<style>"
        css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    for at, rest in re.findall(r"@([a-z-]+)([^{;]*)", css):
        yield f"css-at-{at}", f"@{at}{rest}"
        for feature in re.findall(r"\((prefers-[a-z-]+|hover|orientation)", rest):
            yield f"css-at-media-{feature}", f"@{at}{rest}"
    # The innermost blocks are rules; what stands before them, after the last brace, are their selectors.
    for selectors, body in re.findall(r"([^{};]*)\{([^{}]*)\}", css):
        place = f"{selectors.strip()} {{ {body.strip()} }}"
        if not selectors.strip().startswith("@"):
            yield from ((feature, place) for feature, how in _SELECTORS.items() if re.search(how, selectors.strip()))
            yield from ((f"css-pseudo-class-{one}", place) for one in re.findall(r"(?<!:):([a-z-]+)", selectors))
            yield from ((f"css-pseudo-element-{one}", place) for one in re.findall(r"::([a-z-]+)", selectors))
        yield from ((feature, place) for feature in _in_declarations(body))


def _in_declarations(css: str) -> Iterator[str]:
    for one in filter(str.strip, css.split(";")):
        name, _colon, value = one.strip().partition(":")
        name, value = name.strip().lower(), value.strip().lower()
        yield _property(name)
        if f"css-{name}-{value}" in FEATURES:
            yield f"css-{name}-{value}"
        if "!important" in value:
            yield "css-important"
        for unit in re.findall(r"\d(%|[a-z]+)", re.sub(r"#[0-9a-f]+|url\(.*?\)", "", value)):
            yield "css-unit-percent" if unit == "%" else f"css-unit-{unit}"
        for function in re.findall(r"([a-z-]+)\(", value):
            yield _FUNCTIONS.get(function, f"css-{function}")


def _property(name: str) -> str:
    if name in ("left", "right", "top", "bottom"):
        return "css-left-right-top-bottom"
    if re.fullmatch(r"(padding|margin)-(inline|block)-(start|end)", name):
        return f"css-{name.rpartition('-')[0]}-start-end"
    shorthand = f"css-{_EDGES.sub('', name)}"
    return f"css-{name}" if f"css-{name}" in FEATURES or shorthand not in FEATURES else shorthand
