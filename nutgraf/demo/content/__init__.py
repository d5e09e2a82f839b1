"""Everything that The Almery Bell has written: a file for each section and a folder for the crisis, counted from its loading."""

from nutgraf.demo.content import desk, nature, politics, science, sport, trade, verrane
from nutgraf.demo.dates import Dates
from nutgraf.demo.plans import StoryPlan


def stories(dates: Dates) -> list[StoryPlan]:
    """Return every story, the oldest first."""
    files = (verrane, politics, trade, nature, science, sport, desk)
    return sorted((plan for file in files for plan in file.stories(dates)), key=lambda plan: plan.at)
