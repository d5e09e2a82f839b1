"""Who is to be mailed, asked some hundred at a time, and what there is to choose from."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from django.db.models import Max, Q, QuerySet

from nutgraf.audience import links
from nutgraf.audience.models import List, Subscriber, Subscription

ON = Subscription.State.ON
BRIEFING = "briefing"
STORYLINE = "storyline"


class Reached(NamedTuple):
    """Somebody to be mailed: what a message and the links in it are made of."""

    number: int
    address: str
    key: str


class Follower(NamedTuple):
    """Somebody to be told what changed: since when, list by list; None if they were never told."""

    number: int
    address: str
    key: str
    told: dict[str, datetime.datetime | None]


def offered() -> QuerySet[List]:
    """Return the briefings among which every reader may choose."""
    return List.objects.filter(kind=BRIEFING, is_offered=True)


def standing() -> QuerySet[List]:
    """Return every list that did not go into another."""
    return List.objects.filter(went_into=None)


def chosen_by(subscriber: Subscriber) -> QuerySet[List]:
    """Return the lists that a subscriber has, or has asked for."""
    return List.objects.filter(pk__in=subscriber.subscriptions.exclude(state=Subscription.State.OFF).values("list"))


def named(numbers: Iterable[int]) -> list[List]:
    """Return the lists that a link names, each once; of one that went into another, that other."""
    found = List.objects.filter(pk__in=list(numbers)).select_related("went_into")
    return list(dict.fromkeys(one.went_into or one for one in found))


def recipients(
    list_keys: Sequence[str],
    *,
    after: int,
    up_to: int,
    limit: int,
    at: datetime.datetime,
    is_weekly: bool = True,
) -> list[Reached]:
    """Return the next who are on any of these lists, each once, by number; nobody who paused or is suppressed.

    With `is_weekly` false, those who want one mail a week are left out. An empty
    answer means that nobody is left. It takes milliseconds however many there are,
    because each list is read from the place at hand, along an index.
    """
    lists = List.objects.filter(key__in=list_keys).values_list("pk", flat=True)
    streams = [_on(pk, after=after, up_to=up_to, limit=limit, at=at, is_weekly=is_weekly) for pk in lists]
    # Each stream holds its next `limit`, so the first `limit` of all of them are those of the union.
    once = {one.number: one for stream in streams for one in stream}
    return [once[number] for number in sorted(once)[:limit]]


def among(numbers: Iterable[int], list_keys: Sequence[str], *, at: datetime.datetime) -> list[Reached]:
    """Return who of these is still on one of the lists and may be mailed, by number: for a word to readers of an edition."""
    found = (
        Subscriber.objects.filter(mailable(at), pk__in=list(numbers))
        .filter(pk__in=Subscription.objects.filter(list__key__in=list_keys, state=ON).values("subscriber"))
        .order_by("pk")
    )
    return [Reached(*row) for row in found.values_list("pk", "email", "key")]


def followers(list_keys: Sequence[str], *, after: int, up_to: int, limit: int, at: datetime.datetime) -> list[Follower]:
    """Return the next who follow any of these lists, by number, with the moment up to which each was told.

    Who wants one mail a week and had one within it is left out for that list.
    """
    while numbers := [one.number for one in recipients(list_keys, after=after, up_to=up_to, limit=limit, at=at)]:
        if found := _told(numbers, list_keys, at=at):
            return found
        after = numbers[-1]
    return []


def _told(numbers: list[int], list_keys: Sequence[str], *, at: datetime.datetime) -> list[Follower]:
    rows = (
        Subscription.objects.filter(subscriber__in=numbers, list__key__in=list_keys, state=ON)
        .exclude(frequency=Subscription.Frequency.WEEKLY, told_at__gt=at - datetime.timedelta(days=7))
        .order_by("subscriber", "list__key")
        .values_list("subscriber", "subscriber__email", "subscriber__key", "list__key", "told_at")
    )
    return [
        Follower(number, address, key, {list_key: told for *_who, list_key, told in some})
        for (number, address, key), some in groupby(rows, key=lambda row: row[:3])
    ]


def holder(purpose: str, text: str, *, at: datetime.datetime) -> tuple[Subscriber, links.Token]:
    """Return whose link this is, and what it is about; raises what `links` raises for one that is none or too old."""
    token = links.Token.read(text)
    subscriber = Subscriber.objects.filter(pk=token.number).first()
    if subscriber is None:
        raise links.BrokenLink
    token.check(purpose, key=subscriber.key, at=at, extra=subscriber.new_email if purpose == links.MOVE else "")
    return subscriber, token


def latest_number() -> int:
    """Return the number of the newest subscriber: where a send that begins now ends."""
    return Subscriber.objects.aggregate(Max("pk"))["pk__max"] or 0


def count(list_keys: Sequence[str], *, at: datetime.datetime) -> int:
    """Return how many would be mailed."""
    on = Subscription.objects.filter(_mailable_of("subscriber__", at), list__key__in=list_keys, state=ON)
    return on.count() if len(list_keys) == 1 else on.values("subscriber").distinct().count()


def mailable(at: datetime.datetime) -> Q:
    """Say of subscribers who may be mailed at a moment."""
    return _mailable_of("", at)


def _mailable_of(path: str, at: datetime.datetime) -> Q:
    not_paused = Q(**{f"{path}paused_until": None}) | Q(**{f"{path}paused_until__lte": at})
    return Q(**{f"{path}is_suppressed": False}) & not_paused


def _on(
    list_pk: int, *, after: int, up_to: int, limit: int, at: datetime.datetime, is_weekly: bool
) -> Iterator[Reached]:
    on = Subscription.objects.filter(
        _mailable_of("subscriber__", at), list=list_pk, state=ON, subscriber__gt=after, subscriber__lte=up_to
    )
    if not is_weekly:
        on = on.filter(frequency=Subscription.Frequency.EVERY)
    rows = on.order_by("subscriber_id").values_list("subscriber_id", "subscriber__email", "subscriber__key")[:limit]
    return (Reached(*row) for row in rows)
