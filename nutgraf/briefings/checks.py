"""What is looked at before an edition goes out: what keeps it from going, and what somebody should have seen."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from nutgraf.briefings import composition, rendering, sending
from nutgraf.briefings.content import Content
from nutgraf.briefings.models import Edition
from nutgraf.stories import richtext

# What can be seen of a subject on most phones, and what no list of mails shows.
SHORT_SUBJECT, LONGEST_SUBJECT = 50, 90

# "To come": what an editor writes where something is still missing.
_TO_COME = re.compile(r"\bTK(?:TK)*\b")


@dataclass(frozen=True)
class Finding:
    """One thing that was found: does it keep the edition from going out, or is it for somebody to judge?"""

    says: str
    is_stop: bool = True


class NotReady(ValidationError):
    """An edition can't go out as it is."""


def require(edition: Edition, *, at: datetime.datetime) -> None:
    """Raise NotReady, saying everything, where something stands in the way."""
    if stops := [one.says for one in of(edition, at=at) if one.is_stop]:
        raise NotReady(stops)


def of(edition: Edition, *, at: datetime.datetime) -> list[Finding]:
    """Return what is found in an edition as it stands, the stops first; asks nobody outside."""
    content = composition.compose(edition, at=at)
    found = [
        *_subject(content),
        *_items(edition),
        *_to_come(content),
        *_pictures(content),
        *_size(edition, content),
    ]
    return sorted(found, key=lambda one: not one.is_stop)


def _subject(content: Content) -> Iterator[Finding]:
    subject = content.subject.strip()
    if not subject:
        yield Finding(_("Write a subject: it is what readers see first."))
    elif len(subject) > LONGEST_SUBJECT:
        told = {"length": len(subject), "shown": SHORT_SUBJECT}
        yield Finding(
            _("The subject has %(length)d letters, of which a phone shows about %(shown)d: shorten it.") % told
        )
    elif len(subject) > SHORT_SUBJECT:
        told = {"length": len(subject), "shown": SHORT_SUBJECT}
        yield Finding(
            _("The subject has %(length)d letters; a phone shows about %(shown)d of them.") % told, is_stop=False
        )
    if not content.preheader.strip():
        yield Finding(
            _("There is no preheader: mail programs show the first words of the mail in its place."), is_stop=False
        )
    if not content.opening:
        yield Finding(_("The curator says nothing at the beginning."), is_stop=False)


def _items(edition: Edition) -> Iterator[Finding]:
    if not edition.items:
        yield Finding(_("There is nothing in this edition yet."))
    hidden = {story.pk: story for story in composition.unpublished(edition)}
    for story in hidden.values():
        yield Finding(_("“%(headline)s” is not public, or not any more: take it out.") % {"headline": story.card_head})
    chosen = [
        child.value["story"].pk for child in edition.items if child.block_type == "story" and child.value["story"]
    ]
    if len(chosen) != len(set(chosen)):
        yield Finding(_("A story stands in it twice."), is_stop=False)
    if any(child.block_type == "story" and not child.value["story"] for child in edition.items):
        yield Finding(_("An item has no story any more: choose one, or take the item out."))
    if any(child.block_type == "storyline" and not child.value["storyline"] for child in edition.items):
        yield Finding(_("An item has no storyline any more: choose one, or take the item out."))


def _to_come(content: Content) -> Iterator[Finding]:
    for text in _texts(content):
        if _TO_COME.search(text):
            where = _TO_COME.sub(lambda one: f"»{one[0]}«", text)
            yield Finding(_("“TK” still stands for something to come: %(text)s") % {"text": _around(where)})


def _around(text: str, *, letters: int = 60) -> str:
    begin = max(0, text.find("»") - letters // 2)
    return text[begin : begin + letters].strip()


def _texts(content: Content) -> Iterator[str]:
    yield from [content.subject, content.preheader, *map(richtext.plain, content.opening)]
    for item in content.items:
        yield from [item.headline, item.figure, item.counts, item.source, item.quote, item.speaker, item.role]
        yield from map(richtext.plain, item.paragraphs)
        yield from (f"{line.lead} {line.words}" for line in item.lines)


def _pictures(content: Content) -> Iterator[Finding]:
    for shot in content.pictures:
        if not shot.alt_text.strip():
            told = {"caption": shot.caption or shot.credit_line or shot.pk}
            yield Finding(_("A picture has no alt text, so many see an empty frame in its place: %(caption)s") % told)
        if not shot.credit_line.strip():
            told = {"what": shot.alt_text or shot.caption or shot.pk}
            yield Finding(_("A picture has no credit line: %(what)s") % told, is_stop=False)


def _size(edition: Edition, content: Content) -> Iterator[Finding]:
    made = rendering.mail(
        content,
        rendering.issue_of(edition),
        newsroom="",
        places=sending.nobodys_places(),
        counting=rendering.counting(edition),
    )
    if made.size >= rendering.LONGEST:
        told: dict[str, Any] = {"size": made.size // 1000, "most": rendering.LONGEST // 1000}
        yield Finding(
            _("The mail has %(size)d KB, and some mail programs cut it off at %(most)d: take something out.") % told
        )
