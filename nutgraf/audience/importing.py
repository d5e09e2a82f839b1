"""Take in addresses that agreed elsewhere: looked through first, then some thousand at a time; nobody is mailed by it."""

from __future__ import annotations

import datetime
import sqlite3
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import IO

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.files import File
from django.db import transaction
from django.utils.translation import gettext as _

from nutgraf.audience import address_files, consents, suppressing
from nutgraf.audience.address_files import Form, Row
from nutgraf.audience.models import AddressFile, Consent, List, Subscriber, Subscription

By = User | None
State = AddressFile.State

BATCH = 1_000
# So many rows are one task; the queue has other things to do in between.
CHUNK = 20_000
# So many of each kind are named; all are counted.
NAMED = 100
KEPT = datetime.timedelta(days=30)

# What a row can be, in the order in which it is asked.
BROKEN, DOUBLE, SUPPRESSED, NEW, KNOWN, LEFT, WAITING, THERE = (
    "broken double suppressed new known left waiting there".split()
)


@transaction.atomic
def hand_in(
    *, name: str, file: IO[bytes], lists: Iterable[List], source: str, words: str, by: By, at: datetime.datetime
) -> AddressFile:
    """Keep a file of addresses to be looked through; raises ValidationError for what cannot be imported.

    Whoever hands it in says where these people agreed and to which words, because
    that is kept with each of them.
    """
    lists = list(lists)
    errors = {}
    if not lists:
        errors["lists"] = _("Choose at least one list.")
    if not source.strip():
        errors["source"] = _("Say where and when these people agreed to be mailed.")
    if not words.strip():
        errors["words"] = _("Give the words that they agreed to.")
    if errors:
        raise ValidationError(errors)
    with address_files.transcoded(file) as (plain, form):
        kept = AddressFile(name=name[:200], source=source.strip()[:200], words=words, by=by, created_at=at)
        kept.form = form.as_json()
        kept.file.save(f"{at:%Y%m%d-%H%M%S}.csv", File(plain), save=False)
        kept.save()
    kept.lists.set(lists)
    return kept


def look_through(kept: AddressFile) -> AddressFile:
    """Count what would become of each row, and name the first of each kind; changes nothing else."""
    counts: dict[str, int] = {}
    problems: list[list[object]] = []
    lists = list(kept.lists.all())
    seen = _Seen()
    with kept.file.open("rb") as file:
        for batch in _batches(address_files.rows(file, Form(**kept.form))):
            good = [row for row in batch if not row.fault]
            kinds = _kinds(good, lists)
            for row in batch:
                kind = BROKEN if row.fault else DOUBLE if not seen.add(row.normalised) else kinds[row.normalised]
                counts[kind] = counts.get(kind, 0) + 1
                if kind not in {NEW, KNOWN} and counts[kind] <= NAMED:
                    problems.append([kind, row.line, row.typed[:120], row.fault])
    seen.close()
    kept.counts, kept.problems = counts, problems
    AddressFile.objects.filter(pk=kept.pk, state=State.LOOKING).update(
        counts=counts, problems=problems, state=State.READY
    )
    kept.refresh_from_db()
    return kept


def begin(kept: AddressFile) -> bool:
    """Have a file that was looked through be imported; say whether it could be begun."""
    return bool(AddressFile.objects.filter(pk=kept.pk, state=State.READY).update(state=State.IMPORTING))


def cancel(kept: AddressFile, *, at: datetime.datetime) -> bool:
    """Import no more of a file, and delete it; who is in stays. Say whether there was anything to cancel."""
    open_states = [State.LOOKING, State.READY, State.IMPORTING]
    changed = AddressFile.objects.filter(pk=kept.pk, state__in=open_states).update(
        state=State.CANCELLED, finished_at=at
    )
    if changed:
        kept.file.delete(save=False)
        AddressFile.objects.filter(pk=kept.pk).update(file="")
    return bool(changed)


def take_in(kept: AddressFile, *, at: datetime.datetime, most: int = CHUNK) -> bool:
    """Import the next rows of a file; say whether there are more.

    A batch and the note of how far it came are one transaction, so whoever dies
    in between leaves nothing half done and nothing is done twice.
    """
    lists = list(kept.lists.all())
    done = 0
    with kept.file.open("rb") as file:
        place = kept.results
        coming = address_files.rows(file, Form(**kept.form), start=place.get("end", 0), line=place.get("line", 0))
        for batch in _batches(coming):
            if not _take_batch(kept, batch, lists, at=at):
                return False
            done += len(batch)
            if done >= most:
                return True
    finished = AddressFile.objects.filter(pk=kept.pk, state=State.IMPORTING)
    if finished.update(state=State.DONE, finished_at=at):
        kept.file.delete(save=False)
        AddressFile.objects.filter(pk=kept.pk).update(file="")
    return False


def tidy(*, at: datetime.datetime) -> None:
    """Delete files that nobody went on with, and forget addresses that were named in reports."""
    for kept in AddressFile.objects.filter(created_at__lte=at - KEPT):
        cancel(kept, at=at)
        AddressFile.objects.filter(pk=kept.pk).update(problems=[])


@transaction.atomic
def _take_batch(kept: AddressFile, batch: list[Row], lists: list[List], *, at: datetime.datetime) -> bool:
    """Import some rows, if it is still wanted."""
    locked = AddressFile.objects.select_for_update().filter(pk=kept.pk, state=State.IMPORTING).first()
    if locked is None:
        return False
    # Of several spellings of one address the first counts.
    good = {row.normalised: row for row in reversed(batch) if not row.fault}
    barred = suppressing.find(good)
    wanted = [row for row in batch if good.get(row.normalised) is row and row.normalised not in barred]
    on = _turn_on(wanted, lists, kept, at=at)
    before = locked.results
    last = batch[-1]
    results = {
        "end": last.end,
        "line": last.line,
        "on": before.get("on", 0) + on,
        SUPPRESSED: before.get(SUPPRESSED, 0) + len(barred),
    }
    kept.results, kept.rows_done = results, locked.rows_done + len(batch)
    AddressFile.objects.filter(pk=kept.pk).update(results=results, rows_done=kept.rows_done)
    return True


def _turn_on(wanted: list[Row], lists: list[List], kept: AddressFile, *, at: datetime.datetime) -> int:
    """Put addresses on lists on which they never were; return how many times that was."""
    Subscriber.objects.bulk_create(
        (Subscriber(email=row.address, normalised=row.normalised, created_at=at) for row in wanted),
        ignore_conflicts=True,
    )
    numbers = Subscriber.objects.filter(normalised__in=[row.normalised for row in wanted]).values_list("pk", flat=True)
    have = set(Subscription.objects.filter(subscriber__in=numbers, list__in=lists).values_list("subscriber", "list"))
    missing = [(number, one.pk) for number in numbers for one in lists if (number, one.pk) not in have]
    Subscription.objects.bulk_create(
        (
            Subscription(subscriber_id=number, list_id=pk, state=Subscription.State.ON, changed_at=at)
            for number, pk in missing
        ),
        ignore_conflicts=True,
    )
    text = consents.wording(kept.words)
    source = f"{kept.name}: {kept.source}"[: consents.LONGEST_SOURCE]
    Consent.objects.bulk_create(
        Consent(subscriber_id=number, list_id=pk, act=Consent.Act.IMPORTED, at=at, source=source, wording=text)
        for number, pk in missing
    )
    return len(missing)


def _kinds(good: list[Row], lists: list[List]) -> dict[str, str]:
    """Say what each address is: suppressed, new, or known in one way or another."""
    typed = {row.normalised for row in good}
    barred = suppressing.find(typed)
    names = dict(Subscriber.objects.filter(normalised__in=typed).values_list("pk", "normalised"))
    states: dict[str, list[str]] = {name: [] for name in names.values()}
    choices = Subscription.objects.filter(subscriber__in=names, list__in=lists)
    for number, state in choices.values_list("subscriber", "state"):
        states[names[number]].append(state)
    return {one: SUPPRESSED if one in barred else _kind(states.get(one), wanted=len(lists)) for one in typed}


def _kind(states: list[str] | None, *, wanted: int) -> str:
    if states is None:
        return NEW
    if len(states) < wanted:
        return KNOWN
    if Subscription.State.OFF in states:
        return LEFT
    return WAITING if Subscription.State.PENDING in states else THERE


def _batches(coming: Iterator[Row]) -> Iterator[list[Row]]:
    while batch := list(islice(coming, BATCH)):
        yield batch


class _Seen:
    """Which addresses a file has named before: on the disk, so that the memory does not grow with the file."""

    def __init__(self) -> None:
        # An empty name is a database of its own in a temporary file, which is gone when it is closed.
        self.database = sqlite3.connect("", isolation_level=None)
        self.database.execute("PRAGMA journal_mode=OFF")
        self.database.execute("PRAGMA cache_size=-8000")
        self.database.execute("CREATE TABLE seen (address TEXT PRIMARY KEY) WITHOUT ROWID")
        self.database.execute("BEGIN")

    def add(self, address: str) -> bool:
        """Note an address; say whether it is the first time."""
        return bool(self.database.execute("INSERT OR IGNORE INTO seen VALUES (?)", [address]).rowcount)

    def close(self) -> None:
        """Forget all of them."""
        self.database.close()
