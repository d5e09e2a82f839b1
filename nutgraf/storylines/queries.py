"""Read storylines: which a story belongs to."""

from __future__ import annotations

from nutgraf.stories.models import Story
from nutgraf.storylines.models import Storyline, StorylineStory


def storylines_of(story: Story) -> list[Storyline]:
    """Return the storylines that the newsroom has a story in; of those that were merged, what they went into."""
    places = StorylineStory.objects.filter(story=story.pk).select_related("storyline__merged_into")
    found = [place.storyline.merged_into or place.storyline for place in places]
    return list({storyline.pk: storyline for storyline in found}.values())
