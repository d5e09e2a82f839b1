"""Open the demo's storylines before its stories are filed, and edit them afterwards as an editor would."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from django.contrib.auth.models import AbstractUser, User

from nutgraf.demo.content.places import PLACES
from nutgraf.demo.content.storylines import storylines
from nutgraf.demo.dates import Dates
from nutgraf.demo.plans import MergePlan
from nutgraf.media.models import Picture
from nutgraf.storylines import actions, overriding
from nutgraf.storylines.identity import voice_key
from nutgraf.storylines.models import MapPlace, Storyline


def open_all(dates: Dates, *, owner: AbstractUser, pictures: Mapping[str, Picture]) -> dict[str, list[Storyline]]:
    """Open every storyline, with its places on the map; return them by the slugs of the stories that belong to them."""
    for name, latitude, longitude in PLACES:
        MapPlace.objects.create(name=name, latitude=latitude, longitude=longitude)
    belonging: dict[str, list[Storyline]] = defaultdict(list)
    for plan in storylines(dates):
        opened = actions.open_storyline(
            name=plan.name,
            slug=plan.slug,
            picture=pictures.get(plan.picture),
            review_date=plan.review_date,
            by=_user(owner),
            at=plan.opened_at,
        )
        for slug in plan.stories:
            belonging[slug].append(opened)
    return belonging


def edit_all(dates: Dates, *, by: AbstractUser) -> None:
    """Summarise, pin, merge and close, as planned."""
    for plan in storylines(dates):
        storyline = Storyline.objects.get(slug=plan.slug)
        for at, text in plan.summaries:
            actions.summarise(storyline=storyline, text=text, by=_user(by), at=at)
        for counts in plan.pinned:
            entry = storyline.entries.filter(mentions__number__counts=counts).distinct().get()
            overriding.pin(what=entry, note="", by=_user(by), at=dates.at)
        for merge in plan.merged:
            _merge(storyline, merge, dates=dates, by=by)
        if plan.closed_at:
            actions.close(storyline=Storyline.objects.get(pk=storyline.pk), by=by, at=plan.closed_at)


def _merge(storyline: Storyline, merge: MergePlan, *, dates: Dates, by: AbstractUser) -> None:
    entry, into = (
        storyline.entries.get(key=voice_key(merge.name, affiliation)) for affiliation in (merge.affiliation, merge.into)
    )
    overriding.merge(entry=entry, into=into, note=merge.note, by=_user(by), at=dates.at)


def _user(staff: AbstractUser) -> User:
    assert isinstance(staff, User)  # noqa: S101 (the only kind there is)
    return staff
