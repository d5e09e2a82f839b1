"""Say what each stretch of copy was read as: a part of a story, or something left over, with the reason."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from nutgraf.copydesk.found import Copy, Event, Number, Point, Quote, Span, Story


class Piece(NamedTuple):
    """A stretch of the copy and what it was read as; no two of a copy share a letter."""

    span: Span
    # "headline", "byline", "point", "unplaced" and so on.
    kind: str
    # The label of a point, the kind of a time, the reason why something is left over.
    about: str = ""
    # Which story of the copy it belongs to, counted from 0; none if it is left over.
    story: int | None = None


def pieces(copy: Copy) -> list[Piece]:
    """Return every piece of the copy, in order.

    A point whose label stands on a line of its own is cut where something else
    (an advertisement, a picture) stands between the label and the text.
    """
    found = [piece for number, story in enumerate(copy.stories) for piece in parts(story, number)]
    found += [Piece(one.span, "unplaced", one.reason) for one in copy.unplaced]
    found.sort(key=lambda piece: (piece.span[0], -piece.span[1]))
    return list(_cut(found))


def _cut(found: list[Piece]) -> Iterator[Piece]:
    around: Piece | None = None
    for piece in found:
        if around and piece.span[1] <= around.span[1]:
            yield around._replace(span=(around.span[0], piece.span[0]))
            around = around._replace(span=(piece.span[1], around.span[1]))
            yield piece
            continue
        if around and around.span[0] < around.span[1]:
            yield around
        around = piece if piece.kind == "point" else None
        if around is None:
            yield piece
    if around and around.span[0] < around.span[1]:
        yield around


def parts(story: Story, number: int = 0) -> Iterator[Piece]:
    """Yield the parts of a story, and the facts that stand on lines of their own."""
    for kind in ("headline", "eyebrow", "short_head", "slug", "section", "dateline", "lede"):
        if (one := getattr(story, kind)) is not None:
            yield Piece(one.span, kind.replace("_", " "), story=number)
    yield from (Piece(one.span, "byline", story=number) for one in story.bylines)
    yield from (Piece(one.span, "remark", story=number) for one in story.remarks)
    # Those of the copy's first line are in that line.
    times = [one for one in story.times if not any(line.span == one.span for line in story.remarks)]
    yield from (Piece(one.span, "time", one.kind, number) for one in times)
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
