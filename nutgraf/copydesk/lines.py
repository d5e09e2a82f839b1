"""The lines that copy is read by: where each stands in the text, and what its form said about it."""

from __future__ import annotations

import bisect
import html
import re
from dataclasses import dataclass, field

from nutgraf.copydesk import inline

# "page:3" is how the copy format writes a link to a page of the newsroom's own.
SAFE_LINK = re.compile(r"(?:https?://|mailto:|tel:)[^\s<>\"]+\Z|page:\d+\Z", re.IGNORECASE)
_SPACES = re.compile(r"\s+")
_TAGS = {"bold": "b", "italic": "i"}

# What comes first in a line of a list. Dashes and letters count only before a space.
BULLET_SIGNS = frozenset("•◦‣⁃∙·●○◯■□▪▫◆◇►▸▹➤➢➔→✓✔❖\uf0b7\uf0a7\uf0d8\uf0fc\uf076")
_SIGNS = "".join(sorted(BULLET_SIGNS))
BULLET = re.compile(
    rf"(?:--(?=\s[A-Z\"“])|[{_SIGNS}](?=\s|\w|[\"“‘'(\[$£€*])"
    r"|[-*+–—](?=\s)|[-–](?=[A-Z\"“‘'$£€])|\*(?=[A-Z\"“‘$£€\d])(?![^*\n]{1,600}\*)|o(?=\t|  | [A-Z\"“$£€\d])|§(?=\t|  | [A-Z\"“])"
    r"|\(?\d{1,2}[.)](?=\s)|\(?[a-hA-H]\)(?=\s)|(?:i{1,3}|iv|v)\)(?=\s))\s*"
)


@dataclass(slots=True)
class Mark:
    """Bold, italic, a link or a moment, over a stretch of the text."""

    start: int
    end: int
    kind: str
    value: str = ""


@dataclass(slots=True)
class Line:
    """One line that is not blank; `start` and `end` hold its words, `lead` is where its bullet begins, if it has one."""

    lead: int
    start: int
    end: int
    indent: int = 0
    bullet: str = ""
    heading: int = 0
    # What the form says of the line: "aside", "mail", "caption", "alt", "quote", "byline", "rule" or nothing.
    place: str = ""
    # Blank lines before it.
    gap: int = 0
    # Which article of a page it stands in; 0 is none.
    article: int = 0
    # It goes on with the list item above it, though it has no bullet.
    goes_on: bool = False


@dataclass(slots=True)
class Manuscript:
    """A text as it was taken in, with its lines and the marks on it."""

    form: str
    encoding: str | None
    text: str
    lines: list[Line]
    marks: list[Mark] = field(default_factory=list)
    # The text as facts are looked for in it: no breaks within a passage.
    running: str = ""
    _starts: list[int] = field(default_factory=list)

    def words(self, start: int, end: int) -> str:
        """Return a stretch of the text on one line, with single spaces."""
        return " ".join(self.text[start:end].split())

    def marks_in(self, start: int, end: int, kind: str = "") -> list[Mark]:
        """Return the marks that lie over a stretch, cut to it."""
        if not self.marks:
            return []
        if not self._starts:
            self.marks.sort(key=lambda mark: (mark.start, -mark.end))
            self._starts = [mark.start for mark in self.marks]
        found = []
        for mark in self.marks[self._first_reaching(start) : bisect.bisect_left(self._starts, end)]:
            if mark.end > start and (not kind or mark.kind == kind):
                found.append(Mark(max(mark.start, start), min(mark.end, end), mark.kind, mark.value))
        return found

    def html(self, start: int, end: int) -> str:
        """Return a stretch as HTML with bold, italic and safe links; a lone no-break space stays one."""
        text = self.text
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        marks = [mark for mark in self.marks_in(start, end) if self._is_shown(mark)]
        if not marks:
            return _escaped(text[start:end])
        return _nested(text, start, end, marks)

    def _is_shown(self, mark: Mark) -> bool:
        return mark.kind in _TAGS or (mark.kind == "link" and bool(SAFE_LINK.match(mark.value)))

    def _first_reaching(self, start: int) -> int:
        # Marks never reach over a line's end, so those of this line begin at most one line earlier.
        line_start = self.text.rfind("\n", 0, start) + 1
        return bisect.bisect_left(self._starts, line_start)


def _escaped(text: str) -> str:
    if "\u00a0" in text or "\u202f" in text or text[:1].isspace() or text[-1:].isspace():
        text = _SPACES.sub(_one_space, text)
    else:
        text = " ".join(text.split())
    return html.escape(text, quote=False) if "&" in text or "<" in text or ">" in text else text


def _one_space(found: re.Match[str]) -> str:
    return found[0] if found[0] in "\u00a0\u202f" else " "


def _nested(text: str, start: int, end: int, marks: list[Mark]) -> str:
    """Set tags so that they nest: at each border every open one is closed and what is still meant opened again."""
    borders: dict[int, list[tuple[Mark, int]]] = {start: [], end: []}
    for mark in marks:
        borders.setdefault(mark.start, []).append((mark, 1))
        borders.setdefault(mark.end, []).append((mark, -1))
    parts: list[str] = []
    counts = dict.fromkeys(_TAGS, 0)
    links: dict[int, str] = {}
    open_tags: list[tuple[str, str]] = []
    here = start
    for border in sorted(borders):
        if border > here:
            wanted = [("a", next(iter(links.values())))] if links else []
            wanted += [(tag, "") for kind, tag in _TAGS.items() if counts[kind]]
            _switch(parts, open_tags, wanted)
            open_tags = wanted
            parts.append(_escaped(text[here:border]))
            here = border
        for mark, step in borders[border]:
            if mark.kind != "link":
                counts[mark.kind] += step
            elif step > 0:
                links[id(mark)] = mark.value
            else:
                links.pop(id(mark), None)
    _switch(parts, open_tags, [])
    return "".join(parts)


def _switch(parts: list[str], open_tags: list[tuple[str, str]], wanted: list[tuple[str, str]]) -> None:
    shared = 0
    while shared < min(len(open_tags), len(wanted)) and open_tags[shared] == wanted[shared]:
        shared += 1
    parts.extend(f"</{tag}>" for tag, _ in reversed(open_tags[shared:]))
    parts.extend(_opening(tag, value) for tag, value in wanted[shared:])


def _opening(tag: str, value: str) -> str:
    return inline.opening(value) if tag == "a" else f"<{tag}>"
