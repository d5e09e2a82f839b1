"""Find what differs from the other stories of a storyline: they are known above us, and asked by way of the house."""

from __future__ import annotations

from collections.abc import Iterator

from nutgraf.copydesk.rules.base import House
from nutgraf.copydesk.rules.texts import Finding, Piece


def numbers(piece: Piece, house: House, limit: int) -> Iterator[Finding]:
    yield from house.known.numbers(piece)


def names(piece: Piece, house: House, limit: int) -> Iterator[Finding]:
    yield from house.known.names(piece)


def roles(piece: Piece, house: House, limit: int) -> Iterator[Finding]:
    yield from house.known.roles(piece)


def dates(piece: Piece, house: House, limit: int) -> Iterator[Finding]:
    yield from house.known.dates(piece)
