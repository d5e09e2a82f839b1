"""Find “TK”, by which a writer marks what is still to come."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nutgraf.copydesk.rules.base import House
from nutgraf.copydesk.rules.texts import Finding, Piece

# Alone it is written in capitals; "tktk" can be nothing else in any letters.
_TK = re.compile(r"(?<![^\W_])(?:(?:TK)+|(?i:(?:tk){2,}))(?![^\W_])")

# One may be the name of a firm and the next one a gap, so each is known by the words beside it.
_HERE = "\0"
_REACH = 40
_NEIGHBOURS = re.compile(rf"(?:\S+\s+)?\S*{_HERE}\S*(?:\s+\S+)?")


def find(piece: Piece, house: House, limit: int) -> Iterator[Finding]:
    for text in piece.texts:
        for found in _TK.finditer(text.words):
            start, end = found.span()
            beside = text.words[max(0, start - _REACH) : start] + _HERE + text.words[end : end + _REACH]
            about = _NEIGHBOURS.search(beside)
            context = about[0].replace(_HERE, found[0]) if about else found[0]
            yield Finding("“TK” is still to come: fill it in.", text.path, start, end, found[0], context)
