"""Read an editor's overrides of one storyline into a form that assembling can ask: what is pinned, hidden, reworded, merged."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from nutgraf.storylines.models import Override, Storyline

# An entry by kind and key, or one fact by story and block.
EntryName = tuple[str, str]
FactName = tuple[int, str]


@dataclass
class Rulings:
    """The overrides of one storyline, by what they are about."""

    pinned: set[EntryName | FactName] = field(default_factory=set)
    hidden: set[EntryName | FactName] = field(default_factory=set)
    words: dict[EntryName | FactName, str] = field(default_factory=dict)
    merged: dict[EntryName, str] = field(default_factory=dict)

    @classmethod
    def of(cls, storyline: Storyline) -> Rulings:
        """Return those of a storyline."""
        return cls.read(Override.objects.filter(storyline=storyline))

    @classmethod
    def read(cls, overrides: Iterable[Override]) -> Rulings:
        """Sort overrides by what they do."""
        rulings = cls()
        for one in overrides:
            name: EntryName | FactName = (one.story_id, one.block_id) if one.story_id else (one.kind, one.key)
            match one.action:
                case Override.Action.PIN:
                    rulings.pinned.add(name)
                case Override.Action.HIDE:
                    rulings.hidden.add(name)
                case Override.Action.REWORD:
                    rulings.words[name] = one.words
                case Override.Action.MERGE:
                    rulings.merged[one.kind, one.key] = one.into_key
        return rulings

    def key(self, kind: str, key: str) -> str:
        """Return the key of the entry that one of this key has gone into, which is mostly itself."""
        seen = {key}
        while (into := self.merged.get((kind, key))) is not None and into not in seen:
            seen.add(into)
            key = into
        return key
