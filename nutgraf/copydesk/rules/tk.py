"""Find “TK”, by which a writer marks what is still to come."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nutgraf.copydesk.rules.base import House
from nutgraf.copydesk.rules.texts import Finding, Piece

# Alone it is written in capitals; "tktk" can be nothing else in any letters.
_TK = re.compile(r"(?<![^\W_])(?:(?:TK)+|(?i:(?:tk){2,}))(?![^\W_])")


def find(piece: Piece, house: House, limit: int) -> Iterator[Finding]:
    for text in piece.texts:
        for found in _TK.finditer(text.words):
            yield text.note("“TK” is still to come: fill it in.", *found.span())
