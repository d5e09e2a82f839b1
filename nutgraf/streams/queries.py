"""Read streams and fronts: a fixed number of queries, whatever the archive and the page hold."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from django.db.models import Q, QuerySet
from django.utils import timezone

from nutgraf.newsroom.models import Section
from nutgraf.published import recording
from nutgraf.stories.models import Story
from nutgraf.streams.models import ALL, Front, StreamEntry, place_in_stream, section_stream

PAGE_SIZE = 10
_LAST_KEY = 2**63 - 1
_EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)


class NotACursor(ValueError):
    """What stands in an address is not a place in a stream."""


@dataclass(frozen=True)
class Cursor:
    """A place in a stream, after which one reads on; it stays true while new stories arrive.

    As text it is microseconds since 1970 and the story's key, in base 36 to be short.
    """

    published_at: datetime.datetime
    story_id: int

    @classmethod
    def parse(cls, text: str) -> Cursor:
        """Read a cursor from an address; raises NotACursor for anything else."""
        microseconds, _, key = text.partition("-")
        try:
            cursor = cls(_EPOCH + datetime.timedelta(microseconds=int(microseconds, 36)), int(key, 36))
        except (ValueError, OverflowError) as error:
            raise NotACursor(text) from error
        # One spelling each: an address with another would be another page with the same stories.
        if not 0 <= cursor.story_id < 2**63 or str(cursor) != text:
            raise NotACursor(text)
        return cursor

    def __str__(self) -> str:
        microseconds = (self.published_at - _EPOCH) // datetime.timedelta(microseconds=1)
        return f"{_base36(microseconds)}-{_base36(self.story_id)}"


@dataclass(frozen=True)
class StreamPage:
    """Some stories in their order, and where the next page starts, if there is one."""

    stories: list[Story]
    next_cursor: Cursor | None


@dataclass(frozen=True)
class FrontPage:
    """A front as readers see it: nothing on it twice."""

    lead: Story | None = None
    pinned: list[Story] = field(default_factory=list)
    stories: list[Story] = field(default_factory=list)
    next_cursor: Cursor | None = None


def page(
    stream: str = ALL,
    *,
    before: Cursor | None = None,
    without: Collection[int] = (),
    size: int = PAGE_SIZE,
) -> StreamPage:
    """Return the latest stories of a stream, or those just older than a cursor: four queries."""
    keys, next_cursor = _keys(stream, before=before, without=without, size=size)
    stories = _cards(keys)
    return StreamPage([stories[key] for key in keys if key in stories], next_cursor)


def bounds(first: datetime.date, last: datetime.date) -> tuple[datetime.datetime, datetime.datetime]:
    """Return when a day of the newsroom's begins, and when the day after another does."""
    begins = (datetime.datetime.combine(day, datetime.time()) for day in (first, last + datetime.timedelta(days=1)))
    low, high = map(timezone.make_aware, begins)
    return low, high


def between(
    low: datetime.datetime, high: datetime.datetime | None = None, *, most: int | None = None
) -> dict[int, datetime.datetime]:
    """Return the public stories first published from one moment on and before another: key and moment, the latest first.

    Of more than `most`, those that are latest.
    """
    with recording.paused():
        rows = _within(low, high).order_by("-published_at", "-story_id").values_list("story_id", "published_at")[:most]
        found = dict(rows)
    recording.window(ALL, low=place_in_stream(low, 0), high=place_in_stream(high, 0) if high else None)
    return found


def count(low: datetime.datetime, high: datetime.datetime) -> int:
    """Return how many public stories were first published from one moment on and before another."""
    return _within(low, high).count()


def day_before(moment: datetime.datetime) -> datetime.date | None:
    """Return the day of the latest public story before a moment, if there is one."""
    with recording.paused():
        at = _moments().filter(published_at__lt=moment).order_by("-published_at").first()
    recording.window(ALL, low=place_in_stream(at, 0) if at else None, high=place_in_stream(moment, 0))
    return timezone.localdate(at) if at else None


def day_from(moment: datetime.datetime) -> datetime.date | None:
    """Return the day of the first public story from a moment on, if there is one."""
    with recording.paused():
        at = _moments().filter(published_at__gte=moment).order_by("published_at").first()
    recording.window(ALL, low=place_in_stream(moment, 0), high=place_in_stream(at, _LAST_KEY) if at else None)
    return timezone.localdate(at) if at else None


def _moments() -> QuerySet[StreamEntry, datetime.datetime]:
    return StreamEntry.objects.filter(stream=ALL).values_list("published_at", flat=True)


def _within(low: datetime.datetime, high: datetime.datetime | None) -> QuerySet[StreamEntry]:
    entries = StreamEntry.objects.filter(stream=ALL, published_at__gte=low)
    return entries.filter(published_at__lt=high) if high else entries


def is_linked(stream: str, cursor: Cursor) -> bool:
    """Say whether a page of that stream can have linked to this cursor: whether that story stands there."""
    return StreamEntry.objects.filter(
        stream=stream, published_at=cursor.published_at, story_id=cursor.story_id
    ).exists()


def front(section: Section | None = None, *, at: datetime.datetime, size: int = PAGE_SIZE) -> FrontPage:
    """Return a front: the editor's lead and pins, then the newest; six queries."""
    made = Front.objects.filter(section=section).prefetch_related("pins").first()
    chosen = [made.lead_at(at), *made.pins_at(at)] if made else [None]
    recording.valid_until(made.next_change(at) if made else None)
    stream = section_stream(section) if section else ALL
    keys, next_cursor = _keys(stream, without={key for key in chosen if key}, size=size + 1)
    stories = _cards([*filter(None, chosen), *keys])

    lead = stories.pop(chosen[0], None) if chosen[0] else None
    pinned = [stories.pop(key) for key in chosen[1:] if key in stories]
    rest = [stories[key] for key in keys if key in stories]
    if lead is None and rest:
        lead = rest.pop(0)
    elif len(rest) > size:
        next_cursor = _after(rest[size - 1])
    return FrontPage(lead, pinned, rest[:size], next_cursor)


def _after(story: Story) -> Cursor:
    return Cursor(story.first_published_at, story.pk)


def _keys(
    stream: str, *, before: Cursor | None = None, without: Collection[int] = (), size: int
) -> tuple[list[int], Cursor | None]:
    entries = StreamEntry.objects.filter(stream=stream).order_by("-published_at", "-story_id")
    if before:
        entries = entries.filter(
            Q(published_at__lt=before.published_at) | Q(published_at=before.published_at, story_id__lt=before.story_id),
            published_at__lte=before.published_at,
        )
    if without:
        entries = entries.exclude(story_id__in=without)
    with recording.paused():
        rows = list(entries.values_list("story_id", "published_at")[: size + 1])
    has_more = len(rows) > size
    recording.window(
        stream,
        low=place_in_stream(rows[-1][1], rows[-1][0]) if has_more else None,
        high=place_in_stream(before.published_at, before.story_id) if before else None,
    )
    keys = [story_id for story_id, _ in rows[:size]]
    return keys, Cursor(rows[size - 1][1], rows[size - 1][0]) if has_more else None


def _cards(keys: Iterable[int]) -> dict[int, Story]:
    return Story.objects.live().for_cards().in_bulk(list(keys))


def _base36(number: int) -> str:
    digits = "0123456789abcdefghijklmnopqrstuvwxyz"
    text = ""
    while number:
        number, digit = divmod(number, 36)
        text = digits[digit] + text
    return text or "0"
