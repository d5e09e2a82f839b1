"""Hear of stories as they come, change and go, inside the transaction that changes them, and bring their storylines up to date."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any

from nutgraf.stories.models import Story
from nutgraf.storylines import assembly, profiles, states, tasks
from nutgraf.storylines.models import Storyline, storyline_stream
from nutgraf.storylines.models.storyline import STREAMS
from nutgraf.storylines.queries import storylines_of, storylines_of_each
from nutgraf.streams import actions as streams


def streams_of(stories: Sequence[Story]) -> dict[int, list[str]]:
    """Name the streams of the stories' storylines, for the app that keeps them."""
    found = storylines_of_each(stories)
    return {key: [storyline_stream(storyline.pk) for storyline in storylines] for key, storylines in found.items()}


def on_published(*, story: Story, at: datetime.datetime, **kwargs: Any) -> None:
    """Hear that a story was made public, and give its facts to its storylines."""
    refresh(story, at=at)


def on_restored(*, stories: Sequence[Story], **kwargs: Any) -> None:
    """Hear that new stories are public that readers have had elsewhere; being new, they are in no storyline."""
    profiles.learn_first(stories)


def on_unpublished(*, story: Story, **kwargs: Any) -> None:
    """Hear that a story was taken from readers."""
    streams.leave(story=story)
    tasks.learn.enqueue(story.pk)
    _have_lost(storylines_of(story))


def before_deletion(*, instance: Story, **kwargs: Any) -> None:
    """Hear that a story is about to be deleted, while it can still be asked for its storylines."""
    setattr(instance, "_storylines", storylines_of(instance))  # noqa: B010 (ours, on an object of another app's)


def after_deletion(*, instance: Story, **kwargs: Any) -> None:
    """Hear that a story is gone, with its places and its facts."""
    _have_lost(getattr(instance, "_storylines", []))


def refresh(story: Story, *, at: datetime.datetime) -> None:
    """Give a public story its places in its storylines, and take it from where it no longer belongs."""
    # What readers have had so far: asked before the streams are brought up to date.
    before = list(story.stream_entries.filter(stream__startswith=STREAMS).values_list("stream", flat=True))
    now = storylines_of(story)
    if not story.live:
        return
    if before or now:
        _move(story, before, now, at=at)
    tasks.learn.enqueue(story.pk)


def _move(story: Story, before: list[str], now: list[Storyline], *, at: datetime.datetime) -> None:
    streams.enter(story=story)
    for storyline in now:
        assembly.take_in(storyline, story)
        states.hear_of_stories(storyline, at=at)
    for storyline in Storyline.objects.filter(pk__in=[int(name.removeprefix(STREAMS)) for name in before]):
        if storyline not in now:
            assembly.leave_out(storyline, story)
            states.hear_of_stories(storyline)
            tasks.learn_storyline.enqueue(storyline.pk)


def _have_lost(storylines: list[Storyline]) -> None:
    for storyline in storylines:
        assembly.settle_after_loss(storyline)
        states.hear_of_stories(storyline)
        tasks.learn_storyline.enqueue(storyline.pk)
