"""Stories as cards. The page store keeps each card that several pages show, so that it is loaded and rendered once."""

from __future__ import annotations

from collections.abc import Iterable

from django import template
from django.template import Context
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from nutgraf.newsroom.models import Section
from nutgraf.published import fragments
from nutgraf.stories.models import Story
from nutgraf.streams.queries import Stories, load_cards

register = template.Library()

CARD = "components/story_card.html"


@register.simple_tag(takes_context=True)
def cards(
    context: Context, stories: Iterable[Story], *, presentation: str = "stream", level: int = 3, urgent: int | str = 0
) -> list[SafeString]:
    """Return the cards of stories, rendered; the pictures of the first `urgent` are among the first things one sees."""
    section: Section | None = context.get("current_section") or None

    def card(story: Story | None, place: int) -> SafeString:
        if story is None:  # It was withdrawn this moment.
            return SafeString()
        how = {"presentation": presentation, "level": level, "urgency": _urgency(place, urgent)}
        return render_to_string(CARD, {"story": story, "current_section": section, **how})

    def kept(key: int, place: int) -> SafeString:
        name = f"card {key} {presentation} {level} {_urgency(place, urgent)} {section and section.pk}"
        return fragments.fragment(name, lambda: card(_story(key), place))

    if isinstance(stories, Stories) and fragments.are_kept() and not _is_further_down(context):
        found = [kept(key, place) for place, key in enumerate(stories.keys)]
    else:
        found = [card(story, place) for place, story in enumerate(stories)]
    return list(filter(None, found))


def _story(key: int) -> Story | None:
    """Return a story with what its cards show, loaded once for all of them."""
    return fragments.fragment(f"story for cards {key}", lambda: load_cards([key]).get(key))


def _urgency(place: int, urgent: int | str) -> str:
    # What a template does not say is an empty string there.
    return "now" if place < int(urgent or 0) else ""


def _is_further_down(context: Context) -> bool:
    """Say whether it is a page of an older part of a stream, whose cards stand nowhere else: they are loaded together."""
    request = context.get("request")
    return request is not None and "before" in request.GET
