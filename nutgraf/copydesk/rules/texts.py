"""A story's words in reading order, each text with its place in the form, and what is read in them once for all rules."""

from __future__ import annotations

import bisect
import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from nutgraf.copydesk import inline, moments, names, numbers, quotations
from nutgraf.copydesk.drafts import Draft
from nutgraf.copydesk.found import Number, Span

PROSE = frozenset(["lede", "text", "bullet", "sub-bullet"])
_FACT_TEXTS = {
    "quote": ("words", "speaker", "role", "affiliation", "said_to"),
    "number": ("wording", "unit", "counts", "source"),
    "event": ("what", "place"),
}
_WORD = re.compile(r"[^\W_]+(?:['’.,-][^\W_]+)*%?")
_LINK = re.compile(r"<a\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """What another story has in place of what is noted, and which story that is."""

    words: str
    story: int
    headline: str
    on: datetime.date | None = None
    # What the field at the note's path would hold if the other is right; empty where words have to be chosen.
    value: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule found, before it is known as a note."""

    why: str
    path: str
    start: int = 0
    end: int = 0
    words: str = ""
    # Words that tell it from others of its rule, where its own do not.
    context: str = ""
    other: Elsewhere | None = None


@dataclass(frozen=True, slots=True)
class Text:
    """The plain words of one field."""

    path: str
    kind: str
    words: str
    # The part of the body that it stands in.
    part: int = -1
    has_link: bool = False

    def note(self, why: str, start: int, end: int) -> Finding:
        return Finding(why, self.path, start, end, self.words[start:end])

    def note_all(self, why: str) -> Finding:
        return self.note(why, 0, len(self.words))


@dataclass(frozen=True, slots=True)
class Fact:
    """A quote, number, event or picture of the body, with its place."""

    kind: str
    value: dict[str, Any]
    path: str
    part: int
    is_shown: bool


class Piece:
    """A story as the rules look at it."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.facts: list[Fact] = []
        self.texts: list[Text] = [text for text in self._all() if text.words]
        self._numbers: dict[datetime.date, list[Number]] = {}

    @cached_property
    def prose(self) -> list[Text]:
        """The lede, and the texts and bullets under it."""
        return [text for text in self.texts if text.kind in PROSE]

    @cached_property
    def running(self) -> str:
        """The prose as one text, a paragraph for each field."""
        return "\n\n".join(text.words for text in self.prose)

    @cached_property
    def stretches(self) -> list[Span]:
        """Where each field's prose is in `running`."""
        spans, start = [], 0
        for text in self.prose:
            spans.append((start, start + len(text.words)))
            start += len(text.words) + 2
        return spans

    @cached_property
    def register(self) -> names.Register:
        """The names in the prose."""
        return names.find(self.running, self.stretches)

    @cached_property
    def quoted(self) -> list[Span]:
        """Where in `running` somebody else's words stand, with their marks."""
        return [(one.start, one.end) for one in quotations.find(self.running, self.stretches)]

    @cached_property
    def own_words(self) -> str:
        """The prose with quoted words blanked out, so that nobody is corrected in somebody else's mouth."""
        kept = list(self.running)
        for start, end in self.quoted:
            kept[start:end] = " " * (end - start)
        return "".join(kept)

    def numbers(self, on: datetime.date) -> list[Number]:
        """Return the numbers that the prose says in its own words, read once for all rules."""
        if on not in self._numbers:
            said = [moments.find(self.running, start, end, on) for start, end in self.stretches]
            self._numbers[on] = numbers.find(self.own_words, self.stretches, said)
        return self._numbers[on]

    def at(self, place: int) -> tuple[Text, int]:
        """Return the text that a place in `running` is in, and where that text begins there."""
        number = max(0, bisect.bisect_right(self.stretches, place, key=lambda span: span[0]) - 1)
        return self.prose[number], self.stretches[number][0]

    def note(self, why: str, start: int, end: int) -> Finding:
        """Return a finding at a stretch of `running`."""
        text, first = self.at(start)
        return text.note(why, start - first, min(end - first, len(text.words)))

    def _all(self) -> Iterator[Text]:
        draft = self.draft
        yield Text("headline", "headline", draft.headline)
        yield Text("short_head", "short head", draft.short_head)
        yield Text("eyebrow", "eyebrow", draft.eyebrow)
        yield Text("dateline_place", "dateline", draft.dateline_place)
        yield from _rich("lede", "lede", draft.lede, -1)
        if hero := draft.hero:
            self.facts.append(Fact("picture", hero, "hero", -1, True))
            yield Text("hero_caption", "caption", hero.get("caption") or "")
            yield Text("hero_alt_text", "alt text", hero.get("alt_text") or "")
        for place, part in enumerate(draft.body):
            yield from self._part(part, f"body/{_name(part, place)}", place)

    def _part(self, part: dict[str, Any], path: str, place: int) -> Iterator[Text]:
        kind, value = part["type"], part["value"]
        if kind in ("point", "paragraph"):
            yield Text(f"{path}/label", "label", value.get("label") or "", place)
            yield from _rich(f"{path}/text", "text", value.get("text"), place)
            yield from _bullets(value.get("bullets") or [], path, place)
            for number, fact in enumerate(value.get("facts") or []):
                yield from self._fact(fact, f"{path}/facts/{_name(fact, number)}", place, is_shown=False)
        else:
            yield from self._fact(part, path, place, is_shown=True)

    def _fact(self, part: dict[str, Any], path: str, place: int, *, is_shown: bool) -> Iterator[Text]:
        kind, value = part["type"], part["value"]
        self.facts.append(Fact(kind, value, path, place, is_shown))
        if kind == "picture":
            yield Text(f"{path}/caption", "caption", value.get("caption") or "", place)
            yield Text(f"{path}/alt_text", "alt text", value.get("alt_text") or "", place)
        for name in _FACT_TEXTS.get(kind, ()):
            yield Text(
                f"{path}/{name}", f"{kind} {name}" if is_shown else f"noted {name}", value.get(name) or "", place
            )


def count_words(words: str) -> int:
    """Return how many words there are, as an editor counts: "well-known", "2,500" and "don't" are one each."""
    return sum(1 for _ in _WORD.finditer(words))


def _bullets(bullets: list[dict[str, Any]], path: str, place: int) -> Iterator[Text]:
    for number, item in enumerate(bullets):
        at = f"{path}/bullets/{_name(item, number)}"
        yield from _rich(f"{at}/text", "bullet", item["value"].get("text"), place)
        for below, sub in enumerate(item["value"].get("bullets") or []):
            yield from _rich(f"{at}/bullets/{_name(sub, below)}", "sub-bullet", sub["value"], place)


def _rich(path: str, kind: str, source: str | None, place: int) -> Iterator[Text]:
    source = source or ""
    yield Text(path, kind, inline.plain(source), place, has_link=bool(_LINK.search(source)))


def _name(part: dict[str, Any], place: int) -> str:
    return str(part.get("id") or place)
