"""What the page of an edition shows of it now: with what was said of its stories since, and what lies beside it."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Mapping, Sequence
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
    before, after = _neighbours(edition)
    return gather([(edition, content)])[0] | {"before": before, "after": after}


def gather(editions: Sequence[tuple[Edition, Content]]) -> list[dict[str, Any]]:
    """Return what each of some editions shows now: a number of queries that does not grow with them."""
    stories = {key for _, content in editions for key in content.stories}
    live = set(Story.objects.filter(pk__in=stories, live=True).values_list("pk", flat=True))
    pictures = Picture.objects.in_bulk({shot.pk for _, content in editions for shot in content.pictures})
    notes = _notes(stories, since=min((edition.out_at for edition, _ in editions if edition.out_at), default=None))
    mails: dict[int | None, list[CorrectionMail]] = {}
    for mail in CorrectionMail.objects.filter(edition__in=[edition.pk for edition, _ in editions if edition.pk]):
        mails.setdefault(mail.edition_id, []).append(mail)
    return [
        {
            "edition": edition,
            "briefing": edition.briefing,
            "content": content,
            "picture": pictures.get(content.picture.pk) if content.picture else None,
            "items": [_shown(item, edition, pictures, live, notes) for item in content.items],
            "correction_mails": mails.get(edition.pk, []),
        }
        for edition, content in editions
    ]


def _notes(stories: Collection[int], *, since: datetime.datetime | None) -> dict[int, list[PublicVersion]]:
    """Return what was said of stories since a moment, for each in the order of time."""
    notes: dict[int, list[PublicVersion]] = {}
    if since:
        versions = PublicVersion.objects.noted().in_short().filter(story__in=stories, at__gt=since)
        for version in versions.order_by("at", "pk"):
            notes.setdefault(version.story_id, []).append(version)
    return notes


def _shown(
    item: Item,
    edition: Edition,
    pictures: Mapping[int, Picture],
    live: Collection[int],
    notes: Mapping[int, list[PublicVersion]],
) -> Shown:
    return Shown(
        item,
        picture=pictures.get(item.picture.pk) if item.picture else None,
        notes=[one for one in notes.get(item.story or 0, []) if edition.out_at and one.at > edition.out_at],
        is_withdrawn=bool(item.story) and item.story not in live,
    )


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


def latest_of(briefing: Briefing) -> Edition | None:
    """Return the latest edition of a briefing that readers have, as lists show it."""
    latest: Edition | None = Edition.objects.out().in_short().filter(briefing=briefing).first()
    if latest:
        latest.briefing = briefing
    return latest
