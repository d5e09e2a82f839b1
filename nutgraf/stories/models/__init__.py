"""The nouns of a story: the page itself, its archive, its public versions, the facts mirrored from it, the house labels and the house style."""

from nutgraf.stories.models.archive import Archive, ArchiveMonth
from nutgraf.stories.models.bylines import Byline
from nutgraf.stories.models.changes import ChangeKind, Moments, PublicVersion
from nutgraf.stories.models.facts import Bullet, Event, Number, Point, Quote
from nutgraf.stories.models.holds import Hold
from nutgraf.stories.models.labels import Label
from nutgraf.stories.models.log import StoryLogEntry
from nutgraf.stories.models.story import Story
from nutgraf.stories.models.style import HouseStyle, HouseWord, Kind, RuleSwitch
from nutgraf.stories.models.waivers import Waiver
from nutgraf.stories.models.words import Word

__all__ = [
    "Archive",
    "ArchiveMonth",
    "Bullet",
    "Byline",
    "ChangeKind",
    "Event",
    "Hold",
    "HouseStyle",
    "HouseWord",
    "Kind",
    "Label",
    "Moments",
    "Number",
    "Point",
    "PublicVersion",
    "Quote",
    "RuleSwitch",
    "Story",
    "StoryLogEntry",
    "Waiver",
    "Word",
]
