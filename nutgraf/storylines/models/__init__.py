"""The nouns of a storyline: itself, its stories, what an editor overrides, and the entries that it assembles from facts."""

from nutgraf.storylines.models.entries import Entry, Mention
from nutgraf.storylines.models.map_places import MapPlace
from nutgraf.storylines.models.overrides import Override
from nutgraf.storylines.models.stories import StorylineStory, Unrelated
from nutgraf.storylines.models.storyline import Storyline, SummaryVersion, storyline_stream
from nutgraf.storylines.models.traits import CommonTrait, Profile, ProfileTrait, StoryTraits

__all__ = [
    "CommonTrait",
    "Entry",
    "MapPlace",
    "Mention",
    "Override",
    "Profile",
    "ProfileTrait",
    "StoryTraits",
    "Storyline",
    "StorylineStory",
    "SummaryVersion",
    "Unrelated",
    "storyline_stream",
]
