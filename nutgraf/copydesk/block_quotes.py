"""Read a block quotation with a line under it that says who spoke: “We will not wait.” — Ana Reyes, mayor, City of Almery."""

from __future__ import annotations

import re

from nutgraf.copydesk.found import Quote, Span
from nutgraf.copydesk.lines import Manuscript

MOST_NAME_WORDS = 6
_MARKS = "\"“”‘’'«»„‟"
_SAID = re.compile(r"(?P<words>.{3,1500}?)\s*(?:—|―|–|\s--?)\s*(?P<by>[^\W\d_][^—―\n]{1,160})\Z", re.DOTALL)
_AGE = re.compile(r"(?:aged? )?\d{1,3}(?: years old)?\Z")
_OF = re.compile(r"(?:(?P<role>.+?) )?(?:of|at|for|from) (?:the (?=[^\W\d_a-z]))?(?P<house>(?-i:[^\W\d_a-z]).*)\Z")


def read(manuscript: Manuscript, start: int, end: int) -> Quote | None:
    """Return the quote that a block quotation is, or None if nobody is said to have spoken it."""
    found = _SAID.match(manuscript.text, start, end)
    if not found:
        return None
    said = manuscript.words(*found.span("words"))
    is_marked = said[0] in _MARKS and said[-1] in _MARKS
    is_own_line = "\n" in manuscript.text[found.end("words") : found.start("by")]
    speaker, role, house = take_apart(manuscript.words(*found.span("by")))
    if not speaker or not (is_marked or is_own_line):
        return None
    span: Span = (start, end)
    return Quote(said.strip(_MARKS) if is_marked else said, speaker, role, house, "", "", span, 0.9, "line")


def take_apart(by: str) -> tuple[str, str, str]:
    """Return the speaker, the role and the affiliation of "Ana Reyes, 61, mayor of Almery"."""
    name, *rest = [part.strip() for part in by.strip(" .").split(",")]
    rest = [part for part in rest if part and not _AGE.match(part)]
    if len(name.split()) > MOST_NAME_WORDS or not name[:1].isupper():
        return "", "", ""
    if not rest:
        return name, "", ""
    if found := _OF.match(rest[0]):
        return name, found["role"] or "", ", ".join([found["house"], *rest[1:]])
    return name, rest[0], ", ".join(rest[1:])
