"""Write a published story's facts into their tables, and take them out again."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING, Any

from wagtail.blocks import StreamValue, StructValue
from wagtail.blocks.list_block import ListValue

from nutgraf.copydesk.labels import label_key
from nutgraf.stories import richtext
from nutgraf.stories.models.changes import Moments
from nutgraf.stories.models.facts import Bullet, Event, Fact, Number, Point, Quote
from nutgraf.stories.models.labels import Label

if TYPE_CHECKING:
    from nutgraf.stories.models.story import Story

Row = dict[str, Any]

# The facts of what stands beside a story's body, such as the entries of a live story, have places from here on.
BESIDE = 10_000

_FACTS: dict[str, type[Fact]] = {"quote": Quote, "number": Number, "event": Event}
_BLANK = {"said_to": "", "role": "", "affiliation": "", "wording": "", "unit": "", "source": "", "place": ""}


@dataclass
class _Rows:
    """The rows that a story's body asks for, by table, in the story's order."""

    points: list[Row] = field(default_factory=list)
    bullets: list[Row] = field(default_factory=list)
    facts: dict[type[Fact], list[Row]] = field(default_factory=lambda: {model: [] for model in _FACTS.values()})


def write(story: Story, moments: Moments) -> None:
    """Make the tables say what the story's body says, and since when; rows of blocks that stay keep their keys."""
    rows = _dated(_read(story.body), moments)
    _link_labels(rows.points)
    points = _sync(Point, story, rows.points)
    _link(rows.bullets, "point", points)
    # Parents first: a sub-bullet's row names its parent's.
    tops = [row for row in rows.bullets if row["parent"] is None]
    parents = _sync(Bullet, story, tops, keep=rows.bullets)
    if len(tops) < len(rows.bullets):
        _link(rows.bullets, "parent", parents)
        _sync(Bullet, story, rows.bullets)
    for model, wanted in rows.facts.items():
        _link(wanted, "point", points)
        _sync(model, story, wanted)


def write_first(stories: Sequence[tuple[Story, Moments]]) -> None:
    """Write the facts of many stories, each with its moments, of which the tables hold nothing yet."""
    read = [(story, _dated(_read(story.body), moments)) for story, moments in stories]
    _link_labels(list(chain.from_iterable(rows.points for _, rows in read)))
    points = _create(Point, [(story, row) for story, rows in read for row in rows.points])
    bullets = [(story, row) for story, rows in read for row in rows.bullets]
    _link_first(bullets, "point", points)
    tops = [(story, row) for story, row in bullets if row["parent"] is None]
    parents = _create(Bullet, tops, without="parent")
    _create(Bullet, _link_first([one for one in bullets if one[1]["parent"] is not None], "parent", parents))
    for model in _FACTS.values():
        _create(
            model, _link_first([(story, row) for story, rows in read for row in rows.facts[model]], "point", points)
        )


def _create(model: type[Fact], rows: list[tuple[Story, Row]], *, without: str = "") -> dict[tuple[int, str], Fact]:
    made = model._default_manager.bulk_create(
        model(story=story, **{name: value for name, value in row.items() if name != without}) for story, row in rows
    )
    return {(fact.story_id, fact.block_id): fact for fact in made}


def _link_first(
    rows: list[tuple[Story, Row]], name: str, targets: dict[tuple[int, str], Fact]
) -> list[tuple[Story, Row]]:
    for story, row in rows:
        block_id = row.pop(name)
        row[f"{name}_id"] = targets[story.pk, block_id].pk if block_id else None
    return rows


def write_beside(story: Story, body: StreamValue | None, *, place: int, at: datetime.datetime) -> None:
    """Make the tables say what a text beside the story's body says, told from others by its place; None says nothing.

    What of it is new, or says something else, does so since `at`. Its points are no facts
    of the story's: a card would take one for what the story opens with.
    """
    rows = _read(body) if body is not None else _Rows()
    for model, wanted in rows.facts.items():
        for row in wanted:
            del row["point"]
            row["position"] = BESIDE + place
        _date(model, story, wanted, at=at)
        _sync(model, story, wanted, place=BESIDE + place)


def _date(model: type[Fact], story: Story, rows: list[Row], *, at: datetime.datetime) -> None:
    """Say of each row since when it is public and means what it means; rows that say what they said keep both."""
    keys = [row["block_id"] for row in rows]
    existing = {fact.block_id: fact for fact in model._default_manager.filter(story=story, block_id__in=keys)}
    for row in rows:
        fact = existing.get(row["block_id"])
        is_same = fact is not None and all(getattr(fact, name) == value for name, value in row.items())
        row["public_at"] = fact.public_at if fact else at
        row["changed_at"] = fact.changed_at if fact and is_same else at


def erase(story: Story) -> None:
    """Remove every fact of a story that is no longer public."""
    tables: list[type[Fact]] = [Bullet, *_FACTS.values(), Point]
    for model in tables:
        model._default_manager.filter(story=story).delete()


def points(story: Story) -> list[Point]:
    """Return the points of a story as it stands, published or not, without saving them."""
    rows = _read(story.body).points
    _link_labels(rows)
    return [Point(story=story, **row) for row in rows]


def _dated(rows: _Rows, moments: Moments) -> _Rows:
    for row in [*rows.points, *rows.bullets, *chain.from_iterable(rows.facts.values())]:
        row["public_at"], row["changed_at"] = moments[row["block_id"]]
    return rows


def _read(body: StreamValue) -> _Rows:
    rows = _Rows()
    for position, child in enumerate(body):
        if child.block_type in ("point", "paragraph"):
            _read_point(rows, child.value, block_id=child.id, position=position)
        elif child.block_type in _FACTS:
            _read_fact(rows, child, position=position, point=None)
    return rows


def _read_point(rows: _Rows, value: StructValue, *, block_id: str, position: int) -> None:
    rows.points.append(
        _text(value["text"].source) | {"block_id": block_id, "position": position, "label_text": value.get("label", "")}
    )
    for bullet, sub_bullets in _bullets(value["bullets"]):
        row = _text(bullet.value["text"].source)
        rows.bullets.append(row | _place(rows.bullets, bullet.id, block_id, None))
        for sub_bullet in sub_bullets:
            rows.bullets.append(
                _text(sub_bullet.value.source) | _place(rows.bullets, sub_bullet.id, block_id, bullet.id)
            )
    for number, child in enumerate(value["facts"]):
        _read_fact(rows, child, position=position + number, point=block_id)


def _bullets(value: ListValue) -> Iterator[tuple[ListValue.ListChild, list[ListValue.ListChild]]]:
    for bullet in value.bound_blocks:
        yield bullet, list(bullet.value["bullets"].bound_blocks)


def _place(before: list[Row], block_id: str, point: str, parent: str | None) -> Row:
    return {"block_id": block_id, "position": len(before), "point": point, "parent": parent}


def _text(source: str) -> Row:
    return {"html": source, "text": richtext.plain(source)}


def _read_fact(rows: _Rows, child: StreamValue.StreamChild, *, position: int, point: str | None) -> None:
    values = {name: _BLANK[name] if value is None and name in _BLANK else value for name, value in child.value.items()}
    rows.facts[_FACTS[child.block_type]].append(values | {"block_id": child.id, "position": position, "point": point})


def _link_labels(points: list[Row]) -> None:
    labels = {label.key: label for label in Label.objects.all()}
    for row in points:
        label = labels.get(label_key(row["label_text"]))
        row["label_id"] = label.pk if label else None
        row["is_nut_graf"] = bool(label and label.says_why)


def _link(rows: list[Row], name: str, targets: dict[str, Fact]) -> None:
    for row in rows:
        block_id = row.pop(name)
        row[f"{name}_id"] = targets[block_id].pk if block_id else None


def _sync(
    model: type[Fact], story: Story, rows: list[Row], *, keep: list[Row] | None = None, place: int | None = None
) -> dict[str, Fact]:
    """Create, change and delete until the table has these rows of the body, or of a place beside it; return them by block id."""
    here = {"position__lt": BESIDE} if place is None else {"position": place}
    existing = {fact.block_id: fact for fact in model._default_manager.filter(story=story, **here)}
    wanted = {row["block_id"] for row in keep or rows}
    gone = [fact.pk for block_id, fact in existing.items() if block_id not in wanted]
    if gone:
        model._default_manager.filter(pk__in=gone).delete()

    created, changed = [], []
    names: set[str] = set()
    for row in rows:
        fact = existing.get(row["block_id"])
        if fact is None:
            created.append(model(story=story, **row))
        elif others := {name: value for name, value in row.items() if getattr(fact, name) != value}:
            for name, value in others.items():
                setattr(fact, name, value)
            names |= others.keys()
            changed.append(fact)
    model._default_manager.bulk_create(created)
    if changed:
        model._default_manager.bulk_update(changed, sorted(names))
    return {fact.block_id: fact for fact in [*existing.values(), *created]}
