"""How a story goes live: entries are filed, corrected, removed, marked and broken out, summed up, and it ends."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from tests.coherence.acts.registry import MOST_ROWS, act, editor, now, pick
from tests.coherence.acts.stories import a_body, a_story

if TYPE_CHECKING:
    from nutgraf.live.models import LiveEntry, LiveRun


def a_run(number: int) -> LiveRun | None:
    from nutgraf.live.models import LiveRun

    return pick(LiveRun.objects.all(), number)


def an_entry(number: int) -> LiveEntry | None:
    from nutgraf.live.models import LiveEntry

    return pick(LiveEntry.objects.all(), number)


@act
def go_live(a: int, b: int) -> None:
    from nutgraf.live import actions

    if story := a_story(a):
        actions.start(story=story, by=editor(b), at=now())


@act
def file_an_entry(a: int, b: int) -> None:
    from nutgraf.live import actions
    from nutgraf.live.models import LiveEntry
    from nutgraf.stories.samples import body, paragraph, quote

    if (run := a_run(a)) and LiveEntry.objects.count() < 4 * MOST_ROWS:
        moment = now() - datetime.timedelta(minutes=b % 5)
        parts = [paragraph(f"Entry {a}"), quote(f"We wait {b}", "Ana Duarte")][: 1 + b % 2]
        filled = body(*parts, seed=f"live {run.pk} {run.entries.count()}")
        actions.file(
            run=run, by=editor(b), at=now(), moment=moment, headline=f"Entry {b % 7}", body=filled, is_key=a % 3 == 0
        )


@act
def correct_an_entry(a: int, b: int) -> None:
    from nutgraf.live import actions

    if entry := an_entry(a):
        actions.correct(entry=entry, by=editor(b), at=now(), sentence=f"It was {b}.", headline=f"Corrected {b % 5}")


@act
def remove_an_entry(a: int, b: int) -> None:
    from nutgraf.live import actions

    if entry := an_entry(a):
        actions.remove(entry=entry, by=editor(b), at=now(), because=f"Wrong {b % 3}.")


@act
def mark_an_entry(a: int, b: int) -> None:
    from nutgraf.live import actions

    if entry := an_entry(a):
        actions.mark(entry=entry, is_key=b % 2 == 0)


@act
def break_an_entry_out(a: int, b: int) -> None:
    from nutgraf.live import actions
    from nutgraf.stories import actions as stories
    from nutgraf.stories.models import Story
    from nutgraf.stories.richtext import as_source
    from tests.coherence.acts.stories import MOST_STORIES

    if (entry := an_entry(a)) and Story.objects.count() < MOST_STORIES:
        story = actions.break_out(entry=entry, by=editor(b), at=now()).get_latest_revision_as_object()
        story.lede, story.body = as_source("Broken out."), a_body(a, b)
        stories.revise(story=story, by=editor(b))
        if b % 2:
            stories.publish(story=story, by=editor(b), at=now())


@act
def sum_up_a_live_story(a: int, b: int) -> None:
    from nutgraf.live import actions

    if run := a_run(a):
        actions.sum_up(run=run, summary=f"<p>In short {b % 4}</p>", by=editor(b))


@act
def end_a_live_story(a: int, b: int) -> None:
    from nutgraf.live import actions

    if run := a_run(a):
        actions.end(run=run, by=editor(b), at=now(), is_oldest_first=b % 2 == 0)
