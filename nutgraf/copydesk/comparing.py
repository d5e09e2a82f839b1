"""Compare two versions of what a story says: which pieces came, went, moved, and which say something else."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from nutgraf.copydesk.public_text import Piece

Act = Literal["added", "changed", "removed", "moved"]


@dataclass(frozen=True, slots=True)
class Change:
    """One piece that is another than before: what it said, what it says, and where it now stands."""

    act: Act
    before: Piece | None
    after: Piece | None
    # Its place among the pieces of the later version; of one that was removed, its place among those of the earlier.
    place: int

    @property
    def piece(self) -> Piece:
        """The piece as it is, or as it was before it was removed."""
        piece = self.after or self.before
        if piece is None:
            raise ValueError("a change is one of something")
        return piece

    @property
    def pair(self) -> tuple[Piece, Piece]:
        """The piece before and after; of one that came or went, the same twice."""
        return self.before or self.piece, self.after or self.piece

    @property
    def says_something_else(self) -> bool:
        """Whether what it says is another; a piece may also only have moved."""
        return self.before is None or self.after is None or self.before.words != self.after.words

    def as_json(self) -> dict[str, Any]:
        """Return it as it is kept."""
        return {
            "act": self.act,
            "before": self.before.as_json() if self.before else None,
            "after": self.after.as_json() if self.after else None,
            "place": self.place,
        }

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Change:
        """Return a change as it was kept."""
        before, after = (Piece.from_json(kept[name]) if kept[name] else None for name in ("before", "after"))
        return cls(kept["act"], before, after, kept["place"])


def compare(before: Sequence[Piece], after: Sequence[Piece]) -> list[Change]:
    """Return what is another in the later version, in its order, and after that what was removed.

    Ids are those of blocks, so a piece that was moved or rewritten is known again.
    """
    was, now = {piece.id: piece for piece in before}, {piece.id: piece for piece in after}
    stayed = _stayed(
        [piece.id for piece in before if piece.id in now], [piece.id for piece in after if piece.id in was]
    )
    changes: list[Change] = []
    for place, piece in enumerate(after):
        former = was.get(piece.id)
        if former is None:
            changes.append(Change("added", None, piece, place))
        elif piece.id not in stayed:
            changes.append(Change("moved", former, piece, place))
        elif former != piece:
            changes.append(Change("changed", former, piece, place))
    gone = [Change("removed", piece, None, place) for place, piece in enumerate(before) if piece.id not in now]
    return changes + gone


def apply(before: Sequence[Piece], changes: Sequence[Change]) -> list[Piece]:
    """Return the later version, made of the earlier one and what is another in it."""
    taken = {change.piece.id for change in changes if change.act in ("removed", "moved")}
    rewritten = {change.piece.id: change.piece for change in changes if change.act == "changed"}
    pieces = [rewritten.get(piece.id, piece) for piece in before if piece.id not in taken]
    for change in changes:
        if change.act in ("added", "moved"):
            pieces.insert(change.place, change.piece)
    return pieces


def words_between(before: str, after: str) -> list[tuple[Literal["kept", "taken", "put"], str]]:
    """Return the stretches of words that two texts share, that the earlier had, and that the later has."""
    was, now = before.split(), after.split()
    found: list[tuple[Literal["kept", "taken", "put"], str]] = []
    for tag, first, last, start, end in difflib.SequenceMatcher(None, was, now, autojunk=False).get_opcodes():
        if tag == "equal":
            found.append(("kept", " ".join(was[first:last])))
            continue
        if first < last:
            found.append(("taken", " ".join(was[first:last])))
        if start < end:
            found.append(("put", " ".join(now[start:end])))
    return found


def _stayed(before: list[str], after: list[str]) -> set[str]:
    """Return the ids that stand in the same order in both; the rest has moved."""
    blocks = difflib.SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks()
    return {before[place] for block in blocks for place in range(block.a, block.a + block.size)}
