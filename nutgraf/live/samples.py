"""Small builders of live coverage, used by tests and the demo newsroom alike."""

from __future__ import annotations

import datetime
from typing import Any

from django.contrib.auth.models import User

from nutgraf.live import actions
from nutgraf.live.models import LiveEntry, LiveRun
from nutgraf.stories.models import Story
from nutgraf.stories.samples import body, make_story, paragraph


def make_live(*, at: datetime.datetime, story: Story | None = None, by: User | None = None, **fields: Any) -> LiveRun:
    """Return the live coverage of a public story, begun at a moment."""
    story = story or make_story(at=at, **{"headline": "Storm over the harbour", **fields})
    return actions.start(story=story, by=by, at=at)


def make_entry(
    run: LiveRun,
    text: str = "The first ferry has left.",
    *,
    at: datetime.datetime,
    by: User | None = None,
    **fields: Any,
) -> LiveEntry:
    """File an entry that says a sentence."""
    parts = fields.pop("parts", None) or [paragraph(text)]
    return actions.file(run=run, by=by, at=at, body=body(*parts, seed=f"{run.pk} {run.entries.count()}"), **fields)
