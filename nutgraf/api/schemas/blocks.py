"""The blocks of a story as programs read and write them, and how they stand in its body."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from typing import Annotated, Any, Literal

from django.core.serializers.json import DjangoJSONEncoder
from ninja import Schema
from pydantic import ConfigDict, Field
from wagtail.blocks import StreamValue

from nutgraf.api.schemas.words import BlockId, Clock, Day, Figure, Flag, Key, Line, Markup, Text, kept

Write = Callable[[str], str]
Raw = dict[str, Any]


class Exact(Schema):
    """A thing of which every field is known: a slip in a name is told, and not passed over."""

    model_config = ConfigDict(extra="forbid")


class Part(Exact):
    """A part of a body: it keeps its id for its life, and a new one gets one."""

    id: BlockId | None = None


class QuoteValue(Exact):
    """Words in quotation marks, without the marks, and who said them."""

    words: Text = ""
    speaker: Line = Field("", max_length=120)
    role: Line = Field("", max_length=160)
    affiliation: Line = Field("", max_length=160)
    said_to: Line = Field("", max_length=160)


class NumberValue(Exact):
    """A number or a range, what it counts, as of when and according to whom."""

    value: Figure | None = None
    value_to: Figure | None = None
    wording: Line = Field("", max_length=60)
    unit: Line = Field("", max_length=40)
    counts: Line = Field("", max_length=160)
    as_of: Day | None = None
    source: Line = Field("", max_length=160)


class EventValue(Exact):
    """Something with a date and a place, past or coming."""

    what: Line = Field("", max_length=200)
    place: Line = Field("", max_length=120)
    starts: Day | None = None
    time: Clock | None = None
    ends: Day | None = None
    precision: Literal["DAY", "MONTH", "YEAR"] = "DAY"
    is_expected: Flag = False


class PictureValue(Exact):
    """A picture of the newsroom's library, with its own caption and alt text where this story needs others."""

    picture: Key | None = None
    caption: Line = Field("", max_length=400)
    alt_text: Line = Field("", max_length=400)


class SubBullet(Part):
    """A bullet under a bullet."""

    text: Markup = ""


class Bullet(Part):
    """A bullet, with one level of its own."""

    text: Markup = ""
    bullets: list[SubBullet] = Field(default=[], max_length=200)


class QuoteBlock(Part):
    """A quote that stands by itself, or one in a text."""

    type: Literal["quote"]
    value: QuoteValue


class NumberBlock(Part):
    """A number that stands by itself, or one in a text."""

    type: Literal["number"]
    value: NumberValue


class EventBlock(Part):
    """An event that stands by itself, or one in a text."""

    type: Literal["event"]
    value: EventValue


class PictureBlock(Part):
    """A picture between two texts."""

    type: Literal["picture"]
    value: PictureValue


Fact = Annotated[QuoteBlock | NumberBlock | EventBlock, Field(discriminator="type")]


class ParagraphValue(Exact):
    """A paragraph and its bullets; `facts` notes what the text says already."""

    text: Markup = ""
    bullets: list[Bullet] = Field(default=[], max_length=200)
    facts: list[Fact] = Field(default=[], max_length=200)


class PointValue(ParagraphValue):
    """A labelled paragraph; the label is the words before the colon."""

    label: Line = Field("", max_length=60)


class ParagraphBlock(Part):
    """A paragraph without a label."""

    type: Literal["paragraph"]
    value: ParagraphValue


class PointBlock(Part):
    """A paragraph with a label."""

    type: Literal["point"]
    value: PointValue


Block = Annotated[
    PointBlock | ParagraphBlock | QuoteBlock | NumberBlock | EventBlock | PictureBlock, Field(discriminator="type")
]
Body = Annotated[list[Block], Field(max_length=1_000)]


def as_blocks(body: StreamValue, write: Write) -> list[Any]:
    """Return a body as programs read it, its markup written by `write`."""
    parts = json.loads(json.dumps(list(body.get_prep_value()), cls=DjangoJSONEncoder))
    return [_block(part, write) for part in parts]


def _block(part: Raw, write: Write) -> Raw:
    value = dict(part["value"])
    if part["type"] in ("point", "paragraph"):
        value["text"] = write(value["text"])
        value["bullets"] = [_bullet(one, write) for one in value["bullets"]]
        value["facts"] = [_block(one, write) for one in value["facts"]]
    if part["type"] == "event" and value["time"]:
        value["time"] = value["time"][: len("19:30:00")]
    return {"type": part["type"], "id": part["id"], "value": value}


def _bullet(item: Raw, write: Write) -> Raw:
    below = [{"id": one["id"], "text": write(one["value"])} for one in item["value"]["bullets"]]
    return {"id": item["id"], "text": write(item["value"]["text"]), "bullets": below}


def as_body(blocks: Sequence[Any]) -> list[Raw]:
    """Return blocks as a story's body keeps them."""
    return [_raw(block.model_dump(mode="json")) for block in blocks]


def _raw(block: Raw) -> Raw:
    value = block["value"]
    if block["type"] in ("point", "paragraph"):
        value["text"] = kept(value["text"])
        value["bullets"] = [_item(one) for one in value["bullets"]]
        value["facts"] = [_raw(one) for one in value["facts"]]
    return _named({"type": block["type"], "value": value}, block["id"])


def _item(bullet: Raw) -> Raw:
    below = [_named({"type": "item", "value": kept(one["text"])}, one["id"]) for one in bullet["bullets"]]
    return _named({"type": "item", "value": {"text": kept(bullet["text"]), "bullets": below}}, bullet["id"])


def _named(part: Raw, key: str | None) -> Raw:
    return part | {"id": key} if key else part


def ids(blocks: Sequence[Any]) -> Iterator[tuple[str, str]]:
    """Yield the id of everything in a body that has one, and where it stands."""
    for place, block in enumerate(blocks):
        yield from _ids_of(block, f"#/body/{place}")


def _ids_of(one: Any, where: str) -> Iterator[tuple[str, str]]:
    if one.id:
        yield one.id, f"{where}/id"
    inside = (one, where) if hasattr(one, "bullets") else (getattr(one, "value", None), f"{where}/value")
    for name in ("bullets", "facts"):
        for place, child in enumerate(getattr(inside[0], name, [])):
            yield from _ids_of(child, f"{inside[1]}/{name}/{place}")
