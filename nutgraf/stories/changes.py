"""No silent edits: find out what a publish changes for readers, what it may be called, and write that down."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

from django.contrib.auth.models import AbstractBaseUser, User
from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import log

from nutgraf.copydesk import comparing, meaning, public_text
from nutgraf.copydesk.comparing import Change
from nutgraf.copydesk.public_text import Piece
from nutgraf.stories.models.changes import LONGEST_SENTENCE, ChangeKind, Moments, PublicVersion

if TYPE_CHECKING:
    from nutgraf.stories.models.story import Story

# What is worth a line in the story's history, beside Wagtail's own of the publication.
_LOGGED = {PublicVersion.Kind.MINOR, *PublicVersion.NOTED}
_NEEDED = {
    ChangeKind.CORRECTION: gettext_lazy("A correction needs a sentence that tells readers what was wrong."),
    ChangeKind.CLARIFICATION: gettext_lazy("A clarification needs a sentence that tells readers what was unclear."),
    ChangeKind.NOTE: gettext_lazy("Write the editor’s note: a sentence to readers."),
}


@dataclass(frozen=True)
class Pending:
    """What publishing a story as it stands would give to readers, beside what they have."""

    story: Story
    before: PublicVersion | None
    pieces: list[Piece]
    changes: list[Change] = field(default_factory=list)

    @property
    def is_again(self) -> bool:
        """Whether readers have had the story before, so that they are told what is another."""
        return self.before is not None

    @property
    def was_withdrawn(self) -> bool:
        """Whether it would come back after it was withdrawn."""
        return self.before is not None and self.before.kind == PublicVersion.Kind.WITHDRAWAL

    @cached_property
    def suggestion(self) -> str:
        """What it is best called, before anybody has said so; nothing where readers get nothing new."""
        if self.was_withdrawn:
            return ChangeKind.NOTE
        return meaning.suggest(self.changes) if self.is_again else ""

    @property
    def is_for_asking(self) -> bool:
        """Whether only somebody who knows can say what to call it: was the fact wrong, or is it another by now?"""
        return self.suggestion == ChangeKind.CORRECTION

    @property
    def differences(self) -> list[meaning.Difference]:
        """The facts that other facts have taken the place of."""
        return meaning.differences(self.changes)

    @property
    def kind(self) -> str:
        """What it is called: as somebody said, or as it is where there was nobody to ask."""
        if self.before is None:
            return PublicVersion.Kind.FIRST
        return self.story.change_kind or (ChangeKind.UPDATE if self.is_for_asking else self.suggestion)

    @property
    def sentence(self) -> str:
        """What readers are told about it."""
        return " ".join(self.story.change_sentence.split()) if self.is_again else ""

    @property
    def is_nothing(self) -> bool:
        """Whether readers would see no difference, and are told nothing either."""
        return self.is_again and not self.changes and not self.was_withdrawn and not self.is_said

    @property
    def is_said(self) -> bool:
        """Whether it is called something that readers are told in a sentence."""
        return self.kind in ChangeKind.needing_sentence()


def pending(story: Story) -> Pending:
    """Return what publishing the story as it stands would change for readers: one query."""
    before = PublicVersion.objects.latest_of(story.pk) if story.pk else None
    pieces = public_pieces(story)
    return Pending(story, before, pieces, comparing.compare(before.pieces, pieces) if before else [])


def public_pieces(story: Story) -> list[Piece]:
    """Return all that the story says, as it stands."""
    lines = {
        "headline": story.title,
        "short_head": story.short_head,
        "eyebrow": story.eyebrow,
        "byline": ", ".join(author.name for author in story.authors),
        "dateline": ", ".join(
            filter(None, [story.dateline_place, story.dateline_date.isoformat() if story.dateline_date else ""])
        ),
    }
    hero = {"picture": story.hero_id, "caption": story.hero_caption, "alt_text": story.hero_alt_text}
    body = json.loads(json.dumps(list(story.body.get_prep_value()), cls=DjangoJSONEncoder))
    return public_text.pieces(lines, lede=story.lede or "", hero=hero if story.hero_id else None, body=body)


def problems(change: Pending) -> Iterator[tuple[str, str]]:
    """Yield what stands in the way of a public change, each with its field."""
    if not change.is_again:
        return
    if change.kind in ChangeKind.needing_sentence() and not change.sentence:
        back = _("It was withdrawn: write a sentence that tells readers why it is back.")
        yield "change_sentence", back if change.was_withdrawn else str(_NEEDED[ChangeKind(change.kind)])
    if len(change.sentence) > LONGEST_SENTENCE:
        yield "change_sentence", _("Say it in %(longest)d letters or fewer.") % {"longest": LONGEST_SENTENCE}
    if change.kind == ChangeKind.MINOR and (change.was_withdrawn or not meaning.is_small(change.changes)):
        yield (
            "change_kind",
            _(
                "This changes more than the spelling of a few words: call it an update, a correction or a clarification."
            ),
        )


def next_version(change: Pending, *, by: AbstractBaseUser | None, at: datetime.datetime) -> PublicVersion:
    """Return what a publication will have made public: a version to be recorded, or that which readers have."""
    return change.before if change.before and change.is_nothing else version(change, by=by, at=at)


def record(made: PublicVersion) -> bool:
    """Write down what was just made public; return whether it is a new version at all."""
    if made.pk:
        return False
    made.save()
    if made.kind in _LOGGED:
        _log(made, by=made.by)
    return True


def version(change: Pending, *, by: AbstractBaseUser | None, at: datetime.datetime) -> PublicVersion:
    """Return what is to be written down of a publication."""
    before = change.before
    # Nothing can become public before what it takes the place of.
    at = max(at, before.at) if before else at
    return PublicVersion(
        story=change.story,
        number=before.number + 1 if before else 1,
        at=at,
        by=cast("User | None", by),
        kind=change.kind,
        sentence=change.sentence,
        content=[piece.as_json() for piece in change.pieces],
        changes=[one.as_json() for one in change.changes],
        moments=_moments(change, at=at).as_json(),
    )


def withdraw(story: Story, *, reason: str, by: AbstractBaseUser | None, at: datetime.datetime) -> PublicVersion:
    """Write down that a public story is withdrawn, and what readers are told about that."""
    reason = " ".join(reason.split())
    if not reason:
        raise ValidationError({"reason": _("Give a reason: readers will find it where the story was.")})
    if len(reason) > LONGEST_SENTENCE:
        raise ValidationError({"reason": _("Say it in %(longest)d letters or fewer.") % {"longest": LONGEST_SENTENCE}})
    before = PublicVersion.objects.latest_of(story.pk)
    if not story.live or before is None:
        raise ValidationError(_("Readers do not have this story, so there is nothing to withdraw."))
    version = PublicVersion.objects.create(
        story=story,
        number=before.number + 1,
        at=max(at, before.at),
        by=cast("User | None", by),
        kind=PublicVersion.Kind.WITHDRAWAL,
        sentence=reason,
        content=before.content,
        moments=before.moments,
    )
    _log(version, by=by)
    return version


def _log(version: PublicVersion, *, by: AbstractBaseUser | None) -> None:
    data = {"kind": version.kind, "sentence": version.sentence, "number": version.number}
    log(instance=version.story, action="nutgraf.change", user=by, data=data)


def _moments(change: Pending, *, at: datetime.datetime) -> Moments:
    """Return since when each piece is public and means what it means; a typo moves nothing."""
    former = change.before.public_since if change.before else Moments()
    touched = {one.piece.id for one in change.changes if one.says_something_else}
    moments = Moments()
    for piece in change.pieces:
        public, changed = former.get(piece.id, (at, at))
        is_moved = piece.id in touched and change.kind != ChangeKind.MINOR
        moments[piece.id] = (public, at if is_moved else changed)
    return moments
