"""Wait for what another process does, no longer than it takes."""

from __future__ import annotations

import time
from collections.abc import Callable


def soon(is_so: Callable[[], bool], seconds: float = 30) -> bool:
    """Say whether something becomes so before long."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if is_so():
            return True
        time.sleep(0.1)
    return False
