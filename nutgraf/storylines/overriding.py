"""Pin, hide, reword and merge what a storyline has assembled, with a note in its history, and take that back."""

from __future__ import annotations

import datetime
import textwrap
from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import AbstractBaseUser, User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from nutgraf.stories.models import Number, Quote
from nutgraf.storylines import assembly
from nutgraf.storylines.models import Entry, Mention, Override

Action = Override.Action


def pin(*, what: Entry | Mention, note: str, by: User | None, at: datetime.datetime) -> Override:
    """Show an entry before the others, or a fact before the others of its entry."""
    return _override(Action.PIN, what, note=note, by=by, at=at)


def hide(*, what: Entry | Mention, note: str, by: User | None, at: datetime.datetime) -> Override:
    """Keep an entry, or one fact of it, from the storyline's pages; its stories stay as they are."""
    return _override(Action.HIDE, what, note=note, by=by, at=at)


def reword(*, what: Entry | Mention, words: str, note: str, by: User | None, at: datetime.datetime) -> Override:
    """Show other words for who speaks, what is counted or what happens; raises ValidationError without any."""
    if not (words := " ".join(words.split())):
        raise ValidationError(_("Write the words that readers are to see."))
    if len(words) > 300:
        raise ValidationError(_("Write at most 300 characters."))
    return _override(Action.REWORD, what, words=words, note=note, by=by, at=at)


def merge(*, entry: Entry, into: Entry, note: str, by: User | None, at: datetime.datetime) -> Override:
    """Show two entries as one from now on, whatever stories still come.

    Raises ValidationError where they are not two of one kind in one storyline.
    """
    if entry.pk == into.pk or (entry.storyline_id, entry.kind) != (into.storyline_id, into.kind):
        raise ValidationError(_("Only two entries of one kind and one storyline can be merged."))
    return _override(Action.MERGE, entry, into_key=into.key, name=_both(entry, into), note=note, by=by, at=at)


@transaction.atomic
def take_back(*, override: Override, by: AbstractBaseUser | None, at: datetime.datetime) -> None:
    """Let the storyline show again what it assembles by itself; its history keeps that it was overridden."""
    storyline = override.storyline
    about: Entry | Mention | None = storyline.entries.filter(kind=override.kind, key=override.key).first()
    if override.story_id:
        facts = Mention.objects.filter(entry__storyline=storyline, story=override.story_id)
        about = facts.filter(block_id=override.block_id).first()
    log(instance=storyline, action="nutgraf.storyline.restored", user=by, data=_told(override, about))
    override.delete()
    assembly.assemble(storyline)


@transaction.atomic
def _override(
    action: Action, what: Entry | Mention, *, note: str, by: User | None, at: datetime.datetime, **values: Any
) -> Override:
    entry = what if isinstance(what, Entry) else what.entry
    about: dict[str, Any] = (
        {"key": entry.key, "story": None, "block_id": ""}
        if isinstance(what, Entry)
        else {"key": "", "story_id": what.story_id, "block_id": what.block_id}
    )
    override, _is_new = Override.objects.update_or_create(
        storyline=entry.storyline,
        kind=entry.kind,
        action=action,
        **about,
        defaults={"note": " ".join(note.split())[:300], "by": by, "at": at, **values},
    )
    log(instance=entry.storyline, action="nutgraf.storyline.override", user=by, data=_told(override, what))
    assembly.assemble(entry.storyline)
    return override


def _told(override: Override, what: Entry | Mention | None) -> dict[str, str]:
    """Return what the history keeps of an override."""
    name = override.name or (named(what) if what else override.key)
    return {
        "action": str(override.get_action_display()).capitalize(),
        "what": f"{name} → {override.words}" if override.words else name,
        "note": override.note,
    }


def named(what: Entry | Mention) -> str:
    """Return an entry or a fact as its latest story has it: who speaks, what is counted, what happens."""
    if isinstance(what, Mention):
        return _name(what)
    return names([what]).get(what.pk, str(what))


def names(entries: Iterable[Entry]) -> dict[int, str]:
    """Return the names of some entries, in one statement."""
    mentions = Mention.objects.filter(entry__in=[entry.pk for entry in entries])
    order = ("as_of", "published_at", "pk")
    return {one.entry_id: _name(one) for one in mentions.select_related("quote", "number", "event").order_by(*order)}


def names_of(overrides: Iterable[Override]) -> dict[int, str]:
    """Return what each of some overrides of one storyline is about, in two statements: an entry, or one merged into another."""
    some = list(overrides)
    keys = {key for one in some for key in (one.key, one.into_key) if key}
    entries = Entry.objects.filter(storyline__in={one.storyline_id for one in some}, key__in=keys)
    found = {(entry.kind, entry.key): entry.pk for entry in entries}
    named = names(entries)

    def name(kind: str, key: str) -> str:
        # What was merged has no entry any more; its key is made of its words.
        return named.get(found.get((kind, key), 0)) or " ".join(key.replace("|", " ").replace("+", " ").split())

    return {
        one.pk: one.name or " → ".join(name(one.kind, key) for key in (one.key, one.into_key) if key) for one in some
    }


def _both(entry: Entry, into: Entry) -> str:
    """Name two entries that are still two, each so that there is room for both."""
    return " → ".join(textwrap.shorten(named(one), 145, placeholder="…") for one in (entry, into))


def _name(mention: Mention) -> str:
    fact = mention.fact
    if isinstance(fact, Quote):
        return ", ".join(filter(None, [fact.speaker, fact.affiliation]))
    return (
        " ".join(filter(None, [fact.counts, fact.unit and f"({fact.unit})"])) if isinstance(fact, Number) else fact.what
    )
