"""What a source is: whatever yields an archive's values; it knows its own format, and nothing of the newsroom."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from nutgraf.imports.archive import values


class SourceRefused(Exception):
    """A file or folder of which nothing can be taken; the words say why, in a sentence."""


class Source(Protocol):
    """Where an archive's values come from: authors and sections first, then pictures, then stories."""

    # "wordpress", "ghost" …
    name: str
    # Which one: the address of its site, or what else tells it from others of its kind.
    site: str
    # How much of it was read, and how much there is.
    done: int
    total: int

    def __iter__(self) -> Iterator[values.Value]: ...
