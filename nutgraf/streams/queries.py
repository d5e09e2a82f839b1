"""Read streams and fronts: a fixed number of queries, whatever the archive and the page hold."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import overload

from django.db.models import Q, QuerySet
from django.utils import timezone

from nutgraf.newsroom.days import begins_at, ends_at
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


class Stories(Sequence[Story]):
    """Public stories in an order, of which the keys are known; all are loaded when the first is looked at.

    So whoever has their cards already need not load them.
    """

    def __init__(self, keys: Iterable[int] = (), load: Callable[[], dict[int, Story]] | None = None) -> None:
        self.keys = list(keys)
        self._load = load or (lambda: load_cards(self.keys))

    @cached_property
    def _loaded(self) -> list[Story]:
        found = self._load()
        return [found[key] for key in self.keys if key in found]

    @overload
    def __getitem__(self, place: int) -> Story: ...
    @overload
    def __getitem__(self, place: slice) -> list[Story]: ...
    def __getitem__(self, place: int | slice) -> Story | list[Story]:
        return self._loaded[place]

    def __len__(self) -> int:
        return len(self.keys)


@dataclass(frozen=True)
class StreamPage:
    """Some stories in their order, and where the next page starts, if there is one."""

    stories: Stories = field(default_factory=Stories)
    next_cursor: Cursor | None = None


@dataclass(frozen=True)
class FrontPage:
    """A front as readers see it: nothing on it twice."""

    # One, or none where nothing was published yet.
    leads: Stories = field(default_factory=Stories)
    pinned: Stories = field(default_factory=Stories)
    stories: Stories = field(default_factory=Stories)
    next_cursor: Cursor | None = None

    @property
    def lead(self) -> Story | None:
        """The story that leads it."""
        return next(iter(self.leads), None)


def page(
    stream: str = ALL,
    *,
    before: Cursor | None = None,
    without: Collection[int] = (),
    size: int = PAGE_SIZE,
) -> StreamPage:
    """Return the latest stories of a stream, or those just older than a cursor: four queries with the stories."""
    rows, has_more = _rows(stream, before=before, without=without, size=size)
    return StreamPage(Stories(key for key, _ in rows), _after(rows[-1]) if has_more else None)


def bounds(first: datetime.date, last: datetime.date) -> tuple[datetime.datetime, datetime.datetime]:
    """Return when a day of the newsroom's begins, and when the same or a later one is over."""
    return begins_at(first), ends_at(last)


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
    """Return a front: the editor's lead and pins, then the newest; six queries with the stories, seven with pins."""
    made = Front.objects.filter(section=section).prefetch_related("pins").first()
    lead, *pins = [made.lead_at(at), *made.pins_at(at)] if made else [None]
    recording.valid_until(made.next_change(at) if made else None)
    chosen = {key for key in (lead, *pins) if key}
    newest, has_more = _rows(section_stream(section) if section else ALL, without=chosen, size=size + 1)
    public = _public(chosen)
    leads = [key for key in (lead,) if key in public] or [key for key, _ in newest[:1]]
    pinned = dict.fromkeys(key for key in pins if key in public and key not in leads)
    rest = [row for row in newest if row[0] not in leads]
    shown = [key for key, _ in rest[:size]]
    load = cache(lambda: load_cards({*leads, *pinned, *shown}))
    next_cursor = _after(rest[:size][-1]) if rest and (has_more or len(rest) > size) else None
    return FrontPage(Stories(leads, load), Stories(pinned, load), Stories(shown, load), next_cursor)


def load_cards(keys: Iterable[int]) -> dict[int, Story]:
    """Return those of the stories that are public, with all that their cards show: three queries."""
    return Story.objects.live().order_by().for_cards().in_bulk(list(keys))


def _public(keys: Collection[int]) -> set[int]:
    return set(Story.objects.live().filter(pk__in=keys).values_list("pk", flat=True)) if keys else set()


# A story's key, and when it was first published.
Row = tuple[int, datetime.datetime]


def _after(row: Row) -> Cursor:
    key, published_at = row
    return Cursor(published_at, key)


def _rows(
    stream: str, *, before: Cursor | None = None, without: Collection[int] = (), size: int
) -> tuple[list[Row], bool]:
    """Return a part of a stream, and whether it goes on."""
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
    return rows[:size], has_more


def _base36(number: int) -> str:
    digits = "0123456789abcdefghijklmnopqrstuvwxyz"
    text = ""
    while number:
        number, digit = divmod(number, 36)
        text = digits[digit] + text
    return text or "0"
