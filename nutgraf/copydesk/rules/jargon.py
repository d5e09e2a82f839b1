"""Find jargon, clichés, padding and slips with Proselint's lists, in our own words of advice and not in quoted speech."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING

from nutgraf.copydesk.rules.base import House
from nutgraf.copydesk.rules.texts import Finding, Piece

if TYPE_CHECKING:
    from proselint.registry.checks import Check

# Parts of Proselint that say something to a newsroom; what is left out, and why, is in docs/decisions/0015.
_JARGON = ("industrial_language.corporate_speak", "industrial_language.commercialese", "industrial_language.jargon",
           "industrial_language.bureaucratese", "misc.greylist", "cliches")  # fmt: skip
_PADDING = ("redundancy",)
_SLIPS = ("lexical_illusions", "nonwords", "malapropisms", "mondegreens", "mixed_metaphors")
# An office's words that its lists lack, and what does instead; "leverage" only where it is a verb.
_OFFICE_WORDS = [
    (re.compile(rf"\b(?:{words})\b", re.IGNORECASE), instead)
    for words, instead in (
        (r"going forward|moving forward", "from now on"),
        (r"in order to", "to"),
        (r"utili[sz](?:e|es|ed|ing)", "use"),
        (r"(?<=to )leverage|leverag(?:es|ed|ing)|leverage(?= (?:its|their|our|his|her|your|the|this|these|those|new|existing)\b)", "use"),
        (r"stakeholders?|game[- ]chang(?:ers?|ing)", ""),
    )
]  # fmt: skip
# It takes every "hell" for a cliché, a place of that name too.
_NOT = ("cliches.hell",)


def find(piece: Piece, house: House, limit: int) -> Iterator[Finding]:
    own = {
        found.span(): instead
        for pattern, instead in _OFFICE_WORDS
        for found in pattern.finditer(piece.own_words if piece.prose else "")
    }
    yield from _found(piece, _JARGON, "“{}” is worn or an office's word: say it plainly.", own)


def padding(piece: Piece, house: House, limit: int) -> Iterator[Finding]:
    yield from _found(piece, _PADDING, "“{}” says something twice.")


def slips(piece: Piece, house: House, limit: int) -> Iterator[Finding]:
    yield from _found(piece, _SLIPS, "“{}” looks like a slip: check it.")


def _found(
    piece: Piece, paths: Sequence[str], why: str, own: Mapping[tuple[int, int], str] | None = None
) -> Iterator[Finding]:
    if not piece.prose:
        return
    # Lists look at what is round a word, so that nothing may be at the very edge.
    source = f"\n{piece.own_words}\n"
    spans = dict(own or {})
    for check in _checks(paths):
        for result in check.check_with_flags(source):
            start, end = _trimmed(source, *result.span)
            spans.setdefault((start - 1, end - 1), (result.replacements or "").strip())
    for start, end in _outermost(spans):
        words, instead = piece.running[start:end], spans[start, end]
        reason = why.format(words)
        yield piece.note(f"{reason[:-1]}; “{instead}” will do." if _is_plain(instead) else reason, start, end)


def _is_plain(words: str) -> bool:
    """Some replacements are patterns, for which nobody is to be told."""
    return bool(words) and not set(words) & set("\\()[]?|*+")


def _trimmed(source: str, start: int, end: int) -> tuple[int, int]:
    words = source[start:end]
    return start + len(words) - len(words.lstrip()), start + len(words.rstrip())


def _outermost(spans: dict[tuple[int, int], str]) -> Iterator[tuple[int, int]]:
    """Several lists know the same words: the longest stretch is told, once."""
    last = -1
    for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        if start >= last and start < end:
            yield start, end
            last = end


@cache
def _checks(paths: Sequence[str]) -> tuple[Check, ...]:
    # Read when a first story is looked at: the lists take a tenth of a second.
    from proselint.checks import __register__

    return tuple(
        check
        for check in __register__
        if any(check.matches_partial(path) for path in paths) and not any(check.matches_partial(path) for path in _NOT)
    )
