"""Write down what a wire brought: new items into the inbox, changed ones beside what was there, kills where they are seen."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from nutgraf.imports.models import Wire, WireItem
from nutgraf.imports.wire import keeping
from nutgraf.imports.wire.items import Item, Status, Wrong
from nutgraf.imports.wire.reading import words
from nutgraf.stories import actions
from nutgraf.stories.models import Story

State, Attention = WireItem.State, WireItem.Attention

# So much of a text is looked at for its first words.
LOOKED_AT = 3_000
# Of the letters of one item, with its original: the longest news is a hundredth of that.
LONGEST = 2_000_000
# Of one reading; a feed has its newest first.
MOST_ITEMS = 1_000


@dataclass
class Received:
    """What a reading of a wire brought."""

    new: int = 0
    changed: int = 0
    same: int = 0
    # What could not be taken, and why; of many only how many there were.
    wrong: int = 0
    first_wrong: str = ""
    is_cut: bool = False

    def add_wrong(self, place: str, reason: object) -> None:
        """Count something that could not be taken."""
        self.wrong += 1
        self.first_wrong = self.first_wrong or f"{place[:80]}: {reason}"


def receive(*, wire: Wire, items: Iterable[Item | Wrong], at: datetime.datetime) -> Received:
    """Write down what a wire holds at a moment; whatever is as before is left alone.

    What is not there any more was no kill: feeds show what is newest. A story
    that is public stays as it is, whatever came.
    """
    received = Received()
    newest = _chosen(items, received)
    known = {row.key: row for row in wire.items.filter(key__in=newest).defer("made")}
    wire.items.filter(key__in=newest).update(seen_at=at)
    new = []
    for key, item in newest.items():
        row = known.get(key)
        if row is not None:
            item = _with_what_was(row, item, at=at)
            if item.version == row.version:
                received.same += 1
            else:
                _change(row, item, at=at)
                received.changed += 1
        elif item.status is not Status.CANCELED:
            # What was taken back before we saw it is nobody's business here.
            row = WireItem(wire=wire, key=key, first_seen_at=at, seen_at=at, changed_at=at)
            _write(row, item)
            new.append(row)
    # The newest stands first in a feed, and in the inbox by its number.
    WireItem.objects.bulk_create(reversed(new), batch_size=100)
    received.new = len(new)
    return received


def settle(row: WireItem, *, at: datetime.datetime) -> None:
    """Hold the story that was made of an item as its source asks, or let it go; a public one is not touched."""
    story = Story.objects.filter(pk=row.story_id, first_published_at=None).first() if row.story_id else None
    if story is None:
        return
    if row.is_killed:
        actions.hold(story=story, reason=_("%(source)s took it back.") % {"source": row.source}, until=None, at=at)
    elif row.is_withheld:
        reason = _("%(source)s withholds it for now.") % {"source": row.source}
        actions.hold(story=story, reason=reason, until=None, at=at)
    elif row.embargoed_at is not None and row.is_embargoed(at):
        reason = _("It is under an embargo of %(source)s.") % {"source": row.source}
        actions.hold(story=story, reason=reason, until=row.embargoed_at, at=at)
    else:
        actions.lift(story=story, by=None)


def _chosen(items: Iterable[Item | Wrong], received: Received) -> dict[str, Item]:
    """Return the items by their keys; of two that are called the same the one that was changed last."""
    chosen: dict[str, Item] = {}
    for found in items:
        if isinstance(found, Wrong):
            received.add_wrong(found.name or found.place, found.reason)
            continue
        if len(found.body_html) + len(found.original) > LONGEST:
            received.add_wrong(found.headline or found.id, _("it is too long"))
            continue
        item = keeping.cleaned(found)
        key = keeping.key_of(item)
        if key in chosen:
            received.add_wrong(item.headline or key, _("another item has the same id"))
            if _moment(item) <= _moment(chosen[key]):
                continue
        elif len(chosen) >= MOST_ITEMS:
            received.is_cut = True
            break
        chosen[key] = item
    return chosen


def _moment(item: Item) -> datetime.datetime:
    return item.changed or item.published or datetime.datetime.min.replace(tzinfo=datetime.UTC)


def _with_what_was(row: WireItem, item: Item, *, at: datetime.datetime) -> Item:
    """Return an item with its former words, where whoever takes it back says no more than that."""
    if item.status is not Status.CANCELED or item.headline or item.body_html:
        return item
    was = keeping.from_text(row.content)
    return was if row.is_killed else replace(was, status=Status.CANCELED, changed=item.changed or at)


@transaction.atomic
def _change(row: WireItem, item: Item, *, at: datetime.datetime) -> None:
    """Put what came in place of what was there."""
    if row.state != State.TAKEN:
        row.before = row.content
    was_killed = row.is_killed
    _write(row, item)
    row.changed_at = at
    # What was taken back once is not taken back again by other words.
    row.attention = row.attention if was_killed and row.is_killed else _attention(row)
    row.save(update_fields=[*WRITTEN, "before", "changed_at", "attention"])
    if not (was_killed and row.is_killed):
        settle(row, at=at)


def _attention(row: WireItem) -> str:
    # Whoever has deleted the story has nothing to decide about it.
    if row.state != State.TAKEN or not row.has_story:
        return Attention.NONE
    if row.is_killed or row.is_withheld:
        return Attention.KILL
    return Attention.NONE if row.version in (row.taken_version, row.dismissed_version) else Attention.UPDATE


WRITTEN = [
    "source", "status", "headline", "lede", "link", "credit", "published_at", "embargoed_at", "content", "version",
]  # fmt: skip


def _write(row: WireItem, item: Item) -> None:
    wire: Any = row.wire
    row.source = wire.name if wire else row.source
    row.status = item.status
    row.headline = " ".join(item.headline.split())[:500]
    row.lede = (" ".join(item.lede.split()) or words.plain(item.body_html[:LOOKED_AT]))[:300]
    row.link = item.link if len(item.link) <= 2_000 else ""
    row.credit = item.credit[:200]
    row.published_at, row.embargoed_at = item.published, item.embargoed
    row.content, row.version = keeping.as_text(item), item.version
