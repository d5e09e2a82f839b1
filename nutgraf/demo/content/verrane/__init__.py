"""Verrane’s bread uprising, seen from three sections: the crisis that one storyline gathers."""

from nutgraf.demo.content.verrane import bread, concord, river, unrest
from nutgraf.demo.dates import Dates
from nutgraf.demo.plans import StoryPlan


def stories(dates: Dates) -> list[StoryPlan]:
    """Return every story of the crisis."""
    return [plan for file in (bread, unrest, concord, river) for plan in file.stories(dates)]
