"""Bare a text of its dress, so that what a person read in a piece can be found in it, and two texts compared."""

from __future__ import annotations

import re
import unicodedata
from html.parser import HTMLParser

_SAME = {
    **dict.fromkeys(
        map(ord, '\u2018\u2019\u201a\u201b\u2032\u02bc`\u00b4\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb\u2039\u203a"'),
        "'",
    ),
    **dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2015\u2212"), "-"),
}
_UNSEEN = dict.fromkeys(
    map(ord, "\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff")
)
_MAIL_MARK = re.compile(r"^[ \t]*(?:>[ \t]?)+", re.MULTILINE)
_MARKDOWN_LINK = re.compile(r"!?\[([^\]]*)\](?:\([^)\s]*(?:\s+\"[^\"]*\")?\)|\[[^\]]*\])")
_MARKDOWN_MARKS = re.compile(r"\*\*|__|(?<!\w)[*_](?=\S)|(?<=\S)[*_](?!\w)|\\(?=[^\w\s])")
_MARKDOWN_LINE = re.compile(r"^[ \t]*(?:#+[ \t]+|>[ \t]?)", re.MULTILINE)


def fold(text: str) -> str:
    """Return what is left of a text when white space, case and the kinds of marks do not matter."""
    text = unicodedata.normalize("NFKC", text.translate(_UNSEEN)).translate(_SAME)
    return " ".join(text.casefold().split())


def words(text: str) -> list[str]:
    """Return the words and figures of a text, without any marks."""
    return re.findall(r"\w+", fold(text).replace("'", ""))


def bare(source: str, form: str) -> str:
    """Return a piece as running text, without the marks of its form, in the order of its lines."""
    source = source.translate(_UNSEEN)
    if form == "html":
        return " ".join(_texts(source).split())
    if form == "markdown":
        source = _MARKDOWN_MARKS.sub("", _MARKDOWN_LINE.sub("", _MARKDOWN_LINK.sub(r"\1", source)))
    return " ".join(_MAIL_MARK.sub("", source).split())


class _Texts(HTMLParser):
    INLINE = frozenset(
        {"a", "abbr", "b", "cite", "em", "font", "i", "mark", "q", "small", "span", "strong", "sub", "sup", "time", "u"}
    )
    SILENT = frozenset({"script", "style", "template"})

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self.is_silent = False

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.is_silent = tag in self.SILENT
        if tag not in self.INLINE:
            self.parts.append(" ")

    def handle_endtag(self, tag: str) -> None:
        self.is_silent = False
        if tag not in self.INLINE:
            self.parts.append(" ")

    def handle_data(self, data: str) -> None:
        if not self.is_silent:
            self.parts.append(data)


def _texts(source: str) -> str:
    parser = _Texts()
    parser.feed(source)
    parser.close()
    return "".join(parser.parts)
