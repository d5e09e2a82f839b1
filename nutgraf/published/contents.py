"""Tell what is in the store, for those who look after it."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterable
from dataclasses import dataclass

from nutgraf.published.store import Store

# Where one reason ends and the next begins: what a value is, nobody knows.
_BETWEEN_REASONS = re.compile(r" (?=(?:row|cell|is|at|in|col|any|list):)")

PAGES = """
SELECT address, length(gzip) + length(br), pressed_at, changed_at, hits, presses, changes, why
FROM page JOIN body ON body.page = page.id
WHERE instr(lower(address), :match) ORDER BY hits DESC, address
"""


@dataclass(frozen=True)
class Content:
    """One stored page, as its keeper sees it."""

    address: str
    size: int
    pressed_at: float
    changed_at: float
    read: int
    pressed: int
    changed: int
    why: list[str]

    @property
    def age_seconds(self) -> float:
        """How long ago it was pressed."""
        return max(0.0, time.time() - self.pressed_at)


def pages(store: Store, *, match: str = "") -> list[Content]:
    """Return the pages whose address holds a text, those first that are read most."""
    rows = store.connection.execute(PAGES, {"match": match.lower()})
    return [Content(*(*row[:7], _BETWEEN_REASONS.split(row[7]))) for row in rows]


def showing(store: Store, spans: Iterable[tuple[str, str]]) -> list[str]:
    """Return the addresses of the pages that show something whose name is in one of some spans, both ends included."""
    asked = (
        "SELECT address FROM page WHERE id IN (SELECT page FROM json_each(?) AS span"
        " JOIN key ON key.name BETWEEN span.value ->> 0 AND span.value ->> 1 JOIN shows ON shows.key = key.id)"
        " ORDER BY hits DESC, address"
    )
    return [address for (address,) in store.connection.execute(asked, [json.dumps(list(spans))])]


def sample(store: Store, most: int) -> list[str]:
    """Return the addresses of some pages, other ones each time."""
    asked = store.connection.execute("SELECT address FROM page ORDER BY random() LIMIT ?", [most])
    return [address for (address,) in asked]
