"""The nouns of a story: the page itself, its archive, the facts mirrored from it, the house labels and the house style."""

from nutgraf.stories.models.archive import Archive, ArchiveMonth
from nutgraf.stories.models.facts import Bullet, Event, Number, Point, Quote
from nutgraf.stories.models.labels import Label
from nutgraf.stories.models.story import Byline, Story
from nutgraf.stories.models.style import HouseStyle, HouseWord, Kind, RuleSwitch
from nutgraf.stories.models.waivers import Waiver

__all__ = [
    "Archive",
    "ArchiveMonth",
    "Bullet",
    "Byline",
    "Event",
    "HouseStyle",
    "HouseWord",
    "Kind",
    "Label",
    "Number",
    "Point",
    "Quote",
    "RuleSwitch",
    "Story",
    "Waiver",
]
