"""Find stories by their words and by what they belong to, as quickly in an archive of a million as in one of a hundred.

The index is asked for the latest month first and for more only while too few
stories match. So of a word that stands in half of all stories the newest ones are
shown, which is what a reader of news wants of it, and those first whose headline
has it; of a rare one all are ranked.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from types import ModuleType

from django.contrib.contenttypes.models import ContentType
from django.db import connection

from nutgraf.stories.matching import postgresql, sqlite
from nutgraf.stories.matching.question import Question, Span
from nutgraf.stories.models import Story

__all__ = ["MOST", "Matches", "Question", "find"]

# So many can be paged through. A reader who wants others asks more closely, or for other days.
MOST = 1_000
_INDEXES: dict[str, ModuleType] = {"sqlite": sqlite, "postgresql": postgresql}


@dataclass(frozen=True)
class Matches:
    """The keys of public stories that match; whether these are all, or the newest of more."""

    keys: list[int]
    are_all: bool = True
    # If not 0, of the stories that have a phrase's words so many were looked through for it, the newest, and there are more.
    looked_through: int = 0


def find(question: Question, *, is_newest_first: bool = False, most: int = MOST) -> Matches:
    """Return public stories that match: those that match best first, or the newest."""
    span = _span()
    if span is None or question.is_empty:
        return Matches([])
    index, kind = _INDEXES[connection.vendor], ContentType.objects.get_for_model(Story).pk
    found: dict[int, int] = {}
    for reach in question.reaches(span.newest):
        # What was found in less time stays first: in the index stories stand as they were filed, an imported archive last.
        latest = index.latest(reach, span, kind=kind, most=most + 1)
        found |= latest.found
        if len(found) > most or latest.looked_through:
            break
    looked_through = 0 if len(found) > most else latest.looked_through
    are_all = len(found) <= most and not looked_through
    entries = list(found)[:most]
    public = _public([found[entry] for entry in entries])
    if is_newest_first or not question.terms or not entries:
        newest = sorted(public, key=lambda key: (public[key], key), reverse=True)
        return Matches(newest, are_all, looked_through)
    if not are_all:
        # What so many have says little of any of them; to weigh each would be to count all.
        headed = {found[entry] for entry in index.headed(question, entries)}
        first = sorted(public, key=lambda key: (key in headed, public[key], key), reverse=True)
        return Matches(first, are_all, looked_through)
    ranked = [found[entry] for entry in index.ranked(question, entries)]
    return Matches([key for key in ranked if key in public], are_all)


def _public(keys: list[int]) -> dict[int, datetime.datetime]:
    # The index follows a moment behind; what readers may see is for the table to say.
    return dict(Story.objects.live().filter(pk__in=keys).values_list("pk", "first_published_at"))


def _span() -> Span | None:
    days = Story.objects.live().exclude(address_date=None).values_list("address_date", flat=True)
    newest, oldest = days.order_by("-address_date").first(), days.order_by("address_date").first()
    return Span(oldest, newest) if newest and oldest else None
