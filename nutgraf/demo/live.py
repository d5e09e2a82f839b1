"""Tell the demo's live story entry by entry, as the newsroom did, with what had to be corrected and removed."""

from __future__ import annotations

from django.contrib.auth.models import User

from nutgraf.demo.content.live import live
from nutgraf.demo.dates import Dates
from nutgraf.live import actions
from nutgraf.live.models import LiveRun
from nutgraf.stories.models import Story
from nutgraf.stories.richtext import as_source
from nutgraf.stories.samples import body


def tell(dates: Dates, *, story: Story, by: User | None) -> LiveRun:
    """File the whole coverage of a story, and end it."""
    plan = live(dates)
    run = actions.start(story=story, by=by, at=plan.started_at)
    for place, one in enumerate(plan.entries):
        entry = actions.file(
            run=run,
            by=by,
            at=one.at,
            headline=one.headline,
            body=body(*one.parts, seed=f"live/{plan.story}/{place}"),
            is_key=one.is_key,
            author=story.authors[0],
        )
        if one.corrected:
            at, sentence = one.corrected
            actions.correct(entry=entry, by=by, at=at, sentence=sentence)
        if one.removed:
            at, because = one.removed
            actions.remove(entry=entry, by=by, at=at, because=because)
    actions.sum_up(run=run, summary="".join(map(as_source, plan.summary)), by=by)
    return actions.end(run=run, by=by, at=plan.ended_at, is_oldest_first=plan.is_oldest_first)
