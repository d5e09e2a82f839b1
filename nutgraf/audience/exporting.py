"""Write subscribers and what they agreed to as a table that any program reads, a piece at a time."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from itertools import groupby

from nutgraf.audience.address_files import FORMULA
from nutgraf.audience.models import Consent, Subscriber, Subscription

COLUMNS = ["email", "list", "state", "how_often", "since", "decision", "decision_at", "decision_from", "decision_words"]
BATCH = 2_000

Decision = tuple[str, str, str, str]


def pieces(list_keys: Sequence[str] = ()) -> Iterator[str]:
    """Yield a table of all subscriptions, or of those to some lists, with the latest decision about each.

    The memory it takes does not depend on how many there are. Whoever subscribes
    meanwhile may be in it or not.
    """
    yield _written([COLUMNS])
    after = 0
    while numbers := list(Subscriber.objects.filter(pk__gt=after).order_by("pk").values_list("pk", flat=True)[:BATCH]):
        yield _written(_rows(numbers[0], numbers[-1], list_keys))
        after = numbers[-1]


def _rows(low: int, high: int, list_keys: Sequence[str]) -> Iterator[list[str]]:
    chosen = Subscription.objects.filter(subscriber__gte=low, subscriber__lte=high)
    if list_keys:
        chosen = chosen.filter(list__key__in=list_keys)
    decisions = _decisions(low, high)
    values = ("subscriber__email", "list__key", "state", "frequency", "changed_at", "subscriber", "list")
    for email, key, state, frequency, since, number, pk in chosen.order_by("subscriber", "list").values_list(*values):
        decision = decisions.get((number, pk), ("", "", "", ""))
        yield [_inert(email), key, state.lower(), frequency.lower(), since.isoformat(), *map(_inert, decision)]


def _decisions(low: int, high: int) -> dict[tuple[int, int], Decision]:
    """Return the latest decision of each subscriber about each list."""
    rows = (
        Consent.objects.filter(subscriber__gte=low, subscriber__lte=high)
        .order_by("subscriber", "list", "pk")
        .values_list("subscriber", "list", "act", "at", "source", "wording__text")
    )
    latest: dict[tuple[int, int], Decision] = {}
    for (number, pk), some in groupby(rows, key=lambda row: row[:2]):
        *_who, act, at, source, words = list(some)[-1]
        latest[int(number), int(pk)] = (act.lower(), at.isoformat(), source, words)
    return latest


def _inert(cell: str) -> str:
    """Keep a spreadsheet from taking for a formula what somebody typed; our own import takes the apostrophe off again."""
    return f"'{cell}" if cell.startswith((*FORMULA, "\t", "\r")) else cell


def _written(rows: Iterator[list[str]] | list[list[str]]) -> str:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue()
