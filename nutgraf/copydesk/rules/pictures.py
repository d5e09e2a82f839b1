"""Find pictures that do not say whom they are owed to, or what they show."""

from __future__ import annotations

from collections.abc import Iterator

from nutgraf.copydesk.rules.base import House, PictureWords
from nutgraf.copydesk.rules.texts import Fact, Finding, Piece


def find(piece: Piece, house: House, limit: int) -> Iterator[Finding]:
    for fact in piece.facts:
        if fact.kind != "picture":
            continue
        known = _known(fact, house)
        place = fact.path if fact.path == "hero" else f"{fact.path}/picture"
        if not known.credit_line.strip():
            yield Finding("Nobody is credited for the picture: give it a credit line.", place, words="credit line")
        if not known.alt_text.strip():
            yield Finding(
                "Whoever cannot see the picture learns nothing of it: give it an alt text.", place, words="alt text"
            )


def _known(fact: Fact, house: House) -> PictureWords:
    number = fact.value.get("picture")
    kept = house.pictures.get(int(number), PictureWords()) if number else PictureWords()
    return PictureWords(
        fact.value.get("alt_text") or kept.alt_text,
        # Copy brings its credit along; the newsroom keeps it with the picture.
        fact.value.get("credit_line") or kept.credit_line,
    )
