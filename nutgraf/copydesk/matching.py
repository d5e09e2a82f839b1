"""Give the blocks of an edited story the ids of those they came from, so that what changed can be told later."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from rapidfuzz import fuzz

from nutgraf.copydesk import drafts, inline
from nutgraf.copydesk.drafts import Part

# How alike two blocks are at least, of 100, to be one that was edited. Two sentences that have
# nothing to do with each other share half their letters and a sixth of their words: that makes 28.
ALIKE = 45.0
WORDS, LETTERS = 0.6, 0.4
# What it counts for that two stand in the same point, or have the same label.
SAME_HOME, SAME_LABEL = 15.0, 25.0

_FAMILIES = {"point": "text", "paragraph": "text"}
_BESIDE_THE_WORDS = ("precision", "is_expected")


@dataclass(slots=True, eq=False)
class _Block:
    """A block, with what it is compared by."""

    part: Part
    family: str
    words: str
    label: str = ""
    # The block that it stands in.
    home: _Block | None = None
    twin: _Block | None = None


def adopt(new: list[Part], old: list[Part], *, make_id: Callable[[], str] = lambda: str(uuid.uuid4())) -> list[Part]:
    """Return the new body with an id for every block: its own, or that of the old block it is most like, or a new one.

    No id is given twice. An edited block keeps its id though its words or its
    label changed, or it was moved; one that was written anew gets a new one.
    """
    blocks, former = list(_blocks(new)), list(_blocks(old))
    claimed = {block.part["id"] for block in blocks if block.part.get("id")}
    for family in dict.fromkeys(block.family for block in blocks):
        _pair(
            [block for block in blocks if block.family == family and not block.part.get("id")],
            [block for block in former if block.family == family and block.part.get("id") not in claimed],
        )
    return [_named(part, {id(block.part): block for block in blocks}, make_id) for part in new]


def twins(new: list[Part], old: list[Part]) -> Iterator[tuple[Part, Part]]:
    """Yield each top-level block of a body that has ids with the block of that id in another body."""
    former = {part["id"]: part for part in old}
    for part in new:
        if part["id"] in former:
            yield part, former[part["id"]]


def _blocks(body: Iterable[Part]) -> Iterator[_Block]:
    """Yield every block, parents before what stands in them."""
    for part in body:
        kind, value = part["type"], part["value"]
        if kind not in _FAMILIES:
            yield _Block(part, kind, _said(value))
            continue
        block = _Block(part, "text", drafts.words(part), value.get("label", ""))
        yield block
        for item in value["bullets"]:
            inner = _Block(item, "bullet", inline.plain(item["value"]["text"]), home=block)
            yield inner
            for below in item["value"]["bullets"]:
                yield _Block(below, "sub-bullet", inline.plain(below["value"]), home=inner)
        for fact in value["facts"]:
            yield _Block(fact, f"noted {fact['type']}", _said(fact["value"]), home=block)


def _said(value: dict[str, Any]) -> str:
    return " ".join(str(one) for name, one in value.items() if one and name not in _BESIDE_THE_WORDS)


def _pair(new: list[_Block], old: list[_Block]) -> None:
    """Pair blocks: first those that are equal, then the most alike."""
    taken: set[int] = set()
    for same_home in (True, False):
        free: dict[tuple[str, str], list[_Block]] = {}
        for block in old:
            if id(block) not in taken:
                free.setdefault((block.words, block.label), []).append(block)
        for block in new:
            equal = free.get((block.words, block.label), []) if block.twin is None else []
            chosen = next((one for one in equal if not same_home or _is_home(block, one)), None)
            if chosen:
                equal.remove(chosen)
                block.twin = chosen
                taken.add(id(chosen))
    rest = [block for block in new if block.twin is None]
    left = [block for block in old if id(block) not in taken]
    for block, twin in _most_alike(rest, left):
        block.twin = twin


def _most_alike(new: list[_Block], old: list[_Block]) -> Iterator[tuple[_Block, _Block]]:
    if not new or not old:
        return
    ranked = sorted(
        (
            (-_likeness(one, other), abs(here - there), here, there)
            for here, one in enumerate(new)
            for there, other in enumerate(old)
        ),
    )
    done_new: set[int] = set()
    done_old: set[int] = set()
    for minus_score, _, here, there in ranked:
        if -minus_score < ALIKE:
            return
        if here not in done_new and there not in done_old:
            done_new.add(here)
            done_old.add(there)
            yield new[here], old[there]


def _likeness(one: _Block, other: _Block) -> float:
    score = WORDS * fuzz.ratio(one.words.split(), other.words.split()) + LETTERS * fuzz.ratio(one.words, other.words)
    return score + SAME_HOME * _is_home(one, other) + SAME_LABEL * (bool(one.label) and one.label == other.label)


def _is_home(one: _Block, other: _Block) -> bool:
    """Tell whether two stand in the same place: both at the top, or in blocks that are twins."""
    return one.home is not None and one.home.twin is other.home


def _named(part: Part, blocks: dict[int, _Block], make_id: Callable[[], str]) -> Part:
    """Return a block and what stands in it with their ids."""
    block = blocks[id(part)]
    name = part.get("id") or (block.twin.part["id"] if block.twin else make_id())
    value = part["value"]
    if isinstance(value, dict):
        value = {
            key: [_named(one, blocks, make_id) for one in inner] if key in ("bullets", "facts") else inner
            for key, inner in value.items()
        }
    return {"type": part["type"], "value": value, "id": name}
