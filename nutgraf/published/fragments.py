"""Keep parts that many pages show alike, each with all that it read, for as long as none of that is changed.

A card stands on the front, in a section, in the author's stream and under every
story: with its fragment kept, a process loads and renders it once. Only a page
that is pressed for the store takes fragments, and a page shows whatever its
fragments have read; a preview, or a page that is compared, is made whole.
"""

from __future__ import annotations

import pickle
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.utils import timezone

from nutgraf.published import recording
from nutgraf.published.recording import Recording
from nutgraf.published.store import the_store

# Some six kilobytes each. Of more, those are forgotten that were made longest ago.
MOST = 1_000

# A fragment may be made of others.
_making = threading.RLock()

T = TypeVar("T")


@dataclass
class Fragment:
    """Something that was worked out for a page, and how far the store had followed when all of it was still true.

    Kept as bytes: what a page fetches later, through a row that it was given, is its own and heard as its own.
    """

    pickled: bytes
    heard: Recording
    generation: int

    def is_true(self, generation: int) -> bool:
        """Say whether it is true for a page whose rendering began at a generation of the store."""
        if self.heard.until and self.heard.until <= timezone.now():
            return False
        if self.generation < generation:
            if the_store().is_overtaken(self.heard, self.generation):
                return False
            self.generation = generation
        return True


def are_kept() -> bool:
    """Say whether a page is being pressed here, and takes fragments that are there already."""
    page = recording.current()
    return page is not None and page.generation is not None


def fragment(name: str, make: Callable[[], T]) -> T:
    """Return what `make` returns, kept under a name by which nothing else is made.

    What it makes must be picklable, and depend on nothing but its name and what it reads itself: of a row that was
    loaded before and handed in, nobody would hear. So hand in its key.
    """
    page = recording.current()
    if page is None or page.generation is None:
        return make()
    found = _true_one(name, page.generation)
    if found is None:
        # One at a time: who presses another page with the same cards waits for them.
        with _making:
            found = _true_one(name, page.generation) or _made(name, make, page.generation)
    page |= found.heard
    value: T = pickle.loads(found.pickled)  # noqa: S301 (our own bytes, which never left this process)
    return value


def _true_one(name: str, generation: int) -> Fragment | None:
    found: Fragment | None = the_store().fragments.get(name)
    return found if found is not None and found.is_true(generation) else None


def _made(name: str, make: Callable[[], Any], generation: int) -> Fragment:
    with recording.running(generation) as heard:
        made = Fragment(pickle.dumps(make()), heard, generation)
    if not heard.refusal:
        _keep(the_store().fragments, name, made)
    return made


def _keep(kept: dict[str, Any], name: str, made: Fragment) -> None:
    kept.pop(name, None)
    kept[name] = made
    if len(kept) > MOST:
        for oldest in list(kept)[: MOST // 10]:
            kept.pop(oldest, None)
