"""Read live coverage: which part of it a page shows, and what was changed since a reader last heard."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.db.models import QuerySet

from nutgraf.live.models import LiveEntry, LiveRun
from nutgraf.stories.models import Story

# A part is of so many entries, counted from the beginning, so that a part that is full stays as it is.
PART_SIZE = 50
MOST_KEY_EVENTS = 20
# So many of the latest changes everybody is told; whoever missed more asks for them.
RECENT = 25
# And whoever missed more than this reads the page anew.
MOST_MISSED = 100


@dataclass(frozen=True)
class Part:
    """Some entries as one page shows them, in reading order, and what comes before and after in time."""

    entries: list[LiveEntry] = field(default_factory=list)
    # Numbers of the parts around it; 0 is the story's own page, None is nothing.
    older: int | None = None
    newer: int | None = None
    number: int = 0


def run_of(story: Story) -> LiveRun | None:
    """Return a story's live coverage, if it has or had any."""
    return LiveRun.objects.filter(story=story.pk).first() if story.pk else None


def opening(run: LiveRun) -> Part:
    """Return what the story's own page shows: the newest fifty and up to as many more, or from the beginning where it is read so."""
    count = run.entries.count()
    parts = count // PART_SIZE
    if run.is_oldest_first:
        has_more = count >= 2 * PART_SIZE
        entries = _between(run, 0, PART_SIZE if has_more else count)
        return Part(entries, newer=2 if has_more else None)
    first = max(0, parts - 1) * PART_SIZE
    return Part(_between(run, first, count)[::-1], older=first // PART_SIZE or None)


def part(run: LiveRun, number: int) -> Part | None:
    """Return a part that has a page of its own, or None if there is no such."""
    count = run.entries.count()
    full = count // PART_SIZE
    if run.is_oldest_first:
        newest = -(-count // PART_SIZE) if count >= 2 * PART_SIZE else 1
        if not 2 <= number <= newest:
            return None
        newer = number + 1 if number < newest else None
        return Part(_of(run, number), older=number - 1 if number > 2 else 0, newer=newer, number=number)
    if not 1 <= number <= full - 1:
        return None
    newer = number + 1 if number < full - 1 else 0
    return Part(_of(run, number)[::-1], older=number - 1 or None, newer=newer, number=number)


def number_of_part(entry: LiveEntry) -> int:
    """Return the number of the part in which an entry is shown; 0 is the story's own page."""
    run = entry.run
    before = run.entries.filter(at__lt=entry.at).count()
    before += run.entries.filter(at=entry.at, pk__lt=entry.pk).count()
    number, full = before // PART_SIZE + 1, run.entries.count() // PART_SIZE
    if run.is_oldest_first:
        return 0 if number == 1 or full < 2 else number
    return number if number <= full - 1 else 0


def key_events(run: LiveRun) -> list[LiveEntry]:
    """Return the latest of the entries that an editor marked, in the order in which the coverage is read."""
    marked = run.entries.filter(is_key=True, state=LiveEntry.State.PUBLIC)
    latest = list(marked.order_by("-at", "-pk")[:MOST_KEY_EVENTS])
    return latest[::-1] if run.is_oldest_first else latest


def changed_since(run: LiveRun, change: int, *, most: int) -> list[LiveEntry]:
    """Return the entries that were filed or changed after a change, in the order of that."""
    return list(_with_what_is_shown(run).filter(change__gt=change).order_by("change")[:most])


def origin_of(story: Story) -> LiveEntry | None:
    """Return the entry that a story was broken out of, if readers can see both."""
    if not story.pk:
        return None
    entries = LiveEntry.objects.filter(broken_out_to=story.pk, state=LiveEntry.State.PUBLIC).select_related("run")
    # Of most stories there is none; what it stands in is asked for by itself, so that no other story concerns this one.
    for entry in entries:
        if origin := Story.objects.live().select_related("section").filter(pk=entry.run.story_id).first():
            entry.run.story = origin
            return entry
    return None


def _of(run: LiveRun, number: int) -> list[LiveEntry]:
    return _between(run, (number - 1) * PART_SIZE, number * PART_SIZE)


def _between(run: LiveRun, first: int, end: int) -> list[LiveEntry]:
    return list(_with_what_is_shown(run).order_by("at", "pk")[first:end])


def _with_what_is_shown(run: LiveRun) -> QuerySet[LiveEntry]:
    return run.entries.select_related("author", "broken_out_to__section")
