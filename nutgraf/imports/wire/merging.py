"""Take over what a wire has changed into a story that the desk has worked at since: block by block, and never over somebody's work."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from nutgraf.copydesk import normal
from nutgraf.copydesk.drafts import Draft, Part

# What each line and block says, by its name or id.
Said = dict[str, Any]


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

    Blocks are the same by their ids, and say the same by their words: a form
    that was saved writes them in another way. Without changes of mine it says
    what theirs does; without changes of theirs it is mine.
    """
    clashes: list[str] = []
    was, come, stands = (_said(words) for words in (base, theirs, mine))
    headline, lede = (
        getattr(theirs if _is_theirs(name, was, come, stands, clashes) else mine, name) for name in ("headline", "lede")
    )
    return Merged(Words(headline, lede, _body(theirs, mine, was, come, stands, clashes)), clashes)


def is_same(one: Words, other: Words) -> bool:
    """Say whether two say the same, however it is written."""
    return list(_said(one).items()) == list(_said(other).items())


def _said(words: Words) -> Said:
    """Return what each line and block says, in the one form in which that is compared."""
    plain = normal.draft(Draft(headline=words.headline, lede=words.lede, body=list(words.body)))
    blocks = {part["id"]: said for part, said in zip(words.body, plain.body, strict=True)}
    return {"headline": plain.headline, "lede": plain.lede, **blocks}


def _is_theirs(name: str, was: Said, come: Said, stands: Said, clashes: list[str]) -> bool:
    """Say of what both have whether theirs takes the place of mine; note where each has changed it in another way."""
    if come[name] in (was[name], stands[name]):
        return False
    if stands[name] != was[name]:
        clashes.append(name)
        return False
    return True


def _body(theirs: Words, mine: Words, was: Said, come: Said, stands: Said, clashes: list[str]) -> list[Part]:
    new = {part["id"]: part for part in theirs.body}
    body = []
    for part in mine.body:
        key = part["id"]
        if key in was and key not in come:
            if stands[key] == was[key]:
                continue
            clashes.append(key)
        is_theirs = key in was and key in come and _is_theirs(key, was, come, stands, clashes)
        body.append(new[key] if is_theirs else part)
    # What the desk took out stays out, but is told of where others have worked at it.
    clashes += [key for key in come if key in was and key not in stands and come[key] != was[key]]
    if [key for key in stands if key in was] == list(was):
        # Nobody has moved or taken out anything here, so what they have moved is moved.
        body = _in_order(body, [key for key in come if key in was])
    return _with_new(body, theirs.body, was)


def _in_order(body: list[Part], keys: list[str]) -> list[Part]:
    """Put the blocks that have these keys in their order, into the places that they have together."""
    known = {part["id"]: part for part in body if part["id"] in keys}
    ordered = iter([known[key] for key in keys if key in known])
    return [next(ordered) if part["id"] in known else part for part in body]


def _with_new(body: list[Part], theirs: Sequence[Part], was: Said) -> list[Part]:
    """Put what is new in theirs after what it follows there."""
    here = {part["id"] for part in body}
    before: str | None = None
    for part in theirs:
        key = part["id"]
        if key not in was and key not in here:
            place = next((place for place, one in enumerate(body, start=1) if one["id"] == before), 0)
            body.insert(place, part)
            here.add(key)
        if key in here:
            before = key
    return body
