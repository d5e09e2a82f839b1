"""Answer in granian's own thread, before a coroutine is made and the event loop is woken for it.

Those two cost more than the whole answer. Granian does not promise the place
where we step in, so a version that we do not know goes the long way.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

import granian
from granian import _futures
from granian._granian import RSGIHTTPProtocol as HTTPProtocol
from granian.rsgi import Scope

KNOWN_IN = "2.8."

logger = logging.getLogger(__name__)


def take(answer: Callable[[Scope, HTTPProtocol], bool]) -> None:
    """Have granian ask us first; called in a worker, before its scheduler is made."""
    if not granian.__version__.startswith(KNOWN_IN):
        return
    make: Callable[..., Callable[[Any], None]] = _futures._cbsched_aioschedule

    def make_with_short_cut(*arguments: Any) -> Callable[[Any], None]:
        to_the_loop = make(*arguments)

        def schedule(request: Any) -> None:
            try:
                answered = answer(request.scope, request.proto)
            except Exception:  # Whatever it was, the long way answers, and the log has all of it.
                logger.exception("A stored page could not be answered; the application is asked instead.")
                answered = False
            if not answered:
                to_the_loop(request)

        return schedule

    _futures._cbsched_aioschedule = make_with_short_cut
