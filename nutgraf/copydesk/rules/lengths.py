"""Count words: of the whole story against its target, of its headline, lede, sentences and bullets against their limits."""

from __future__ import annotations

import math
from collections.abc import Iterator

from nutgraf.copydesk.rules.base import House
from nutgraf.copydesk.rules.texts import Finding, Piece, Text, count_words
from nutgraf.copydesk.sentences import sentences

_READ = frozenset(["headline", "lede", "label", "text", "bullet", "sub-bullet", "quote words"])


def count(piece: Piece) -> int:
    """Return how many words a reader reads from the headline to the end."""
    return sum(count_words(text.words) for text in piece.texts if text.kind in _READ)


def story(piece: Piece, house: House, limit: int) -> Iterator[Finding]:
    words, most = count(piece), house.target.words
    if words <= most:
        return
    kind = f"a story of the kind “{house.target.name}”" if house.target.name else "a story"
    minutes = math.ceil(words * 2 / house.words_per_minute) / 2
    yield Finding(
        f"{words} words take {minutes:g} min to read; the target for {kind} is {most}: cut {words - most}.", "body"
    )


def headline(piece: Piece, house: House, limit: int) -> Iterator[Finding]:
    yield from _too_long(piece, "headline", limit, "A headline is taken in at a glance")


def short_head(piece: Piece, house: House, limit: int) -> Iterator[Finding]:
    yield from _too_long(piece, "short head", limit, "Cards and subject lines cut off what is longer")


def lede(piece: Piece, house: House, limit: int) -> Iterator[Finding]:
    yield from _too_long(piece, "lede", limit, "A lede is a sentence or two")


def bullet(piece: Piece, house: House, limit: int) -> Iterator[Finding]:
    for kind in ("bullet", "sub-bullet"):
        yield from _too_long(piece, kind, limit, "A bullet is a line or two")


def sentence(piece: Piece, house: House, limit: int) -> Iterator[Finding]:
    """Bullets are looked at too, for a bullet of several sentences; a sentence that is the whole bullet is the bullet's."""
    for text in piece.prose:
        found = [_trimmed(text, start, end) for start, end in sentences(text.words, 0, len(text.words))]
        if text.kind != "text" and len(found) == 1:
            continue
        for start, end in found:
            if (words := count_words(text.words[start:end])) > limit:
                yield text.note(
                    f"One thought a sentence: this one has {words} words, over {limit}. Make it two.", start, end
                )


def _too_long(piece: Piece, kind: str, limit: int, reason: str) -> Iterator[Finding]:
    for text in piece.texts:
        if text.kind == kind and (words := count_words(text.words)) > limit:
            yield text.note_all(f"{reason}: this has {words} words, over {limit}.")


def _trimmed(text: Text, start: int, end: int) -> tuple[int, int]:
    return start, start + len(text.words[start:end].rstrip())
