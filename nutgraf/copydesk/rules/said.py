"""Find quotes whose speaker has no full name, or nobody says who that is, where the story names them first."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nutgraf.copydesk import quotes
from nutgraf.copydesk.lexicon import SPEECH, TITLES
from nutgraf.copydesk.rules.base import House
from nutgraf.copydesk.rules.texts import Finding, Piece

# Whoever is quoted by what they are ("a spokesman", "officials") has no name to be given.
_NAME = re.compile(r"[^\W\d_a-z][\w’'.-]*")
_NAME_BEFORE = re.compile(r"(?:[^\W\d_a-z][\w’'.-]*\s+(?:(?:de|da|van|von|der|den|al|bin|la|le|di|du)\s+)*)+\Z")
_APPOSITION = re.compile(r"['’]?s?\s*(?:,\s+(?:who|whose|an?|the|\d\d|[a-z]|[A-Z])|\s+of\s|\s+from\s|\s+\()")
_WORD_BEFORE = re.compile(r"([\w’'-]+)[,]?\s+\Z")
_NO_ROLE = SPEECH | frozenset(
    "the a an and but or that when while from in at on by with for to as of is was were are had has have who then also not"
    " because before after if where about like".split()
)


def find(piece: Piece, house: House, limit: int) -> Iterator[Finding]:
    told: set[str] = set()
    for name, role, place in _speakers(piece):
        words = _without_titles(name)
        if not words or words[-1] in told or not _NAME.match(words[-1]):
            continue
        told.add(words[-1])
        path, start, end, said = _first(piece, words[-1]) or place
        if not (full := _full_name(piece, words)):
            why = f"Readers meet “{words[-1]}” here for the first time: give the full name."
            yield Finding(why, path, start, end, said)
        elif not role and not _is_introduced(piece, full):
            why = f"Say who {full} is: a role or a house, where the name comes first."
            yield Finding(why, path, start, end, said)


_Place = tuple[str, int, int, str]


def _speakers(piece: Piece) -> Iterator[tuple[str, str, _Place]]:
    """Yield who is quoted, what is said of them with the quote, and where: noted quotes first, as they are surer."""
    for fact in piece.facts:
        speaker = " ".join((fact.value.get("speaker") or "").split())
        if fact.kind == "quote" and speaker:
            role = f"{fact.value.get('role') or ''}{fact.value.get('affiliation') or ''}".strip()
            yield speaker, role, (f"{fact.path}/speaker", 0, len(speaker), speaker)
    if not piece.quoted:
        return
    for quote in quotes.find(piece.running, piece.stretches, piece.register):
        if quote.speaker:
            place = piece.note("", *quote.span)
            role = f"{quote.role}{quote.affiliation}".strip()
            yield quote.speaker, role, (place.path, place.start, place.end, place.words)


def _first(piece: Piece, last: str) -> _Place | None:
    """Return where the prose has a last name first."""
    if (at := _first_place(piece, last)) < 0:
        return None
    found = piece.note("", at, at + len(last))
    return found.path, found.start, found.end, found.words


def _first_place(piece: Piece, last: str) -> int:
    found = re.search(rf"(?<!\w){re.escape(last)}(?!\w)", piece.running)
    return found.start() if found else -1


def _full_name(piece: Piece, words: list[str]) -> str:
    """Return the name as the prose has it first, if that is more than the last name; or as it was noted."""
    at = _first_place(piece, words[-1])
    if at < 0:
        return " ".join(words) if len(words) > 1 else ""
    before = _NAME_BEFORE.search(piece.running, max(0, at - 60), at)
    first = _without_titles(before[0]) if before else []
    return " ".join([*first, words[-1]]) if first else ""


def _without_titles(name: str) -> list[str]:
    return [word for word in name.split() if word.lower().strip(".") not in TITLES]


def _is_introduced(piece: Piece, full: str) -> bool:
    """Tell whether words beside the first full mention say who it is: "pilot Mara Lind", "Mara Lind, a pilot"."""
    at = piece.running.find(full)
    if at < 0:
        return False
    if _APPOSITION.match(piece.running, at + len(full)):
        return True
    before = _WORD_BEFORE.search(piece.running, max(0, at - 40), at)
    return before is not None and before[1].lower() not in _NO_ROLE and not before[1].endswith("ly")
