"""What a story is found by beside its words: its streams and its day, each as one more word of the index.

So a question for a word in one section is one question to the index, which
finds what has both, and not a thousand stories with the word of which most are
of other sections.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nutgraf.stories.models.story import Story

# What apps above us add when they are ready: names of what a story belongs to, such as "section:3".
SOURCES: list[Callable[[Story], Iterable[str]]] = []

# Nobody looks for a word that begins so.
PREFIX = "ng"


def of(story: Story) -> str:
    """Return the words for what a public story belongs to; a draft belongs nowhere."""
    if not story.live or story.address_date is None:
        return ""
    names = sorted({name for source in SOURCES for name in source(story)})
    day = story.address_date
    return " ".join([*map(word, names), _year(day), _month(day), _day(day)])


def word(name: str) -> str:
    """Return the one word that stands for a name in the index."""
    return PREFIX + re.sub(r"[^a-z0-9]", "", name)


def covering(first: datetime.date, last: datetime.date) -> Iterator[str]:
    """Return the words for the days from one to another, whole months and years by theirs."""
    day = first
    while day <= last:
        if day.day == day.month == 1 and end_of_year(day) <= last:
            end, name = end_of_year(day), _year(day)
        elif day.day == 1 and _end_of_month(day) <= last:
            end, name = _end_of_month(day), _month(day)
        else:
            end, name = day, _day(day)
        yield name
        if end == datetime.date.max:
            return
        day = end + datetime.timedelta(days=1)


def end_of_year(day: datetime.date) -> datetime.date:
    """Return the last day of a day's year."""
    return day.replace(month=12, day=31)


def _end_of_month(day: datetime.date) -> datetime.date:
    if day.month == 12:
        return end_of_year(day)
    return day.replace(month=day.month + 1, day=1) - datetime.timedelta(days=1)


def _year(day: datetime.date) -> str:
    return f"{PREFIX}y{day:%Y}"


def _month(day: datetime.date) -> str:
    return f"{PREFIX}m{day:%Y%m}"


def _day(day: datetime.date) -> str:
    return f"{PREFIX}d{day:%Y%m%d}"
