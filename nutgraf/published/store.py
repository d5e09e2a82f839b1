"""Keep pages ready to send in one file of their own, with what each showed, and know which are still true.

Nothing is deleted when something changes: the change raises the number of each
key that it touches, and a page is true while none of its keys has a higher
number than the page itself. So one change costs the same whether it concerns
one page or all of them. The file can be thrown away at any time.
"""

from __future__ import annotations

import json
import logging
import sqlite3
import time
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings

from nutgraf.published import keys, outbox, purging, shelf
from nutgraf.published.outbox import Touched
from nutgraf.published.recording import Recording
from nutgraf.published.store_file import StoreFile
from nutgraf.published.stored import NEVER, StoredPage, seal

# Why a stored page is no longer true, if it is not: each thing that it shows and that changed since.
REASONS = """
SELECT key.name FROM shows JOIN key ON key.id = shows.key WHERE shows.page = :page AND key.changed > :generation
UNION ALL
SELECT 'any:' || whole.tab FROM whole WHERE whole.changed > :generation AND EXISTS (
  SELECT 1 FROM shows JOIN key ON key.id = shows.key WHERE shows.page = :page AND key.tab = whole.tab)
UNION ALL
SELECT 'list:' || arrival.name FROM span JOIN arrival
  ON arrival.name = span.name AND arrival.place BETWEEN span.low AND span.high
  WHERE span.page = :page AND arrival.changed > :generation
LIMIT :most
"""

PAGE_COLUMNS = "id, address, generation, until, etag, headers, seal, changed_at, is_shelved"

# Pages with a query in their address: streams further down. Nobody can fill the disk by asking for them all.
MOST_WITH_QUERY = 2_000

logger = logging.getLogger(__name__)


@cache
def the_store() -> Store:
    """Return this machine's store."""
    return Store(Path(settings.DATA_DIR) / "published")


class Store(StoreFile):
    """The stored pages of one machine, shared by all of its processes."""

    # What the pages of this process are made of. A server knows, and has nothing to do with pages of another make;
    # a command that serves nobody need not.
    made_of: str | None = None

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        # What this process keeps of pages that it pressed, by name.
        self.fragments: dict[str, Any] = {}

    # How far it has read what changed

    def meta(self, name: str, default: str = "") -> str:
        """Return something that the store remembers about itself."""
        found = self.connection.execute("SELECT value FROM meta WHERE name = ?", [name]).fetchone()
        return str(found[0]) if found else default

    def remember(self, **values: object) -> None:
        """Have the store remember something about itself."""
        self.connection.executemany(
            "INSERT INTO meta VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
            [(name, str(value)) for name, value in values.items()],
        )

    def generation(self) -> int:
        """Return the number of the latest change that was applied."""
        return int(self.meta("generation"))

    def clear(self) -> None:
        """Forget every page; what is asked for is pressed anew."""
        with self.writing():
            self._clear()

    def _clear(self) -> None:
        shelf.clear(self)
        purging.everything(self)
        for table in ("page", "body", "shows", "span", "key", "whole", "arrival"):
            self.connection.execute(f"DELETE FROM {table}")  # noqa: S608 (our words)
        generation = self.generation() + 1
        # What began to be rendered before this is not kept: what it would be compared with is gone.
        self.remember(
            generation=generation,
            cleared=generation,
            cleared_at=time.time(),
            mark=outbox.now(),
            latest=json.dumps(outbox.latest()),
        )
        if self.made_of is not None:
            self.remember(made_of=self.made_of)

    def distrust(self) -> None:
        """Have every process keep nothing of what it began or made before now; a page was found wrong, perhaps by a part."""
        with self.writing():
            generation = self.generation() + 1
            self.remember(generation=generation, cleared=generation)

    def is_anothers(self) -> bool:
        """Say whether the pages in it are those of a server with other settings, or of another version."""
        return self.made_of is not None and self.meta("made_of") not in ("", self.made_of)

    def is_of_this_database(self) -> bool:
        """Say whether the store has followed the database at hand, and not one that was since replaced or cut short."""
        if not self.meta("mark"):
            return False
        latest = json.loads(self.meta("latest", "null"))
        return outbox.latest() is None if latest is None else outbox.has(*latest)

    def _latest_number(self) -> int | None:
        latest = json.loads(self.meta("latest", "null"))
        return latest and latest[0]

    def follow(self) -> int:
        """Apply what has been changed since we last looked; return the generation that is then reached."""
        with self.done_without_if_damaged():
            return self._follow()
        return self._follow()

    def _follow(self) -> int:
        mark = self.meta("mark")
        if not mark:
            self.clear()
        elif outbox.since(mark, after=self._latest_number())[0]:
            with self.writing():
                self.apply_outstanding()
        return self.generation()

    def apply_outstanding(self) -> None:
        """Apply what has been changed, within a transaction of the caller's."""
        touched, mark = outbox.since(self.meta("mark"), after=self._latest_number())
        if not touched:
            return
        if self._latest_number() and not self.is_of_this_database():
            # We were away for so long that others have removed what we did not read, so anything may have changed.
            self._clear()
            return
        self._apply(touched, self.generation() + 1)
        self.remember(mark=mark, latest=json.dumps(outbox.latest()))

    def _apply(self, touched: Touched, generation: int) -> None:
        connection = self.connection
        connection.executemany(
            "INSERT INTO key (name, tab, changed) VALUES (?, ?, ?)"
            " ON CONFLICT (name) DO UPDATE SET changed = excluded.changed",
            [(name, keys.table_of(name), generation) for name in touched.keys],
        )
        connection.executemany(
            "INSERT INTO whole VALUES (?, ?) ON CONFLICT (tab) DO UPDATE SET changed = excluded.changed",
            [(table, generation) for table in touched.tables],
        )
        connection.executemany(
            "INSERT INTO arrival VALUES (?, ?, ?) ON CONFLICT (name, place) DO UPDATE SET changed = excluded.changed",
            [(name, place, generation) for name, place in touched.places],
        )
        self.remember(generation=generation)
        shelf.follow(self, touched)
        purging.follow(self, touched)

    # Its pages

    def find(self, address: str) -> StoredPage | None:
        """Return a page if there is one and it is true as far as changes have been applied."""
        with self.done_without_if_damaged():
            return self._find(address)
        return None

    def _find(self, address: str) -> StoredPage | None:
        row = self.connection.execute(
            f"SELECT {PAGE_COLUMNS}, gzip, br, (SELECT value FROM meta WHERE name = 'made_of')"  # noqa: S608 (our words)
            " FROM page JOIN body ON body.page = page.id WHERE address = ?",
            [address],
        ).fetchone()
        # Whoever has opened the store since with other settings presses other pages.
        if row is None or self.made_of not in (None, row[-1]):
            return None
        page = StoredPage.from_row(row[:-1])
        if page is None:
            logger.error("The stored page %s was damaged; pressing it anew.", address)
            self.drop(address)
            return None
        return page if page.until > time.time() and self.is_true(page) else None

    def has(self, address: str) -> bool:
        """Say whether there is a true page, without looking at its bytes."""
        found = self.connection.execute(
            "SELECT id, generation FROM page WHERE address = ? AND COALESCE(until, ?) > ?",
            [address, NEVER, time.time()],
        ).fetchone()
        return found is not None and not self.reasons(*found, most=1)

    def is_true(self, page: StoredPage) -> bool:
        """Say whether nothing that a page shows has changed since it was pressed, as far as changes have been applied."""
        return not self.reasons(page.number, page.generation, most=1)

    def reasons(self, page: int, generation: int, *, most: int = 5) -> list[str]:
        """Return what changed since a page was pressed that it shows."""
        asked = {"page": page, "generation": generation, "most": most}
        return [name for (name,) in self.connection.execute(REASONS, asked)]

    def keep(self, page: StoredPage, heard: Recording) -> StoredPage | None:
        """Keep a page, unless something that it shows was changed while it was being rendered."""
        with self.done_without_if_damaged(), self.writing() as connection:
            if not self.meta("mark"):
                return None  # Another file than the one that we began with: it has followed nothing yet.
            if self.made_of is not None and self.meta("made_of") != self.made_of:
                if not self.meta("made_of"):
                    # Nobody serves from it, and nobody knows what is in it.
                    self._clear()
                return None
            self.apply_outstanding()
            if self.is_overtaken(heard, page.generation):
                return None
            old = connection.execute(
                "SELECT id, generation, etag, changed_at, until FROM page WHERE address = ?", [page.address]
            ).fetchone()
            if old:
                page.keep_age_of(etag=old[2], changed_at=old[3])
                shelf.take(self, [(old[0], page.address)])
            page.number = self._write(page, why=self._why(old))
            self._write_shown(page.number, heard)
            if "?" in page.address:
                self._make_room(connection)
            return page
        return None

    def is_overtaken(self, heard: Recording, generation: int) -> bool:
        """Say whether something that was read has changed since, as far as changes have been applied."""
        # What it would be compared with is gone, or it is not trusted.
        if generation < max(int(self.meta("cleared", "0")), int(self.meta("settled", "0"))):
            return True
        names = json.dumps(sorted(heard.keys))
        tables = json.dumps(sorted({keys.table_of(key) for key in heard.keys}))
        spans = json.dumps(sorted(heard.windows))
        overtaken = self.connection.execute(
            "SELECT 1 FROM key WHERE name IN (SELECT value FROM json_each(:names)) AND changed > :generation UNION ALL"
            " SELECT 1 FROM whole WHERE tab IN (SELECT value FROM json_each(:tables)) AND changed > :generation UNION ALL"
            " SELECT 1 FROM json_each(:spans) AS span JOIN arrival ON arrival.name = span.value ->> 0"
            " AND arrival.place BETWEEN span.value ->> 1 AND span.value ->> 2 WHERE arrival.changed > :generation LIMIT 1",
            {"names": names, "tables": tables, "spans": spans, "generation": generation},
        )
        return overtaken.fetchone() is not None

    def _why(self, old: Any) -> str:
        if old is None:
            return "new"
        if reasons := self.reasons(old[0], old[1]):
            return " ".join(reasons)
        return "time" if old[4] is not None and old[4] <= time.time() else "asked"

    def _write(self, page: StoredPage, *, why: str) -> int:
        until, headers = None if page.until == float("inf") else page.until, json.dumps(page.headers)
        number: int = self.connection.execute(
            "INSERT INTO page (address, generation, until, etag, headers, seal, changed_at, pressed_at, presses,"
            " changes, why) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 1, 1, ?) ON CONFLICT (address) DO UPDATE SET"
            " generation = excluded.generation, until = excluded.until, headers = excluded.headers,"
            " seal = excluded.seal, changed_at = excluded.changed_at, pressed_at = excluded.pressed_at,"
            " presses = presses + 1, changes = changes + (etag != excluded.etag), etag = excluded.etag, why = excluded.why"
            " RETURNING id",
            [
                *(page.address, page.generation, until, page.etag, headers),
                *(seal(page.address, page.generation, until, page.etag, headers, page.br), page.changed_at),
                *(time.time(), why),
            ],
        ).fetchone()[0]
        self.connection.execute("INSERT OR REPLACE INTO body VALUES (?, ?, ?)", [number, page.gzip, page.br])
        return number

    def _write_shown(self, number: int, heard: Recording) -> None:
        connection = self.connection
        connection.execute("DELETE FROM shows WHERE page = ?", [number])
        connection.execute("DELETE FROM span WHERE page = ?", [number])
        connection.executemany(
            "INSERT OR IGNORE INTO key (name, tab, changed) VALUES (?, ?, 0)",
            [(name, keys.table_of(name)) for name in heard.keys],
        )
        connection.execute(
            "INSERT INTO shows SELECT ?, id FROM key WHERE name IN (SELECT value FROM json_each(?))",
            [number, json.dumps(sorted(heard.keys))],
        )
        connection.executemany("INSERT INTO span VALUES (?, ?, ?, ?)", [(number, *span) for span in heard.windows])

    def _make_room(self, connection: sqlite3.Connection) -> None:
        """Drop the tenth of the pages with a query that was pressed longest ago, when there are too many."""
        # Counted in an index of them alone, however many pages there are.
        kept = connection.execute(
            "SELECT COUNT(*) FROM page INDEXED BY page_query WHERE instr(address, '?')"
        ).fetchone()[0]
        if kept > MOST_WITH_QUERY:
            oldest = connection.execute(
                "SELECT address FROM page WHERE instr(address, '?') ORDER BY pressed_at LIMIT ?",
                [MOST_WITH_QUERY // 10],
            )
            self._drop(address for (address,) in oldest.fetchall())

    def most_read(self, most: int) -> list[str]:
        """Return the addresses that are read most, those first that are read more."""
        asked = self.connection.execute("SELECT address FROM page WHERE hits > 0 ORDER BY hits DESC LIMIT ?", [most])
        return [address for (address,) in asked]

    def size(self) -> int:
        """Return how many pages there are."""
        return int(self.connection.execute("SELECT COUNT(*) FROM page").fetchone()[0])

    def drop(self, *addresses: str) -> None:
        """Forget pages."""
        with self.writing():
            self._drop(addresses)

    def _drop(self, addresses: Iterable[str]) -> None:
        for address in addresses:
            found = self.connection.execute("DELETE FROM page WHERE address = ? RETURNING id", [address]).fetchone()
            shelf.take(self, [(*found, address)] if found else [])
            # What it showed is forgotten, so nobody could tell a cache later that this changed.
            purging.addresses(self, [address])
            for table in ("body", "shows", "span") if found else ():
                self.connection.execute(f"DELETE FROM {table} WHERE page = ?", found)  # noqa: S608 (our words)

    def count(self, hits: dict[str, int]) -> None:
        """Add to how often pages were read."""
        with self.done_without_if_damaged(), self.writing() as connection:
            connection.executemany(
                "UPDATE page SET hits = hits + ? WHERE address = ?",
                [(number, address) for address, number in hits.items()],
            )

    def tidy(self) -> None:
        """Remove what no page shows; a rendering that began so long ago is not kept any more."""
        with self.writing() as connection:
            oldest = connection.execute("SELECT COALESCE(MIN(generation), 0) FROM page").fetchone()[0]
            settled = min(oldest, self.generation() - 1_000)
            self.remember(settled=settled)
            connection.execute("DELETE FROM arrival WHERE changed <= ?", [settled])
            connection.execute("DELETE FROM whole WHERE changed <= ?", [settled])
            connection.execute(
                "DELETE FROM key WHERE changed <= ? AND NOT EXISTS (SELECT 1 FROM shows WHERE shows.key = key.id)",
                [settled],
            )
