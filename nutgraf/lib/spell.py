"""Notice when trouble begins and when it is over, so that a log has two lines of it and not one for each attempt."""

from __future__ import annotations

import threading


class Spell:
    """Trouble that may last: each of its ends is told once, to whoever comes upon it first."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._lasts = False

    def begins(self) -> bool:
        """Note that there is trouble, and say whether there was none before."""
        with self._lock:
            before, self._lasts = self._lasts, True
            return not before

    def ends(self) -> bool:
        """Note that there is none, and say whether there was some before."""
        with self._lock:
            before, self._lasts = self._lasts, False
            return before
