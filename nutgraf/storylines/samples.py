"""Small builders of storylines, used by tests and the demo newsroom alike."""

from __future__ import annotations

import datetime
from typing import Any

from django.utils import timezone
from django.utils.text import slugify

from nutgraf.stories.models import Story
from nutgraf.stories.samples import Part, make_story
from nutgraf.storylines.models import Storyline, StorylineStory


def make_storyline(name: str = "Harbour blockade", *, at: datetime.datetime | None = None, **fields: Any) -> Storyline:
    """Open a storyline with good defaults."""
    fields.setdefault("slug", slugify(name))
    fields.setdefault("created_at", at or timezone.now())
    return Storyline.objects.create(name=name, **fields)


def make_story_in(
    storyline: Storyline | list[Storyline],
    headline: str = "Harbour reopens after nine days",
    *parts: Part,
    at: datetime.datetime | None = None,
    **fields: Any,
) -> Story:
    """File a story that belongs to a storyline or several, and publish it as of `at` unless it is to be a draft."""
    at = at or timezone.now()
    storylines = storyline if isinstance(storyline, list) else [storyline]
    places = [StorylineStory(storyline=one, added_at=at) for one in storylines]
    return make_story(headline, *parts, at=at, storyline_places=places, **fields)
