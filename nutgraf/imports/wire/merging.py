"""Take over what a wire has changed into a story that the desk has worked at since: block by block, and never over somebody's work."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from nutgraf.copydesk.drafts import Part


@dataclass(frozen=True)
class Words:
    """What of a story can come by wire, as the newsroom keeps it."""

    headline: str = ""
    lede: str = ""
    body: Sequence[Part] = ()

    def as_json(self) -> dict[str, Any]:
        """Return it as it is kept."""
        return asdict(self)

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Words:
        """Return it as it was kept."""
        return cls(**kept)


NOTHING = Words()


@dataclass
class Merged:
    """What a story would say, and where the desk's words stay though others came."""

    words: Words
    # "headline", "lede", or the id of a block.
    clashes: list[str] = field(default_factory=list)


def merge(*, base: Words, theirs: Words, mine: Words) -> Merged:
    """Return what is mine with all that is another in theirs than in the base, but for what I changed too.

    Blocks are the same by their ids. Without changes of mine it is theirs; without changes of theirs it is mine.
    """
    clashes: list[str] = []
    headline = _line("headline", base.headline, theirs.headline, mine.headline, clashes)
    lede = _line("lede", base.lede, theirs.lede, mine.lede, clashes)
    body = _body(list(base.body), list(theirs.body), list(mine.body), clashes)
    return Merged(Words(headline, lede, body), clashes)


def _line(name: str, base: str, theirs: str, mine: str, clashes: list[str]) -> str:
    if mine == base:
        return theirs
    if theirs not in (base, mine):
        clashes.append(name)
    return mine


def _body(base: list[Part], theirs: list[Part], mine: list[Part], clashes: list[str]) -> list[Part]:
    if mine == base:
        return theirs
    was, come, stands = ({part["id"]: part for part in body} for body in (base, theirs, mine))
    body = []
    for part in mine:
        key = part["id"]
        if key not in was:
            body.append(part)
        elif key not in come:
            if part != was[key]:
                clashes.append(key)
                body.append(part)
        elif part == was[key]:
            body.append(come[key])
        else:
            if come[key] not in (was[key], part):
                clashes.append(key)
            body.append(part)
    # What the desk took out stays out, but is told of where others have worked at it.
    clashes += [key for key, part in come.items() if key in was and key not in stands and part != was[key]]
    return _with_new(body, theirs, was)


def _with_new(body: list[Part], theirs: list[Part], was: Mapping[str, Part]) -> list[Part]:
    """Put what is new in theirs after what it follows there."""
    here = {part["id"] for part in body}
    before: str | None = None
    for part in theirs:
        key = part["id"]
        if key not in was and key not in here:
            places = [place for place, one in enumerate(body) if one["id"] == before]
            body.insert(places[0] + 1 if places else 0 if before is None else len(body), part)
            here.add(key)
        if key in here:
            before = key
    return body
