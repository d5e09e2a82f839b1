"""Keep a storyline's state: what readers are told of whether it goes on, and what its stories and its silence make of it."""

from __future__ import annotations

import datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Max
from wagtail.log_actions import log

from nutgraf.storylines.models import Storyline
from nutgraf.streams.models import StreamEntry

State = Storyline.State


def enter(storyline: Storyline, state: State, *, by: AbstractBaseUser | None, at: datetime.datetime) -> None:
    """Put a storyline into a state, as of a moment; one that is in it already stays as it is."""
    if storyline.state == state:
        return
    storyline.state, storyline.state_at = state, at
    storyline.save(update_fields=["state", "state_at"])
    log(instance=storyline, action="nutgraf.storyline.state", user=by, data={"state": str(state.label)})


def hear_of_stories(storyline: Storyline, *, at: datetime.datetime | None = None) -> None:
    """Keep the moment of the latest story; one that came as of `at`, and is later than its sleep, wakes a storyline."""
    latest = StreamEntry.objects.filter(stream=storyline.stream).aggregate(latest=Max("published_at"))["latest"]
    if latest != storyline.latest_story_at:
        storyline.latest_story_at = latest
        storyline.save(update_fields=["latest_story_at"])
    is_asleep = storyline.state != State.DEVELOPING
    if at and is_asleep and latest and latest > (storyline.state_at or storyline.created_at):
        enter(storyline, State.DEVELOPING, by=None, at=at)
