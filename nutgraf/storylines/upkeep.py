"""What the storylines that somebody looks after are in need of: a review, a newer number, an outcome, a forgotten story."""

from __future__ import annotations

import datetime
from collections.abc import Collection
from dataclasses import dataclass, field

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Max, Q
from django.utils import timezone

from nutgraf.stories.models import Story
from nutgraf.storylines import likeness, profiles
from nutgraf.storylines.likeness import Likeness
from nutgraf.storylines.models import Entry, Mention, Storyline, StorylineStory, StoryTraits, Unrelated
from nutgraf.storylines.models.kinds import Kind
from nutgraf.storylines.parts import mentions
from nutgraf.streams.models import StreamEntry

# A number that has not been counted for so long, and an event that passed no longer ago than this, are asked about.
OLD_DAYS, ASKED_DAYS = 14, 30
# Stories of so many days, and at most so many, are looked through for those that were forgotten.
LOOKED_DAYS, LOOKED_AT = 14, 100
# Whoever looks for what was forgotten wants few and right ones: surer than a suggestion, and by more than one name.
_SURELY, _FEWEST_NAMES = 0.95, 2
# Nobody does more at one sitting.
SHOWN = 8
# An event has an outcome when a later story says at least this share of its words.
_SAID_AGAIN = 0.5


@dataclass(frozen=True)
class Aged:
    """A number whose newest value is old, or an event that has passed, as the latest story has it."""

    entry: Entry
    name: str
    story: Story
    on: datetime.date


@dataclass(frozen=True)
class Forgotten:
    """A story that looks as if it belongs and is not in, and what it shares."""

    story: Story
    names: list[str]


@dataclass
class Needs:
    """What one storyline is in need of."""

    storyline: Storyline
    is_due: bool = False
    numbers: list[Aged] = field(default_factory=list)
    events: list[Aged] = field(default_factory=list)
    stories: list[Forgotten] = field(default_factory=list)

    @property
    def count(self) -> int:
        return self.is_due + len(self.numbers) + len(self.events) + len(self.stories)


def needs_of(owner: AbstractBaseUser, *, at: datetime.datetime) -> list[Needs]:
    """Return what the storylines need that go on and are somebody's, or nobody's; those that need nothing are left out.

    The number of statements grows with neither storylines nor stories.
    """
    mine = Storyline.objects.standing().exclude(state=Storyline.State.CLOSED).filter(Q(owner=owner) | Q(owner=None))
    found = {one.pk: Needs(one, is_due=is_due(one, at=at)) for one in mine.order_by("review_date", "name")}
    for entry, mention in _old_numbers(found, at=at):
        name = entry.words or mention.words or str(mention.number)
        _add(found[entry.storyline_id].numbers, Aged(entry, name, mention.story, mention.as_of))
    for entry, mention in _without_outcome(found, at=at):
        event = mention.event
        if event:
            _add(found[entry.storyline_id].events, Aged(entry, entry.words or event.what, mention.story, event.starts))
    for storyline, forgotten in _forgotten(found, at=at):
        _add(found[storyline].stories, forgotten)
    return [needs for needs in found.values() if needs.count]


def is_due(storyline: Storyline, *, at: datetime.datetime) -> bool:
    """Tell whether the day has come by which its owner wanted to look at it again."""
    return storyline.review_date is not None and storyline.review_date <= timezone.localdate(at)


def _add(some: list[Aged] | list[Forgotten], one: Aged | Forgotten) -> None:
    if len(some) < SHOWN:
        some.append(one)  # type: ignore[arg-type]  # each list is given its own kind


def _old_numbers(storylines: Collection[int], *, at: datetime.datetime) -> list[tuple[Entry, Mention]]:
    """Return numbers that were counted more than once, or stand first, and not of late."""
    old = timezone.localdate(at) - datetime.timedelta(days=OLD_DAYS)
    matters = Q(count__gt=1) | Q(is_pinned=True)
    entries = (
        Entry.objects.filter(matters, storyline__in=list(storylines), kind=Kind.NUMBER, is_hidden=False)
        .annotate(newest=Max("mentions__as_of", filter=Q(mentions__is_hidden=False)))
        .filter(newest__lte=old)
        .order_by("-is_pinned", "-count", "newest", "pk")
    )
    return _with_latest(list(entries[: SHOWN * max(1, len(storylines))]))


def _without_outcome(storylines: Collection[int], *, at: datetime.datetime) -> list[tuple[Entry, Mention]]:
    """Return events that passed of late, and that no later story of their storyline has a word of."""
    since = at - datetime.timedelta(days=ASKED_DAYS)
    entries = Entry.objects.filter(
        storyline__in=list(storylines),
        kind=Kind.EVENT,
        is_hidden=False,
        passes_at__lte=at,
        passes_at__gte=since,
    ).order_by("-passes_at", "pk")
    told = _told_since(storylines, since)
    return [
        (entry, mention)
        for entry, mention in _with_latest(list(entries[: 4 * SHOWN * max(1, len(storylines))]))
        if mention.event and not _has_outcome(entry, mention.event.what, told.get(entry.storyline_id, []))
    ]


def _has_outcome(entry: Entry, what: str, told: list[tuple[datetime.datetime, set[str]]]) -> bool:
    if entry.passes_at and entry.latest_at > entry.passes_at:
        return True
    words = {trait.key for trait in likeness.traits_of(headline=what, text=what)}
    return any(
        at > entry.passes_at and words and len(words & keys) >= _SAID_AGAIN * len(words)
        for at, keys in told
        if entry.passes_at
    )


def _told_since(
    storylines: Collection[int], since: datetime.datetime
) -> dict[int, list[tuple[datetime.datetime, set[str]]]]:
    """Return what the stories of each storyline have been about since a moment."""
    streams = {one.stream: one.pk for one in Storyline.objects.filter(pk__in=list(storylines))}
    placed = StreamEntry.objects.filter(stream__in=streams, published_at__gte=since).values_list(
        "stream", "published_at", "story_id"
    )
    rows = list(placed)
    traits = dict(StoryTraits.objects.filter(pk__in={story for _, _, story in rows}).values_list("pk", "traits"))
    found: dict[int, list[tuple[datetime.datetime, set[str]]]] = {}
    for stream, published_at, story in rows:
        keys = {key for _, key, _ in traits.get(story, [])}
        found.setdefault(streams[stream], []).append((published_at, keys))
    return found


def _forgotten(storylines: Collection[int], *, at: datetime.datetime) -> list[tuple[int, Forgotten]]:
    """Return stories of late that seem surely to belong to one of these storylines, and are not in it."""
    since = at - datetime.timedelta(days=LOOKED_DAYS)
    rows = list(StoryTraits.objects.filter(at__gte=since, story__live=True).order_by("-at", "-pk")[:LOOKED_AT])
    places: dict[int, set[int]] = {}
    for place in StorylineStory.objects.filter(story__in=[row.pk for row in rows]).select_related("storyline"):
        places.setdefault(place.story_id, set()).add(place.now_in)
    aside = set(Unrelated.objects.filter(story__in=[row.pk for row in rows]).values_list("story", "storyline"))
    found: list[tuple[int, Likeness[int]]] = []
    asked = [(profiles.kept(row), places.get(row.pk, set())) for row in rows]
    for row, some in zip(rows, profiles.suggest_each(asked), strict=True):
        clear = [one for one in some if one.storyline in storylines and _is_clear(one)]
        found += [(row.pk, one) for one in clear if (row.pk, one.storyline) not in aside]
    stories = Story.objects.defer("body").in_bulk([story for story, _ in found])
    return [
        (one.storyline, Forgotten(stories[story], [trait.shown for trait in one.shared if trait.is_name]))
        for story, one in found
        if story in stories
    ]


def _is_clear(one: Likeness[int]) -> bool:
    return one.sure >= _SURELY and sum(trait.is_name for trait in one.shared) >= _FEWEST_NAMES


def _with_latest(entries: list[Entry]) -> list[tuple[Entry, Mention]]:
    latest = mentions.latest(entries, each=1)
    return [(entry, latest[entry.pk][0]) for entry in entries if entry.pk in latest]
