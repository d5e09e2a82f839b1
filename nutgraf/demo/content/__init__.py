"""Everything that The Almery Bell has written: a file for each section, counted from the day it is loaded."""

from nutgraf.demo.content import desk, nature, politics, region, science, sport, trade
from nutgraf.demo.dates import Dates
from nutgraf.demo.plans import StoryPlan


def stories(dates: Dates) -> list[StoryPlan]:
    """Return every story, the oldest first."""
    files = (region, politics, trade, nature, science, sport, desk)
    return sorted((plan for file in files for plan in file.stories(dates)), key=lambda plan: plan.at)
