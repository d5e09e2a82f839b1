"""What the desk asks of items: what one says, what is another in it since it was taken, and which ones want somebody."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.db.models import Q

from nutgraf.copydesk import comparing, drafts, public_text
from nutgraf.copydesk.comparing import Change
from nutgraf.copydesk.public_text import Piece
from nutgraf.imports.models import WireItem
from nutgraf.imports.wire import actions, drafting, keeping, merging
from nutgraf.imports.wire.items import Item
from nutgraf.imports.wire.merging import NOTHING, Words


@dataclass(frozen=True)
class Shown:
    """An item as the desk reads it."""

    item: Item
    # What it says, in the order of a story.
    pieces: list[Piece]
    # What is another than before, or than when it was taken.
    changes: list[Change]
    # Those of the changes that the desk has changed itself: they stay as the desk has them.
    clashes: set[str] = field(default_factory=set)
    # What no block can hold, and why.
    left: list[tuple[str, str]] = field(default_factory=list)


def shown(row: WireItem) -> Shown:
    """Return what an item says, and what has changed in it."""
    item = keeping.from_text(row.content)
    before = _before(row)
    made = actions.make(row, item, before=before)
    remarks = [(words, str(reason)) for words, reason in item.remarks]
    changes = comparing.compare(_pieces(before), _pieces(made.words)) if before != NOTHING else []
    return Shown(item, _pieces(made.words), changes, _clashes(row, made.words), [*made.left, *remarks])


def wanting(user_id: int | None) -> list[WireItem]:
    """Return what was taken back by its source, for everybody; and what has changed, for whoever took it."""
    asked = Q(attention=WireItem.Attention.KILL) | Q(attention=WireItem.Attention.UPDATE, taken_by=user_id)
    return list(WireItem.objects.in_short().wanting().filter(asked).order_by("attention", "-changed_at", "-pk")[:20])


def of_story(story_id: int) -> WireItem | None:
    """Return the item that a story was made of."""
    return WireItem.objects.select_related("wire").filter(story=story_id).order_by("-taken_at", "-pk").first()


def _before(row: WireItem) -> Words:
    if row.made:
        return Words.from_json(row.made)
    return actions.make(row, keeping.from_text(row.before)).words if row.before else NOTHING


def _clashes(row: WireItem, theirs: Words) -> set[str]:
    if row.story is None or not row.made:
        return set()
    story = row.story.get_latest_revision_as_object()
    mine = drafting.words_of(story)
    return set(merging.merge(base=Words.from_json(row.made), theirs=theirs, mine=mine).clashes)


def _pieces(words: Words) -> list[Piece]:
    lines = {"headline": words.headline}
    return public_text.pieces(lines, lede=drafts.inner(words.lede), hero=None, body=words.body)
