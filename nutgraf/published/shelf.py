"""Lay true pages out as files for a web server in front of us, and take each away before its change is applied.

The shelf holds copies; who reads one asks us nothing, so a stale one must not
lie there for a moment after the change was followed, whatever dies when. Three
rules see to that, each enforced under the lock that every writer of the store
needs:

1. Files lie on the shelf only where the page's row, as committed, says
   `is_shelved`. The row says so in a transaction of its own; the files are
   renamed into place in the next one, after it has applied what is outstanding
   and has found the page true.
2. A change that makes a page stale takes its files away before the transaction
   that applies the change commits. So does pressing a page anew, dropping it,
   and clearing the store.
3. A shelf is empty when a server opens it, and when a store is made anew.

Killed (-9) at any moment:

- files written, not yet renamed: they lie beside the shelf, where nobody reads;
- row says shelved, nothing laid: we answer for that page until it is next
  pressed;
- renamed, transaction not committed: the page is true, its row says shelved
  since before, so the next change that concerns it finds the files;
- some of its three files renamed: the plain one comes last and goes first, and
  without it a web server does not look for the others;
- taken away, transaction not committed: the change is still in the outbox, will
  be applied again, and finds nothing to take;
- change committed to the database, not yet followed: whoever serves next, or
  the follower beside the server, applies it; until then nobody has been told
  that it was published.

A machine that loses its power may lose the store's latest transactions and not
the files; that is what the third rule is for.
"""

from __future__ import annotations

import logging
import os
import re
import secrets
import shutil
import sqlite3
import threading
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from django.db import DatabaseError

from nutgraf.published import rendering, stale
from nutgraf.published.outbox import Touched
from nutgraf.published.stored import NEVER, StoredPage

if TYPE_CHECKING:
    from nutgraf.published.store import Store

# What a web server reads; what is being written; and what was taken away whole and is being deleted.
PAGES, LAYING, GONE = "pages", "laying", "gone"
MARK = "nutgraf-shelf"

# The content type of each ending, exactly. A page of another type, or with headers that not all pages have, is not laid:
# the web server in front gives every file the same ones.
TYPES = {
    "html": "text/html; charset=utf-8",
    "rss": "application/rss+xml; charset=utf-8",
    "atom": "application/atom+xml; charset=utf-8",
    "json": "application/feed+json; charset=utf-8",
    "xml": "application/xml; charset=utf-8",
    "txt": "text/plain",
}
_STEP = "[A-Za-z0-9_-]{1,200}"
# A folder's name has no dot and a file's has one, so neither is ever in the other's way, and none begins with one.
FOLDERS = f"/(?:{_STEP}/)*"
FILES = f"{FOLDERS}{_STEP}[.](?:{'|'.join(ending for ending in TYPES if ending != 'html')})"
INDEX = "index.html"
LONGEST = 1_000

# A change that concerns more pages than this takes the whole shelf away in one step.
MOST_ONE_BY_ONE = 500

logger = logging.getLogger(__name__)


def name_of(address: str) -> str | None:
    """Return the name of a page's file below the shelf, or None where it has none."""
    if len(address) > LONGEST:
        return None
    if re.fullmatch(FOLDERS, address):
        return f"{address[1:]}{INDEX}"
    return address[1:] if re.fullmatch(FILES, address) else None


def is_fit(page: StoredPage) -> bool:
    """Say whether a web server can say of a page's file what we say of the page."""

    name = name_of(page.address)
    if name is None or page.until != NEVER:
        return False
    expected = [*rendering.house_headers(), ("content-type", TYPES[name.rpartition(".")[2]])]
    return sorted(page.headers) == sorted(expected)


def open_shelf(store: Store, folder: Path | None) -> None:
    """Have a store use this folder as its shelf from now on, and begin with an empty one; None is no shelf."""
    if folder:
        _make(folder)
    with store.writing() as connection:
        for former in {store.meta("shelf"), str(folder or "")} - {""}:
            _take_whole(Path(former))
        connection.execute("UPDATE page SET is_shelved = 0 WHERE is_shelved")
        store.remember(shelf=folder or "")


def begin_again(connection: sqlite3.Connection, folder: Path | None) -> None:
    """Give a store that was just made the shelf that its predecessor may have had; called before it is committed."""
    if folder:
        _make(folder)
        _take_whole(folder)
    connection.execute("INSERT INTO meta VALUES ('shelf', ?)", [str(folder or "")])


def lay(store: Store, page: StoredPage) -> bool:
    """Lay a page unless it lies there already or may not; only said to be laid if it is true as we do so."""
    if page.is_shelved or not (folder := store.meta("shelf")) or not is_fit(page):
        return False
    written: list[Path] = []
    try:
        written = _write(Path(folder), page)
        page.is_shelved = _announce(store, page) and _rename(store, page, Path(folder), written)
    except (OSError, sqlite3.Error, DatabaseError) as error:
        logger.error("The page %s could not be laid on the shelf (%s).", page.address, str(error).strip())
        _withdraw(store, page)
    finally:
        for path in written:
            path.unlink(missing_ok=True)
    return page.is_shelved


def _withdraw(store: Store, page: StoredPage) -> None:
    """Have the page's row say again that nothing lies there, so that the next who asks for the page lays it."""
    try:
        with store.writing():
            take(store, [(page.number, page.address)])
    except (OSError, sqlite3.Error):
        logger.exception("The shelf cannot be written to.")


def _announce(store: Store, page: StoredPage) -> bool:
    with store.writing() as connection:
        announced = connection.execute(
            "UPDATE page SET is_shelved = 1 WHERE id = ? AND address = ? AND generation = ? AND NOT is_shelved",
            [page.number, page.address, page.generation],
        )
        return announced.rowcount == 1


def _rename(store: Store, page: StoredPage, folder: Path, written: list[Path]) -> bool:
    with store.writing() as connection:
        store.apply_outstanding()
        found = connection.execute(
            "SELECT 1 FROM page WHERE id = ? AND generation = ? AND is_shelved", [page.number, page.generation]
        ).fetchone()
        if not found or not store.is_true(page):
            return False
        places = _files(folder, page.address)
        _make_folders(places[0].parent, below=folder)
        for path, place in reversed(list(zip(written, places, strict=True))):
            path.replace(place)
    return True


def follow(store: Store, touched: Touched) -> None:
    """Take away what a change concerns; called in the transaction that applies the change, before it commits."""
    if not store.meta("shelf"):
        return
    concerned = stale.concerned(store.connection, touched, most=MOST_ONE_BY_ONE, only="is_shelved")
    if len(concerned) > MOST_ONE_BY_ONE:
        clear(store)
    else:
        take(store, concerned)


def take(store: Store, pages: Iterable[tuple[int, str]]) -> None:
    """Take pages off the shelf, by number and address; called in a transaction, before it commits."""
    if not (folder := store.meta("shelf")):
        return
    for number, address in pages:
        for path in _files(Path(folder), address):
            path.unlink(missing_ok=True)
        store.connection.execute("UPDATE page SET is_shelved = 0 WHERE id = ?", [number])


def clear(store: Store) -> None:
    """Take away the whole shelf in one step; called in a transaction, before it commits."""
    if folder := store.meta("shelf"):
        _take_whole(Path(folder))
        store.connection.execute("UPDATE page SET is_shelved = 0 WHERE is_shelved")


def _files(folder: Path, address: str) -> list[Path]:
    """Return where a page lies: plain, gzip and Brotli, in the order in which they are taken away."""
    name = name_of(address)
    return [folder / PAGES / f"{name}{ending}" for ending in ("", ".gz", ".br")] if name else []


def _write(folder: Path, page: StoredPage) -> list[Path]:
    written: list[Path] = []
    token = secrets.token_hex(8)
    try:
        for ending, body in (("", page.identity), (".gz", page.gzip), (".br", page.br)):
            path = folder / LAYING / f"{token}{ending}"
            written.append(path)
            path.write_bytes(body)
            # Readable whatever our umask is: it is a public page, and another user's program reads it.
            path.chmod(0o644)
            os.utime(path, (page.changed_at, int(page.changed_at)))
    except OSError:
        for path in written:
            path.unlink(missing_ok=True)
        raise
    return written


def _make(folder: Path) -> None:
    """Make a folder a shelf; raise FileExistsError where there is something else in it, which is not ours to delete."""
    folder.mkdir(parents=True, exist_ok=True)
    if not (folder / MARK).exists() and any(folder.iterdir()):
        raise FileExistsError(f"{folder} is not empty and is no shelf; name an empty folder in NUTGRAF_SHELF.")
    (folder / MARK).touch()
    _make_folders(folder / LAYING, below=folder.parent)
    for left in (*folder.glob(f"{GONE}-*"), *(folder / LAYING).iterdir()):
        _delete_later(left)


def _make_folders(path: Path, *, below: Path) -> None:
    if path == below or path.is_dir():
        return
    _make_folders(path.parent, below=below)
    path.mkdir(exist_ok=True)
    path.chmod(0o755)


def _take_whole(folder: Path) -> None:
    gone = folder / f"{GONE}-{secrets.token_hex(8)}"
    try:
        (folder / PAGES).rename(gone)
    except FileNotFoundError:
        return
    _delete_later(gone)


def _delete_later(path: Path) -> None:
    if path.is_dir():
        threading.Thread(target=shutil.rmtree, args=(path, True), name="shelf", daemon=True).start()
    else:
        path.unlink(missing_ok=True)
