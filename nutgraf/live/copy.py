"""Read an entry from what somebody typed or pasted, as copy for a story is read."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from nutgraf.copydesk import drafts, inline, matching
from nutgraf.copydesk.drafts import Draft, Part
from nutgraf.copydesk.reading import CopyRefused, read
from nutgraf.stories import copy as story_copy

# More than this is a story.
LONGEST = 20_000


@dataclass
class Typed:
    """An entry as it was typed, and what of that it has no place for."""

    headline: str
    body: list[Part] = field(default_factory=list)
    left: list[str] = field(default_factory=list)


def entry(text: str, *, at: datetime.datetime) -> Typed:
    """Return the entry that a text says; raises ValidationError for one that is none, or several."""
    if len(text) > LONGEST:
        raise ValidationError(_("This is longer than the %(limit)s letters of an entry.") % {"limit": f"{LONGEST:,}"})
    try:
        copy = read(text, at=at, zone=timezone.get_current_timezone(), labels=story_copy.labels())
    except CopyRefused as refusal:
        raise ValidationError(str(refusal)) from refusal
    found = drafts.drafts(copy)
    if len(found) > 1:
        raise ValidationError(_("This reads as %(many)d stories. File one entry at a time.") % {"many": len(found)})
    draft = found[0] if found else Draft()
    body = [drafts.point("", draft.lede)] if draft.lede else []
    body = matching.adopt([*body, *draft.body], [])
    left = [*(one.text for one in copy.unplaced), *(one.text for one in draft.unsettled)]
    return Typed(inline.plain(draft.headline), body, [*left, *_other_lines(draft)])


def _other_lines(draft: Draft) -> list[str]:
    """Return what a story has a place for and an entry does not."""
    hero = draft.hero["caption"] if draft.hero else ""
    lines = [draft.eyebrow, draft.short_head, *draft.bylines, draft.dateline_place, hero]
    return [line for line in lines if line]
