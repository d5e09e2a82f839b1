"""What is read in lists: facts, storylines, briefings, and what streams there are."""

from __future__ import annotations

import datetime
from collections.abc import Container
from dataclasses import replace
from typing import Any, Generic, TypeVar

from ninja import Schema
from pydantic import Field

from nutgraf.api.schemas.stories import Named, PictureShown, StoryInShort
from nutgraf.briefings.content import Content, Item
from nutgraf.briefings.models import Briefing, Edition
from nutgraf.newsroom.addresses import whole
from nutgraf.stories.models import Event, Number, Quote
from nutgraf.storylines.models import Storyline
from nutgraf.storylines.queries import Assembled

T = TypeVar("T")


class Page(Schema, Generic[T]):
    """Some of a list, and the cursor after which the next begins; null at the end."""

    items: list[T]
    next_cursor: str | None = None


class Newsroom(Schema):
    """Who publishes this, and what there is to read here."""

    name: str
    tagline: str
    about: str
    language: str
    time_zone: str
    sections: list[Named]


class AuthorShown(Named):
    """Somebody who signs stories."""

    role: str
    bio: str


class FactShown(Schema):
    """Something that a public story says: where, since when, and since when it has meant what it means."""

    id: str = Field(description="The id of its block, for its life.")
    story: int
    address: str = Field(description="Where readers find it.")
    headline: str
    public_at: datetime.datetime
    changed_at: datetime.datetime


class QuoteShown(FactShown):
    """Words in quotation marks, and who said them."""

    words: str
    speaker: str
    role: str
    affiliation: str
    said_to: str


class NumberShown(FactShown):
    """A value or range, what it counts, as of when and according to whom."""

    value: str
    value_to: str | None
    wording: str
    unit: str
    counts: str
    as_of: datetime.date | None
    source: str


class EventShown(FactShown):
    """Something with a date and a place, past or coming."""

    what: str
    place: str
    starts: datetime.date
    time: str | None
    ends: datetime.date | None
    precision: str
    is_expected: bool


def _fact(fact: Quote | Number | Event) -> dict[str, Any]:
    anchor = fact.point.block_id if fact.point else fact.block_id
    return {
        "id": fact.block_id,
        "story": fact.story_id,
        "address": f"{whole(str(fact.story.address), None)}#b-{anchor}",
        "headline": fact.story.title,
        "public_at": fact.public_at,
        "changed_at": fact.changed_at,
    }


def quote(fact: Quote) -> QuoteShown:
    """Return a quote as it is read."""
    names = ("words", "speaker", "role", "affiliation", "said_to")
    return QuoteShown(**_fact(fact), **{name: getattr(fact, name) for name in names})


def number(fact: Number) -> NumberShown:
    """Return a number as it is read."""
    names = ("wording", "unit", "counts", "as_of", "source")
    value_to = None if fact.value_to is None else figure(fact.value_to)
    values = {name: getattr(fact, name) for name in names}
    return NumberShown(**_fact(fact), value=figure(fact.value), value_to=value_to, **values)


def event(fact: Event) -> EventShown:
    """Return an event as it is read."""
    names = ("what", "place", "starts", "ends", "precision", "is_expected")
    time = fact.time.isoformat("minutes") if fact.time else None
    return EventShown(**_fact(fact), time=time, **{name: getattr(fact, name) for name in names})


def figure(value: Any) -> str:
    """Return a figure in digits, without the zeros that only the database has."""
    return f"{value.normalize():f}"


class StorylineInShort(Named):
    """A storyline in a list."""

    state: str
    summary: str
    latest_story_at: datetime.datetime | None

    @classmethod
    def of(cls, one: Storyline) -> StorylineInShort:
        return cls(**_storyline(one))


class Coming(Schema):
    """An event that is still to come."""

    what: str
    place: str
    starts: datetime.date
    time: str | None
    ends: datetime.date | None
    precision: str
    is_expected: bool
    addresses: list[str]


class Counted(Schema):
    """What is counted again and again, with its latest value."""

    counts: str
    value: str
    value_to: str | None
    unit: str
    as_of: datetime.date
    source: str
    addresses: list[str]


class Speaker(Schema):
    """Somebody who has spoken, and what they said last."""

    name: str
    roles: list[str]
    latest: list[str]


class StorylineWhole(StorylineInShort):
    """A storyline: what it says, assembled from its stories."""

    picture: PictureShown | None
    summary_at: datetime.datetime | None
    coming: list[Coming]
    numbers: list[Counted]
    voices: list[Speaker]
    stories: list[StoryInShort]

    @classmethod
    def of_all(cls, one: Storyline, found: Assembled, stories: list[StoryInShort]) -> StorylineWhole:
        return cls(
            **_storyline(one),
            picture=PictureShown.of(one.picture) if one.picture else None,
            summary_at=found.summary_at,
            coming=[
                Coming(
                    what=happening.what,
                    place=happening.event.place,
                    starts=happening.event.starts,
                    time=happening.event.time.isoformat("minutes") if happening.event.time else None,
                    ends=happening.event.ends,
                    precision=happening.event.precision,
                    is_expected=happening.event.is_expected,
                    addresses=_addresses(happening.places),
                )
                for happening in found.coming
            ],
            numbers=[_counted(key_number) for key_number in found.numbers],
            voices=[
                Speaker(name=voice.name, roles=voice.roles, latest=[words.words for words in voice.latest])
                for voice in found.voices
            ],
            stories=stories,
        )


def _counted(one: Any) -> Counted:
    latest = one.latest.number
    return Counted(
        counts=one.counts,
        value=figure(latest.value),
        value_to=None if latest.value_to is None else figure(latest.value_to),
        unit=latest.unit,
        as_of=one.latest.as_of,
        source=latest.source,
        addresses=_addresses(one.latest.places),
    )


def _addresses(places: Any) -> list[str]:
    return [whole(place.address, None) for place in places]


def _storyline(one: Storyline) -> dict[str, Any]:
    named = {"name": one.name, "slug": one.slug, "address": whole(one.get_absolute_url(), None)}
    return named | {"state": one.state, "summary": one.summary, "latest_story_at": one.latest_story_at}


class BriefingShown(Named):
    """A recurring newsletter."""

    promise: str
    description: str
    curator: Named

    @classmethod
    def of(cls, one: Briefing) -> BriefingShown:
        named = Named.of(one)
        return cls(
            **named.model_dump(), promise=one.promise, description=one.description, curator=Named.of(one.curator)
        )


class EditionInShort(Schema):
    """An edition in a list."""

    id: int
    briefing: str
    day: datetime.date
    address: str
    subject: str
    preheader: str
    out_at: datetime.datetime

    @classmethod
    def of(cls, one: Edition) -> EditionInShort:
        return cls(**_edition(one))


class EditionWhole(EditionInShort):
    """An edition, as its readers got it."""

    content: Content

    @classmethod
    def of_all(cls, one: Edition, content: Content, *, public: Container[int]) -> EditionWhole:
        """Return it without the words of stories that readers do not have any more; `public` are those that they have."""
        items = [
            item if item.story is None or item.story in public else Item(kind=item.kind, key=item.key, story=item.story)
            for item in content.items
        ]
        return cls(**_edition(one), content=_whole_within(replace(content, items=items).as_json()))


def _edition(one: Edition) -> dict[str, Any]:
    return {
        "id": one.pk,
        "briefing": one.briefing.slug,
        "day": one.day,
        "address": whole(one.get_absolute_url(), None),
        "subject": one.subject,
        "preheader": one.preheader,
        "out_at": one.out_at,
    }


def _whole_within(kept: Any) -> Any:
    """Return what an edition says with whole addresses."""
    if isinstance(kept, dict):
        return {
            name: whole(value, None) if name == "url" and value else _whole_within(value)
            for name, value in kept.items()
        }
    return [_whole_within(one) for one in kept] if isinstance(kept, list) else kept
