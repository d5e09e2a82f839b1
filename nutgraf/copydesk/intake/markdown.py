"""Read Markdown as lines with marks; a light reading of our own, because a full parser takes three seconds for a megabyte."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from nutgraf.copydesk import frontmatter
from nutgraf.copydesk.intake.plain import columns, stand_alone
from nutgraf.copydesk.lines import BULLET, BULLET_SIGNS, Line, Manuscript, Mark

_HEADING = re.compile(r"(#{1,6})(?:[ \t]+|\Z)")
_CLOSING_SIGNS = re.compile(r"[ \t]+#+\Z")
_UNDERLINE = re.compile(r"[ \t]{0,3}(?:(=)=*|(-)--+)[ \t]*\Z")
_RULE = re.compile(r"[ \t]{0,3}(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})\Z")
_QUOTING = re.compile(r"[ \t]{0,3}(?:>[ \t]?)+")
_FENCE = re.compile(r"[ \t]{0,3}(?:```|~~~)")
_DEFINITION = re.compile(r"[ \t]{0,3}\[([^\]\[\n]{1,200})\]:[ \t]*<?([^\s>]+)>?(?:[ \t]+[\"'(][^\n]*)?\Z")
_TARGET = re.compile(
    r"\([ \t]*<?([^\s()<>]*(?:\([^\s()]*\)[^\s()<>]*){0,4})>?(?:[ \t]+(?:\"[^\"]*\"|'[^']*'))?[ \t]*\)"
)
_PICTURE = re.compile(
    r"(\[?!\[[^\[\]\n]{0,400}\]\([ \t]*<?[^()\s<>]*>?(?:[ \t]+\"[^\"]{0,1000}\")?[ \t]*\)(?:\]\([^()\s]*\))?)"
)
_CAPTION = re.compile(r"\([^()\s]+[ \t]+\"([^\"]+)\"")
_REFERENCE = re.compile(r"\[([^\]\[]{0,200})\]")
_TOKEN = re.compile(
    r"\\([!-/:-@\[-`{-~])"  # an escaped sign
    r"|(\*{1,3}|_{1,3}(?!_))"  # emphasis
    r"|(!?\[)|(\])"  # links and pictures
    r"|<(/?)([a-z][a-z0-9]{0,9})(?:\s[^<>]{0,400})?/?>"  # HTML in the line
    r"|<((?:https?://|mailto:)[^\s<>]+)>"
    r"|(&#?\w{1,31};)"
    r"|(`+)",
    re.IGNORECASE,
)
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_SIGNS = frozenset("\\*_[]<&`")
_HTML_KINDS = {"b": "bold", "strong": "bold", "i": "italic", "em": "italic"}
_KINDS = {1: ("italic",), 2: ("bold",), 3: ("bold", "italic")}
# A row of a table, or the row of dashes under its head.
_TABLE = re.compile(r"\|[^\n]*\|\Z|:?-{2,}:?[ \t]*(?:\|[ \t]*:?-{2,}:?[ \t]*)+\Z")
_STEPS = re.compile(r"\d{1,2}[.)]\Z")


def read(text: str, encoding: str | None) -> Manuscript:
    """Return the lines of a text in Markdown."""
    if "<!--" in text:
        text = _COMMENT.sub(lambda found: "\n" * found[0].count("\n"), text)
    page = _Page(_definitions(text))
    rows = text.split("\n")
    front = frontmatter.rows_of(rows)
    for row in rows[:front]:
        page.take_front(row)
    for place, row in enumerate(rows[front:], front):
        next_row = rows[place + 1] if place + 1 < len(rows) else ""
        if "![" in row:
            for part in filter(str.strip, _parted(row)):
                page.take(part, "")
        else:
            page.take(row, next_row)
    return Manuscript("markdown", encoding, "".join(page.text), page.lines, page.marks)


def _definitions(text: str) -> dict[str, str]:
    if "]:" not in text:
        return {}
    found = (_DEFINITION.match(row) for row in text.split("\n"))
    return {one[1].casefold(): one[2] for one in found if one}


def _parted(row: str) -> Iterator[str]:
    """Yield a row's pictures and what stands beside them as rows of their own; a picture's title is its caption."""
    for part in _PICTURE.split(row):
        yield part
        if "![" in part and (caption := _CAPTION.search(part)):
            yield caption[1]


@dataclass
class _Page:
    """The text that is made, line by line."""

    links: dict[str, str]
    text: list[str] = field(default_factory=list)
    size: int = 0
    lines: list[Line] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    gap: int = 0
    is_code: bool = False
    is_underlined: bool = False

    def take(self, row: str, next_row: str) -> None:
        """Add one row of the source."""
        words = row.strip()
        if self.is_underlined or _FENCE.match(row) or (self.links and _DEFINITION.match(row)):
            self.is_code ^= not self.is_underlined and bool(_FENCE.match(row))
            self.is_underlined = False
            words = ""
        if not words:
            self.gap += 1
            self._add("\n")
            return
        line = Line(0, 0, 0, gap=self.gap)
        self.gap = 0
        self._add(self._dress(line, row, next_row) + "\n")
        stand_alone(line)
        if line.start < line.end:
            self.lines.append(line)

    def take_front(self, row: str) -> None:
        """Add one row of front matter, in which no sign is Markdown's."""
        if words := row.strip():
            lead = self.size + len(row) - len(row.lstrip())
            place = "rule" if _RULE.match(row) or words == "+++" else "front"
            self.lines.append(Line(lead, lead, lead + len(words), place=place))
        self._add(row + "\n")

    def _add(self, words: str) -> None:
        self.text.append(words)
        self.size += len(words)

    def _dress(self, line: Line, row: str, next_row: str) -> str:
        """Tell what kind of line it is, and return it without the signs of Markdown."""
        if not self.is_code:
            if quoting := _QUOTING.match(row):
                row = row[quoting.end() :]
                line.place = "quote"
            if _RULE.match(row):
                line.place = "rule"
        words = row.strip()
        if _TABLE.match(words):
            line.place = "table"
        lead = len(row) - len(row.lstrip())
        line.indent = columns(row[:lead])
        blank = " " * line.indent
        line.lead = line.start = self.size + len(blank)
        if line.place in ("rule", "table") or self.is_code:
            line.end = line.start + len(words)
            return blank + words
        if heading := _HEADING.match(words):
            line.heading = len(heading[1])
            words = _CLOSING_SIGNS.sub("", words[heading.end() :])
        elif (words[:1] in "-*+o•" or words[:1] in BULLET_SIGNS or words[:1].isdigit()) and (
            found := BULLET.match(words)
        ):
            sign = found[0].strip()
            line.bullet = sign
            shown = sign if _STEPS.match(sign) or sign in BULLET_SIGNS else "•"
            line.start += len(shown) + 1
            blank += shown + " "
            words = words[found.end() :]
        elif underline := self._underline(line, words, next_row):
            line.heading = 1 if underline[1] else 2
            self.is_underlined = True
        if _SIGNS.isdisjoint(words):
            marks: list[Mark] = []
            pictures: list[Any] = []
            plain = words
        else:
            plain, marks, pictures = _inline(words, self.links)
        self.marks += [Mark(mark.start + line.start, mark.end + line.start, mark.kind, mark.value) for mark in marks]
        if pictures and pictures[0][1] - pictures[0][0] >= len(plain.strip()):
            line.place = "alt"
        line.end = line.start + len(plain)
        return blank + plain

    def _underline(self, line: Line, words: str, next_row: str) -> re.Match[str] | None:
        """Find a row of signs under a line that could be a heading, and is not the last of a paragraph."""
        is_alone = not self.lines or line.gap > 0 or self.lines[-1].heading > 0
        return _UNDERLINE.match(next_row) if is_alone and len(words) <= 200 else None


@dataclass
class _Opening:
    """A sign that may turn out to open something; until it is closed it is nothing but its letters."""

    piece: int
    at: int
    sign: str


def _inline(words: str, links: dict[str, str]) -> tuple[str, list[Mark], list[tuple[int, int]]]:
    """Return a line without its signs, the marks on it, and where the alternative texts of pictures stand."""
    return _Inline(links).read(words)


class _Inline:
    def __init__(self, links: dict[str, str]) -> None:
        self.links = links
        self.pieces: list[str] = []
        self.emphasis: list[_Opening] = []
        self.brackets: list[_Opening] = []
        self.spans: list[tuple[int, int, str, str]] = []
        self.tags: dict[str, list[int]] = {"bold": [], "italic": []}

    def read(self, words: str) -> tuple[str, list[Mark], list[tuple[int, int]]]:
        place = 0
        while found := _TOKEN.search(words, place):
            self.pieces.append(words[place : found.start()])
            place = self._take(found, words)
        self.pieces.append(words[place:])
        return self._result()

    def _take(self, found: re.Match[str], words: str) -> int:
        escaped, emphasis, opening, closing, slash, tag, address, entity, ticks = found.groups()
        if escaped:
            self.pieces.append(escaped)
        elif emphasis:
            self._emphasise(emphasis, found, words)
        elif opening:
            self.brackets.append(_Opening(len(self.pieces), found.start(), opening))
            self.pieces.append(opening)
        elif closing:
            return self._close_bracket(found, words)
        elif tag:
            self._tag(tag.lower(), bool(slash))
        elif address:
            self.spans.append((len(self.pieces), len(self.pieces) + 1, "link", address))
            self.pieces.append(address.removeprefix("mailto:"))
        elif entity:
            self.pieces.append(" ".join(html.unescape(entity).split("\n")))
        elif ticks:
            end = words.find(ticks, found.end(), found.end() + 400)
            self.pieces.append(words[found.end() : end] if end > 0 else ticks)
            return end + len(ticks) if end > 0 else found.end()
        return found.end()

    def _emphasise(self, sign: str, found: re.Match[str], words: str) -> None:
        before = words[found.start() - 1 : found.start()] or " "
        after = words[found.end() : found.end() + 1] or " "
        can_open = not after.isspace() and not (sign[0] == "_" and before.isalnum())
        can_close = not before.isspace() and not (sign[0] == "_" and after.isalnum())
        if can_close:
            for place in range(len(self.emphasis) - 1, max(len(self.emphasis) - 9, -1), -1):
                opening = self.emphasis[place]
                if opening.sign == sign:
                    del self.emphasis[place:]
                    self.pieces[opening.piece] = ""
                    for kind in _KINDS[len(sign)]:
                        self.spans.append((opening.piece, len(self.pieces), kind, ""))
                    return
        if can_open:
            self.emphasis.append(_Opening(len(self.pieces), found.start(), sign))
        self.pieces.append(sign)

    def _close_bracket(self, found: re.Match[str], words: str) -> int:
        if not self.brackets:
            self.pieces.append("]")
            return found.end()
        opening = self.brackets.pop()
        target, end = "", found.end()
        if address := _TARGET.match(words, found.end()):
            target, end = address[1], address.end()
        elif self.links:
            reference = _REFERENCE.match(words, found.end())
            name = reference[1] if reference and reference[1] else words[opening.at + len(opening.sign) : found.start()]
            target = self.links.get(name.casefold(), "") if len(name) <= 200 else ""
            end = reference.end() if reference and target else end
        if not target and not address:
            self.pieces.append("]")
            return found.end()
        self.pieces[opening.piece] = ""
        kind = "alt" if opening.sign == "![" else "link"
        self.spans.append((opening.piece, len(self.pieces), kind, target))
        return end

    def _tag(self, tag: str, is_closing: bool) -> None:
        kind = _HTML_KINDS.get(tag, "")
        if tag == "br":
            self.pieces.append(" ")
        elif kind and not is_closing:
            self.tags[kind].append(len(self.pieces))
        elif kind and self.tags[kind]:
            self.spans.append((self.tags[kind].pop(), len(self.pieces), kind, ""))

    def _result(self) -> tuple[str, list[Mark], list[tuple[int, int]]]:
        offsets = [0]
        for piece in self.pieces:
            offsets.append(offsets[-1] + len(piece))
        text = "".join(self.pieces)
        marks = [Mark(offsets[first], offsets[last], kind, value) for first, last, kind, value in self.spans]
        pictures = [(mark.start, mark.end) for mark in marks if mark.kind == "alt"]
        return text, [mark for mark in marks if mark.kind != "alt" and mark.end > mark.start], pictures
