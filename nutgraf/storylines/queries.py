"""Read storylines: which there are, which a story belongs to, and what the page of one shows."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from nutgraf.stories.models import Story
from nutgraf.storylines.models import Storyline, StorylineStory, SummaryVersion
from nutgraf.storylines.parts import events, numbers, places, timeline, voices
from nutgraf.storylines.parts.events import Happening
from nutgraf.storylines.parts.numbers import KeyNumber
from nutgraf.storylines.parts.places import Places
from nutgraf.storylines.parts.timeline import Strip, Timeline
from nutgraf.storylines.parts.voices import Voice

# So many summaries that readers have had are told on the page.
SUMMARIES = 10


@dataclass(frozen=True)
class Assembled:
    """What the page of a storyline shows beside its stream."""

    coming: list[Happening]
    has_more_coming: bool
    timeline: Timeline
    strip: Strip | None
    numbers: list[KeyNumber]
    has_more_numbers: bool
    voices: list[Voice]
    has_more_voices: bool
    places: Places
    summaries: list[SummaryVersion]

    @property
    def summary_at(self) -> datetime.datetime | None:
        """When readers were given the summary."""
        return self.summaries[0].at if self.summaries else None

    @property
    def earlier_summaries(self) -> list[SummaryVersion]:
        """What the summary was before, the latest first."""
        return [one for one in self.summaries[1:] if one.text]


def assembled(storyline: Storyline, *, at: datetime.datetime) -> Assembled:
    """Return what a storyline's page shows at a moment: a number of statements that its size does not change."""
    coming = events.coming(storyline, at=at)
    key_numbers, has_more_numbers = numbers.shown(storyline)
    speakers, has_more_voices = voices.shown(storyline)
    return Assembled(
        coming=coming[: events.COMING],
        has_more_coming=len(coming) > events.COMING,
        timeline=timeline.timeline(storyline, at=at),
        strip=timeline.strip(storyline),
        numbers=key_numbers,
        has_more_numbers=has_more_numbers,
        voices=speakers,
        has_more_voices=has_more_voices,
        places=places.shown(storyline),
        summaries=list(storyline.summaries.all()[:SUMMARIES]),
    )


def by_state() -> list[tuple[str, list[Storyline]]]:
    """Return every storyline that stands by itself, by its state: what develops first, the latest story first."""
    found = list(Storyline.objects.standing().select_related("picture").order_by("-latest_story_at", "name"))
    groups = [(str(state.label), [one for one in found if one.state == state]) for state in Storyline.State]
    return [(label, some) for label, some in groups if some]


def places_for_links() -> QuerySet[StorylineStory]:
    """Return places with what a link to a storyline shows, and no more: a stored page is another with each change of that."""
    shown = [f"{path}__{name}" for path in ("storyline", "storyline__merged_into") for name in ("name", "slug")]
    places = StorylineStory.objects.select_related("storyline__merged_into")
    return places.only("story", "added_at", "storyline__merged_into", *shown)


def storylines_of(story: Story) -> list[Storyline]:
    """Return the storylines that the newsroom has a story in; of those that were merged, what they went into."""
    return storylines_of_each([story]).get(story.pk, [])


def storylines_of_each(stories: Iterable[Story]) -> dict[int, list[Storyline]]:
    """Return, by the key of a story, the storylines that the newsroom has it in, if it is in any: one query."""
    keys = [story.pk for story in stories]
    places = StorylineStory.objects.filter(story__in=keys).select_related("storyline__merged_into")
    found: dict[int, dict[int, Storyline]] = defaultdict(dict)
    for place in places:
        storyline = place.storyline.merged_into or place.storyline
        found[place.story_id][storyline.pk] = storyline
    return {key: list(storylines.values()) for key, storylines in found.items()}
