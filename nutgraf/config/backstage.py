"""The process beside the workers: the desk, the clock, the queue, the mail, the wires, and the one that follows the database for the page store."""

from __future__ import annotations

import gc
import os
import signal
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.urls import get_resolver

if TYPE_CHECKING:
    from nutgraf.config.postman import Postman

# Python runs one of them at a time; the others wait for the database, or for a picture to be drawn.
THREADS = 4
LARGEST_BODY = 1024 * 1024 * 1024


def run(socket_file: Path | None) -> None:
    """Work until our standard input ends, which is when whoever started us ends, however that happens."""
    from nutgraf.config import clock, due, files, postman, tasks
    from nutgraf.imports.wire import polling
    from nutgraf.webhooks import actions as webhooks

    # A key pressed in the server's terminal reaches us too, but the server says when to end.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    tasks.Queue.is_worked_through = True
    files.join_store()
    server = _desk(socket_file) if socket_file else None
    get_resolver().url_patterns  # noqa: B018 (loads by being read)
    # What is there now stays; to look through it for garbage takes a tenth of a second, with every editor waiting.
    gc.freeze()
    mail = postman.Postman()
    threading.Thread(target=_end_with_input, args=[server, clock.working, mail], daemon=True).start()
    mail.start()
    if settings.MAIL_BOUNCES:
        postman.Returns().start()
    tasks.Runner(clock.working).start()
    due.Due(
        "webhooks",
        lambda at: webhooks.due(at=at),
        lambda call, at: webhooks.tell(call=call, at=at),
        seconds=1.0,
    ).start()
    due.Due(
        "wires", lambda at: polling.due(at=at), lambda wire, at: polling.poll(wire=wire, at=at), seconds=2.0
    ).start()
    if server is None:
        clock.run()
    else:
        threading.Thread(target=clock.run, daemon=True).start()
        server.run()


def _desk(socket_file: Path) -> Any:
    import waitress

    from nutgraf.config.forwarding import from_front
    from nutgraf.config.wsgi import django_application
    from nutgraf.lib import right_of_way

    return waitress.create_server(
        right_of_way.taken_by(from_front(django_application)),
        unix_socket=str(socket_file),
        unix_socket_perms="600",
        threads=THREADS,
        max_request_body_size=LARGEST_BODY,
        # The workers pass on what a proxy in front of them says; only they can reach us.
        clear_untrusted_proxy_headers=False,
        ident=None,
    )


def _end_with_input(server: Any, working: threading.Lock, mail: Postman) -> None:
    sys.stdin.buffer.read()
    if server is not None:
        # Lets those end who are being answered, up to five seconds.
        server.task_dispatcher.shutdown()
    mail.stop()
    with working:
        os._exit(0)
