"""Find words on the newsroom's own list, and say what it writes instead."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nutgraf.copydesk.rules.base import House, HouseWord
from nutgraf.copydesk.rules.texts import PROSE, Finding, Piece

_SHOWN = PROSE | {"headline", "short head", "eyebrow", "caption", "alt text", "label", "quote words"}


def find(piece: Piece, house: House, limit: int) -> Iterator[Finding]:
    listed = [(word, _pattern(word)) for word in house.words if word.words.strip()]
    for text in piece.texts:
        for word, pattern in listed if text.kind in _SHOWN else ():
            for found in pattern.finditer(text.words):
                if found[0] != word.preferred:
                    yield text.note(_why(word, found[0]), *found.span())


def _pattern(word: HouseWord) -> re.Pattern[str]:
    """A word listed in small letters is meant in any; one with a capital only as it stands."""
    words = re.sub("['’]", "['’]", r"\s+".join(map(re.escape, word.words.split())))
    return re.compile(rf"(?<!\w){words}(?!\w)", re.IGNORECASE if word.words.islower() else 0)


def _why(word: HouseWord, found: str) -> str:
    rule = f"We write “{word.preferred}” rather than “{found}”" if word.preferred else f"We do not write “{found}”"
    return f"{rule}: {word.reason.rstrip('.')}." if word.reason else f"{rule}."
