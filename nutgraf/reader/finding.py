"""Find the story that an address is of, say where one was withdrawn, and have the page of a new one be there."""

from __future__ import annotations

import datetime
from typing import Any

from django.db import transaction
from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from nutgraf.published import ahead
from nutgraf.stories.models import Byline, PublicVersion, Story
from nutgraf.stories.models.story import StoryQuerySet
from nutgraf.storylines.queries import places_for_links


def find_story(*, year: str, month: str, day: str, slug: str, stories: StoryQuerySet | None = None) -> Story:
    """Return the story of an address as readers have it, or one that was withdrawn; raises Http404 for any other.

    All that its own page shows is loaded, unless it is one of some stories that load less.
    """
    try:
        date = datetime.date(int(year), int(month), int(day))
    except ValueError as error:
        raise Http404 from error
    found = (_whole() if stories is None else stories).filter(address_date=date, slug=slug).order_by("-live").first()
    if found is None or not (found.live or is_withdrawn(found)):
        raise Http404
    return found


def _whole() -> StoryQuerySet:
    # What only an author's own page says of them makes no story's page another.
    signed = Byline.objects.select_related("author__portrait").defer("author__bio", "author__email", "author__user")
    bylines = Prefetch("bylines", signed)
    places = Prefetch("storyline_places", places_for_links())
    return Story.objects.with_address().select_related("hero").prefetch_related(bylines, places)


def on_published(*, story: Story, **kwargs: Any) -> None:
    """Hear that a story was made public, and have its page pressed as soon as that holds."""
    if address := story.address:
        transaction.on_commit(lambda: ahead.press(address))


def is_withdrawn(story: Story) -> bool:
    """Say whether what readers heard last of a story is that it was withdrawn."""
    latest = PublicVersion.objects.in_short().latest_of(story.pk)
    return latest is not None and latest.kind == PublicVersion.Kind.WITHDRAWAL


def gone(request: HttpRequest, story: Story) -> HttpResponse:
    """Say that a story was withdrawn, and why, where it was."""
    note = PublicVersion.objects.in_short().latest_of(story.pk)
    return render(request, "pages/withdrawn.html", {"note": note}, status=410)
