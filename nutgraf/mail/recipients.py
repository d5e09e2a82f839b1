"""Who gets a delivery: sources register for the beginning of an audience's key, and are asked a few hundred at a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Recipient:
    """One who is mailed: a number that orders all of them, the address, and what fills the places in the text.

    In HTML a value is escaped, unless it says itself that it is HTML already.
    """

    number: int
    address: str
    fields: Mapping[str, str] = field(default_factory=dict)


class Source(Protocol):
    """Says who belongs to an audience."""

    def __call__(self, key: str, after: int, up_to: int, limit: int) -> Sequence[Recipient]:
        """Return those who are to be mailed now, by number: above `after`, not above `up_to`, at most `limit`.

        An empty answer means that nobody is left. Is asked again about those who were
        not reached at first; whoever left meanwhile is not returned.
        """

    def last(self, key: str) -> int:
        """Return the highest number of those who belong to it now, or 0."""


class UnknownAudience(LookupError):
    """Nobody says who belongs to it."""


_sources: dict[str, Source] = {}


def register(prefix: str, source: Source) -> None:
    """Have a source answer for all keys that begin with this and a colon."""
    _sources[prefix] = source


def source_of(key: str) -> Source:
    """Return who answers for a key."""
    prefix = key.partition(":")[0]
    try:
        return _sources[prefix]
    except KeyError:
        raise UnknownAudience(f"Nobody says who belongs to “{key}”.") from None
