"""What a reading finds: stories and their parts, each with its span of the text and how sure the reader is."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, fields
from operator import attrgetter
from typing import Any

from nutgraf.lib import garbage

Span = tuple[int, int]


@dataclass(slots=True)
class Words:
    """A headline, an eyebrow, a name in a byline or a section."""

    text: str
    span: Span
    sure: float


@dataclass(slots=True)
class Time:
    """When a story was published or updated, by its own words."""

    kind: str
    text: str
    at: str
    precision: str
    span: Span
    sure: float


@dataclass(slots=True)
class Dateline:
    """Where, and perhaps when, a story was reported."""

    text: str
    place: str
    date: str | None
    span: Span
    sure: float


@dataclass(slots=True)
class Credit:
    """Who made and supplied a picture: the line and its chain."""

    text: str
    kind: str
    maker: str = ""
    handout: str = ""
    agency: str = ""
    distributor: str = ""


@dataclass(slots=True)
class Picture:
    """A picture's words; of the picture itself only its number in the newsroom's library can be in copy."""

    caption: str
    alt: str
    credit: Credit | None
    span: Span
    sure: float
    number: int | None = None
    # Whether the copy says that it is, or is not, the story's main picture.
    is_main: bool | None = None


@dataclass(slots=True)
class Lede:
    """The opening sentence or two."""

    text: str
    html: str
    span: Span
    sure: float


@dataclass(slots=True)
class Bullet:
    """A bullet with one level of bullets of its own."""

    text: str
    html: str
    span: Span
    sure: float
    bullets: list[Bullet] = field(default_factory=list)


@dataclass(slots=True)
class Point:
    """A paragraph with its label, or without one, and its bullets."""

    label: str
    text: str
    html: str
    span: Span
    sure: float
    bullets: list[Bullet] = field(default_factory=list)
    # Whether the facts that the copy notes for it are all, and none are to be looked for in its words.
    facts_given: bool = False


@dataclass(slots=True)
class Quote:
    """Words in quotation marks and who said them."""

    words: str
    speaker: str
    role: str
    affiliation: str
    verb: str
    said_to: str
    span: Span
    sure: float
    origin: str = "words"


@dataclass(slots=True)
class Number:
    """A value or range and what it counts."""

    text: str
    value: str
    value_to: str | None
    qualifier: str
    unit: str
    counts: str
    source: str
    as_of: str | None
    span: Span
    sure: float
    origin: str = "words"


@dataclass(slots=True)
class Event:
    """Something that the copy puts on a day, a month or a year."""

    text: str
    what: str
    place: str
    starts: str
    ends: str | None
    time: str | None
    precision: str
    is_expected: bool
    span: Span
    sure: float
    origin: str = "words"


@dataclass(slots=True)
class Name:
    """A person, organisation or place: the first full form, and every mention."""

    name: str
    kind: str
    mentions: list[Span]
    sure: float


@dataclass(slots=True)
class Unplaced:
    """A line, or a part of one, that belongs to no story, and why."""

    text: str
    reason: str
    span: Span


@dataclass(slots=True)
class Story:
    """One story as it stands in the copy."""

    span: Span = (0, 0)
    # The key of the newsroom's story that it is the copy of, by the copy's own first line: 32 hexadecimal digits.
    key: str = ""
    # When that copy was written: what its "Thursday" goes by if it was not published yet.
    written: str | None = None
    headline: Words | None = None
    eyebrow: Words | None = None
    short_head: Words | None = None
    slug: Words | None = None
    bylines: list[Words] = field(default_factory=list)
    section: Words | None = None
    times: list[Time] = field(default_factory=list)
    dateline: Dateline | None = None
    pictures: list[Picture] = field(default_factory=list)
    lede: Lede | None = None
    points: list[Point] = field(default_factory=list)
    quotes: list[Quote] = field(default_factory=list)
    numbers: list[Number] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    names: list[Name] = field(default_factory=list)
    # Lines of the copy format that only say how to take others.
    remarks: list[Words] = field(default_factory=list)


@dataclass(slots=True)
class Copy:
    """Copy as it was read."""

    form: str
    encoding: str | None
    text: str
    stories: list[Story]
    unplaced: list[Unplaced]

    @garbage.left_alone()
    def as_json(self) -> dict[str, Any]:
        """Return the documented schema: docs/developers/copy-reading.md."""
        return {
            "form": self.form,
            "encoding": self.encoding,
            "text": self.text,
            "stories": [_plain(story) for story in self.stories],
            "unplaced": [_plain(one) for one in self.unplaced],
        }


def _plan(kind: type[Any]) -> tuple[tuple[str, ...], Callable[[Any], tuple[Any, ...]], list[str], list[str]]:
    """Return the names of what a kind of thing holds, what fetches them all, and which JSON cannot hold as they are."""
    types = {field.name: str(field.type) for field in fields(kind)}
    spans = [name for name, one in types.items() if one == "Span"]
    nested = [name for name, one in types.items() if set(re.findall(r"\w+", one)).isdisjoint(_SIMPLE) and one != "Span"]
    return tuple(types), attrgetter(*types), spans, nested


_SIMPLE = frozenset(["str", "float", "int", "bool"])
_PLANS = {
    kind: _plan(kind)
    for kind in (
        Words, Time, Dateline, Credit, Picture, Lede, Bullet, Point, Quote, Number, Event, Name, Unplaced, Story,
    )
}  # fmt: skip


def _plain(thing: Any) -> dict[str, Any]:
    """Return a found thing as JSON can hold it; dataclasses.asdict takes ten times as long, since it asks each value."""
    names, values, spans, nested = _PLANS[type(thing)]
    result: dict[str, Any] = dict(zip(names, values(thing), strict=True))
    for name in spans:
        result[name] = list(result[name])
    for name in nested:
        if (value := result[name]) is not None:
            result[name] = list(map(_inner, value)) if isinstance(value, list) else _plain(value)
    return result


def _inner(one: Any) -> Any:
    return list(one) if isinstance(one, tuple) else _plain(one)
