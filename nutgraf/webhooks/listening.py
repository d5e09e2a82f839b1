"""Hear what becomes of a story, and write down in the same transaction who is to be told of it."""

from __future__ import annotations

import datetime
import json
import uuid
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.urls import reverse
from django.utils import timezone

from nutgraf.newsroom.addresses import whole
from nutgraf.stories.models import PublicVersion, Story
from nutgraf.webhooks.models import Call, Webhook, What

Kind = PublicVersion.Kind
# An archive that moves in keeps its days, and is no news.
NEWS = datetime.timedelta(hours=1)


def on_published(
    *,
    story: Story,
    before: Story,
    at: datetime.datetime,
    version: PublicVersion | None,
    is_restored: bool = False,
    **kwargs: Any,
) -> None:
    """Hear that a story was made public; where readers see no difference there is nothing to tell."""
    if version is None or is_restored or at < timezone.now() - NEWS:
        return
    change = {"number": version.number, "kind": version.kind, "sentence": version.sentence}
    _write_down(_what(version, before), story, at, _told_of(story) | {"change": change})


def on_unpublished(*, story: Story, **kwargs: Any) -> None:
    """Hear that a story was taken from readers, withdrawn with a reason or without a word."""
    latest = PublicVersion.objects.in_short().latest_of(story.pk)
    was_withdrawn = latest is not None and latest.kind == Kind.WITHDRAWAL
    reason = latest.sentence if latest and was_withdrawn else ""
    # Its words are not told once more.
    _write_down(What.WITHDRAWN, story, timezone.now(), _where(story) | {"reason": reason})


def _what(version: PublicVersion, before: Story) -> What:
    if not before.live:
        return What.PUBLISHED
    is_noted = version.kind in (Kind.CORRECTION, Kind.CLARIFICATION, Kind.NOTE)
    return What.CORRECTED if is_noted else What.UPDATED


def _write_down(what: What, story: Story, at: datetime.datetime, data: dict[str, Any]) -> None:
    # Chosen here and not by the database, which asks for what a list holds in ways that differ.
    hooks = [hook for hook in Webhook.objects.filter(is_on=True) if what in hook.told_of]
    body = json.dumps({"type": what.value, "timestamp": at, "data": data}, cls=DjangoJSONEncoder)
    Call.objects.bulk_create(
        Call(webhook=hook, key=f"msg_{uuid.uuid4().hex}", what=what, about=story.title, body=body, at=at, due_at=at)
        for hook in hooks
    )


def _where(story: Story) -> dict[str, Any]:
    return {
        "id": story.pk,
        "uri": f"urn:uuid:{story.translation_key}",
        "address": whole(str(story.address), None),
        "api": whole(reverse("api:story", args=[story.pk]), None),
    }


def _told_of(story: Story) -> dict[str, Any]:
    return _where(story) | {
        "headline": story.title,
        "short_head": story.short_head,
        "lede": story.lede_text,
        "section": story.section.slug if story.section else None,
        "authors": [author.name for author in story.authors],
        "first_published_at": story.first_published_at,
        "updated_at": story.updated_at,
    }
