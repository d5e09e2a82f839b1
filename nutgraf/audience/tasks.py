"""What is done a moment after a reader has their answer, so that the answer takes as long whoever they are."""

from __future__ import annotations

import datetime

from django_tasks import task

from nutgraf.audience import actions


@task()
def subscribe(email: str, lists: list[str], source: str, words: str, at: str) -> None:
    """Record a wish to subscribe, and ask about it by mail."""
    moment = datetime.datetime.fromisoformat(at)
    actions.subscribe(email=email, lists=lists, source=source, words=words, at=moment)


@task()
def send_link(email: str, at: str) -> None:
    """Mail a subscriber the way to their own page."""
    actions.send_link(email=email, at=datetime.datetime.fromisoformat(at))
