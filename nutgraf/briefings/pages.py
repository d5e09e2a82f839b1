"""What the page of an edition shows of it now: with what was said of its stories since, and what lies beside it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Prefetch, Q

from nutgraf.briefings.content import Content, Item
from nutgraf.briefings.models import Briefing, CorrectionMail, Edition
from nutgraf.media.models import Picture
from nutgraf.stories.models import PublicVersion, Story


@dataclass(frozen=True)
class Shown:
    """An item as its page shows it now: with what was said of its story since."""

    item: Item
    picture: Picture | None = None
    notes: list[PublicVersion] = field(default_factory=list)
    # Its own words are not said again.
    is_withdrawn: bool = False


def page_of(edition: Edition, content: Content) -> dict[str, Any]:
    """Return what the page of an edition shows: a number of queries that does not grow with its items."""
    pictures = Picture.objects.in_bulk({shot.pk for shot in content.pictures})
    corrections = edition.correction_mails.all() if edition.pk else CorrectionMail.objects.none()
    before, after = _neighbours(edition)
    return {
        "edition": edition,
        "briefing": edition.briefing,
        "content": content,
        "picture": pictures.get(content.picture.pk) if content.picture else None,
        "items": _shown(edition, content, pictures),
        "correction_mails": list(corrections),
        "before": before,
        "after": after,
    }


def _shown(edition: Edition, content: Content, pictures: dict[int, Picture]) -> list[Shown]:
    keys = content.stories
    live = set(Story.objects.filter(pk__in=keys, live=True).values_list("pk", flat=True))
    notes: dict[int, list[PublicVersion]] = {}
    if edition.out_at:
        versions = PublicVersion.objects.noted().in_short().filter(story__in=keys, at__gt=edition.out_at)
        for version in versions.order_by("at", "pk"):
            notes.setdefault(version.story_id, []).append(version)
    return [
        Shown(
            item,
            picture=pictures.get(item.picture.pk) if item.picture else None,
            notes=notes.get(item.story or 0, []),
            is_withdrawn=bool(item.story) and item.story not in live,
        )
        for item in content.items
    ]


def _neighbours(edition: Edition) -> tuple[Edition | None, Edition | None]:
    if not edition.is_out:
        return None, None
    others = out_of(edition.briefing)
    day, number = edition.day, edition.number
    before = others.filter(Q(day__lt=day) | Q(day=day, number__lt=number)).first()
    after = others.filter(Q(day__gt=day) | Q(day=day, number__gt=number)).last()
    return before, after


def out_of(briefing: Briefing) -> Any:
    """Return the editions of a briefing that readers have, the latest first, as lists show them."""
    found = Edition.objects.out().in_short().filter(briefing=briefing)
    return found.prefetch_related(Prefetch("briefing", Briefing.objects.only("slug", "name")))
