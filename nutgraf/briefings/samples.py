"""Small builders of briefings and editions, used by tests and the demo newsroom alike."""

from __future__ import annotations

import datetime
import uuid
from typing import Any

from django.utils import timezone
from django.utils.text import slugify

from nutgraf.briefings import actions
from nutgraf.briefings.models import Briefing, Edition
from nutgraf.newsroom.samples import make_author

Raw = dict[str, Any]


def make_briefing(name: str = "The Morning Bell", *, at: datetime.datetime | None = None, **fields: Any) -> Briefing:
    """Open a briefing with good defaults."""
    given: dict[str, Any] = {
        "slug": slugify(name),
        "promise": "Five stories before seven.",
        "curator": fields.pop("curator", None) or make_author("Cleo Aster"),
        "sender_name": name,
        "sender_address": "bell@harbour.example",
        "time_zone": "UTC",
    }
    return actions.open_briefing(by=None, at=at or timezone.now(), name=name, **(given | fields))


def make_edition(
    briefing: Briefing | None = None, *items: Raw, at: datetime.datetime | None = None, **fields: Any
) -> Edition:
    """Begin an edition with these items and no suggestions."""
    at = at or timezone.now()
    fields.setdefault("subject", "Ships are back in the harbour")
    fields.setdefault("preheader", "Also: bread, and what it costs")
    fields.setdefault("opening", "<p>Good morning. It is a short one today.</p>")
    fields["items"] = list(items) or [text_item("Ships enter the harbour again from Thursday.")]
    return actions.open_edition(briefing=briefing or make_briefing(at=at), by=None, at=at, **fields)


def item(kind: str, **value: Any) -> Raw:
    """Return a raw item."""
    return {"type": kind, "id": str(uuid.uuid4()), "value": value}


def story_item(story: Any, headline: str = "", words: str = "", *, has_picture: bool = False) -> Raw:
    """Return a story as a raw item."""
    return item("story", story=story.pk, headline=headline, words=words, has_picture=has_picture)


def text_item(words: str, headline: str = "") -> Raw:
    """Return some sentences as a raw item."""
    return item("text", headline=headline, words=f"<p>{words}</p>")


def coming(day: str, what: str, *, place: str = "", story: int | None = None) -> Raw:
    """Return one thing that is still to come, for a raw `next` item."""
    return {
        "type": "item",
        "id": str(uuid.uuid4()),
        "value": {"day": day, "what": what, "place": place, "story": story},
    }
