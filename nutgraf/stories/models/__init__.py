"""The nouns of a story: the page itself, its archive, the facts mirrored from it, and the house labels."""

from nutgraf.stories.models.archive import Archive, ArchiveMonth
from nutgraf.stories.models.facts import Bullet, Event, Number, Point, Quote
from nutgraf.stories.models.labels import HouseStyle, Label
from nutgraf.stories.models.story import Byline, Story

__all__ = [
    "Archive",
    "ArchiveMonth",
    "Bullet",
    "Byline",
    "Event",
    "HouseStyle",
    "Label",
    "Number",
    "Point",
    "Quote",
    "Story",
]
