"""What the notes say of storylines: which a story seems to belong to, and what differs from those that it is in."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from nutgraf.copydesk.drafts import Draft
from nutgraf.copydesk.rules import Note
from nutgraf.copydesk.rules.texts import Piece
from nutgraf.stories.models.changes import LONGEST_SENTENCE
from nutgraf.storylines import known, profiles
from nutgraf.storylines.differing import Facts
from nutgraf.storylines.likeness import Trait
from nutgraf.storylines.models import Storyline, Unrelated

# More is not read.
SHOWN, NAMED = 3, 6


@dataclass(frozen=True)
class Suggestion:
    """A storyline that a story seems to belong to, and what both share."""

    storyline: Storyline
    is_sure: bool
    names: str
    words: str


@dataclass(frozen=True)
class Choice:
    """The two ways out where a story and its storyline differ."""

    headline: str
    url: str
    # What the field takes over if the other is right; empty where an editor has to choose words.
    value: str
    # The way to correct the other story, with the sentence begun.
    correct_url: str


def chosen(request: HttpRequest) -> list[int]:
    """Return the storylines that the form says the story is in."""
    return [int(key) for key in request.POST.getlist("storyline_places") if key.isdecimal()]


def facts(request: HttpRequest, *, story: int | None, on: datetime.date) -> Facts:
    """Return what the other stories of these storylines have."""
    return known.of_storylines(chosen(request), without=story, on=on)


def suggested(request: HttpRequest, draft: Draft, *, story: int | None) -> list[Suggestion]:
    """Return the storylines that go on and that the story seems to belong to, the surest first; none it was set aside of."""
    found = profiles.suggest(profiles.traits_of(Piece(draft)), beside=chosen(request))
    going_on = Storyline.objects.standing().exclude(state=Storyline.State.CLOSED)
    if story:
        going_on = going_on.exclude(pk__in=Unrelated.objects.filter(story=story).values("storyline"))
    storylines = going_on.in_bulk([one.storyline for one in found]) if found else {}
    return [
        Suggestion(
            storylines[one.storyline],
            one.is_sure,
            _list(trait for trait in one.shared if trait.is_name),
            _list(trait for trait in one.shared if not trait.is_name),
        )
        for one in found
        if one.storyline in storylines
    ][:SHOWN]


def choice(note: Note) -> Choice | None:
    """Return the ways out of a difference; of any other note there are none."""
    other = note.other
    if other is None:
        return None
    url = reverse("wagtailadmin_pages:edit", args=[other.story])
    said = note.words or note.context
    sentence = _("An earlier version of this story said “%(theirs)s”. It is “%(ours)s”.") % {
        "theirs": other.words,
        "ours": said,
    }
    query = urlencode({"correct": Truncator(sentence).chars(LONGEST_SENTENCE)})
    return Choice(other.headline, url, other.value, f"{url}?{query}")


def _list(traits: Iterable[Trait]) -> str:
    return ", ".join(list(dict.fromkeys(trait.shown for trait in traits))[:NAMED])
