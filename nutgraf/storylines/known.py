"""Look up what the stories of some storylines have, so that the next one can be compared with it."""

from __future__ import annotations

import datetime
from collections.abc import Collection
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from nutgraf.storylines.differing import Facts, KnownEvent, KnownName, KnownNumber, KnownSpeaker, Source
from nutgraf.storylines.likeness import MOST_STORIES, TraitKind
from nutgraf.storylines.models import Mention, StoryTraits
from nutgraf.storylines.sameness import counted

# So many of the latest facts of a kind are compared with: what is older has been said again, or is history.
MOST = 300
_STORY = ("story", "story__title", "published_at")


def of_storylines(storylines: Collection[int], *, without: int | None, on: datetime.date) -> Facts:
    """Return the latest facts of some storylines in four statements, those of one story left out: the one being written."""
    if not storylines:
        return Facts(on)
    mentions = Mention.objects.filter(
        entry__storyline__in=storylines, is_hidden=False, entry__is_hidden=False, story__live=True
    ).order_by("-as_of", "-published_at", "-pk")
    if without:
        mentions = mentions.exclude(story=without)
    return Facts(
        on,
        known_numbers=tuple(_number(*row) for row in _rows(mentions, "number", _NUMBER)),
        known_speakers=tuple(
            KnownSpeaker(_source(*row[:3]), *row[3:])
            for row in _rows(mentions, "quote", ("speaker", "role", "affiliation"))
        ),
        known_events=tuple(
            KnownEvent(_source(*row[:3]), *row[3:6])
            for row in _rows(mentions, "event", ("what", "place", "starts", "precision"))
            if row[6] == "DAY"
        ),
        known_names=tuple(_names(storylines, without)),
    )


_NUMBER = ("value", "value_to", "wording", "unit", "counts", "as_of")


def _rows(mentions: QuerySet[Mention], kind: str, names: tuple[str, ...]) -> QuerySet[Mention, Any]:
    some = mentions.filter(**{f"{kind}__isnull": False})
    return some.values_list(*_STORY, *(f"{kind}__{name}" for name in names))[:MOST]


def _number(
    story: int,
    headline: str,
    at: datetime.datetime,
    value: Decimal,
    value_to: Decimal | None,
    wording: str,
    unit: str,
    counts: str,
    as_of: datetime.date | None,
) -> KnownNumber:
    source = _source(story, headline, at)
    figure = wording or f"{value.normalize():,f}" + (f" to {value_to.normalize():,f}" if value_to is not None else "")
    return KnownNumber(source, value, value_to, figure, unit, counts, counted(counts, unit), as_of or source.on)


def _source(story: int, headline: str, at: datetime.datetime) -> Source:
    return Source(story, headline, timezone.localdate(at))


def _names(storylines: Collection[int], without: int | None) -> list[KnownName]:
    """Return the people whom the stories name, the latest spelling of each story first."""
    told = StoryTraits.objects.filter(story__storyline_places__storyline__in=storylines).exclude(pk=without or 0)
    rows = told.order_by("-at", "-pk").values_list("story", "story__title", "at", "traits").distinct()
    found: dict[str, KnownName] = {}
    for story, headline, at, traits in rows[:MOST_STORIES]:
        for kind, key, shown in traits:
            if kind == TraitKind.PERSON:
                found.setdefault(key, KnownName(_source(story, headline, at), shown))
    return list(found.values())
