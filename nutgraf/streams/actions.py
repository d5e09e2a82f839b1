"""Put stories into streams and take them out, and set what leads a front."""

from __future__ import annotations

import datetime
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from django.db import connection, transaction
from django.db.models import F, prefetch_related_objects
from django.utils import timezone

from nutgraf.newsroom.models import Section
from nutgraf.stories import search
from nutgraf.stories.models import Label, Story
from nutgraf.streams import queries
from nutgraf.streams.models import ALL, Day, Front, Pin, StreamEntry, author_stream, label_stream, section_stream

# What apps above us add when they are ready: the streams of a story that only they know of.
SOURCES: list[Callable[[Sequence[Story]], Mapping[int, Iterable[str]]]] = []


def on_published(*, story: Story, at: datetime.datetime, **kwargs: Any) -> None:
    """Hear that a story was made public."""
    enter(story=story)
    count(timezone.localdate(story.first_published_at), at=at)


def on_restored(*, stories: Sequence[Story], **kwargs: Any) -> None:
    """Hear that new stories are public that readers have had elsewhere: give all of them their places, and count their days."""
    StreamEntry.objects.bulk_create(
        StreamEntry(stream=stream, published_at=story.first_published_at, story=story)
        for story, names in zip(stories, streams_of(stories), strict=True)
        for stream in sorted(names)
    )
    # For the index, which asks each of them for its streams.
    prefetch_related_objects(stories, "stream_entries")
    _count_more(stories)


def on_unpublished(*, story: Story, **kwargs: Any) -> None:
    """Hear that a story was taken from readers."""
    leave(story=story)
    count(timezone.localdate(story.first_published_at), at=timezone.now())


def on_deleted(*, instance: Story, **kwargs: Any) -> None:
    """Hear that a story is gone, and its places with it."""
    if instance.live and instance.first_published_at:
        count(timezone.localdate(instance.first_published_at), at=timezone.now())


@transaction.atomic(savepoint=False)
def enter(*, story: Story) -> None:
    """Give a public story its place in every stream that it belongs to, and in no other."""
    wanted = {(name, story.first_published_at) for name in streams_of([story])[0]}
    present = set(story.stream_entries.values_list("stream", "published_at"))
    if wanted == present:
        return
    for stream, published_at in present - wanted:
        story.stream_entries.filter(stream=stream, published_at=published_at).delete()
    StreamEntry.objects.bulk_create(
        StreamEntry(stream=stream, published_at=published_at, story=story)
        for stream, published_at in sorted(wanted - present)
    )
    search.note_again(story)


def names_of(story: Story) -> list[str]:
    """Name the streams in which a story has a place."""
    return [entry.stream for entry in story.stream_entries.all()]


def leave(*, story: Story) -> None:
    """Take a story out of every stream."""
    story.stream_entries.all().delete()


def count(day: datetime.date, *, at: datetime.datetime) -> None:
    """Count the public stories of a day anew, and note that something in it has changed."""
    _hold(day, at=at)
    stories = queries.count(*queries.bounds(day, day))
    if not stories:
        Day.objects.filter(pk=day).delete()
    elif not Day.objects.filter(pk=day).update(stories=stories, changed_at=at):
        Day.objects.create(day=day, stories=stories, changed_at=at)


def _hold(day: datetime.date, *, at: datetime.datetime) -> None:
    """Have whoever else counts a day wait until our transaction has ended: each would count without the other's stories."""
    if not connection.features.has_select_for_update:
        return
    held = Day.objects.select_for_update().filter(pk=day)
    if not held:
        Day.objects.bulk_create([Day(day=day, stories=0, changed_at=at)], ignore_conflicts=True)
        # Not `held` again, which remembers that there was none.
        list(held.all())


def _count_more(stories: Sequence[Story]) -> None:
    """Add stories that were not public before to the counts of their days."""
    latest: dict[datetime.date, datetime.datetime] = {}
    more: Counter[datetime.date] = Counter()
    for story in stories:
        day = timezone.localdate(story.first_published_at)
        more[day] += 1
        latest[day] = story.first_published_at
    known = list(Day.objects.select_for_update().filter(pk__in=more))
    for row in known:
        row.stories += more.pop(row.day)
        row.changed_at = latest[row.day]
    Day.objects.bulk_update(known, ["stories", "changed_at"])
    Day.objects.bulk_create(Day(day=day, stories=count, changed_at=latest[day]) for day, count in more.items())


def streams_of(stories: Sequence[Story]) -> list[set[str]]:
    """Name the streams that each story belongs to: all, its section's, its authors', its labels', and those of the apps above."""
    labels: dict[int, set[str]] = defaultdict(set)
    for label in Label.objects.filter(points__story__in=stories).annotate(of=F("points__story")).distinct():
        labels[label.of].add(label_stream(label))
    above = [source(stories) for source in SOURCES]
    return [
        {
            ALL,
            *map(section_stream, [story.section] if story.section else []),
            *map(author_stream, story.authors),
            *labels[story.pk],
            *(name for names in above for name in names.get(story.pk, ())),
        }
        for story in stories
    ]


def lead(*, story: Story, section: Section | None = None, until: datetime.datetime | None = None) -> Front:
    """Put a story on top of a front: the front page, or a section's."""
    front, _ = Front.objects.update_or_create(section=section, defaults={"lead": story, "lead_until": until})
    return front


@transaction.atomic
def pin(*, story: Story, section: Section | None = None, until: datetime.datetime | None = None) -> Pin:
    """Keep a story near the top of a front, after those pinned before."""
    front, _ = Front.objects.get_or_create(section=section)
    return Pin.objects.create(front=front, story=story, until=until, sort_order=front.pins.count())
