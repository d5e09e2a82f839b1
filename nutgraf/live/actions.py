"""What can be done with a live story: start it, file, correct and remove entries, break one out, sum up, end it."""

from __future__ import annotations

import datetime
import json
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from nutgraf.live.models import LiveEntry, LiveRun
from nutgraf.media.models import Picture
from nutgraf.newsroom.models import Author
from nutgraf.stories import actions as story_actions
from nutgraf.stories import mirror, readiness, richtext, signals
from nutgraf.stories.models import Story

By = User | None

# As many have places among the story's facts.
MOST_ENTRIES = 20_000


@transaction.atomic
def start(*, story: Story, by: By, at: datetime.datetime) -> LiveRun:
    """Have a story go live, or go on after its end; one that is live already stays as it is."""
    run, is_new = LiveRun.objects.get_or_create(story=story, defaults={"started_at": at})
    if is_new or not run.is_open:
        run = _changing(run)
        run.ended_at, run.is_oldest_first = None, False
        run.save()
        Story.objects.filter(pk=story.pk).update(is_told_live=True)
        log(instance=story, action="nutgraf.live.started", user=by)
    return run


@transaction.atomic
def file(
    *,
    run: LiveRun,
    by: By,
    at: datetime.datetime,
    headline: str = "",
    body: Any = None,
    moment: datetime.datetime | None = None,
    is_key: bool = False,
    author: Author | None = None,
) -> LiveEntry:
    """Publish an entry; `moment` is for one that tells of something earlier.

    Raises ValidationError, by field, and keeps nothing, where something is
    missing or the coverage has ended.
    """
    run = _changing(run)
    if not run.is_open:
        raise ValidationError(_("This live coverage has ended. Start it again to file more."))
    if run.entries.count() >= MOST_ENTRIES:
        raise ValidationError(_("This live coverage is full. End it, and go on in another story."))
    latest = run.entries.aggregate(Max("number"))["number__max"] or 0
    entry = LiveEntry(
        run=run,
        number=latest + 1,
        at=moment or at,
        headline=" ".join(headline.split()),
        is_key=is_key,
        author=author or (Author.objects.filter(user=by).first() if by else None),
        filed_by=by,
        filed_at=at,
        change=run.change,
    )
    entry.body = body or []
    _check(entry, at=at)
    if expired := [picture for picture in _pictures(entry) if picture.is_expired(timezone.localdate(at))]:
        raise ValidationError({"body": [readiness.expiry(picture) for picture in expired]})
    run.save()
    entry.save()
    _mirror(entry, at=at)
    return entry


@transaction.atomic
def correct(
    *,
    entry: LiveEntry,
    by: By,
    at: datetime.datetime,
    sentence: str,
    headline: str | None = None,
    body: Any = None,
    known: str | None = None,
) -> LiveEntry:
    """Change what an entry says, and tell readers so in a sentence.

    Raises ValidationError without one, for what an entry cannot hold, and where it
    was corrected by others since whoever writes had its corrections (`known`) before
    them. What it said before is in the story's history.
    """
    if not (sentence := " ".join(sentence.split())):
        raise ValidationError({"correction": _("Say in a sentence what was wrong: readers will see it.")})
    run, entry = _both(entry)
    if not entry.is_public:
        raise ValidationError(_("This entry was removed; nothing of it is public that could be corrected."))
    if known is not None and known.split() != entry.correction.split():
        raise ValidationError(_("Another editor has corrected this entry meanwhile."), code="overtaken")
    before = {"headline": entry.headline, "words": entry.words}
    if headline is not None:
        entry.headline = " ".join(headline.split())
    if body is not None:
        entry.body = body
    entry.correction = "\n".join(filter(None, [entry.correction, sentence]))
    entry.corrected_at, entry.change = at, run.change
    _check(entry, at=at)
    run.save()
    entry.save()
    _mirror(entry, at=at)
    log(instance=run.story, action="nutgraf.live.corrected", user=by, data={"sentence": sentence, **before})
    return entry


@transaction.atomic
def remove(*, entry: LiveEntry, by: By, at: datetime.datetime, because: str) -> LiveEntry:
    """Take what an entry says from readers, and tell them since when and why.

    Raises ValidationError without a reason. Removing twice keeps the first reason.
    """
    if not (because := " ".join(because.split())):
        raise ValidationError({"because": _("Say in a sentence why: readers will see it.")})
    run, entry = _both(entry)
    if not entry.is_public:
        return entry
    entry.state, entry.removed_at, entry.removed_because = LiveEntry.State.REMOVED, at, because[:300]
    entry.change = run.change
    run.save()
    entry.save()
    _mirror(entry, at=at)
    data = {"reason": because, "headline": entry.headline, "words": entry.words}
    log(instance=run.story, action="nutgraf.live.removed", user=by, data=data)
    return entry


@transaction.atomic
def mark(*, entry: LiveEntry, is_key: bool) -> LiveEntry:
    """Put an entry among the key events on top, or take it out of them."""
    run, entry = _both(entry)
    if entry.is_key != is_key:
        entry.is_key, entry.change = is_key, run.change
        run.save()
        entry.save()
    return entry


@transaction.atomic
def break_out(*, entry: LiveEntry, by: By, at: datetime.datetime) -> Story:
    """Start a story of its own from an entry, as a draft; once both are public, each leads to the other.

    Asking twice gives the same story.
    """
    run, entry = _both(entry)
    if entry.broken_out_to:
        return entry.broken_out_to
    if not entry.is_public:
        raise ValidationError(_("This entry was removed; there is nothing to be made of it."))
    authors = [entry.author] if entry.author else list(run.story.authors)
    story = story_actions.file(
        by=by,
        at=at,
        headline=entry.line or run.story.title,
        authors=authors,
        section=run.story.section,
        body=json.dumps(list(entry.body.get_prep_value()), cls=DjangoJSONEncoder),
    )
    entry.broken_out_to, entry.change = story, run.change
    run.save()
    entry.save()
    log(instance=run.story, action="nutgraf.live.broken_out", user=by, data={"headline": story.title})
    return story


@transaction.atomic
def sum_up(*, run: LiveRun, summary: str, by: By) -> LiveRun:
    """Say on top what a reader has to know who comes only now; each paragraph is a bullet."""
    run = _changing(run)
    run.summary = richtext.clean(summary)
    run.save()
    return run


@transaction.atomic
def end(*, run: LiveRun, by: By, at: datetime.datetime, is_oldest_first: bool = False) -> LiveRun:
    """End the coverage: nothing more is filed, and readers read it in the order that is chosen. Twice changes only that."""
    was_open = run.is_open
    run = _changing(run)
    run.ended_at, run.is_oldest_first = run.ended_at or at, is_oldest_first
    run.save()
    if was_open:
        Story.objects.filter(pk=run.story_id).update(is_told_live=False)
        log(instance=run.story, action="nutgraf.live.ended", user=by)
    return run


def on_published(*, story: Story, before: Story, at: datetime.datetime, **kwargs: Any) -> None:
    """Hear that a story was made public: what its entries say becomes public with it."""
    run = None if before.live else LiveRun.objects.filter(story=story).first()
    if run and run.entries.exists():
        for entry in run.entries.filter(state=LiveEntry.State.PUBLIC):
            mirror.write_beside(story, entry.body, place=entry.number, at=at)
        signals.facts_changed.send(sender=Story, story=story, at=at)


def _changing(run: LiveRun) -> LiveRun:
    """Return the coverage as it is now, with the number of the change that is being made; others wait until it is."""
    run = LiveRun.objects.select_for_update(of=("self",)).select_related("story").get(pk=run.pk)
    run.change += 1
    return run


def _both(entry: LiveEntry) -> tuple[LiveRun, LiveEntry]:
    run = _changing(entry.run)
    return run, LiveEntry.objects.select_related("author", "broken_out_to").get(pk=entry.pk)


def _check(entry: LiveEntry, *, at: datetime.datetime) -> None:
    """Raise ValidationError, by field, unless readers may see the entry at that moment."""
    if entry.at > at:
        raise ValidationError({"at": _("This moment is still to come.")})
    entry.full_clean(exclude=["body", "run", "broken_out_to", "author", "filed_by"])
    if not entry.headline and not len(entry.body):
        raise ValidationError({"body": _("Write what has happened.")})
    if found := readiness.of_body(entry.body):
        raise ValidationError({"body": found})
    # What an entry does not hold is taken out, as it is of a story.
    entry.body = entry.body.stream_block.clean_deferred(entry.body)


def _pictures(entry: LiveEntry) -> list[Picture]:
    return [part.value["picture"] for part in entry.body if part.block_type == "picture"]


def _mirror(entry: LiveEntry, *, at: datetime.datetime) -> None:
    """Have the story's facts say what the entry says; nothing while the story is not public."""
    story = Story.objects.live().filter(pk=entry.run.story_id).first()
    if story:
        mirror.write_beside(story, entry.body if entry.is_public else None, place=entry.number, at=at)
        signals.facts_changed.send(sender=Story, story=story, at=at)
