"""What the desk opens on: what this person has to do, and what the newsroom has just done."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone
from django.utils.functional import cached_property
from wagtail.admin.ui.components import Component
from wagtail.models import TaskState, WorkflowState, get_default_page_content_type

from nutgraf.desk.stories import scheduled_moments
from nutgraf.imports.models import Wire, WireItem
from nutgraf.imports.wire import queries as wire_queries
from nutgraf.stories.models import Byline, Story
from nutgraf.storylines import upkeep
from nutgraf.webhooks.models import Webhook

LENGTH = 10
# Nobody works on more stories at once; whoever seems to has forgotten the others.
MOST = 100


@dataclass(frozen=True)
class Row:
    """One story on the home page, and the moment that matters about it."""

    story: Story
    moment: datetime.datetime | None
    note: str = ""


class Desk:
    """One person's work at one moment, in a number of queries that does not grow with the archive."""

    def __init__(self, user: User, *, at: datetime.datetime) -> None:
        self.user = user
        self.at = at

    @cached_property
    def _in_workflow(self) -> dict[int, WorkflowState]:
        states = WorkflowState.objects.active().filter(base_content_type=get_default_page_content_type())
        return {int(state.object_id): state for state in states.select_related("current_task_state")}

    @cached_property
    def _scheduled(self) -> dict[int, datetime.datetime]:
        return scheduled_moments()

    @cached_property
    def _mine(self) -> list[Story]:
        signed_or_started = Q(owner=self.user) | Q(bylines__author__user=self.user)
        unfinished = _rows(Story.objects.filter(signed_or_started, has_unpublished_changes=True).distinct())
        latest = unfinished.order_by("-latest_revision_created_at")[:MOST]
        return [story for story in latest if story.pk not in self._scheduled]

    @cached_property
    def returned(self) -> list[Row]:
        """Mine that an editor sent back, each with what the editor said."""
        return [
            Row(story, state.current_task_state.finished_at, state.current_task_state.comment)
            for story in self._mine
            if (state := self._in_workflow.get(story.pk)) and state.status == WorkflowState.STATUS_NEEDS_CHANGES
        ]

    @cached_property
    def drafts(self) -> list[Row]:
        """Mine that nobody else is waiting for."""
        drafts = [story for story in self._mine if story.pk not in self._in_workflow]
        return [Row(story, story.latest_revision_created_at) for story in drafts[:LENGTH]]

    @cached_property
    def submitted(self) -> list[Row]:
        """Mine that an editor has to decide on."""
        return [
            Row(story, state.current_task_state.started_at)
            for story in self._mine
            if (state := self._in_workflow.get(story.pk)) and state.status == WorkflowState.STATUS_IN_PROGRESS
        ]

    @cached_property
    def waiting(self) -> list[Row]:
        """What others have submitted and this person may approve, the longest wait first."""
        states = TaskState.objects.reviewable_by(self.user).order_by("started_at")
        since = {int(key): moment for key, moment in states.values_list("revision__object_id", "started_at")}
        stories = _rows(Story.objects.all()).in_bulk(list(since))
        return [Row(stories[key], moment) for key, moment in since.items() if key in stories]

    @cached_property
    def published(self) -> list[Row]:
        """What readers got last."""
        latest = _rows(Story.objects.live()).order_by("-last_published_at")[:LENGTH]
        return [Row(story, story.last_published_at) for story in latest]

    @cached_property
    def upkeep(self) -> int:
        """How many things the storylines that this person looks after are in need of."""
        if not self.user.has_perm("storylines.change_storyline"):
            return 0
        return sum(needs.count for needs in upkeep.needs_of(self.user, at=self.at))

    @cached_property
    def silent_webhooks(self) -> list[Webhook]:
        """Those that were switched off because nobody took what they were told, for who may mend it."""
        if not self.user.has_perm("webhooks.change_webhook"):
            return []
        return list(Webhook.objects.filter(is_on=False).exclude(trouble=""))

    @cached_property
    def of_wires(self) -> list[WireItem]:
        """What was taken from a wire and taken back there; and what has changed of what this person took."""
        return wire_queries.wanting(self.user.pk)

    @cached_property
    def killed(self) -> list[WireItem]:
        """What its source took back."""
        return [item for item in self.of_wires if item.attention == WireItem.Attention.KILL]

    @cached_property
    def updated(self) -> list[WireItem]:
        """What has changed since this person took it."""
        return [item for item in self.of_wires if item.attention == WireItem.Attention.UPDATE]

    @cached_property
    def dead_wires(self) -> list[Wire]:
        """Wires that were switched off, or have brought nothing for a day, for who may mend it."""
        if not self.user.has_perm("imports.change_wire"):
            return []
        return list(Wire.objects.dead(self.at))

    @cached_property
    def scheduled(self) -> list[Row]:
        """What readers will get, soonest first."""
        moments = dict(list(self._scheduled.items())[:LENGTH])
        stories = _rows(Story.objects.all()).in_bulk(list(moments))
        return [Row(stories[key], moment) for key, moment in moments.items() if key in stories]


def _rows(stories: QuerySet[Story]) -> QuerySet[Story]:
    bylines = Prefetch("bylines", Byline.objects.select_related("author"))
    return stories.defer("body").select_related("section").prefetch_related(bylines)


class DeskPanel(Component):
    """Everything on the desk's home."""

    name = "desk"
    order = 100
    template_name = "desk/home.html"

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        request = parent_context["request"]
        return {"desk": Desk(request.user, at=timezone.now()), "request": request}
