"""Say what each stretch of copy was read as: a part of a story, or something left over, with the reason."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from nutgraf.copydesk.found import Copy, Event, Number, Point, Quote, Span, Story


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the copy and what it was read as; no two of a copy share a letter."""

    span: Span
    # "headline", "byline", "point", "unplaced" and so on.
    kind: str
    # The label of a point, the kind of a time, the reason why something is left over.
    about: str = ""
    # Which story of the copy it belongs to, counted from 0; none if it is left over.
    story: int | None = None


def pieces(copy: Copy) -> list[Piece]:
    """Return every piece of the copy, in order."""
    found = [piece for number, story in enumerate(copy.stories) for piece in parts(story, number)]
    found += [Piece(one.span, "unplaced", one.reason) for one in copy.unplaced]
    return sorted(found, key=lambda piece: piece.span)


def parts(story: Story, number: int = 0) -> Iterator[Piece]:
    """Yield the parts of a story, and the facts that stand on lines of their own."""
    for kind in ("headline", "eyebrow", "short_head", "slug", "section", "dateline", "lede"):
        if (one := getattr(story, kind)) is not None:
            yield Piece(one.span, kind.replace("_", " "), story=number)
    yield from (Piece(one.span, "byline", story=number) for one in story.bylines)
    yield from (Piece(one.span, "time", one.kind, number) for one in story.times)
    yield from (Piece(one.span, "picture", story=number) for one in story.pictures)
    for point in story.points:
        yield from _of_point(point, number)
    for kind, fact in facts(story):
        if fact.origin != "words":
            yield Piece(fact.span, kind, "on a line of its own", number)


def _of_point(point: Point, number: int) -> Iterator[Piece]:
    if point.span[0] < point.span[1]:
        yield Piece(point.span, "point" if point.label else "paragraph", point.label, number)
    for bullet in point.bullets:
        yield Piece(bullet.span, "bullet", story=number)
        yield from (Piece(inner.span, "sub-bullet", story=number) for inner in bullet.bullets)


def facts(story: Story) -> Iterator[tuple[str, Quote | Number | Event]]:
    """Yield the quotes, numbers and events of a story, each with the word for what it is."""
    yield from (("quote", one) for one in story.quotes)
    yield from (("number", one) for one in story.numbers)
    yield from (("event", one) for one in story.events)
