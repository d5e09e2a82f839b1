"""The timeline: events that have passed and stories, by day, the latest first; days without any are told as a gap."""

from __future__ import annotations

import datetime
from collections import Counter, defaultdict
from dataclasses import dataclass, field

from django.utils import timezone

from nutgraf.newsroom.days import begins_at
from nutgraf.published import recording
from nutgraf.stories.models import Story
from nutgraf.storylines.models import Storyline
from nutgraf.storylines.parts import events
from nutgraf.storylines.parts.events import Happening
from nutgraf.streams.models import StreamEntry, place_in_stream
from nutgraf.streams.queries import Cursor

# So many stories and events are read at a time, and so many stories of one day are named.
SIZE = 30
STORIES_A_DAY = 6
# The days that are drawn.
STRIP_DAYS = 60


@dataclass
class Day:
    """What happened and what was published on one day, and how many days before it nothing did."""

    date: datetime.date
    events: list[Happening] = field(default_factory=list)
    stories: list[Story] = field(default_factory=list)
    # Where the stories of this day go on that are not named.
    more: Cursor | None = None
    gap: int = 0


@dataclass(frozen=True)
class Timeline:
    """Some days, and the day before which there is more."""

    days: list[Day]
    before: datetime.date | None


@dataclass(frozen=True)
class Strip:
    """The number of stories on each of the latest days that have any, from the first day to the last."""

    first: datetime.date
    latest: datetime.date
    counts: list[int]

    @property
    def total(self) -> int:
        """All stories in it."""
        return sum(self.counts)


def timeline(storyline: Storyline, *, at: datetime.datetime, before: datetime.date | None = None) -> Timeline:
    """Return the latest days of a storyline, or those before a day."""
    passed, events_end = events.passed(storyline, at=at, before=before, size=SIZE)
    stories = _stories(storyline, before=before)
    stories_end = _end(storyline, stories)
    # Before the later of the two days, one of both has not been read.
    earliest = max(filter(None, [events_end, stories_end]), default=None)
    days: dict[datetime.date, Day] = {}
    for happening in passed:
        days.setdefault(happening.day, Day(happening.day)).events.append(happening)
    by_day: dict[datetime.date, list[Story]] = defaultdict(list)
    for story in stories:
        by_day[_day(story)].append(story)
    for date, some in by_day.items():
        day = days.setdefault(date, Day(date))
        day.stories = some[:STORIES_A_DAY]
        is_in_part = len(stories) > SIZE and date == _day(stories[SIZE])
        if len(some) > STORIES_A_DAY or is_in_part:
            day.more = Cursor(day.stories[-1].first_published_at, day.stories[-1].pk)
    kept = [days[date] for date in sorted(days, reverse=True) if earliest is None or date >= earliest]
    for later, earlier in zip(kept, kept[1:], strict=False):
        later.gap = (later.date - earlier.date).days - 1
    return Timeline(kept, earliest)


def strip(storyline: Storyline) -> Strip | None:
    """Return the number of stories a day, of at most `STRIP_DAYS` days up to that of the latest story."""
    entries = StreamEntry.objects.filter(stream=storyline.stream)
    if storyline.latest_story_at is None:
        return None
    latest = timezone.localdate(storyline.latest_story_at)
    start = begins_at(latest - datetime.timedelta(days=STRIP_DAYS - 1))
    with recording.paused():
        moments = list(entries.filter(published_at__gte=start).values_list("published_at", flat=True))
    recording.window(storyline.stream, low=place_in_stream(start, 0))
    counts = Counter(map(timezone.localdate, moments))
    first = min(counts, default=latest)
    days = [first + datetime.timedelta(days=n) for n in range((latest - first).days + 1)]
    return Strip(first, latest, [counts[day] for day in days])


def _stories(storyline: Storyline, *, before: datetime.date | None) -> list[Story]:
    entries = StreamEntry.objects.filter(stream=storyline.stream).order_by("-published_at", "-story_id")
    if before:
        entries = entries.filter(published_at__lt=begins_at(before))
    with recording.paused():
        rows = list(entries.values_list("story_id", "published_at")[: SIZE + 1])
    recording.window(
        storyline.stream,
        low=place_in_stream(rows[-1][1], rows[-1][0]) if len(rows) > SIZE else None,
        high=place_in_stream(begins_at(before), 0) if before else None,
    )
    found = Story.objects.live().as_links("short_head", "updated_at").in_bulk([key for key, _ in rows])
    return [found[key] for key, _ in rows if key in found]


def _end(storyline: Storyline, stories: list[Story]) -> datetime.date | None:
    """Return the day before which there are more stories than these, if there is one."""
    if len(stories) <= SIZE:
        return None
    day = _day(stories[SIZE - 1])
    if day != _day(stories[SIZE]):
        return day
    # The rest of this day is linked to; there may be nothing before it.
    with recording.paused():
        earlier = StreamEntry.objects.filter(stream=storyline.stream, published_at__lt=begins_at(day)).exists()
    recording.window(storyline.stream, high=place_in_stream(begins_at(day), 0))
    return day if earlier else None


def _day(story: Story) -> datetime.date:
    return timezone.localdate(story.first_published_at)
