"""What readers are told by a story, piece by piece in plain structured words, so that two versions can be compared."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from nutgraf.copydesk import inline

# The pieces that are fields of the story go by the names of these; the others by the ids of their blocks.
LINES = ("eyebrow", "headline", "short_head", "byline", "dateline", "lede", "hero")

_LINK = re.compile(r'<a\b[^>]*?\b(?:href|id)="([^"]*)"')
_TEXTS = ("point", "paragraph")


@dataclass(frozen=True, slots=True)
class Piece:
    """One thing that a story says: its headline, a point's text, a bullet, a quote."""

    id: str
    # The name of a line of the story's own, or of a block: "headline", "point", "bullet", "number" …
    kind: str
    # What it says, by the names that a block gives to its parts; what is empty is left out.
    words: Mapping[str, str]
    # The point that it stands under, or the bullet.
    under: str = ""
    # Whether a text says it already: it is noted there for other pages, and not shown a second time.
    is_noted: bool = False

    def as_json(self) -> dict[str, Any]:
        """Return it as it is kept."""
        kept: dict[str, Any] = {"id": self.id, "kind": self.kind, "words": dict(self.words)}
        if self.under:
            kept["under"] = self.under
        if self.is_noted:
            kept["noted"] = True
        return kept

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Piece:
        """Return a piece as it was kept."""
        return cls(kept["id"], kept["kind"], kept["words"], kept.get("under", ""), kept.get("noted", False))


def pieces(
    lines: Mapping[str, str], *, lede: str, hero: Mapping[str, Any] | None, body: Sequence[Mapping[str, Any]]
) -> list[Piece]:
    """Return all that a story says, in its order; `lede` is HTML, `body` as the newsroom keeps it."""
    found = [Piece(name, name, {"text": lines[name]}) for name in LINES if lines.get(name)]
    if inline.plain(lede):
        found.append(Piece("lede", "lede", _text(lede)))
    if hero:
        found.append(Piece("hero", "hero", _words(hero)))
    for part in body:
        found.extend(_part(part))
    return found


def _part(part: Mapping[str, Any]) -> Iterator[Piece]:
    kind, key, value = part["type"], part["id"], part["value"]
    if kind not in _TEXTS:
        yield Piece(key, kind, _words(value))
        return
    label = value.get("label") or ""
    yield Piece(key, kind, ({"label": label} if label else {}) | _text(value.get("text") or ""))
    for bullet in value.get("bullets") or []:
        yield Piece(bullet["id"], "bullet", _text(bullet["value"]["text"]), under=key)
        for below in bullet["value"].get("bullets") or []:
            yield Piece(below["id"], "bullet", _text(below["value"]), under=bullet["id"])
    for fact in value.get("facts") or []:
        yield Piece(fact["id"], fact["type"], _words(fact["value"]), under=key, is_noted=True)


def _text(source: str) -> dict[str, str]:
    words = {"text": inline.plain(source)} if inline.plain(source) else {}
    if links := " ".join(_LINK.findall(source)):
        words["links"] = links
    return words


def _words(value: Mapping[str, Any]) -> dict[str, str]:
    return {name: _as_text(name, one) for name, one in value.items() if one not in (None, "", False)}


def _as_text(name: str, value: Any) -> str:
    if name in ("value", "value_to"):
        try:
            return f"{Decimal(str(value)).normalize():f}"
        except InvalidOperation:
            return str(value)
    return "yes" if value is True else " ".join(str(value).split())
