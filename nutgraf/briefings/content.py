"""What an edition says, as plain records: made once when it goes out, kept as JSON, and shown as a page, a mail and a text."""

from __future__ import annotations

import dataclasses
import datetime
import math
from dataclasses import dataclass, field
from typing import Any

from nutgraf.stories import richtext

WORDS_A_MINUTE = 250


@dataclass(frozen=True)
class Shot:
    """A picture as an edition shows it."""

    pk: int
    alt_text: str
    caption: str = ""
    credit_line: str = ""


@dataclass(frozen=True)
class Line:
    """One line of a list: what it begins with, what it says, where that is told."""

    words: str
    lead: str = ""
    url: str = ""

    @property
    def count(self) -> int:
        """How many words it has."""
        return len(f"{self.lead} {self.words}".split())


@dataclass(frozen=True)
class Item:
    """One item: of each kind some of these are empty. Paragraphs are inline HTML, cleaned."""

    kind: str
    key: str
    headline: str = ""
    url: str = ""
    paragraphs: list[str] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    # A number of the day.
    figure: str = ""
    counts: str = ""
    source: str = ""
    # A quote, without its marks.
    quote: str = ""
    speaker: str = ""
    role: str = ""
    # What a sponsor's place is called.
    label: str = ""
    picture: Shot | None = None
    story: int | None = None
    # How many changes of a storyline did not fit.
    more: int = 0

    @property
    def count(self) -> int:
        """How many words a reader reads of it."""
        said = [self.headline, self.figure, self.counts, self.source, self.quote, self.speaker, self.role, self.label]
        return _count(said) + _count_html(self.paragraphs) + sum(line.count for line in self.lines)


@dataclass(frozen=True)
class Correction:
    """An error in a story that an earlier edition carried, as its readers are told of it."""

    version: int
    story: int
    headline: str
    # Empty where the story was withdrawn.
    url: str
    sentence: str
    kind: str


@dataclass(frozen=True)
class Curator:
    """Who signs an edition."""

    name: str
    url: str
    role: str = ""


@dataclass(frozen=True)
class Content:
    """All that an edition says."""

    subject: str
    preheader: str
    curator: Curator
    opening: list[str] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    corrections: list[Correction] = field(default_factory=list)
    picture: Shot | None = None

    @property
    def count(self) -> int:
        """How many words a reader reads."""
        corrections = _count(f"{one.headline} {one.sentence}" for one in self.corrections)
        return _count_html(self.opening) + sum(item.count for item in self.items) + corrections

    @property
    def minutes(self) -> int:
        """How long a quick reader takes, in whole minutes."""
        return max(1, math.ceil(self.count / WORDS_A_MINUTE))

    @property
    def stories(self) -> list[int]:
        """The stories that it carries, each once."""
        return list(dict.fromkeys(item.story for item in self.items if item.story))

    @property
    def pictures(self) -> list[Shot]:
        """Every picture in it."""
        own = [self.picture] if self.picture else []
        return own + [item.picture for item in self.items if item.picture]

    def as_json(self) -> dict[str, Any]:
        """Return it as it is kept."""
        return dataclasses.asdict(self)

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> Content:
        """Return it as it was kept."""
        return cls(
            subject=kept["subject"],
            preheader=kept["preheader"],
            curator=Curator(**kept["curator"]),
            opening=kept["opening"],
            items=[_item(one) for one in kept["items"]],
            corrections=[Correction(**one) for one in kept["corrections"]],
            picture=_shot(kept["picture"]),
        )


@dataclass(frozen=True)
class Issue:
    """What a page or a mail needs to know of an edition beside what that says."""

    briefing: str
    promise: str
    url: str
    briefing_url: str
    day: datetime.date
    # What its readers subscribed to, who may have come by several lists.
    lists: str
    is_special: bool = False


def _item(kept: dict[str, Any]) -> Item:
    return Item(**kept | {"lines": [Line(**line) for line in kept["lines"]], "picture": _shot(kept["picture"])})


def _shot(kept: dict[str, Any] | None) -> Shot | None:
    return Shot(**kept) if kept else None


def _count(texts: Any) -> int:
    return sum(len(text.split()) for text in texts)


def _count_html(paragraphs: list[str]) -> int:
    return _count(richtext.plain(one) for one in paragraphs)
