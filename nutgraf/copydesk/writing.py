"""Write a story as copy that reads as the same story again: as naturally as that allows, and explicitly where it does not."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal
from zoneinfo import ZoneInfo

from nutgraf.copydesk import drafts, inline, normal, notation
from nutgraf.copydesk.drafts import Draft, Part
from nutgraf.copydesk.house_labels import HOUSE_LABELS
from nutgraf.copydesk.inline import Run
from nutgraf.copydesk.reading import read

Form = Literal["markdown", "text"]

# Where a line stands: by itself, or close under the line above it.
_CLOSE = frozenset(
    ["bullet", "sub-bullet", "facts", "eyebrow", "headline", "by", "section", "short head", "slug", "story"]
)


# How far from where a reading goes wrong its cause is looked for first.
REACH = 3


@dataclass(slots=True, eq=False)
class _Element:
    """One thing that a draft says, and how it can be written: each form surer to be read right than the one before."""

    kind: str
    value: Any
    forms: list[str]
    level: int = 0

    @property
    def line(self) -> str:
        return self.forms[self.level]

    @property
    def can_be_surer(self) -> bool:
        return self.level + 1 < len(self.forms)


def write(
    draft: Draft,
    *,
    at: datetime.datetime,
    zone: ZoneInfo,
    form: Form = "markdown",
    labels: Sequence[str] = HOUSE_LABELS,
) -> str:
    """Return the draft in the copy format, docs/developers/copy-format.md.

    Read again, with the same labels, it is the same draft: all but the ids of
    its blocks, and in plain text bold, italic and links. `at` is the moment by
    which words like "Thursday" are understood in a story without a time.
    """
    draft = normal.draft(draft, is_plain=form == "text")
    trial = _Trial(list(_Writer(draft, form, at).elements()), list(_said(draft)), form)
    trial.settle(lambda copy: drafts.drafts(read(copy, at=at, zone=zone, labels=labels)))
    return trial.copy


def write_all(
    stories: Sequence[Draft],
    *,
    at: datetime.datetime,
    zone: ZoneInfo,
    form: Form = "markdown",
    labels: Sequence[str] = HOUSE_LABELS,
) -> str:
    """Return several drafts in one piece of copy."""
    return "\n\n".join(write(draft, at=at, zone=zone, form=form, labels=labels) for draft in stories)


class _Trial:
    """Copy that is written, read again and written surer where it was not read as it was meant."""

    def __init__(self, elements: list[_Element], wanted: list[Any], form: Form) -> None:
        self.elements = elements
        self.wanted = wanted
        self.is_plain = form == "text"

    @property
    def copy(self) -> str:
        return _joined(self.elements)

    def settle(self, understand: Callable[[str], list[Draft]]) -> None:
        """Choose for each element the most natural form that is understood."""
        agreed = self._agreed(understand)
        while agreed < len(self.wanted) + 1:
            near = self._near(min(agreed, len(self.wanted) - 1))
            if not near:
                return
            better = agreed
            for element in near:
                element.level += 1
                better = self._agreed(understand)
                if better > agreed:
                    break
                element.level -= 1
            else:
                # No one of them alone misled.
                for element in near:
                    element.level += 1
                better = self._agreed(understand)
            agreed = better

    def _agreed(self, understand: Callable[[str], list[Draft]]) -> int:
        """Return how many things are read as they were meant, and one more if nothing else was read."""
        again = understand(self.copy)
        said = list(_said(normal.draft(again[0], is_plain=self.is_plain))) if again else []
        if said == self.wanted and len(again) == 1:
            return len(said) + 1
        pairs = enumerate(zip(self.wanted, said, strict=False))
        return next((place for place, (wanted, one) in pairs if wanted != one), min(len(said), len(self.wanted)))

    def _near(self, place: int) -> list[_Element]:
        """Return what may be written surer: close to a place, or anywhere if all that is close cannot be."""
        around = sorted(range(len(self.elements)), key=lambda one: (abs(one - place), one < place))
        able = [self.elements[one] for one in around if self.elements[one].can_be_surer]
        close = [one for one in able if one in self.elements[max(0, place - REACH) : place + REACH + 1]]
        return close or able


def _joined(elements: list[_Element]) -> str:
    """Set the lines below each other: paragraphs apart, lines of one thing together."""
    copy = ""
    for element in elements:
        if not element.line:
            continue
        if not copy or copy.endswith(" "):
            copy += element.line
            continue
        is_close = element.kind in _CLOSE and (
            element.line.startswith("[") or not copy.rsplit("\n", 1)[-1].startswith("**")
        )
        copy += ("\n" if is_close else "\n\n") + element.line
    return copy + "\n"


def _said(draft: Draft) -> Iterator[tuple[Any, ...]]:
    """Yield what a draft says, in the order in which it is written."""
    yield ("story", draft.key, draft.published_at, draft.updated_at)
    yield from _head(draft)
    yield ("by", tuple(draft.bylines))
    yield ("picture", draft.hero)
    yield ("dateline", draft.dateline_place, draft.dateline_date)
    yield ("lede", draft.lede)
    for part in draft.body:
        yield from _said_of(part)


def _head(draft: Draft) -> Iterator[tuple[str, str]]:
    yield ("eyebrow", draft.eyebrow)
    yield ("headline", draft.headline)
    yield ("short head", draft.short_head)
    yield ("slug", draft.slug)
    yield ("section", draft.section)


def _said_of(part: Part) -> Iterator[tuple[Any, ...]]:
    value = part["value"]
    if part["type"] not in ("point", "paragraph"):
        yield (part["type"], value)
        return
    yield ("point", value.get("label", ""), value["text"])
    for item in value["bullets"]:
        yield ("bullet", item["value"]["text"])
        for below in item["value"]["bullets"]:
            yield ("sub-bullet", below["value"])
    yield ("facts", value["facts"])


class _Writer:
    """The forms in which a draft can be written."""

    def __init__(self, draft: Draft, form: Form, at: datetime.datetime) -> None:
        self.draft = draft
        self.is_markdown = form == "markdown"
        self.form = form
        self.at = at

    def elements(self) -> Iterator[_Element]:
        """Yield an element for each thing that the draft says; `_said` yields them in the same order."""
        draft = self.draft
        yield self._story()
        for kind, words in _head(draft):
            yield self._field(kind, words)
        yield self._bylines()
        yield _Element("picture", draft.hero, self._lines("main picture", draft.hero) if draft.hero else [""])
        yield self._dateline()
        yield self._text("lede", draft.lede, [self._inline(draft.lede)])
        for part in draft.body:
            yield from self._part(part)

    def _story(self) -> _Element:
        draft = self.draft
        moments = [("published", draft.published_at or ""), ("updated", draft.updated_at or "")]
        if not draft.published_at and not draft.updated_at:
            moments.append(("written", self.at.isoformat(timespec="seconds")))
        said = [("form", self.form), *((key, words) for key, words in moments if words)]
        return _Element("story", None, [notation.line("story", draft.key, said)])

    def _field(self, kind: str, words: str) -> _Element:
        if not words:
            return _Element(kind, words, [""])
        explicit = [f"[{kind}] {one}" for one in self._values(words)]
        natural = {"eyebrow": words, "headline": f"# {self._literal(words)}" if self.is_markdown else words}
        first = natural.get(kind) or f"{kind.capitalize()}: {self._literal(words)}"
        return _Element(kind, words, [first, *explicit])

    def _bylines(self) -> _Element:
        names = self.draft.bylines
        if not names:
            return _Element("by", (), [""])
        natural = "By " + " and ".join(filter(None, [", ".join(names[:-1]), names[-1]]))
        explicit = [f"[by] {' | '.join(one)}" for one in zip(*map(self._values, names), strict=True)]
        return _Element("by", tuple(names), [self._literal(natural), *explicit])

    def _dateline(self) -> _Element:
        draft = self.draft
        if not draft.dateline_place and not draft.dateline_date:
            return _Element("dateline", None, [""])
        pairs = {"date": draft.dateline_date or ""}
        explicit = self._lines("dateline", {"": draft.dateline_place, **pairs})
        is_plain = not draft.dateline_date and draft.lede
        return _Element(
            "dateline", None, [*([f"{self._literal(draft.dateline_place)} — "] if is_plain else []), *explicit]
        )

    def _part(self, part: Part) -> Iterator[_Element]:
        value = part["value"]
        if part["type"] not in ("point", "paragraph"):
            yield _Element(part["type"], value, self._lines(part["type"], value))
            return
        yield self._point(value)
        for item in value["bullets"]:
            yield self._bullet("bullet", "- ", item["value"]["text"])
            for below in item["value"]["bullets"]:
                yield self._bullet("sub-bullet", "    - ", below["value"])
        facts = [self._lines(fact["type"], fact["value"], is_noted=True) for fact in value["facts"]]
        noted = ["\n".join(["[noted only]", *lines]) for lines in zip(*facts, strict=True)] or ["[noted only]"]
        yield _Element("facts", value["facts"], ["", *noted])

    def _point(self, value: dict[str, Any]) -> _Element:
        label, text = value.get("label", ""), drafts.inner(value["text"])
        if not label:
            return self._text("paragraph", text, [self._inline(text)] if text else [])
        words = self._literal(label)
        natural = f"**{words}:** {self._inline(text)}" if self.is_markdown else f"{label}: {self._inline(text)}"
        sure = [
            f"[point] {one}" + (f" | text: {two}" if text else "")
            for one, two in zip(self._values(label), self._inlines(text), strict=True)
        ]
        return _Element("point", value, [natural.rstrip(), *sure])

    def _bullet(self, kind: str, sign: str, source: str) -> _Element:
        text = drafts.inner(source)
        return self._text(kind, text, [sign + self._inline(text)] if text else [])

    def _text(self, kind: str, text: str, natural: list[str]) -> _Element:
        if kind == "lede" and not text:
            return _Element(kind, text, [""])
        return _Element(kind, text, natural + [f"[{kind}] {one}".rstrip() for one in self._inlines(text)])

    # The explicit lines

    def _lines(self, kind: str, value: dict[str, Any], *, is_noted: bool = False) -> list[str]:
        """Return an explicit line, once with few and once with all signs escaped."""
        first, pairs = notation.pairs(kind, value)
        firsts = self._values(first)
        values = [self._values(words) for _, words in pairs]
        return [
            notation.line(
                kind,
                firsts[level],
                [(key, words[level]) for (key, _), words in zip(pairs, values, strict=True)],
                is_noted=is_noted,
            )
            for level in range(len(firsts))
        ]

    # Words

    def _values(self, words: str) -> list[str]:
        return self._marked([Run(words.replace("|", "||"))])

    def _inlines(self, source: str) -> list[str]:
        return self._marked([replace(run, text=run.text.replace("|", "||")) for run in inline.runs(source)])

    def _marked(self, runs: list[Run]) -> list[str]:
        if not self.is_markdown:
            return ["".join(run.text for run in runs)] * 2
        return [inline.as_markdown(runs), inline.as_markdown(runs, is_strict=True)]

    def _inline(self, source: str) -> str:
        return inline.as_markdown(inline.runs(source)) if self.is_markdown else inline.plain(source)

    def _literal(self, words: str) -> str:
        return inline.as_markdown([Run(words)]) if self.is_markdown else words
