"""What a new edition could hold: stories by how much changed in them, storylines that moved, numbers, quotes, coming events."""

from __future__ import annotations

import datetime
import uuid
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count

from nutgraf.briefings import changed_words, composition
from nutgraf.briefings.models import Carried, Edition
from nutgraf.stories.models import Event, Number, Point, PublicVersion, Quote, Story
from nutgraf.storylines import catching_up
from nutgraf.storylines.catching_up import CaughtUp
from nutgraf.streams.models import ALL, Front, StreamEntry

STORIES = 12
STORYLINES = 5
NUMBERS = 5
QUOTES = 5
EVENTS = 6
# What a new edition begins with.
FILLED = 5
COMING = datetime.timedelta(days=7)
# Of so many new stories the weightiest are looked for.
LOOKED_THROUGH = 200
# How a story's weight is counted: what an editor put on top says more than a changed fact.
LEAD, PIN, NEW, FACT = 12, 8, 4, 1
MOST_FACTS = 8


@dataclass(frozen=True)
class Suggested:
    """A story, how much speaks for it, and what."""

    story: Story
    weight: int
    is_new: bool
    is_pinned: bool
    facts: int
    # Whether an edition of this briefing carried it before.
    is_known: bool


@dataclass(frozen=True)
class Suggestions:
    """All that is suggested, the weightiest first."""

    since: datetime.datetime
    stories: list[Suggested] = field(default_factory=list)
    storylines: list[CaughtUp] = field(default_factory=list)
    numbers: list[Number] = field(default_factory=list)
    quotes: list[Quote] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)


def of(edition: Edition, *, at: datetime.datetime) -> Suggestions:
    """Return what a curator may want in an edition: a number of queries that does not grow."""
    since = composition.since(edition, at=at)
    stories = _stories(edition, since=since, at=at)
    keys = [one.story.pk for one in stories]
    today = at.astimezone(edition.briefing.zone).date()
    facts = {"story__in": keys, "changed_at__gt": since, "changed_at__lte": at}
    return Suggestions(
        since=since,
        stories=stories,
        storylines=catching_up.of_all(since=since, at=at, most=STORYLINES),
        numbers=list(Number.objects.filter(**facts).select_related("story__section").order_by("-changed_at")[:NUMBERS]),
        quotes=list(Quote.objects.filter(**facts).select_related("story__section").order_by("-changed_at")[:QUOTES]),
        events=_coming(today),
    )


def _coming(today: datetime.date) -> list[Event]:
    found = Event.objects.filter(
        story__live=True, precision=Event.Precision.DAY, starts__gte=today, starts__lte=today + COMING
    )
    once: dict[tuple[Any, ...], Event] = {}
    for event in found.select_related("story__section").order_by("starts", "-changed_at", "pk")[: EVENTS * 5]:
        # The same talks stand in several stories; the latest words for them are told.
        once.setdefault((event.starts, event.what.casefold()), event)
    return list(once.values())[:EVENTS]


def _stories(edition: Edition, *, since: datetime.datetime, at: datetime.datetime) -> list[Suggested]:
    new = set(
        StreamEntry.objects.filter(stream=ALL, published_at__gt=since, published_at__lte=at)
        .order_by("-published_at")
        .values_list("story_id", flat=True)[:LOOKED_THROUGH]
    )
    changed = _changed(since, at)
    pinned = _pinned(at)
    carried = Carried.objects.filter(edition__briefing=edition.briefing).exclude(edition=edition.pk)
    known = set(carried.values_list("story", flat=True))
    weights = Counter[int]()
    for key in new:
        weights[key] += NEW
    for key, number in changed.items():
        weights[key] += min(number, MOST_FACTS) * FACT
    for key, weight in pinned.items():
        # What stood there already, and was told, is no news.
        if key not in known or key in changed:
            weights[key] += weight
    stories = Story.objects.live().for_cards().in_bulk(list(weights))
    found = [
        Suggested(
            story,
            weights[key],
            is_new=key in new,
            is_pinned=key in pinned,
            facts=changed.get(key, 0),
            is_known=key in known,
        )
        for key, story in stories.items()
    ]
    found.sort(key=lambda one: (-one.weight, -one.story.first_published_at.timestamp()))
    return found[:STORIES]


def _changed(since: datetime.datetime, at: datetime.datetime) -> Counter[int]:
    """Count by story what means something else than it did: facts, and what readers were told of."""
    counted = Counter[int]()
    for fact in (Point, Quote, Number, Event):
        rows = (
            fact.objects.filter(changed_at__gt=since, changed_at__lte=at)
            .values("story")
            .annotate(number=Count("pk"))
            .order_by()
        )
        for row in rows:
            counted[row["story"]] += row["number"]
    told = PublicVersion.objects.filter(at__gt=since, at__lte=at, kind__in=PublicVersion.NOTED).values_list(
        "story", flat=True
    )
    counted.update(told)
    return counted


def _pinned(at: datetime.datetime) -> dict[int, int]:
    weights: dict[int, int] = {}
    for front in Front.objects.filter(section=None).prefetch_related("pins"):
        weights |= dict.fromkeys(front.pins_at(at), PIN)
        if lead := front.lead_at(at):
            weights[lead] = LEAD
    return weights


def filled(suggestions: Suggestions) -> list[dict[str, Any]]:
    """Return the items with which a new edition begins: a curator takes out, puts in and orders."""
    stories = [one for one in suggestions.stories if one.is_new or one.facts or not one.is_known][:FILLED]
    items = [story_item(one.story, has_picture=turn == 0) for turn, one in enumerate(stories)]
    moved = [one for one in suggestions.storylines if one.changes]
    if moved:
        items.insert(min(2, len(items)), storyline_item(moved[0]))
    if suggestions.numbers:
        items.append(number_item(suggestions.numbers[0]))
    if suggestions.events:
        items.append(next_item(suggestions.events[:4]))
    return items


def story_item(story: Story, *, has_picture: bool = False) -> dict[str, Any]:
    """Return a story as a raw item."""
    return _raw("story", {"story": story.pk, "headline": "", "words": "", "has_picture": has_picture})


def storyline_item(caught_up: CaughtUp) -> dict[str, Any]:
    """Return a storyline as a raw item."""
    return _raw("storyline", {"storyline": caught_up.storyline.pk, "headline": "", "words": ""})


def number_item(number: Number) -> dict[str, Any]:
    """Return a number that a story has as a raw item."""
    return _raw(
        "number",
        {
            "figure": changed_words.figure(number),
            "counts": number.counts,
            "source": number.source,
            "words": "",
            "story": number.story_id,
        },
    )


def quote_item(quote: Quote) -> dict[str, Any]:
    """Return a quote that a story has as a raw item."""
    role = ", ".join(filter(None, [quote.role, quote.affiliation]))[:160]
    return _raw("quote", {"words": quote.words, "speaker": quote.speaker, "role": role, "story": quote.story_id})


def next_item(events: Iterable[Event]) -> dict[str, Any]:
    """Return coming events as a raw item."""
    told = [
        {
            "type": "item",
            "id": str(uuid.uuid4()),
            "value": {
                "day": event.starts.isoformat(),
                "what": event.what,
                "place": event.place,
                "story": event.story_id,
            },
        }
        for event in events
    ]
    return _raw("next", {"headline": "", "events": told})


def _raw(kind: str, value: dict[str, Any]) -> dict[str, Any]:
    return {"type": kind, "id": str(uuid.uuid4()), "value": value}
