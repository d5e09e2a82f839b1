"""Work in a newsroom as one process of several does, until one is killed: publish, press, or say what the store holds.

Run as `python -m tests.coherence.worker WORK FOLDER [PLACE]`. A place is where
to die by the process's own hand, as if it had been killed (-9) just there.
"""

from __future__ import annotations

import importlib
import json
import os
import resource
import signal
import sqlite3
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

# Between what, and the name of what is then no longer done.
PLACES = {
    "before it is written down": "nutgraf.published.outbox:flush",
    "after it was committed": "nutgraf.published.store:Store.follow",
    "before it is followed": "nutgraf.published.store:Store._apply",
    "while it is followed": "nutgraf.published.shelf:follow",
    "before a page is kept": "nutgraf.published.store:Store.keep",
    "while a page is kept": "nutgraf.published.store:Store._write_shown",
    "after a page was kept": "nutgraf.published.shelf:lay",
}
# How often a place is passed before it is the end.
PASSES = 5
# A disk that is full: no file may become larger than this.
LARGEST_FILE = 300_000


def publish() -> None:
    """Publish a change of one story after another, for ever."""
    from django.utils import timezone

    from nutgraf.stories import actions
    from nutgraf.stories.models import Story

    number = 0
    while True:
        for key in Story.objects.live().order_by("pk").values_list("pk", flat=True):
            number += 1
            draft = Story.objects.get(pk=key).get_latest_revision_as_object()
            draft.title = f"Change {number} of {os.getpid()}"
            actions.revise(story=draft, by=None)
            actions.publish(story=draft, by=None, at=timezone.now())
            _say(f"published {number}")


def press() -> None:
    """Ask for every page, for ever."""
    from nutgraf.published import pressing

    while True:
        for address in addresses():
            pressing.fetch(address)
            _say(f"asked for {address}")


def press_on_a_full_disk() -> None:
    """Ask for every page once, while no file may grow; say how many came out well."""
    from nutgraf.published import pressing
    from nutgraf.published.store import the_store

    asked, store = addresses(), the_store()
    store.follow()
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (LARGEST_FILE, LARGEST_FILE))
    answers: list[Any] = [pressing.fetch(address) for address in asked]
    contents = [getattr(answer, "identity", None) or answer.content for answer in answers]
    _say(json.dumps({"asked": len(asked), "whole": sum(content.rstrip().endswith(b"</html>") for content in contents)}))


def verify() -> None:
    """Say what the store holds as true after the next follow, and which of it is not what would be rendered now."""
    from nutgraf.published import pressing, rendering
    from nutgraf.published.store import the_store

    store = the_store()
    store.follow()
    kept = [address for (address,) in store.connection.execute("SELECT address FROM page ORDER BY address")]
    held = {address: page for address in kept if (page := store.find(address))}
    stale = [address for address, page in held.items() if page.identity != _content(rendering.render(address))]
    broken = [address for address, page in held.items() if not page.identity.rstrip().endswith(b"</html>")]
    damage = _damage(store)
    again = [getattr(pressing.fetch(address), "identity", b"") for address in addresses()]
    unkept = sum(not content for content in again)
    found = {"kept": len(kept), "true": len(held), "stale": stale, "broken": broken, "damage": damage, "unkept": unkept}
    _say(json.dumps(found))


def _damage(store: Any) -> str:
    try:
        (found,) = store.connection.execute("PRAGMA integrity_check").fetchone()
    except sqlite3.DatabaseError as error:
        return str(error)
    return str(found)


def addresses() -> list[str]:
    """Return what readers ask for."""
    from nutgraf.newsroom.models import Author, Section
    from nutgraf.stories.models import Story

    stories = [story.address for story in Story.objects.live().order_by("pk")]
    others = [one.get_absolute_url() for model in (Section, Author) for one in model.objects.order_by("pk")]
    return ["/", "/latest/", "/authors/", *others, *stories]


def _content(response: Any) -> bytes:
    return bytes(response.content) if response.status_code == 200 else str(response.status_code).encode()


def _say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


def _die_at(place: str) -> None:
    module_name, _, path = PLACES[place].partition(":")
    owner = importlib.import_module(module_name)
    *parts, name = path.split(".")
    for part in parts:
        owner = getattr(owner, part)
    original: Callable[..., Any] = getattr(owner, name)
    passed = 0

    def die(*arguments: Any, **options: Any) -> Any:
        nonlocal passed
        passed += 1
        if passed > PASSES:
            os.kill(os.getpid(), signal.SIGKILL)
            time.sleep(60)
        return original(*arguments, **options)

    setattr(owner, name, die)


WORKS = {"publish": publish, "press": press, "press-on-a-full-disk": press_on_a_full_disk, "verify": verify}


def main(work: str, folder: str, place: str = "") -> None:
    """Open the newsroom and work."""
    from nutgraf.config import data_folder

    data_folder.use(Path(folder))
    if place:
        _die_at(place)
    WORKS[work]()


if __name__ == "__main__":
    main(*sys.argv[1:])
