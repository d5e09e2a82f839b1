"""Press a page: have it rendered, and keep it if it may be kept; once, however many wait for it."""

from __future__ import annotations

import hashlib
import logging
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import DatabaseError
from django.http import HttpResponseBase
from django.http.response import HttpResponse
from wagtail.models import Site

from nutgraf.lib.spell import Spell
from nutgraf.published import orm, purging, recording, rendering, shelf
from nutgraf.published.meters import meters
from nutgraf.published.middleware import PRIVATE
from nutgraf.published.recording import Recording
from nutgraf.published.store import the_store
from nutgraf.published.stored import NEVER, StoredPage

try:
    import fcntl
except ImportError:  # Windows, where two processes may press the same page at once: twice the work, the same page.
    fcntl = None  # type: ignore[assignment]  # a module that is not there

# A page that is changed each time while it is rendered goes out as it is, unkept.
TRIES = 3

# While the store holds another server's pages, ours are not kept: told once, not for each reader.
_kept_out = Spell()
# While the database cannot be reached, readers come all the same.
_unfollowed = Spell()

logger = logging.getLogger(__name__)


def fetch(address: str) -> StoredPage | HttpResponseBase:
    """Return a page from the store, or pressed now; or Django's answer where it is none to keep.

    However many ask for a page that is not there, in whatever processes, one
    of them renders it and the others wait.
    """
    store = the_store()
    orm.close_old()
    try:
        try_to_follow()
        if page := store.find(address):
            shelf.lay(store, page)
            return page
        with _alone_with(address):
            return store.find(address) or press(address)
    except (OSError, sqlite3.Error):
        # A store that cannot say what is true says nothing: readers get their page as if there were none.
        logger.exception("The page store does not work; %s is rendered without it.", address)
        return rendering.render(address)


def press_unless_pressed(address: str) -> bool:
    """Press a page that is no longer true, unless somebody else is about it; say whether we did."""
    orm.close_old()
    with _alone_with(address, waits=False) as is_ours:
        if not is_ours or the_store().has(address):
            return False
        press(address)
        return True


def try_to_follow() -> None:
    """Follow the database if it can be reached; while it cannot, nobody changes anything there either.

    Readers then have the pages as they were. Should only we be cut off, they
    have them until we are not.
    """
    try:
        the_store().follow()
        if _unfollowed.ends():
            logger.warning("The database says again what has changed.")
    except DatabaseError as error:
        if _unfollowed.begins():
            logger.warning("The database does not say what has changed (%s).", str(error).strip())


def press(address: str) -> StoredPage | HttpResponseBase:
    """Render a page now, and keep it unless something speaks against it."""
    store, count, reason = the_store(), meters(), "it was changed each time"
    began = time.perf_counter()
    for _ in range(TRIES):
        generation = store.follow()
        # Wagtail remembers for an hour where its sites are, and the pages at their roots may have become others since.
        Site.clear_site_root_paths_cache()
        with recording.running(generation) as heard:
            response = rendering.render(address)
        if (refused := refusal(response, heard)) or not isinstance(response, HttpResponse):
            reason = refused
            break
        page = StoredPage.press(
            address=address,
            generation=generation,
            headers=[*rendering.headers_of(response), *purging.headers(heard)],
            content=response.content,
            until=heard.until.timestamp() if heard.until else NEVER,
        )
        try:
            if kept := store.keep(page, heard):
                shelf.lay(store, kept)
                kept.is_fresh = True
                if _kept_out.ends():
                    logger.info("Pages are kept again.")
                count.presses.inc()
                count.press_seconds.observe(time.perf_counter() - began)
                return kept
        except (OSError, sqlite3.Error) as error:
            logger.error("The page %s could not be kept: %s.", address, error)
            reason = "it could not be written"
            break
        if store.is_anothers():
            reason = "another server's store"
            if _kept_out.begins():
                logger.warning(
                    "Another server has opened %s with other settings or another version; until this one is started"
                    " again, it renders each page for each reader.",
                    store.folder,
                )
            break
    count.refusals.labels(reason).inc()
    return response


def refusal(response: HttpResponseBase, heard: Recording) -> str:
    """Say why an answer is not to be kept; nothing if it is."""
    if heard.refusal:
        return heard.refusal
    if response.status_code != 200 or not isinstance(response, HttpResponse):
        return "it is no page"
    if response.cookies or "cookie" in response.get("Vary", "").lower():
        return "it is for one reader"
    if response.get("Cache-Control", PRIVATE) != PRIVATE and "public" not in response["Cache-Control"]:
        return "it says so"
    return ""


@contextmanager
def _alone_with(address: str, *, waits: bool = True) -> Iterator[bool]:
    """Let one at a time press a page; say whether we are the one, which we are if we wait."""
    if fcntl is None:
        yield True
        return
    folder: Path = the_store().folder / "locks"
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / hashlib.blake2b(address.encode(), digest_size=1).hexdigest()).open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX if waits else fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True
