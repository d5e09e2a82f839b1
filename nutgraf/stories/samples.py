"""Small builders of story parts and stories, used by tests and the demo newsroom alike."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.utils import timezone

from nutgraf.newsroom.models import Author
from nutgraf.newsroom.samples import make_author, make_section
from nutgraf.stories import actions
from nutgraf.stories.models import Story
from nutgraf.stories.richtext import as_source

Part = dict[str, Any]

_NAMESPACE = uuid.UUID("5d1f2b53-8c1b-4b0a-9f0e-3a2d2f6f6c11")


def point(label: str, text: str, *bullets: str | Part, facts: Iterable[Part] = ()) -> Part:
    """A labelled paragraph; texts are inline HTML, bullets are texts or `bullet(…)`."""
    part = paragraph(text, *bullets, facts=facts)
    return {"type": "point", "value": {"label": label, **part["value"]}}


def paragraph(text: str, *bullets: str | Part, facts: Iterable[Part] = ()) -> Part:
    """A paragraph without a label."""
    items = [_item(one if isinstance(one, dict) else bullet(one)) for one in bullets]
    return {"type": "paragraph", "value": {"text": as_source(text), "bullets": items, "facts": list(facts)}}


def bullet(text: str, *sub_bullets: str) -> Part:
    """A bullet with bullets of its own."""
    return {"text": as_source(text), "bullets": [_item(as_source(sub)) for sub in sub_bullets]}


def quote(words: str, speaker: str, role: str = "", affiliation: str = "", said_to: str = "") -> Part:
    """What somebody said."""
    value = {"words": words, "speaker": speaker, "role": role, "affiliation": affiliation, "said_to": said_to}
    return {"type": "quote", "value": value}


def number(
    value: str | int | float,
    counts: str,
    *,
    unit: str = "",
    wording: str = "",
    value_to: str | int | float | None = None,
    as_of: datetime.date | None = None,
    source: str = "",
) -> Part:
    """A number and what it counts."""
    parts = {
        "value": str(Decimal(str(value))),
        "value_to": None if value_to is None else str(Decimal(str(value_to))),
        "wording": wording,
        "unit": unit,
        "counts": counts,
        "as_of": as_of and as_of.isoformat(),
        "source": source,
    }
    return {"type": "number", "value": parts}


def event(
    what: str,
    *,
    starts: datetime.date,
    place: str = "",
    time: datetime.time | None = None,
    ends: datetime.date | None = None,
    precision: str = "DAY",
    is_expected: bool = False,
) -> Part:
    """Something with a date and a place."""
    parts = {
        "what": what,
        "place": place,
        "starts": starts.isoformat(),
        "time": time and time.isoformat(),
        "ends": ends and ends.isoformat(),
        "precision": precision,
        "is_expected": is_expected,
    }
    return {"type": "event", "value": parts}


def picture(pk: int, caption: str = "", alt_text: str = "") -> Part:
    """A picture, by its primary key."""
    return {"type": "picture", "value": {"picture": pk, "caption": caption, "alt_text": alt_text}}


def body(*parts: Part, seed: str) -> list[Part]:
    """Return parts as a story's raw body; the same seed and places give the same block ids."""
    return [_with_ids(part, f"{seed}/{place}") for place, part in enumerate(parts)]


def make_story(
    headline: str = "Harbour reopens after nine days",
    *parts: Part,
    at: datetime.datetime | None = None,
    authors: Iterable[Author] | None = None,
    is_draft: bool = False,
    **fields: Any,
) -> Story:
    """File a story with good defaults, and publish it as of `at` unless it is to be a draft."""
    at = at or timezone.now()
    actions.found(at=at)
    fields.setdefault("lede", as_source("Ships may enter the harbour again from Thursday, the port authority said."))
    fields.setdefault("body", body(*(parts or (point("Why it matters", "Bread comes by ship."),)), seed=headline))
    fields.setdefault("section", make_section())
    signed = list(authors) if authors is not None else [make_author()]
    story = actions.file(by=None, at=at, headline=headline, authors=signed, **fields)
    return story if is_draft else actions.publish(story=story, by=None, at=at)


def rewrite(story: Story, *parts: Part, **how: Any) -> Story:
    """Publish a story with other parts; what stays in its place keeps its block ids."""
    story.body = body(*parts, seed=story.title)
    actions.revise(story=story, by=None)
    return actions.publish(story=story, by=None, **how)


def _item(value: Any) -> Part:
    return {"type": "item", "value": value}


def _with_ids(part: Part, path: str) -> Part:
    value = part["value"]
    if isinstance(value, dict):
        value = {
            name: [_with_ids(child, f"{path}/{name}/{place}") for place, child in enumerate(inner)]
            if isinstance(inner, list)
            else inner
            for name, inner in value.items()
        }
    return part | {"value": value, "id": str(uuid.uuid5(_NAMESPACE, path))}
