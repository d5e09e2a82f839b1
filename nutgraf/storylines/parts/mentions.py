"""Read the facts that speak of some entries: the latest few of each, in one statement, with the places where they stand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import F, Window
from django.db.models.functions import RowNumber

from nutgraf.stories.models import Event, Number, Quote, Story
from nutgraf.storylines.models import Entry, Mention

# What a link to a story needs.
STORY = ["title", "short_head", "slug", "address_date", "first_published_at"]


@dataclass(frozen=True)
class Place:
    """Where a fact stands for readers."""

    story: Story
    anchor: str

    @property
    def address(self) -> str:
        """The address of the block in its story."""
        return f"{self.story.address}#b-{self.anchor}"


def latest(entries: Collection[Entry], *, each: int) -> dict[int, list[Mention]]:
    """Return the mentions that each entry shows, the pinned and then the latest first."""
    if not entries:
        return {}
    order = [F("is_pinned").desc(), F("as_of").desc(), F("published_at").desc(), F("pk").desc()]
    mentions = (
        Mention.objects.filter(entry__in=[entry.pk for entry in entries], is_hidden=False)
        .annotate(rank=Window(RowNumber(), partition_by="entry_id", order_by=order))
        .filter(rank__lte=each)
        .select_related("quote__point", "number__point", "event__point", "story__section")
        .only(
            "entry_id",
            "story_id",
            "block_id",
            "as_of",
            "published_at",
            "words",
            "is_pinned",
            *(f"{kind}__{field.attname}" for kind, model in KINDS.items() for field in model._meta.concrete_fields),
            *(f"{kind}__point__block_id" for kind in KINDS),
            *(f"story__{name}" for name in STORY),
            "story__section__name",
            "story__section__slug",
        )
    )
    found: dict[int, list[Mention]] = defaultdict(list)
    for mention in sorted(mentions, key=lambda one: one.rank):
        found[mention.entry_id].append(mention)
    return found


KINDS: dict[str, type[Quote] | type[Number] | type[Event]] = {"quote": Quote, "number": Number, "event": Event}


def place(mention: Mention) -> Place:
    """Return where a mention's fact stands: itself, or the point whose text has it."""
    point = getattr(mention.fact, "point", None)
    return Place(mention.story, point.block_id if point else mention.block_id)


def places(mentions: Iterable[Mention]) -> list[Place]:
    """Return where some mentions stand, each story once, in their order."""
    found: dict[int, Place] = {}
    for mention in mentions:
        found.setdefault(mention.story_id, place(mention))
    return list(found.values())


def changed_at(mentions: Iterable[Mention]) -> int:
    """Return the moment of the latest change of meaning of some facts, in whole seconds since 1970."""
    return max(int(mention.fact.changed_at.timestamp()) for mention in mentions)
