"""Find the stored pages that a change concerns, for those who keep copies of them: the shelf, and caches in front."""

from __future__ import annotations

import json
import sqlite3

from nutgraf.published.outbox import Touched

BY_KEY = "SELECT page FROM shows JOIN key ON key.id = shows.key WHERE key.name IN (SELECT value FROM json_each(:keys))"
BY_TABLE = (
    "SELECT page FROM shows JOIN key ON key.id = shows.key WHERE key.tab IN (SELECT value FROM json_each(:tables))"
)
BY_PLACE = (
    "SELECT span.page FROM json_each(:places) AS place JOIN span ON span.name = place.value ->> 0"
    " AND place.value ->> 1 BETWEEN span.low AND span.high"
)


def concerned(connection: sqlite3.Connection, touched: Touched, *, most: int, only: str = "1") -> list[tuple[int, str]]:
    """Return number and address of the pages that show what was touched, one more than `most` at most.

    `only` is a condition of ours on the page's row.
    """
    asked = {
        "keys": json.dumps(sorted(touched.keys)),
        "tables": json.dumps(sorted(touched.tables)),
        "places": json.dumps(sorted(touched.places)),
        "most": most + 1,
    }
    parts = [BY_KEY, *([BY_TABLE] if touched.tables else []), *([BY_PLACE] if touched.places else [])]
    pages = " UNION ".join(parts)
    return connection.execute(
        f"SELECT id, address FROM page WHERE id IN ({pages}) AND {only} LIMIT :most",  # noqa: S608 (our words)
        asked,
    ).fetchall()
