"""Put stories into streams and take them out, and set what leads a front."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone

from nutgraf.newsroom.models import Section
from nutgraf.stories import search
from nutgraf.stories.models import Label, Story
from nutgraf.streams import queries
from nutgraf.streams.models import ALL, Day, Front, Pin, StreamEntry, author_stream, label_stream, section_stream

# What apps above us add when they are ready: the streams of a story that only they know of.
SOURCES: list[Callable[[Story], Iterable[str]]] = []


def on_published(*, story: Story, at: datetime.datetime, **kwargs: Any) -> None:
    """Hear that a story was made public."""
    enter(story=story)
    count(timezone.localdate(story.first_published_at), at=at)


def on_unpublished(*, story: Story, **kwargs: Any) -> None:
    """Hear that a story was taken from readers."""
    leave(story=story)
    count(timezone.localdate(story.first_published_at), at=timezone.now())


def on_deleted(*, instance: Story, **kwargs: Any) -> None:
    """Hear that a story is gone, and its places with it."""
    if instance.live and instance.first_published_at:
        count(timezone.localdate(instance.first_published_at), at=timezone.now())


@transaction.atomic
def enter(*, story: Story) -> None:
    """Give a public story its place in every stream that it belongs to, and in no other."""
    wanted = {(name, story.first_published_at) for name in streams_of(story)}
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
    return list(story.stream_entries.values_list("stream", flat=True))


def leave(*, story: Story) -> None:
    """Take a story out of every stream."""
    story.stream_entries.all().delete()


def count(day: datetime.date, *, at: datetime.datetime) -> None:
    """Count the public stories of a day anew, and note that something in it has changed."""
    stories = queries.count(*queries.bounds(day, day))
    if not stories:
        Day.objects.filter(pk=day).delete()
    elif not Day.objects.filter(pk=day).update(stories=stories, changed_at=at):
        Day.objects.create(day=day, stories=stories, changed_at=at)


def streams_of(story: Story) -> set[str]:
    """Name the streams that a story belongs to: all, its section's, its authors', its labels', and those of the apps above."""
    labels = Label.objects.filter(points__story=story).distinct()
    sections = [story.section] if story.section else []
    return {
        ALL,
        *map(section_stream, sections),
        *map(author_stream, story.authors),
        *map(label_stream, labels),
        *(name for source in SOURCES for name in source(story)),
    }


def lead(*, story: Story, section: Section | None = None, until: datetime.datetime | None = None) -> Front:
    """Put a story on top of a front: the front page, or a section's."""
    front, _ = Front.objects.update_or_create(section=section, defaults={"lead": story, "lead_until": until})
    return front


@transaction.atomic
def pin(*, story: Story, section: Section | None = None, until: datetime.datetime | None = None) -> Pin:
    """Keep a story near the top of a front, after those pinned before."""
    front, _ = Front.objects.get_or_create(section=section)
    return Pin.objects.create(front=front, story=story, until=until, sort_order=front.pins.count())
