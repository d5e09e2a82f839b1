"""What can be done with a storyline: open it, put stories in and take them out, summarise, merge, let it rest and wake it."""

from __future__ import annotations

import datetime
from typing import Any

from django.contrib.auth.models import AbstractBaseUser, User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from nutgraf.newsroom import addresses
from nutgraf.stories.models import Story
from nutgraf.storylines import assembly, identity, listening, states, tasks
from nutgraf.storylines.models import Override, Storyline, StorylineStory, SummaryVersion, Unrelated
from nutgraf.streams import actions as streams

State = Storyline.State
DAYS_BETWEEN_REVIEWS = 7


@transaction.atomic
def open_storyline(*, name: str, by: User | None, at: datetime.datetime, **fields: Any) -> Storyline:
    """Open a storyline; without a slug one is made from its name."""
    fields.setdefault("slug", slugify(name)[:80].strip("-"))
    summary = fields.pop("summary", "")
    storyline = Storyline(name=name, owner=fields.pop("owner", by), created_at=at, state_at=at, **fields)
    storyline.full_clean(exclude=["owner"])
    storyline.save()
    log(instance=storyline, action="wagtail.create", user=by)
    summarise(storyline=storyline, text=summary, by=by, at=at)
    return storyline


@transaction.atomic
def summarise(*, storyline: Storyline, text: str, by: User | None, at: datetime.datetime) -> None:
    """Give it another summary, and keep the one that readers had; the same text again changes nothing."""
    text = " ".join(text.split())
    latest = storyline.summaries.first()
    if text != (latest.text if latest else ""):
        SummaryVersion.objects.create(storyline=storyline, text=text, at=at, by=by)
    if text != storyline.summary or not latest:
        storyline.summary = text
        storyline.save(update_fields=["summary"])


@transaction.atomic
def put_in(*, story: Story, storyline: Storyline, by: User | None, at: datetime.datetime) -> None:
    """Have a story belong to a storyline: for readers at once if it is public, and in its newest draft too.

    Doing it twice changes nothing.
    """
    storyline = storyline.merged_into or storyline
    place, is_new = StorylineStory.objects.get_or_create(
        story=story, storyline=storyline, defaults={"added_at": at, "by": by}
    )
    _in_draft(story, lambda draft: _add_to(draft, place))
    if is_new:
        log(instance=storyline, action="nutgraf.storyline.put_in", user=by, data={"headline": story.title})
        listening.refresh(Story.objects.get(pk=story.pk), at=at)


@transaction.atomic
def take_out(*, story: Story, storyline: Storyline, by: AbstractBaseUser | None, at: datetime.datetime) -> None:
    """Have a story belong to a storyline no more, for readers and in its newest draft; it may be not in it already."""
    gone = StorylineStory.objects.filter(story=story, storyline__in=_family(storyline))
    _in_draft(story, lambda draft: _take_from(draft, set(_family(storyline))))
    if gone.exists():
        gone.delete()
        log(instance=storyline, action="nutgraf.storyline.take_out", user=by, data={"headline": story.title})
        listening.refresh(Story.objects.get(pk=story.pk), at=at)


@transaction.atomic
def set_aside(*, story: Story, storyline: Storyline, by: User | None, at: datetime.datetime) -> None:
    """Note that a story does not belong, however it looks: it is suggested for this storyline no more."""
    _, is_new = Unrelated.objects.get_or_create(story=story, storyline=storyline, defaults={"at": at, "by": by})
    if is_new:
        log(instance=storyline, action="nutgraf.storyline.set_aside", user=by, data={"headline": story.title})


@transaction.atomic
def merge(*, storyline: Storyline, into: Storyline, by: AbstractBaseUser | None, at: datetime.datetime) -> Storyline:
    """Have one storyline go into another: its stories, its overrides and its address, for ever.

    Raises ValidationError where the two are one already.
    """
    into = into.merged_into or into
    if storyline.pk == into.pk or storyline.is_merged:
        raise ValidationError(_("“%(name)s” is part of that storyline already."), params={"name": storyline.name})
    Storyline.objects.filter(merged_into=storyline).update(merged_into=into)
    taken = {_name_of(one) for one in into.overrides.all()}
    for one in storyline.overrides.all():
        if _name_of(one) not in taken:
            one.storyline = into
            one.save(update_fields=["storyline"])
    storyline.merged_into = into
    storyline.save(update_fields=["merged_into"])
    storyline.entries.all().delete()
    for story in Story.objects.filter(live=True, storyline_places__storyline=storyline).distinct():
        streams.enter(story=story)
    assembly.assemble(into)
    states.hear_of_stories(into, at=at)
    for changed in (storyline, into):
        tasks.learn_storyline.enqueue(changed.pk)
    addresses.moved(old=storyline.get_absolute_url(), new=into.get_absolute_url())
    log(instance=storyline, action="nutgraf.storyline.merged", user=by, data={"into": into.name})
    return into


@transaction.atomic
def close(*, storyline: Storyline, by: AbstractBaseUser | None, at: datetime.datetime) -> None:
    """Say to readers that it has come to its end; the next new story opens it again."""
    states.enter(storyline, State.CLOSED, by=by, at=at)


@transaction.atomic
def reopen(*, storyline: Storyline, by: AbstractBaseUser | None, at: datetime.datetime) -> None:
    """Say to readers that it goes on; from now on it may be silent for as long again."""
    storyline.reopened_at = at
    storyline.save(update_fields=["reopened_at"])
    states.enter(storyline, State.DEVELOPING, by=by, at=at)


@transaction.atomic
def review(
    *, storyline: Storyline, by: AbstractBaseUser | None, at: datetime.datetime, again: datetime.date | None = None
) -> None:
    """Note that its owner has looked at it, and when that is to be done again: in a week, if nothing else is said.

    Raises ValidationError for a day that is not to come.
    """
    today = timezone.localdate(at)
    again = again or today + datetime.timedelta(days=DAYS_BETWEEN_REVIEWS)
    if again <= today:
        raise ValidationError(_("The next review is on a day to come."))
    storyline.review_date = again
    storyline.save(update_fields=["review_date"])
    log(instance=storyline, action="nutgraf.storyline.review", user=by, data={"again": again.isoformat()})


def tend(*, at: datetime.datetime) -> int:
    """Let storylines that have been silent for long go quiet, and then close; return how many changed."""
    changed = 0
    for storyline in Storyline.objects.standing().exclude(state=State.CLOSED):
        if (due := storyline.state_due(at)) != storyline.state:
            with transaction.atomic():
                states.enter(storyline, due, by=None, at=at)
            changed += 1
    return changed


def assemble_outdated() -> int:
    """Assemble storylines anew that were assembled by other rules for what is the same; return how many there were."""
    outdated = list(Storyline.objects.standing().exclude(rules=identity.RULES))
    for storyline in outdated:
        assembly.assemble(storyline)
    return len(outdated)


def _family(storyline: Storyline) -> list[int]:
    return [storyline.pk, *Storyline.objects.filter(merged_into=storyline).values_list("pk", flat=True)]


def _name_of(override: Override) -> tuple[Any, ...]:
    return (override.kind, override.action, override.key, override.story_id, override.block_id)


def _in_draft(story: Story, change: Any) -> None:
    """Change the newest draft in place, so that the next publication does not undo what was done beside it."""
    revision = story.get_latest_revision()
    if revision is None:
        return
    draft = revision.as_object()
    if change(draft):
        revision.content = draft.serializable_data()
        revision.save(update_fields=["content"])


def _add_to(draft: Story, place: StorylineStory) -> bool:
    places = list(draft.storyline_places.all())
    if any(one.storyline_id == place.storyline_id for one in places):
        return False
    draft.storyline_places = [*places, place]
    return True


def _take_from(draft: Story, keys: set[int]) -> bool:
    places = list(draft.storyline_places.all())
    kept = [one for one in places if one.storyline_id not in keys]
    draft.storyline_places = kept
    return len(kept) != len(places)
