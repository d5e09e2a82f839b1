"""Make the entries of a storyline say what its public stories say, under the rulings of its editors."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Count, F, Max, Q
from django.utils import timezone

from nutgraf.stories.models import Event, Number, Quote, Story
from nutgraf.storylines import identity
from nutgraf.storylines.models import Entry, Mention, Storyline
from nutgraf.storylines.models.kinds import Kind
from nutgraf.storylines.passing import passes_at
from nutgraf.storylines.rulings import Rulings
from nutgraf.streams.models import StreamEntry

# So many stories at a time are read when a whole storyline is assembled.
BATCH = 100

Fact = Quote | Number | Event


@dataclass(frozen=True)
class _Wanted:
    """A fact, and the entry that it belongs to."""

    kind: str
    key: str
    fact: Fact


@transaction.atomic
def assemble(storyline: Storyline) -> None:
    """Make all entries of a storyline anew; what is right already stays as it is."""
    keys = list(StreamEntry.objects.filter(stream=storyline.stream).values_list("story_id", flat=True))
    Mention.objects.filter(entry__storyline=storyline).exclude(story__in=keys).delete()
    for start in range(0, len(keys), BATCH):
        _write(storyline, keys[start : start + BATCH])
    settle(storyline)
    if storyline.rules != identity.RULES:
        storyline.rules = identity.RULES
        storyline.save(update_fields=["rules"])


@transaction.atomic
def take_in(storyline: Storyline, story: Story) -> None:
    """Make the entries say what this public story says; what others say stays as it is."""
    settle(storyline, touched=_write(storyline, [story.pk]))


@transaction.atomic
def leave_out(storyline: Storyline, story: Story) -> None:
    """Take out what a story says that is no longer part of the storyline."""
    Mention.objects.filter(entry__storyline=storyline, story=story).delete()
    settle_after_loss(storyline)


@transaction.atomic
def settle_after_loss(storyline: Storyline) -> None:
    """Bring the entries up to date after facts have gone, and their mentions with them."""
    settle(storyline, touched=_settle_voices(storyline))


def settle(storyline: Storyline, *, touched: Collection[int] | None = None) -> None:
    """Bring what entries tell of their mentions up to date, apply the rulings, and drop those that nothing speaks of.

    Of all entries, or of those touched and those that tell something else than their mentions.
    """
    rulings = Rulings.of(storyline)
    shown = Q(mentions__is_hidden=False)
    counted = storyline.entries.annotate(
        now_count=Count("mentions", filter=shown), now_latest=Max("mentions__published_at"), all_count=Count("mentions")
    )
    if touched is not None:
        is_wrong = Q(all_count=0) | ~Q(count=F("now_count")) | ~Q(latest_at=F("now_latest"))
        counted = counted.filter(Q(pk__in=touched) | is_wrong)
    entries = list(counted)
    empty = [entry.pk for entry in entries if not entry.all_count]
    if empty:
        Entry.objects.filter(pk__in=empty).delete()
    kept = [entry for entry in entries if entry.all_count]
    days = _days_of_events([entry.pk for entry in kept if entry.kind == Kind.EVENT])
    changed = [entry for entry in kept if _set(entry, _columns(entry, rulings, days))]
    if changed:
        columns = ["count", "latest_at", "is_pinned", "is_hidden", "words", "starts", "passes_at"]
        Entry.objects.bulk_update(changed, columns, batch_size=BATCH)


def _columns(entry: Any, rulings: Rulings, days: dict[int, Event]) -> dict[str, Any]:
    name = (entry.kind, entry.key)
    event = days.get(entry.pk)
    return {
        "count": entry.now_count,
        "latest_at": entry.now_latest,
        "is_pinned": name in rulings.pinned,
        "is_hidden": name in rulings.hidden or not entry.now_count,
        "words": rulings.words.get(name, ""),
        "starts": event and event.starts,
        "passes_at": event
        and passes_at(starts=event.starts, time=event.time, ends=event.ends, precision=event.precision),
    }


def _days_of_events(entries: Collection[int]) -> dict[int, Event]:
    """Return for each entry the event as the latest story has it."""
    mentions = (
        Mention.objects.filter(entry__in=entries, is_hidden=False)
        .select_related("event")
        .order_by("is_pinned", "as_of", "published_at", "pk")
    )
    return {mention.entry_id: mention.event for mention in mentions if mention.event}


def _write(storyline: Storyline, stories: Collection[int]) -> set[int]:
    """Give every fact of some public stories its mention in the right entry; return the entries that are others now."""
    rulings = Rulings.of(storyline)
    published = dict(Story.objects.filter(pk__in=stories, live=True).values_list("pk", "first_published_at"))
    existing = {
        (mention.story_id, mention.block_id): mention
        for mention in Mention.objects.filter(entry__storyline=storyline, story__in=stories).select_related("entry")
    }
    wanted = list(_wanted(storyline, published, rulings))
    entries = _entries(storyline, wanted, published)
    created, changed = [], []
    for one in wanted:
        columns = _of_fact(one, rulings, published) | {"entry_id": entries[one.kind, one.key].pk}
        mention = existing.pop((one.fact.story_id, one.fact.block_id), None)
        if mention is None:
            created.append(Mention(story_id=one.fact.story_id, block_id=one.fact.block_id, **columns))
        elif _set(mention, columns):
            changed.append(mention)
    if existing:
        Mention.objects.filter(pk__in=[mention.pk for mention in existing.values()]).delete()
    Mention.objects.bulk_create(created)
    if changed:
        Mention.objects.bulk_update(changed, [*columns], batch_size=BATCH)
    # An event that was given an hour or a last day has its name and its mention as before, and passes at another moment.
    of_events = {entry.pk for (kind, _), entry in entries.items() if kind == Kind.EVENT}
    return {mention.entry_id for mention in (*created, *changed)} | of_events | _settle_voices(storyline)


def _wanted(storyline: Storyline, published: Iterable[int], rulings: Rulings) -> Iterator[_Wanted]:
    keys = list(published)
    for quote in Quote.objects.filter(story__in=keys):
        yield _Wanted(Kind.VOICE, _voice(quote, rulings), quote)
    for number in Number.objects.filter(story__in=keys):
        key = identity.number_key(number.counts, number.unit)
        yield _Wanted(Kind.NUMBER, rulings.key(Kind.NUMBER, key), number)
    for event in Event.objects.filter(story__in=keys):
        key = identity.event_key(event.what, event.starts, event.precision)
        yield _Wanted(Kind.EVENT, rulings.key(Kind.EVENT, key), event)


def _voice(quote: Quote, rulings: Rulings) -> str:
    return rulings.key(Kind.VOICE, identity.voice_key(quote.speaker, quote.affiliation))


def _entries(
    storyline: Storyline, wanted: Iterable[_Wanted], published: dict[int, Any]
) -> dict[tuple[str, str], Entry]:
    """Return the entries that are asked for by kind and key, those made that are not there."""
    names = {(one.kind, one.key): published[one.fact.story_id] for one in wanted}
    found = {
        (entry.kind, entry.key): entry
        for entry in storyline.entries.filter(key__in={key for _, key in names})
        if (entry.kind, entry.key) in names
    }
    missing = [
        Entry(storyline=storyline, kind=kind, key=key, latest_at=at)
        for (kind, key), at in names.items()
        if (kind, key) not in found
    ]
    Entry.objects.bulk_create(missing)
    return found | {(entry.kind, entry.key): entry for entry in missing}


def _of_fact(one: _Wanted, rulings: Rulings, published: dict[int, Any]) -> dict[str, Any]:
    at = published[one.fact.story_id]
    name = (one.fact.story_id, one.fact.block_id)
    day = one.fact.as_of if isinstance(one.fact, Number) else None
    return {
        "published_at": at,
        "as_of": day or timezone.localdate(at),
        "is_pinned": name in rulings.pinned,
        "is_hidden": name in rulings.hidden,
        "words": rulings.words.get(name, ""),
        "quote_id": one.fact.pk if isinstance(one.fact, Quote) else None,
        "number_id": one.fact.pk if isinstance(one.fact, Number) else None,
        "event_id": one.fact.pk if isinstance(one.fact, Event) else None,
    }


def _settle_voices(storyline: Storyline) -> set[int]:
    """Give what somebody said without an affiliation to the one speaker of that name, if there is only one.

    Return the entries that have more for it.
    """
    rulings = Rulings.of(storyline)
    voices = Mention.objects.filter(entry__storyline=storyline, entry__kind=Kind.VOICE)
    bare = list(voices.filter(quote__affiliation="").select_related("entry", "quote"))
    if not bare:
        return set()
    names = {mention.quote.speaker for mention in bare if mention.quote}
    known: dict[str, set[str]] = defaultdict(set)
    for speaker, affiliation in (
        voices.filter(quote__speaker__in=names)
        .exclude(quote__affiliation="")
        .values_list("quote__speaker", "quote__affiliation")
    ):
        key = identity.voice_key(speaker, affiliation)
        known[identity.normal(speaker)].add(rulings.key(Kind.VOICE, key))
    moves: list[tuple[Mention, str]] = []
    for mention in bare:
        assert mention.quote  # noqa: S101 (asked for above)
        others = known[identity.normal(mention.quote.speaker)]
        key = next(iter(others)) if len(others) == 1 else _voice(mention.quote, rulings)
        if mention.entry.key != key:
            moves.append((mention, key))
    return _move(storyline, moves) if moves else set()


def _move(storyline: Storyline, moves: list[tuple[Mention, str]]) -> set[int]:
    wanted = [_Wanted(Kind.VOICE, key, mention.quote) for mention, key in moves if mention.quote]
    entries = _entries(storyline, wanted, {mention.story_id: mention.published_at for mention, _ in moves})
    for mention, key in moves:
        mention.entry = entries[Kind.VOICE, key]
    Mention.objects.bulk_update([mention for mention, _ in moves], ["entry"], batch_size=BATCH)
    return {mention.entry_id for mention, _ in moves}


def _set(row: Any, columns: dict[str, Any]) -> bool:
    """Give a row these columns, and say whether any differs from what it had."""
    differing = {name: value for name, value in columns.items() if getattr(row, name) != value}
    for name, value in differing.items():
        setattr(row, name, value)
    return bool(differing)
