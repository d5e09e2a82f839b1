"""Find stories by their words, their section and their author."""

from __future__ import annotations

from django.db.models import QuerySet

from nutgraf.newsroom.models import Author, Section
from nutgraf.stories.models import Story


def find(*, words: str, section: Section | None, author: Author | None) -> QuerySet[Story]:
    """Return public stories ready for cards: the best match first, or without words the newest."""
    stories = Story.objects.live().for_cards()
    if section:
        stories = stories.filter(section=section)
    if author:
        stories = stories.filter(bylines__author=author)
    return stories.search(words) if words else stories.order_by("-first_published_at", "-pk")
