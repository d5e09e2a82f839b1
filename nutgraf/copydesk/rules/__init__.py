"""The notes that a copy editor writes in the margin: rules over the words of a story, each with its place and its reason."""

from nutgraf.copydesk.rules.base import House, HouseWord, Known, Level, Note, PictureWords, Rule, Switch, Target
from nutgraf.copydesk.rules.checking import Length, check, length
from nutgraf.copydesk.rules.registry import RULES, find

__all__ = [
    "RULES",
    "House",
    "HouseWord",
    "Known",
    "Length",
    "Level",
    "Note",
    "PictureWords",
    "Rule",
    "Switch",
    "Target",
    "check",
    "find",
    "length",
]
