"""Tell what changed in storylines since a moment: every new fact once, the weightiest first, and no more than a minute's reading."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from django.db.models import Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Greatest
from django.utils.translation import gettext_lazy as _

from nutgraf.stories.models import Event, Number, Point, PublicVersion, Quote, Story
from nutgraf.storylines.models import Entry, Mention, Storyline, storyline_stream
from nutgraf.storylines.models.kinds import Kind
from nutgraf.streams.models import StreamEntry

# What a quick reader reads in a minute, and what a minute's view therefore holds.
WORDS_A_MINUTE = 250
# Of each sort of change; a reader who was away for longer is better served by the storyline's own page.
MOST = 400
# Many values are of one thing, and stand in one line.
MOST_VALUES = 2_000

Fact = Quote | Number | Event | Point


class Sort(Enum):
    """The sorts of change, in the order in which they are told; a larger weight says more of how much changed."""

    CORRECTION = 5
    COMING = 4
    NUMBER = 3
    PASSED = 2
    VOICE = 2.5
    STORY = 1.5
    POINT = 1

    @property
    def label(self) -> str:
        """What a group of them is called."""
        return str(_LABELS[self.name])

    @property
    def weight(self) -> float:
        """How much one of them says that a storyline changed."""
        return self.value


_LABELS = {
    "CORRECTION": _("Corrected"),
    "COMING": _("Coming"),
    "NUMBER": _("Numbers"),
    "PASSED": _("Happened"),
    "VOICE": _("New voices"),
    "STORY": _("Stories"),
    "POINT": _("Points"),
}


@dataclass(frozen=True)
class Change:
    """One thing that is new: a fact, a story, or what was corrected with the facts that it made right."""

    sort: Sort
    at: datetime.datetime
    story: Story
    fact: Fact | None = None
    # The same thing counted, as a reader knew it.
    before: Number | None = None
    # Newer values of the same thing, in one entry with it: oldest first.
    between: tuple[Number, ...] = ()
    # What was said to readers of a correction, or in an editor's words of an entry.
    sentence: str = ""
    kind: str = ""
    facts: tuple[Change, ...] = ()

    @property
    def is_new_story(self) -> bool:
        """Whether the story was published then, and not only changed."""
        return self.sort is Sort.STORY and self.kind == "NEW"

    @property
    def place(self) -> str:
        """The address of the place in the story that says it."""
        if self.fact is None:
            return str(self.story.address)
        point = getattr(self.fact, "point", None)
        return f"{self.story.address}#b-{(point or self.fact).block_id}"

    @property
    def words(self) -> int:
        """How many words a reader reads of it, or a few more."""
        told = [self.sentence, *_told(self.fact)]
        if self.sort in (Sort.STORY, Sort.CORRECTION):
            told.append(self.story.card_head)
        figures = 3 * (len(self.between) + (self.before is not None))
        # A date, a time, or a word that says what it is.
        return sum(len(text.split()) for text in told) + figures + 4 + sum(fact.words for fact in self.facts)


@dataclass(frozen=True)
class CaughtUp:
    """What changed in one storyline: what fits into a minute, and what does not."""

    storyline: Storyline
    shown: list[Change] = field(default_factory=list)
    more: list[Change] = field(default_factory=list)

    @property
    def changes(self) -> list[Change]:
        """All of it, the weightiest first."""
        return [*self.shown, *self.more]

    @property
    def groups(self) -> list[tuple[Sort, list[Change]]]:
        """What is shown, by sort."""
        return by_sort(self.shown)

    @property
    def more_groups(self) -> list[tuple[Sort, list[Change]]]:
        """What is one key away, by sort."""
        return by_sort(self.more)

    @property
    def weight(self) -> float:
        """How much changed."""
        return sum(change.sort.weight for change in self.changes)

    @property
    def words(self) -> int:
        """How many words the shown part has, or a few fewer."""
        return sum(change.words for change in self.shown)

    @property
    def more_minutes(self) -> int:
        """How long a reader reads what is one key away."""
        return max(1, round(sum(change.words for change in self.more) / WORDS_A_MINUTE))


def by_sort(changes: Iterable[Change]) -> list[tuple[Sort, list[Change]]]:
    """Return changes by their sorts, in the order in which those are told."""
    found: dict[Sort, list[Change]] = {sort: [] for sort in Sort}
    for change in changes:
        found[change.sort].append(change)
    return [(sort, some) for sort, some in found.items() if some]


def of(
    storyline: Storyline, *, since: datetime.datetime, at: datetime.datetime, words: int = WORDS_A_MINUTE
) -> CaughtUp:
    """Return what changed in a storyline after a moment: seven queries, whatever its size."""
    changes = _changes([storyline], since=since, at=at)[storyline.pk]
    shown, more = cut(changes, words=words)
    return CaughtUp(storyline, shown, more)


def of_all(
    *, since: datetime.datetime, at: datetime.datetime, words: int = WORDS_A_MINUTE, most: int = 6
) -> list[CaughtUp]:
    """Return the storylines in which most changed, the first with most; together they hold so many words."""
    standing = list(Storyline.objects.standing().select_related("picture"))
    changes = _changes(standing, since=since, at=at)
    changed = [CaughtUp(storyline, changes[storyline.pk]) for storyline in standing if changes[storyline.pk]]
    changed.sort(key=lambda one: (-one.weight, one.storyline.name))
    told = changed[:most]
    left = words - sum(len(one.storyline.name.split()) for one in told)
    return [CaughtUp(one.storyline, *cut(one.changes, words=left // len(told), keeps_one=True)) for one in told]


def cut(changes: list[Change], *, words: int, keeps_one: bool = False) -> tuple[list[Change], list[Change]]:
    """Part changes, which come by sort, into what fits and the rest; nothing is lost and nothing is in both.

    One of each sort is taken in turn, so that many numbers leave room for a new
    voice. A change too long for what is left waits; shorter ones may still fit.
    """
    groups = [group for _, group in by_sort(changes)]
    left = words
    taken: set[int] = set()
    for turn in range(max(map(len, groups), default=0)):
        for group in groups:
            if turn < len(group):
                change = group[turn]
                if change.words <= left or (keeps_one and not taken):
                    left -= change.words
                    taken.add(id(change))
    return [one for one in changes if id(one) in taken], [one for one in changes if id(one) not in taken]


def _changes(
    storylines: Collection[Storyline], *, since: datetime.datetime, at: datetime.datetime
) -> dict[int, list[Change]]:
    """Return by the storylines' keys what changed, each sort in its own order, no fact twice."""
    found: dict[int, list[Change]] = {storyline.pk: [] for storyline in storylines}
    stories = _stories(found, since=since)
    facts = [*_numbers(found, since=since), *_events(found, since=since, at=at), *_voices(found, since=since)]
    corrected = _corrections(stories, since=since)
    points = _points(stories, since=since)

    for key, changes in found.items():
        own = [change for storyline, change in facts if storyline == key]
        for version, story in corrected[key]:
            made_right = [one for one in own if (one.story.pk, one.at) == (story.pk, version.at)]
            own = [one for one in own if one not in made_right]
            changes.append(
                Change(
                    Sort.CORRECTION,
                    version.at,
                    story,
                    sentence=version.sentence,
                    kind=version.kind,
                    facts=tuple(made_right),
                )
            )
        changes += own
        told = {change.story.pk for change in changes if change.sort is Sort.CORRECTION}
        for story in stories[key]:
            is_new = story.first_published_at > since
            # That it was changed is told by its correction, or by its new points.
            if is_new or (story.pk not in told and not points[story.pk]):
                moment = story.first_published_at if is_new else story.version_at
                changes.append(Change(Sort.STORY, moment, story, kind="NEW" if is_new else "UPDATED"))
            if not is_new:
                changes += points[story.pk]
        order = list(Sort)
        changes.sort(key=lambda change: order.index(change.sort))
    return found


def _stories(keys: Iterable[int], *, since: datetime.datetime) -> dict[int, list[Story]]:
    """Return by storyline the stories that are new or were changed, the newest first."""
    streams = {storyline_stream(key): key for key in keys}
    entries = (
        StreamEntry.objects.filter(stream__in=streams)
        .filter(Q(published_at__gt=since) | Q(story__updated_at__gt=since))
        .annotate(changed_at=Greatest("published_at", "story__last_published_at"))
        .order_by("-changed_at", "-story_id")
    )
    rows = list(entries.values_list("stream", "story_id")[:MOST])
    stories = Story.objects.live().as_links("short_head", "updated_at").in_bulk({story for _, story in rows})
    found: dict[int, list[Story]] = defaultdict(list)
    for stream, story in rows:
        if story in stories:
            found[streams[stream]].append(stories[story])
    return found


def _mentions(keys: Iterable[int], kind: Kind, fact: str) -> QuerySet[Mention]:
    shown = Mention.objects.filter(
        entry__storyline__in=list(keys), entry__kind=kind, entry__is_hidden=False, is_hidden=False
    )
    # Of a point only the place is told, and of a story what leads to it.
    return shown.select_related("entry", "story__section", f"{fact}__point").defer(
        "story__body", "story__lede", "story__section__description", f"{fact}__point__text", f"{fact}__point__html"
    )


def _numbers(keys: Iterable[int], *, since: datetime.datetime) -> list[tuple[int, Change]]:
    """Return one change for each thing that was counted anew: its newest value, with those since and the one before."""
    known = (
        Mention.objects.filter(entry=OuterRef("entry"), is_hidden=False, number__changed_at__lte=since)
        .order_by("-as_of", "-published_at", "-pk")
        .values("number")[:1]
    )
    mentions = (
        _mentions(keys, Kind.NUMBER, "number").filter(number__changed_at__gt=since).annotate(known=Subquery(known))
    )
    rows = list(mentions.order_by("-number__changed_at", "-as_of", "-pk")[:MOST_VALUES])
    before = Number.objects.in_bulk({row.known for row in rows if row.known})
    by_entry: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        by_entry[row.entry_id].append(row)
    found = []
    for values in by_entry.values():
        newest = max(values, key=lambda row: (row.as_of, row.published_at, row.pk))
        others = sorted((row for row in values if row is not newest), key=lambda row: (row.as_of, row.published_at))
        told = [row.number for row in others]
        # The same value again says nothing new.
        between = [
            one for one, following in zip(told, [*told, newest.number][1:], strict=True) if not _alike(one, following)
        ]
        change = Change(
            Sort.NUMBER,
            newest.number.changed_at,
            newest.story,
            fact=newest.number,
            before=before.get(newest.known),
            between=tuple(between),
            sentence=newest.words or newest.entry.words,
        )
        found.append((newest.entry.storyline_id, change))
    return found


def _alike(one: Number, other: Number) -> bool:
    values = [(number.value, number.value_to, number.wording, number.unit) for number in (one, other)]
    return values[0] == values[1]


def _events(keys: Iterable[int], *, since: datetime.datetime, at: datetime.datetime) -> list[tuple[int, Change]]:
    """Return one change for each event that is newly known, or that has passed: coming ones soonest first."""
    is_news = Q(event__changed_at__gt=since) | Q(entry__passes_at__gt=since, entry__passes_at__lte=at)
    mentions = _mentions(keys, Kind.EVENT, "event").filter(is_news)
    rows: list[Any] = list(mentions.order_by("-event__changed_at", "-published_at", "-pk")[:MOST])
    found: dict[int, tuple[int, Change]] = {}
    for row in rows:
        if row.entry_id in found:
            continue
        has_passed = row.entry.passes_at <= at
        moment = max(row.event.changed_at, row.entry.passes_at) if has_passed else row.event.changed_at
        change = Change(
            Sort.PASSED if has_passed else Sort.COMING,
            moment,
            row.story,
            fact=row.event,
            sentence=row.words or row.entry.words,
        )
        found[row.entry_id] = (row.entry.storyline_id, change)
    return sorted(found.values(), key=lambda one: _day(one[1]))


def _day(change: Change) -> float:
    starts = change.fact.starts.toordinal()  # type: ignore[union-attr]  # events only
    return starts if change.sort is Sort.COMING else -starts


def _voices(keys: Iterable[int], *, since: datetime.datetime) -> list[tuple[int, Change]]:
    """Return the first thing that each new speaker said."""
    heard = (
        Entry.objects.filter(storyline__in=list(keys), kind=Kind.VOICE, is_hidden=False, latest_at__gt=since)
        .annotate(first=Min("mentions__quote__public_at", filter=Q(mentions__is_hidden=False)))
        .filter(first__gt=since)
    )
    first = (
        Mention.objects.filter(entry=OuterRef("pk"), is_hidden=False)
        .order_by("quote__public_at", "pk")
        .values("pk")[:1]
    )
    chosen = heard.annotate(chosen=Subquery(first)).order_by("-first", "-pk").values_list("chosen", flat=True)[:MOST]
    mentions = _mentions(keys, Kind.VOICE, "quote").filter(pk__in=list(chosen))
    rows: list[Any] = sorted(mentions, key=lambda row: (row.quote.public_at, row.pk), reverse=True)
    return [
        (
            row.entry.storyline_id,
            Change(Sort.VOICE, row.quote.changed_at, row.story, fact=row.quote, sentence=row.words),
        )
        for row in rows
    ]


def _corrections(
    stories: dict[int, list[Story]], *, since: datetime.datetime
) -> dict[int, list[tuple[PublicVersion, Story]]]:
    """Return by storyline what readers were told of errors, of what was unclear, and by the editor; newest first."""
    changed = {story.pk: story for own in stories.values() for story in own}
    versions = PublicVersion.objects.in_short().noted().filter(story__in=changed, at__gt=since).order_by("-at", "-pk")
    found: dict[int, list[tuple[PublicVersion, Story]]] = defaultdict(list)
    for version in versions[:MOST]:
        for key, own in stories.items():
            if changed[version.story_id] in own:
                found[key].append((version, changed[version.story_id]))
    return found


def _points(stories: dict[int, list[Story]], *, since: datetime.datetime) -> dict[int, list[Change]]:
    """Return by story the points that were added or changed, of stories that a reader may have read before."""
    known = {story.pk: story for own in stories.values() for story in own if story.first_published_at <= since}
    found: dict[int, list[Change]] = defaultdict(list)
    for point in Point.objects.filter(story__in=known, changed_at__gt=since).order_by("-changed_at", "position")[:MOST]:
        found[point.story_id].append(Change(Sort.POINT, point.changed_at, known[point.story_id], fact=point))
    return found


def _told(fact: Fact | None) -> list[str]:
    """Return the texts that a reader sees of a fact."""
    if isinstance(fact, Quote):
        return [fact.words, fact.speaker, fact.role, fact.affiliation]
    if isinstance(fact, Number):
        return [str(fact), fact.source, "as of the day"]
    if isinstance(fact, Event):
        return [fact.what, fact.place, "on the day"]
    if isinstance(fact, Point):
        return [fact.label_text, fact.text]
    return []
