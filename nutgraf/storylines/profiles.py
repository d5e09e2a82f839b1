"""Keep what stories and storylines are about, and say from it which storylines a story seems to belong to."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from typing import Any

from django.db import transaction

from nutgraf.copydesk.rules.texts import Piece
from nutgraf.stories import notes
from nutgraf.stories.models import Story
from nutgraf.storylines import likeness
from nutgraf.storylines.likeness import Commonness, Likeness, Trait, TraitKind
from nutgraf.storylines.models import CommonTrait, Profile, ProfileTrait, Storyline, StorylineStory, StoryTraits
from nutgraf.storylines.models.traits import LONGEST_TRAIT
from nutgraf.streams.models import StreamEntry

# So many of the newest stories say how common a name is, and are looked through for those that were forgotten.
COUNTED = 3000
# A trait that a single story has is as rare as one that none has.
_FEWEST = 2
_BATCH = 500


def traits_of(piece: Piece) -> list[Trait]:
    """Return the names and rare words of a story as the rules look at it; its facts name people and places outright."""
    draft = piece.draft
    quotes = [fact.value for fact in piece.facts if fact.kind == "quote"]
    events = [fact.value for fact in piece.facts if fact.kind == "event"]
    traits = likeness.traits_of(
        headline=draft.headline,
        text=piece.running,
        register=piece.register,
        people=_said(quotes, "speaker"),
        organisations=_said(quotes, "affiliation"),
        places=[*_said(events, "place"), *filter(None, [draft.dateline_place])],
    )
    return [trait for trait in traits if len(trait.key) <= LONGEST_TRAIT]


def learn(story: int) -> None:
    """Keep what a public story is about, and have its storylines know it; of any other story nothing is kept."""
    found = Story.objects.filter(pk=story, live=True).first()
    if found is None:
        StoryTraits.objects.filter(pk=story).delete()
        return
    defaults = {"traits": _as_kept(found), "at": found.first_published_at}
    StoryTraits.objects.update_or_create(story=found, defaults=defaults)
    for storyline in StorylineStory.objects.filter(story=story).values_list("storyline", flat=True):
        learn_storyline(storyline)


def learn_first(stories: Iterable[Story]) -> None:
    """Keep what public stories are about of which nothing is known and that no storyline has."""
    StoryTraits.objects.bulk_create(
        StoryTraits(story=story, traits=_as_kept(story), at=story.first_published_at) for story in stories
    )


def _as_kept(story: Story) -> list[list[str]]:
    return [[trait.kind, trait.key, trait.shown] for trait in traits_of(Piece(notes.draft_of(story)))]


@transaction.atomic
def learn_storyline(storyline: int) -> None:
    """Count again what the newest stories of a storyline are about; the rows that are right already stay."""
    found = Storyline.objects.standing().filter(pk=storyline).first()
    if found is None:
        Profile.objects.filter(pk=storyline).delete()
        return
    newest = StreamEntry.objects.filter(stream=found.stream).order_by("-published_at", "-story_id")
    keys = list(newest.values_list("story_id", flat=True)[: likeness.MOST_STORIES])
    counts: Counter[str] = Counter()
    told = StoryTraits.objects.filter(pk__in=keys).values_list("traits", flat=True)
    for traits in told:
        counts.update(key for _, key, _ in traits)
    profile, _ = Profile.objects.update_or_create(storyline=found, defaults={"stories": len(told)})
    _write(profile, counts)


def _write(profile: Profile, counts: Counter[str]) -> None:
    existing = {trait.key: trait for trait in profile.traits.all()}
    changed = []
    for key, trait in existing.items():
        if counts[key] not in (0, trait.stories):
            trait.stories = counts[key]
            changed.append(trait)
    gone = [trait.pk for key, trait in existing.items() if not counts[key]]
    for start in range(0, len(gone), _BATCH):
        ProfileTrait.objects.filter(pk__in=gone[start : start + _BATCH]).delete()
    ProfileTrait.objects.bulk_update(changed, ["stories"], batch_size=_BATCH)
    ProfileTrait.objects.bulk_create(
        [ProfileTrait(profile=profile, key=key, stories=counts[key]) for key in counts if key not in existing],
        batch_size=_BATCH,
    )


@transaction.atomic
def count_common() -> None:
    """Count how many of the newest stories have each name and word, and drop what older stories in no storyline were about."""
    newest = StoryTraits.objects.order_by("-at", "-pk")
    counts: Counter[str] = Counter()
    total = 0
    for traits in newest.values_list("traits", flat=True)[:COUNTED].iterator():
        total += 1
        counts.update(key for _, key, _ in traits)
    if oldest := newest.values_list("at", flat=True)[COUNTED : COUNTED + 1].first():
        in_storylines = StorylineStory.objects.values("story")
        StoryTraits.objects.filter(at__lte=oldest).exclude(story__in=in_storylines).delete()
    rows = [CommonTrait(key=key, stories=count) for key, count in counts.items() if count >= _FEWEST]
    CommonTrait.objects.all().delete()
    CommonTrait.objects.bulk_create([CommonTrait(key=CommonTrait.TOTAL, stories=total), *rows], batch_size=_BATCH)


def suggest(traits: Collection[Trait], *, beside: Iterable[int] = ()) -> list[Likeness[int]]:
    """Return the storylines that a story seems to belong to, by their keys, without those `beside` which it is said already.

    What is said already explains what it shares with them, so that one that lies close is not suggested for that.
    """
    known, commonness = _known([trait.key for trait in traits])
    return likeness.suggest(traits, known, commonness, first=set(beside))


def suggest_each(stories: Iterable[tuple[list[Trait], Collection[int]]]) -> list[list[Likeness[int]]]:
    """Suggest storylines for many stories at once, each with those that it is in, in as many statements as for one."""
    stories = list(stories)
    known, commonness = _known(sorted({trait.key for traits, _ in stories for trait in traits}))
    return [likeness.suggest(traits, known, commonness, first=set(beside)) for traits, beside in stories]


def _known(keys: list[str]) -> tuple[dict[int, likeness.Profile], Commonness]:
    profiles: dict[int, likeness.Profile] = defaultdict(likeness.Profile)
    rows = ProfileTrait.objects.filter(key__in=keys).values_list("profile", "profile__stories", "key", "stories")
    for storyline, total, key, count in rows:
        profiles[storyline].stories = total
        profiles[storyline].counts[key] = count
    common = dict(CommonTrait.objects.filter(key__in=[CommonTrait.TOTAL, *keys]).values_list("key", "stories"))
    return dict(profiles), Commonness(common.pop(CommonTrait.TOTAL, 0), common)


def kept(row: StoryTraits) -> list[Trait]:
    """Return the traits that were kept of a story."""
    return [Trait(TraitKind(kind), key, shown) for kind, key, shown in row.traits]


def _said(values: Iterable[dict[str, Any]], name: str) -> list[str]:
    return [said for value in values if (said := (value.get(name) or "").strip())]
