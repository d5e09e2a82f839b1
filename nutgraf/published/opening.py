"""Open the store for serving: throw away what was pressed by another version, from other files or of another database."""

from __future__ import annotations

import datetime
import hashlib
import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from django.conf import settings
from django.template.utils import get_app_template_dirs

import nutgraf
from nutgraf.published import following, outbox, purging, shelf
from nutgraf.published.store import Store, the_store

# A page is made by these too, and by all that lies among templates: code, translations, the map of the world.
CODE = ("*.py", "*.mo", "*.gz")
CONFIDENTIAL = ("SECRET", "PASSWORD", "DATABASE", "TOKEN", "KEY")


def open_store(files: Iterable[Path] = ()) -> None:
    """Make the store fit to be served from: every page in it is what would be rendered now.

    `files` are others than code and templates that pages are made from.
    """
    store = join_store(files)
    purging.open_caches(store)
    if store.meta("made_of") != store.made_of or not store.is_of_this_database():
        store.clear()
        with store.writing():
            store.remember(public_url=settings.PUBLIC_URL)
    shelf.open_shelf(store, settings.SHELF)
    following.follow()


def join_store(files: Iterable[Path] = ()) -> Store:
    """Have this process keep and find only pages that are made as it makes them; return the store.

    Should another server open the store with other settings, this process
    answers from then on with pages that are not kept.
    """
    store = the_store()
    store.made_of = fingerprint(files)
    return store


def is_open(files: Iterable[Path] = ()) -> bool:
    """Say whether what we press belongs among the pages that are there."""
    return the_store().meta("made_of") == fingerprint(files) and the_store().is_of_this_database()


def leave_store() -> None:
    """See that nobody is served from a store that does not follow changes from now on."""
    store = the_store()
    shelf.open_shelf(store, None)
    purging.open_caches(store)
    with store.writing():
        purging.everything(store)
        store.remember(made_of="")


def tidy(*, at: datetime.datetime) -> None:
    """Remove changes that every store has read, and keys that no page shows."""
    outbox.prune(at=at)
    the_store().tidy()


def fingerprint(files: Iterable[Path] = ()) -> str:
    """Return a text that changes whenever pages may be rendered otherwise, though nothing in the database changed."""
    # Each installed package has a folder that is called by its name and version.
    parts = sorted({folder.name for place in sys.path for folder in Path(place).glob("*.dist-info")})
    parts += [f"{name}={json.dumps(value, default=str, sort_keys=True)}" for name, value in _settings()]
    folders = [*get_app_template_dirs("templates")]
    folders += [Path(folder) for engine in settings.TEMPLATES for folder in engine["DIRS"]]
    found = {path for folder in folders for path in folder.rglob("*") if path.is_file()}
    found |= {path for pattern in CODE for path in Path(nutgraf.__file__).parent.rglob(pattern)}
    parts += map(_state, sorted(found))
    parts += map(_state, files)
    return hashlib.blake2b("\n".join(parts).encode(), digest_size=16).hexdigest()


def _settings() -> Iterator[tuple[str, object]]:
    for name in sorted(dir(settings)):
        if name.isupper() and not any(word in name for word in CONFIDENTIAL):
            yield name, getattr(settings, name)


def _state(path: Path) -> str:
    try:
        stat = path.stat()
    except FileNotFoundError:
        return f"{path} is not there"
    return f"{path} {stat.st_size} {stat.st_mtime_ns}"
