"""Join lines into passages: what was one line before a mail program or a terminal broke it at its width."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from nutgraf.copydesk import notation
from nutgraf.copydesk.lines import Line, Manuscript, Mark

NARROWEST = 40
WIDEST = 100
_ENDS = frozenset('.!?:;"”’)…»')


# What stands under a headline and begins with a small letter, and words that end no headline.
_BESIDE_HEADLINE = re.compile(r"(?:by|and|with|updated|posted|published|photo|words|text)\b", re.IGNORECASE)
_UNFINISHED = frozenset(
    "a an the and or but of in on at to for with from by as is are was be its their his her that than".split()
)


_TIME_NAME = re.compile(r"(?:(?:first |last )?(?:published|updated|posted|modified)(?: on| at)?) ?:?\Z", re.IGNORECASE)
LONGEST_NAME = 18
_GOING_ON = frozenset(
    "over after before under into amid against despite without during until since near off up down out".split()
)


@dataclass(slots=True)
class Passage:
    """One paragraph, bullet or line of the head, with how its first line looks."""

    lead: int
    start: int
    end: int
    words: str
    line: Line
    # Whether all of it is bold, italic or a link.
    is_bold: bool = False
    is_italic: bool = False
    is_link: bool = False
    bold: list[Mark] = field(default_factory=list)


def passages(manuscript: Manuscript) -> list[Passage]:
    """Return the passages of a manuscript, in order."""
    width = wrap_width(manuscript)
    joined: list[Passage] = []
    text, lines = manuscript.text, manuscript.lines
    # Found once: whether only blank stands above a line would else be asked of the whole text, for each line.
    beginning = len(text) - len(text.lstrip())
    place = 0
    while place < len(lines):
        first = last = lines[place]
        place += 1
        is_open = first.gap > 0 or first.lead <= beginning
        while place < len(lines) and _goes_on(text, first, last, lines[place], width, is_open=is_open):
            last = lines[place]
            place += 1
        joined.append(_passage(manuscript, first, last))
    return joined


def running_text(text: str, joined: list[Passage]) -> str:
    """Return the text with the breaks within passages as spaces, so that "Marit" and "Engelbrecht" below are one name."""
    parts: list[str] = []
    place = 0
    for passage in joined:
        if text.find("\n", passage.start, passage.end) >= 0:
            parts += [text[place : passage.start], text[passage.start : passage.end].replace("\n", " ")]
            place = passage.end
    return "".join([*parts, text[place:]]) if parts else text


def _passage(manuscript: Manuscript, first: Line, last: Line) -> Passage:
    passage = Passage(
        first.lead, first.start, last.end, " ".join(manuscript.text[first.start : last.end].split()), first
    )
    if manuscript.marks and (bold := manuscript.marks_in(passage.start, passage.end, "bold")):
        passage.bold = bold
        covered = sum(mark.end - mark.start for mark in bold)
        passage.is_bold = covered >= 0.9 * (passage.end - passage.start)
    if manuscript.marks:
        italic = sum(mark.end - mark.start for mark in manuscript.marks_in(passage.start, passage.end, "italic"))
        passage.is_italic = italic >= 0.9 * (passage.end - passage.start)
    if manuscript.marks and len(passage.words) <= NARROWEST:
        links = manuscript.marks_in(passage.start, passage.end, "link")
        passage.is_link = sum(mark.end - mark.start for mark in links) >= 0.9 * (passage.end - passage.start)
    return passage


def _goes_on(text: str, first: Line, last: Line, following: Line, width: int, *, is_open: bool) -> bool:
    """Tell whether a line is the rest of the one above it; `is_open` says that only blank stands above the first."""
    if following.goes_on or _is_field(text, first, last, following):
        return True
    if first.place == "quote" and following.place == "quote" and following.gap < 2 and _is_attribution(text, following):
        return True
    if following.gap or following.bullet or following.heading or last.heading or following.place != first.place:
        return False
    if first.place in ("rule", "aside", "alt") or notation.begins(text, following.start, following.end):
        return False
    if is_open and _is_broken_head(text, last, following):
        return True
    if first.bullet and following.indent > first.indent + 1:
        # A short bullet without an end, and a capital below it: the paragraphs are set in, and this is the next.
        is_paragraph = text[following.start].isupper() and text[last.end - 1] not in _ENDS and _length(last) < NARROWEST
        return not is_paragraph
    return bool(width) and following.indent <= first.indent + 4 and _is_broken(text, last, following, width)


def _is_field(text: str, first: Line, last: Line, following: Line) -> bool:
    """Tell whether a line only names what the next one says: "Last updated:", and then the day."""
    if first is not last or last.end - last.start > LONGEST_NAME or following.end - following.start > NARROWEST:
        return False
    if (
        text[last.start] not in "PpULul"
        or following.gap > 1
        or following.bullet
        or not _TIME_NAME.match(text, last.start, last.end)
    ):
        return False
    words = text[following.start : following.end]
    return words.endswith("ago") or (any(map(str.isdigit, words)) and len(words.split()) <= 7)


def _is_attribution(text: str, line: Line) -> bool:
    """Tell whether a line says who spoke the words above it: "— Ana Reyes, mayor"."""
    return (
        text[line.lead] in "—–-―"
        and text[line.start : line.end].lstrip("—–-― ")[:1].isupper()
        and line.end - line.start < 120
    )


def _is_broken_head(text: str, line: Line, following: Line) -> bool:
    """Tell whether a headline goes on below: it breaks off before a small letter, or after a word that ends nothing."""
    words = text[line.start : line.end]
    if line.bullet or words[-1] in _ENDS or not words[0].isupper() or len(words) < NARROWEST / 3 or len(words) > WIDEST:
        return False
    below = text[following.start : following.end]
    if len(below) > WIDEST or below[-1] in ".:" or _BESIDE_HEADLINE.match(below):
        return False
    if below == words:
        return False
    if words.isupper() and below.isupper():
        is_long = len(words.split()) > 3 and len(below.split()) > 1
        return is_long or below.split()[0].lower() in _UNFINISHED | _GOING_ON
    return below[0].islower() or words.rsplit(None, 1)[-1] in _UNFINISHED


def _is_broken(text: str, line: Line, following: Line, width: int) -> bool:
    """Tell whether a line was broken at the width: the next word would not have fitted, or the sentence goes on."""
    length = _length(line)
    space = text.find(" ", following.start, following.end)
    word = (space if space > 0 else following.end) - following.start
    if length + 1 + word > width:
        return True
    if text[line.end - 1] in _ENDS:
        return False
    return length > (0.5 if text[following.start].islower() else 0.8) * width


def _length(line: Line) -> int:
    return line.indent + line.end - line.lead


def wrap_width(manuscript: Manuscript) -> int:
    """Return the width at which the lines were broken, or 0 if each paragraph is on one line.

    Programs break where the next word would not fit, people a little before;
    so what counts is how many lines end within a sentence that goes on below.
    """
    lines = manuscript.lines
    if manuscript.form == "html" or len(lines) < 3:
        return 0
    broken = long = 0
    width = 0
    text = manuscript.text
    for line, following in zip(lines, lines[1:], strict=False):
        length = _length(line)
        if line.place in ("mail", "aside", "rule"):
            continue
        long += length > WIDEST
        if following.gap or following.bullet or line.heading or length < NARROWEST / 2 or length > WIDEST:
            continue
        width = max(width, length)
        broken += text[line.end - 1] not in _ENDS and text[following.start].islower()
    return width if broken >= 2 and broken > long and width >= NARROWEST else 0
