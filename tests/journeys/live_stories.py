"""Live coverage for the newsroom that the journeys go through, and verbs for a process beside its server.

Run as `python -m tests.journeys.live_stories DIR VERB …` to file something while the newsroom is being served.
"""

from __future__ import annotations

import contextlib
import datetime
import socket
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from nutgraf.stories.models import Story
    from tests.journeys.site import Site

LIVE, ENDED = 8, 9
MANY = 104


def build(stories: list[Story], now: datetime.datetime) -> dict[str, str]:
    """Have one story be live for two hours and one have been; return the paths of the pages that come of that."""
    from nutgraf.live import actions
    from nutgraf.live.samples import make_entry, make_live
    from nutgraf.stories.samples import event, number, point, quote

    began = now - datetime.timedelta(hours=2)
    run = make_live(at=began, story=stories[LIVE])
    for minute in range(MANY):
        moment = began + datetime.timedelta(minutes=minute)
        make_entry(
            run, f"Minute {minute}: the pilots wait.", at=moment, headline=f"Minute {minute}" if minute % 3 else ""
        )
    parts = [
        point("By the numbers", "Two tugs and a pilot.", "One of each."),
        quote("We wait for the tide", "Jon Askew", role="harbour master"),
        number(12, "ships in the bay"),
        event("High tide", starts=now.date()),
    ]
    entry = make_entry(run, at=now, parts=parts, headline="The tide turns", is_key=True)
    actions.correct(
        entry=entry, by=None, at=now, sentence="An earlier version said ebb.", headline="The tide has turned"
    )
    actions.remove(entry=make_entry(run, at=now), by=None, at=now, because="It was of last year.")
    actions.sum_up(run=run, summary="<p>The bay is <b>full</b>.</p><p>Two tugs are on their way.</p>", by=None)
    ended = make_live(at=began, story=stories[ENDED])
    make_entry(ended, "The first ship.", at=began, is_key=True)
    make_entry(ended, "The last ship.", at=now)
    actions.end(run=ended, by=None, at=now, is_oldest_first=True)
    address = str(stories[LIVE].address)
    return {
        "live story": address,
        "part of a live story": f"{address}live/1/",
        "story that was live": str(stories[ENDED].address),
    }


def do(folder: Path, verb: str, words: str = "") -> None:
    """File an entry, change the newest one, or end the coverage."""
    from nutgraf.config import data_folder

    data_folder.use(folder)

    from django.utils import timezone

    from nutgraf.live import actions
    from nutgraf.live.models import LiveRun
    from nutgraf.stories.samples import body, paragraph

    now = timezone.now()
    run = LiveRun.objects.get(ended_at=None)
    newest = run.entries.latest("number")
    if verb == "file":
        actions.file(run=run, by=None, at=now, headline=words)
    elif verb == "file long":
        actions.file(run=run, by=None, at=now, headline=words, body=body(paragraph("long " * 2_500), seed=words))
    elif verb == "correct":
        actions.correct(entry=newest, by=None, at=now, sentence=words, headline=words)
    else:
        actions.end(run=run, by=None, at=now)


@contextlib.contextmanager
def listening(site: Site, path: str) -> Iterator[socket.socket]:
    """A reader who stays connected, by hand."""
    with socket.create_connection(("127.0.0.1", urlsplit(site.address).port), timeout=10) as connection:
        host = urlsplit(site.address).netloc
        asked = f"GET {path}live.events HTTP/1.1\r\nHost: {host}\r\nAccept: text/event-stream\r\n\r\n"
        connection.sendall(asked.encode())
        yield connection


def heard(connection: socket.socket, *words: bytes) -> bytes:
    """Return what is said until all the words were; raises TimeoutError where they are not within ten seconds."""
    said = b""
    while not all(word in said for word in words):
        more = connection.recv(65536)
        assert more, said
        said += more
    return said


if __name__ == "__main__":
    where, *what = sys.argv[1:]
    do(Path(where), *what)
