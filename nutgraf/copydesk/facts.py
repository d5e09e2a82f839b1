"""Find the facts in a story's texts: quotes, numbers, events and names."""

from __future__ import annotations

import datetime

from nutgraf.copydesk import events, moments, names, numbers, quotes
from nutgraf.copydesk.found import Span, Story
from nutgraf.copydesk.lines import Manuscript


def fill(story: Story, manuscript: Manuscript, texts: list[Span], *, on: datetime.date) -> None:
    """Add what the lede, the points and the bullets say."""
    text = manuscript.running or manuscript.text
    texts = sorted((start, end) for start, end in texts if start < end)
    register = names.find(text, texts, _captions(story, text))
    story.quotes += quotes.find(text, texts, register)
    said = [moments.find(text, start, end, on) for start, end in texts]
    story.numbers += numbers.find(text, texts, said)
    story.events += events.find(text, texts, said, on)
    story.names += names.names(register)


def _captions(story: Story, text: str) -> list[Span]:
    """Return where the captions stand: they often tell a name in full before the story does."""
    found = []
    for picture in story.pictures:
        start = text.find(picture.caption, *picture.span) if picture.caption else -1
        if start >= 0:
            found.append((start, start + len(picture.caption)))
    return found
