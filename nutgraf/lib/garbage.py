"""Leave Python's search for garbage in cycles alone while much is built that has none."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def left_alone() -> Iterator[None]:
    """Search for no garbage in cycles meanwhile; what nothing refers to is freed as ever.

    Only for work that makes no cycles, and has an end: each search walks all that was built so far. The search is on
    again afterwards, whatever happens, if it was on before. It is on or off for all threads alike: of two that overlap,
    the one that began first found it on and turns it on again, so it never stays off; in between there is only less or
    more of it than wished for.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
