"""What can be done with an item of a wire: take it, take over what changed, dismiss it, take note of a kill, forget it."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _

from nutgraf.copydesk import inline
from nutgraf.imports.archive import values
from nutgraf.imports.archive.ledger import Ledger
from nutgraf.imports.archive.pictures import Pictures, plain
from nutgraf.imports.models import Wire, WireItem
from nutgraf.imports.wire import drafting, keeping, merging
from nutgraf.imports.wire.drafting import Made
from nutgraf.imports.wire.items import Item
from nutgraf.imports.wire.merging import NOTHING, Words
from nutgraf.imports.wire.receiving import Attention, State, settle
from nutgraf.lib import fetching
from nutgraf.media.models import Picture
from nutgraf.newsroom.models import Author, Section
from nutgraf.stories import actions
from nutgraf.stories.models import Story

# Of one item; whoever takes it waits for them.
MOST_PICTURES = 4
PICTURE_SECONDS = 5.0
LONGEST_PLACE = 80
# Of one wire, of what nobody took.
MOST_KEPT = 5_000


@dataclass(frozen=True)
class TakenOver:
    """What became of an update."""

    story: Story
    is_unchanged: bool
    # The desk's own words where others came.
    kept: list[str]


def take(*, row: WireItem, by: User, at: datetime.datetime) -> Story:
    """Make a draft of an item and return it; whoever takes it a second time gets the same story.

    Raises ValidationError for what its source took back.
    """
    if row.is_killed:
        raise ValidationError(_("Its source took it back."))
    if row.story is not None:
        return row.story
    # Before the transaction: what is fetched takes its time, and nobody else should wait for it.
    item = keeping.from_text(row.content)
    pictures = _pictures(row, item, by=by, at=at)
    with transaction.atomic():
        row = WireItem.objects.select_for_update(of=("self",)).select_related("wire", "story").get(pk=row.pk)
        if row.story is not None:
            return row.story
        item = keeping.from_text(row.content)
        story = _filed(row, item, make(row, item, pictures=pictures), pictures, by=by, at=at)
        row.story, row.state, row.taken_by, row.taken_at = story, State.TAKEN, by, at
        row.made = drafting.words_of(story).as_json()
        row.before, row.taken_version = row.content, row.version
        row.attention = Attention.KILL if row.is_withheld else Attention.NONE
        row.save()
        settle(row, at=at)
    return story


def make(row: WireItem, item: Item, *, before: Words = NOTHING, pictures: dict[str, Picture] | None = None) -> Made:
    """Return what a story made of an item would say."""
    base = row.wire.address if row.wire else ""
    return drafting.make(item, credit=credit_of(row, item), base=base, before=before, pictures=pictures)


def credit_of(row: WireItem, item: Item) -> str:
    """Return whose an item is."""
    return item.credit or (row.wire.credit if row.wire else "") or row.source


@transaction.atomic
def take_over(*, row: WireItem, by: User, at: datetime.datetime) -> TakenOver:
    """Put what a wire has changed into the newest draft of its story, but for what the desk has changed there itself.

    Readers see nothing of it until it is published. Raises ValidationError for
    an item that has no story, or that its source took back.
    """
    row = WireItem.objects.select_for_update(of=("self",)).select_related("wire", "story").get(pk=row.pk)
    if row.story is None or row.is_killed:
        raise ValidationError(_("There is nothing to take over."))
    story = row.story.get_latest_revision_as_object()
    item = keeping.from_text(row.content)
    base = Words.from_json(row.made)
    theirs = make(row, item, before=base, pictures=_shown(row)).words
    mine = drafting.words_of(story)
    result = merging.merge(base=base, theirs=theirs, mine=mine)
    is_unchanged = merging.is_same(result.words, mine)
    if not is_unchanged:
        story.title, story.lede, story.body = result.words.headline, result.words.lede, list(result.words.body)
        story = actions.revise(story=story, by=by)
    row.made, row.before, row.taken_version = theirs.as_json(), row.content, row.version
    row.attention = Attention.KILL if row.is_withheld else Attention.NONE
    row.save(update_fields=["made", "before", "taken_version", "attention"])
    if row.is_embargoed(at):
        # Now its words are in the draft, even of a story that is public.
        reason = _("It is under an embargo of %(source)s.") % {"source": row.source}
        actions.hold(story=story, reason=reason, until=row.embargoed_at, at=at)
    return TakenOver(story, is_unchanged, [_called(key, mine) for key in result.clashes])


def dismiss(*, row: WireItem) -> None:
    """Put a new item away; or, of one that was taken, what has changed since."""
    if row.state == State.NEW:
        WireItem.objects.filter(pk=row.pk, state=State.NEW).update(state=State.DISMISSED)
    elif row.attention == Attention.UPDATE:
        found = WireItem.objects.filter(pk=row.pk, attention=Attention.UPDATE, version=row.version)
        found.update(attention=Attention.NONE, dismissed_version=row.version)


def put_back(*, row: WireItem) -> None:
    """Have an item in the inbox again that was dismissed."""
    WireItem.objects.filter(pk=row.pk, state=State.DISMISSED).update(state=State.NEW)


@transaction.atomic
def note_kill(*, row: WireItem, by: User) -> None:
    """Take note that an item was taken back: nobody is told any more, and whether its story is published is the desk's decision."""
    noted = WireItem.objects.filter(pk=row.pk, attention=Attention.KILL)
    if noted.update(attention=Attention.NONE, dismissed_version=row.version) and row.story is not None:
        actions.lift(story=row.story, by=by)


def tidy(*, at: datetime.datetime) -> int:
    """Forget items that nobody took for long, or that are too many, and that their wire does not show any more; return how many.

    What a wire still shows stays, or it would be new again.
    """
    before = at - datetime.timedelta(days=settings.WIRE_DAYS)
    gone = WireItem.objects.filter(story=None, seen_at__lt=models.F("wire__read_at")).order_by()
    done = gone.filter(changed_at__lt=before).delete()[0]
    done += WireItem.objects.filter(wire=None, story=None).delete()[0]
    for wire in Wire.objects.all():
        newest_first = gone.filter(wire=wire).order_by("-changed_at", "-pk").values_list("pk", flat=True)
        while keys := list(newest_first[MOST_KEPT : MOST_KEPT + 500]):
            done += WireItem.objects.filter(pk__in=keys).delete()[0]
    return done


def _filed(
    row: WireItem, item: Item, made: Made, pictures: dict[str, Picture], *, by: User, at: datetime.datetime
) -> Story:
    hero = next((pictures[one.address] for one in item.pictures if one.address in pictures), None)
    return actions.file(
        by=by,
        at=at,
        headline=made.words.headline,
        authors=_authors(item, row.wire),
        section=_section(item, row.wire),
        lede=made.words.lede,
        body=list(made.words.body),
        hero=hero,
        dateline_place=made.dateline if len(made.dateline) <= LONGEST_PLACE else "",
        # What an agency sends may be printed here, which is no leave to pass it on.
        is_not_to_republish=True,
    )


def _authors(item: Item, wire: Wire | None) -> list[Author]:
    """Return those of ours whom an item names, or whoever signs what comes from there."""
    found = [Author.objects.filter(name__iexact=name[:80]).first() for name in item.authors]
    ours = [author for author in found if author is not None]
    return list(dict.fromkeys(ours)) or ([wire.author] if wire and wire.author else [])


def _section(item: Item, wire: Wire | None) -> Section | None:
    if wire and wire.section:
        return wire.section
    return Section.objects.filter(name__iexact=item.section[:40]).first() if item.section else None


def _pictures(row: WireItem, item: Item, *, by: User, at: datetime.datetime) -> dict[str, Picture]:
    """Bring an item's pictures into the library, if its wire is trusted with that."""
    if row.wire is None or not row.wire.takes_pictures:
        return {}
    ours = _library(row, item, by=by, at=at)
    for one in item.pictures[:MOST_PICTURES]:
        if ours.find("", one.address) is None:
            credit = one.credit or credit_of(row, item)
            key = plain(one.address)
            ours.take(values.Picture(key, one.address, alt=one.alt, caption=one.caption, credit=credit))
    return _shown(row)


def _shown(row: WireItem) -> dict[str, Picture]:
    """Return the pictures of an item that are in the library already."""
    item = keeping.from_text(row.content)
    if row.wire is None or not item.pictures:
        return {}
    ours = _library(row, item, by=None, at=row.changed_at)
    found = {one.address: ours.find("", one.address) for one in item.pictures}
    return {address: picture for address, picture in found.items() if picture is not None}


def _library(row: WireItem, item: Item, *, by: User | None, at: datetime.datetime) -> Pictures:
    hosts = frozenset(filter(None, (urlsplit(one.address).hostname for one in item.pictures)))
    ledger = Ledger("wire", row.source[:200], at)
    may_reach = fetching.reachable(settings.OWN_NETWORKS)
    return Pictures(ledger, lambda told: None, by, None, hosts, is_allowed=may_reach, seconds=PICTURE_SECONDS)


def _called(key: str, mine: Words) -> str:
    """Say which part is meant, by its first words."""
    if key == "headline":
        return _("the headline")
    if key == "lede":
        return _("the lede")
    part = next((part for part in mine.body if part["id"] == key), None)
    if part is None:
        return _("a part that was taken out here")
    value = part["value"]
    words = value.get("label") or inline.plain(value.get("text") or value.get("words") or value.get("caption") or "")
    return f"“{' '.join(words.split()[:6])}…”"
