"""Record what a page reads while it is rendered, so that nobody has to declare it and nobody can forget to."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

from nutgraf.published import keys

# Sort before and after every place in a list.
FIRST, LAST = "", "~"


@dataclass
class Recording:
    """What one rendering has read so far."""

    # How far the store had followed the database when it began; nothing where it is not for the store.
    generation: int | None = None
    keys: set[str] = field(default_factory=set)
    windows: set[tuple[str, str, str]] = field(default_factory=set)
    until: datetime.datetime | None = None
    refusal: str = ""
    # How long a cache in front may hand it out unasked, where it is not told of changes.
    shared_seconds: int = 0

    def __ior__(self, other: Recording) -> Recording:
        """Take in what a part of the page has read."""
        self.keys |= other.keys
        self.windows |= other.windows
        self.until = min(filter(None, (self.until, other.until)), default=None)
        self.refusal = self.refusal or other.refusal
        self.shared_seconds = self.shared_seconds or other.shared_seconds
        return self


_current: ContextVar[Recording | None] = ContextVar("recording", default=None)


def current() -> Recording | None:
    """Return the recording that runs here, if one does."""
    return _current.get()


@contextmanager
def running(generation: int | None = None) -> Iterator[Recording]:
    """Record what is read in this block and this thread."""
    recording = Recording(generation)
    token = _current.set(recording)
    try:
        yield recording
    finally:
        _current.reset(token)


@contextmanager
def paused() -> Iterator[None]:
    """Record nothing in this block, because what it reads is declared more exactly by a window."""
    token = _current.set(None)
    try:
        yield
    finally:
        _current.reset(token)


def window(name: str, *, low: str | None = None, high: str | None = None) -> None:
    """Declare that a page shows a list between two places, both included; None is the list's beginning or end.

    A row that enters, leaves or moves outside the window does not concern the page.
    """
    if recording := current():
        recording.windows.add((name, low or FIRST, high or LAST))
        # Places tell of single rows; when a table is changed as a whole, every part of it may be.
        recording.keys.update(map(keys.part, keys.LISTINGS))


def valid_until(moment: datetime.datetime | None) -> None:
    """Declare that a page becomes another at that moment, whether or not anything is changed by then."""
    recording = current()
    if recording and moment and (recording.until is None or moment < recording.until):
        recording.until = moment


def shared_for(seconds: int) -> None:
    """Declare that caches in front may hand a page out for so long without asking us, and be that late with a change."""
    if recording := current():
        recording.shared_seconds = seconds


def refuse(reason: str) -> None:
    """Declare that a page is not to be stored; the first reason is kept."""
    if (recording := current()) and not recording.refusal:
        recording.refusal = reason
