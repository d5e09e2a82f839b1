"""Tell caches in front of us what is no longer true: noted with the change, sent beside it, again until they have heard.

What is to be purged is written into the store by the transaction that applies
the change, so no crash loses it. It is sent twice: a cache that was fetching
the old page while it was told may have kept it after that.
"""

from __future__ import annotations

import base64
import hashlib
import logging
import sqlite3
import threading
import time
from collections import defaultdict
from collections.abc import Collection, Iterable
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.conf import settings
from wagtail.contrib.frontend_cache.utils import get_backends

from nutgraf.lib.spell import Spell
from nutgraf.published import keys, stale
from nutgraf.published.outbox import Touched
from nutgraf.published.recording import Recording
from nutgraf.published.stored import CACHE_CONTROL, Headers

if TYPE_CHECKING:
    from nutgraf.published.store import Store

ADDRESS, TAG, EVERYTHING = "ADDRESS", "TAG", "EVERYTHING"

# A change that concerns more pages is told by tag, and one that touches more things than this as everything.
MOST_BY_ADDRESS = 100
MOST_TAGS = 1_000
# A cache that was out of reach while so much changed begins anew.
MOST_WAITING = 5_000
# Cloudflare takes 16 KB of tags, Fastly too; Varnish and nginx take headers of 8 KB before they are told otherwise.
MOST_BYTES_OF_TAGS = 8_000
TAG_BYTES = 4

A_YEAR = 365 * 24 * 3600
ECHO_SECONDS = 3.0
LONGEST_WAIT_SECONDS = 300.0
SECONDS_BETWEEN_LOOKS = 0.05
SENT_AT_ONCE = 1_000

logger = logging.getLogger(__name__)

# By cache: whether it is out of reach, which lasts longer than one attempt.
_away: defaultdict[str, Spell] = defaultdict(Spell)


def is_on() -> bool:
    """Say whether there is a cache in front that is told what changed."""
    return bool(settings.WAGTAILFRONTENDCACHE)


# What pages carry


def headers(heard: Recording) -> Headers:
    """Return what a page says to caches: by which tags it is purged, and that it may be kept until then."""
    if not is_on() or heard.until:
        return [_shared_for(heard.shared_seconds)] if heard.shared_seconds else []
    tags = tags_of_page(heard)
    long = f"max-age={A_YEAR}"
    told = [
        ("surrogate-key", " ".join(tags)),
        ("cache-tag", ",".join(tags)),
        ("surrogate-control", long),
        ("cdn-cache-control", long),
    ]
    if any("CloudFront" in one["BACKEND"] for one in settings.WAGTAILFRONTENDCACHE.values()):
        # It heeds neither of the two above.
        told.append(_shared_for(A_YEAR))
    return told


def _shared_for(seconds: int) -> tuple[str, str]:
    return "cache-control", CACHE_CONTROL.replace("max-age=0", f"max-age=0, s-maxage={seconds}")


def tags_of_page(heard: Recording) -> list[str]:
    """Return the tags of a page: of all that it shows, or coarse ones where that is too much for a header."""
    tables = {keys.table_of(key) for key in heard.keys}
    coarse = {f"table:{table}" for table in tables} | {f"list:{name}" for name, _, _ in heard.windows}
    fine = sorted(map(tag, coarse | heard.keys))
    if sum(map(len, fine)) + len(fine) <= MOST_BYTES_OF_TAGS:
        return fine
    return sorted(map(tag, coarse | {f"many:{table}" for table in tables}))


def tags_of_change(touched: Touched) -> list[str]:
    """Return the tags by which every page that shows what was touched is found, and perhaps a few others."""
    names = touched.keys | {f"many:{keys.table_of(key)}" for key in touched.keys}
    names |= {f"table:{table}" for table in touched.tables} | {f"list:{name}" for name, _ in touched.places}
    return sorted(map(tag, names))


@cache
def tag(name: str) -> str:
    """Return a short name. Two things may share one, which costs a cache a page now and then."""
    digest = hashlib.blake2b(name.encode(), digest_size=TAG_BYTES).digest()
    return base64.b32encode(digest).decode().rstrip("=").lower()


# What is to be told


def open_caches(store: Store) -> None:
    """Have the store remember which caches are told; a new one may hold anything."""
    with store.writing() as connection:
        known, wanted = set(_caches(store)), set(settings.WAGTAILFRONTENDCACHE)
        store.remember(caches=" ".join(sorted(wanted)))
        for name in known - wanted:
            connection.execute("DELETE FROM purge WHERE cache = ?", [name])
        _add(store, wanted - known, EVERYTHING, [""])


def begin_again(connection: sqlite3.Connection) -> None:
    """Have a store that was just made tell all caches to forget all: nobody knows what they hold."""
    names = sorted(settings.WAGTAILFRONTENDCACHE)
    connection.execute("INSERT INTO meta VALUES ('caches', ?)", [" ".join(names)])
    connection.executemany(
        "INSERT INTO purge (cache, kind, what, due_at) VALUES (?, ?, '', 0)", [(name, EVERYTHING) for name in names]
    )


def follow(store: Store, touched: Touched) -> None:
    """Note what a change makes untrue; called in the transaction that applies it."""
    if not _caches(store):
        return
    concerned = stale.concerned(store.connection, touched, most=MOST_BY_ADDRESS, only="until IS NULL")
    if len(concerned) <= MOST_BY_ADDRESS:
        addresses(store, (address for _, address in concerned))
        return
    tags = tags_of_change(touched)
    if len(tags) > MOST_TAGS:
        everything(store)
    else:
        _add(store, _caches(store), TAG, tags)


def addresses(store: Store, some: Iterable[str]) -> None:
    """Note that pages are to be forgotten; called in a transaction."""
    _add(store, _caches(store), ADDRESS, some)


def everything(store: Store) -> None:
    """Note that all pages are to be forgotten; called in a transaction."""
    _add(store, _caches(store), EVERYTHING, [""])


def _caches(store: Store) -> list[str]:
    return store.meta("caches").split()


def _add(store: Store, names: Collection[str], kind: str, some: Iterable[str]) -> None:
    connection, what = store.connection, list(some)
    for name in names:
        waiting = connection.execute("SELECT COUNT(*) FROM purge WHERE cache = ?", [name]).fetchone()[0]
        if kind == EVERYTHING or waiting + len(what) > MOST_WAITING:
            connection.execute("DELETE FROM purge WHERE cache = ? AND kind != ?", [name, EVERYTHING])
            rows = [(name, EVERYTHING, "", time.time())]
        else:
            rows = [(name, kind, one, time.time()) for one in what]
        connection.executemany(
            "INSERT INTO purge (cache, kind, what, due_at) VALUES (?, ?, ?, ?) ON CONFLICT (cache, kind, what) DO UPDATE"
            " SET due_at = excluded.due_at, turn = turn + 1, sent = 0, tries = 0",
            rows,
        )


# Telling it


class Purger(threading.Thread):
    """Tells caches what is noted, for as long as the process lives."""

    def __init__(self) -> None:
        super().__init__(name="purger", daemon=True)

    def run(self) -> None:
        from nutgraf.published.store import the_store

        while True:
            try:
                send_due(the_store())
            except Exception:  # A purger that ends lets caches go stale; the log has all of it.
                logger.exception("Caches in front cannot be told what changed; trying again.")
                time.sleep(1)
            time.sleep(SECONDS_BETWEEN_LOOKS)


def send_due(store: Store) -> int:
    """Tell each cache what is due for it, and return how many things were told."""
    due = store.connection.execute(
        "SELECT cache, kind, what, id, turn, sent, tries FROM purge WHERE due_at <= ? ORDER BY cache, kind, id LIMIT ?",
        [time.time(), SENT_AT_ONCE],
    ).fetchall()
    told = 0
    backends: dict[str, Any] = get_backends() if due else {}
    for (name, kind), group in groupby(due, key=lambda row: (row[0], row[1])):
        rows = list(group)
        if name not in backends:
            continue  # Another process's, which has other settings than we.
        try:
            _send(backends[name], kind, [row[2] for row in rows])
        except Exception as error:  # Whatever a cache's library raises, the cache has not heard.
            if _away[name].begins():
                logger.warning("The cache %s was not told what changed, and will be once it answers (%s).", name, error)
            _postpone(store, rows)
        else:
            if _away[name].ends():
                logger.warning("The cache %s hears again what changes.", name)
            _settle(store, rows)
            told += len(rows)
    return told


def untold(store: Store) -> dict[str, int]:
    """Return how much each cache has yet to be told for the first time."""
    counted = "SELECT cache, COUNT(*) FROM purge WHERE NOT sent GROUP BY cache"
    return dict.fromkeys(_caches(store), 0) | dict(store.connection.execute(counted).fetchall())


def _send(backend: Any, kind: str, what: list[str]) -> None:
    match kind:
        case "ADDRESS":
            backend.purge_batch([settings.PUBLIC_URL + address for address in what])
        case "TAG":
            backend.purge_tags(what)
        case _:
            backend.purge_everything()


def _settle(store: Store, rows: list[Any]) -> None:
    # What was noted again meanwhile has another turn, and stays.
    first = [(time.time() + ECHO_SECONDS, row[3], row[4]) for row in rows if not row[5]]
    second = [(row[3], row[4]) for row in rows if row[5]]
    with store.writing() as connection:
        connection.executemany(
            "UPDATE purge SET sent = 1, tries = 0, due_at = ? WHERE id = ? AND turn = ? AND NOT sent", first
        )
        connection.executemany("DELETE FROM purge WHERE id = ? AND turn = ? AND sent", second)


def _postpone(store: Store, rows: list[Any]) -> None:
    now = time.time()
    with store.writing() as connection:
        connection.executemany(
            "UPDATE purge SET tries = tries + 1, due_at = ? WHERE id = ? AND turn = ?",
            [(now + min(2.0 ** min(row[6], 20), LONGEST_WAIT_SECONDS), row[3], row[4]) for row in rows],
        )
