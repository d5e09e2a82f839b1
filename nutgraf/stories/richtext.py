"""Inline rich text: what markup a story's sentences may hold, and their plain words."""

import html
import re

import nh3

# Wagtail's names for what the toolbar offers.
INLINE_FEATURES = ["bold", "italic", "link"]

_TAGS = {"p", "br", "b", "strong", "i", "em", "a"}
# `linktype` and `id` are how Wagtail stores a link to one of our own pages.
_ATTRIBUTES = {"a": {"href", "linktype", "id"}, "p": {"data-block-key"}}
_SCHEMES = {"http", "https", "mailto", "tel"}
_PARAGRAPH = re.compile(r"<p\b[^>]*>(.*?)</p>", re.DOTALL)
# What is left of a link whose address was taken out.
_LINK_TO_NOWHERE = re.compile(r"<a>(.*?)</a>", re.DOTALL)
_BREAK = re.compile(r"</p>|<br\s*/?>", re.IGNORECASE)
_TAG = re.compile(r"<[^>]*>")


def clean(source: str) -> str:
    """Return the markup without anything but bold, italic, links and paragraphs.

    Scripts go with their content; other tags go and their words stay.
    """
    kept = nh3.clean(
        source, tags=_TAGS, attributes=_ATTRIBUTES, attribute_filter=_keep, url_schemes=_SCHEMES, link_rel=None
    )
    return _LINK_TO_NOWHERE.sub(r"\1", kept)


def _keep(tag: str, name: str, value: str) -> str | None:
    # Wagtail looks up a page by whatever stands here, and fails on what is not a number.
    is_wrong = (name == "id" and not value.isdecimal()) or (name == "linktype" and value != "page")
    return None if is_wrong else value


def paragraphs(source: str) -> list[str]:
    """Return the inner markup of each paragraph; text without paragraphs is one."""
    found = _PARAGRAPH.findall(source) if "<p" in source else [source]
    return [inner.strip() for inner in found if plain(inner)]


def plain(source: str) -> str:
    """Return the words alone, on one line, with entities resolved."""
    return " ".join(html.unescape(_TAG.sub("", _BREAK.sub(" ", source))).split())


def as_source(text: str) -> str:
    """Return inline markup as it is stored: in a paragraph, unless it has one already."""
    return text if text.lstrip().startswith("<p") else f"<p>{text}</p>"
