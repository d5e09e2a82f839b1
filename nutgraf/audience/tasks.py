"""What is done a moment after a reader has their answer, so that the answer takes as long whoever they are."""

from __future__ import annotations

import datetime

from django.utils import timezone
from django_tasks import task

from nutgraf.audience import actions, importing
from nutgraf.audience.models import AddressFile


@task()
def subscribe(email: str, lists: list[str], source: str, words: str, at: str) -> None:
    """Record a wish to subscribe, and ask about it by mail."""
    moment = datetime.datetime.fromisoformat(at)
    actions.subscribe(email=email, lists=lists, source=source, words=words, at=moment)


@task()
def send_link(email: str, at: str) -> None:
    """Mail a subscriber the way to their own page."""
    actions.send_link(email=email, at=datetime.datetime.fromisoformat(at))


@task()
def look_through(pk: int) -> None:
    """Look through a file of addresses."""
    if kept := AddressFile.objects.filter(pk=pk, state=AddressFile.State.LOOKING).first():
        importing.look_through(kept)


@task()
def take_in(pk: int) -> None:
    """Import some thousand rows of a file, and put the rest down for later, behind what else there is to do."""
    kept = AddressFile.objects.filter(pk=pk, state=AddressFile.State.IMPORTING).first()
    if kept and importing.take_in(kept, at=timezone.now()):
        take_in.enqueue(pk=pk)
