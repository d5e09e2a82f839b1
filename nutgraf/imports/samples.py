"""Archives for tests: a source that yields what it was given, and stories of one."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from nutgraf.imports.archive import values
from nutgraf.imports.archive.values import State

NIGHT = datetime.datetime(2019, 3, 5, 23, 30, tzinfo=datetime.UTC)


@dataclass
class Shelf:
    """An archive that is a list of values."""

    items: Iterable[values.Value]
    name: str = "shelf"
    site: str = "https://old.example.org"
    done: int = 0
    total: int = 0

    def __iter__(self) -> Iterator[values.Value]:
        return iter(self.items)


def make_archived(key: str = "7", **fields: Any) -> values.Story:
    """Return a public story of an archive, signed and filed."""
    given: dict[str, Any] = {
        "headline": "Harbour closed by ice",
        "slug": "harbour-closed",
        "body": "<p>The harbour closed on Tuesday.</p><p><strong>Why it matters:</strong> Bread comes by ship.</p>",
        "original": "as it was",
        "authors": ("rosa",),
        "sections": ("sea",),
        "state": State.PUBLIC,
        "published_at": NIGHT,
        "addresses": (f"/2019/03/{key}-harbour/",),
        "url": f"https://old.example.org/2019/03/{key}-harbour/",
    }
    return values.Story(key, **(given | fields))
