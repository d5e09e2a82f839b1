"""Copy written for this project, each piece with its hand-made truth: what the reader is measured on."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

PARTS = ("dev", "test")


@dataclass(frozen=True)
class Piece:
    """One piece of copy, and the file that says what stands in it."""

    path: Path
    truth_path: Path

    @property
    def name(self) -> str:
        return f"{self.path.parent.name}/{self.path.stem}"

    @property
    def form(self) -> str:
        return {".txt": "text", ".md": "markdown", ".html": "html"}[self.path.suffix]

    @cached_property
    def truth(self) -> dict[str, Any]:
        truth: dict[str, Any] = json.loads(self.truth_path.read_text("utf-8"))
        return truth

    @property
    def is_new(self) -> bool:
        """Whether it came after the floors were measured, so that they do not count it yet."""
        return bool(self.truth.get("new"))

    @property
    def text(self) -> str:
        return self.path.read_bytes().decode(self.truth.get("encoding", "utf-8"))

    @property
    def source(self) -> str | bytes:
        """What the reader is given: text as from the clipboard, or bytes where the encoding is to be found out."""
        return self.path.read_bytes() if "encoding" in self.truth else self.text

    @property
    def at(self) -> datetime:
        return datetime.fromisoformat(self.truth["at"])

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.truth["zone"])


def pieces(part: str) -> Iterator[Piece]:
    """Yield the pieces of `dev` or of `test`, by name; none of their files is opened yet. There may be no `test` for a while."""
    folder = Path(__file__).parent / part
    for path in sorted(folder.glob("*")):
        if path.suffix != ".json":
            yield Piece(path, path.with_suffix(".json"))


def body(story: dict[str, Any]) -> Iterator[str]:
    """Yield the lede of a story, its points and its bullets, without the labels."""
    yield story.get("lede", "")
    for point in story.get("points", []):
        yield point["text"]
        for bullet in point.get("bullets", []):
            yield bullet["text"]
            yield from (inner["text"] for inner in bullet.get("bullets", []))
