"""A story as plain data, between copy and the newsroom: its fields, and its body in the form that the newsroom keeps."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal, InvalidOperation
from typing import Any

from nutgraf.copydesk import found, inline
from nutgraf.copydesk.found import Span

Part = dict[str, Any]
"""One block: {"type": "point", "value": {…}, "id": "…"}; what `value` holds for each type is in docs/developers/copy-format.md."""

Fact = found.Quote | found.Number | found.Event

# Below this a fact that was found in the words is a guess, and not noted.
SURE_ENOUGH = 0.6
_LONGEST = {
    "speaker": 120, "role": 160, "affiliation": 160, "said_to": 160,
    "wording": 60, "unit": 40, "counts": 160, "source": 160, "what": 200, "place": 120,
}  # fmt: skip
_DIGITS, _DECIMALS = 24, 6


@dataclass(slots=True)
class Unsettled:
    """Something that the copy says and a draft has no place for, and why."""

    text: str
    reason: str
    span: Span | None = None


@dataclass(slots=True)
class Draft:
    """A story that somebody wrote, and nobody has filed yet. Texts are inline HTML: `b`, `i` and `a`."""

    headline: str = ""
    short_head: str = ""
    slug: str = ""
    eyebrow: str = ""
    # Names, as they are signed.
    section: str = ""
    bylines: list[str] = field(default_factory=list)
    dateline_place: str = ""
    # ISO dates and moments.
    dateline_date: str | None = None
    published_at: str | None = None
    updated_at: str | None = None
    lede: str = ""
    # {"picture": number in the library or None, "caption": …, "alt_text": …}
    hero: dict[str, Any] | None = None
    body: list[Part] = field(default_factory=list)
    # The key of the story that this is the copy of, 32 hexadecimal digits.
    key: str = ""
    unsettled: list[Unsettled] = field(default_factory=list)
    # Whether it was written as plain text, which has no bold, italic or links.
    is_plain: bool = False


def point(label: str, text: str, bullets: list[Part] | None = None, facts: list[Part] | None = None) -> Part:
    """Return a point, or a paragraph where there is no label."""
    value = {"text": paragraph(text), "bullets": bullets or [], "facts": facts or []}
    return _part("point", {"label": label, **value}) if label else _part("paragraph", value)


def bullet(text: str, below: list[Part] | None = None) -> Part:
    """Return a bullet with its own bullets."""
    return _part("item", {"text": paragraph(text), "bullets": below or []})


def sub_bullet(text: str) -> Part:
    """Return a bullet of a bullet."""
    return _part("item", paragraph(text))


def paragraph(html: str) -> str:
    """Return inline HTML as the newsroom keeps it; nothing stays nothing."""
    return f"<p>{html}</p>" if html else ""


def inner(source: str) -> str:
    """Return a text that the newsroom keeps as inline HTML: the other way round."""
    return source.removeprefix("<p>").removesuffix("</p>") if source.count("<p") == 1 else source


def _part(kind: str, value: Any) -> Part:
    return {"type": kind, "value": value}


def drafts(copy: found.Copy) -> list[Draft]:
    """Return every story of the copy as a draft, in order."""
    return [replace(_Drafting(story).draft(), is_plain=copy.form == "text") for story in copy.stories]


class _Drafting:
    """One story that was read, on its way to be a draft."""

    def __init__(self, story: found.Story) -> None:
        self.story = story
        self.hero: found.Picture | None = None

    def draft(self) -> Draft:
        story = self.story
        draft = Draft(
            headline=_text(story.headline),
            short_head=_text(story.short_head),
            slug=_text(story.slug),
            eyebrow=_text(story.eyebrow),
            section=_text(story.section),
            bylines=[name.text for name in story.bylines],
            dateline_place=story.dateline.place if story.dateline else "",
            dateline_date=story.dateline.date if story.dateline else None,
            published_at=self._time("published"),
            updated_at=self._time("updated"),
            lede=story.lede.html if story.lede else "",
            key=story.key,
        )
        self.hero = self._lead_picture()
        draft.hero = self._picture(self.hero, draft) if self.hero else None
        draft.body = list(self._body(draft))
        return draft

    def _time(self, kind: str) -> str | None:
        return next((time.at for time in self.story.times if time.kind == kind), None)

    def _lead_picture(self) -> found.Picture | None:
        """Return the picture that the copy calls so, or the first, if it stands above the first point."""
        if said := next((picture for picture in self.story.pictures if picture.is_main), None):
            return said
        first = next(iter(sorted(self.story.pictures, key=_start)), None)
        if first and first.is_main is None and all(first.span[0] < point.span[0] for point in self.story.points):
            return first
        return None

    def _body(self, draft: Draft) -> Iterator[Part]:
        tops = self._tops()
        for place, top in enumerate(tops):
            end = tops[place + 1].span[0] if place + 1 < len(tops) else self.story.span[1] + 1
            if isinstance(top, found.Point):
                yield self._point(top, end)
            elif isinstance(top, found.Picture):
                yield _part("picture", self._picture(top, draft))
            else:
                yield _fact(top)

    def _tops(self) -> list[Any]:
        """Return what stands in the body by itself, in order."""
        story = self.story
        facts: list[Fact] = [*story.quotes, *story.numbers, *story.events]
        pictures = [picture for picture in story.pictures if picture is not self.hero]
        return sorted([*story.points, *(fact for fact in facts if fact.origin == "line"), *pictures], key=_start)

    def _point(self, point_: found.Point, end: int) -> Part:
        bullets = [bullet(one.html, [sub_bullet(below.html) for below in one.bullets]) for one in point_.bullets]
        return point(point_.label, point_.html, bullets, list(self._noted(point_, end)))

    def _noted(self, point_: found.Point, end: int) -> Iterator[Part]:
        """Yield the facts of a point: those that its copy notes, and those that its words say."""
        story = self.story
        facts: list[Fact] = [*story.quotes, *story.numbers, *story.events]
        here = [
            fact for fact in sorted(facts, key=_start) if point_.span[0] <= fact.span[0] < end and fact.origin != "line"
        ]
        given = [_fact(fact) for fact in here if fact.origin == "note"]
        yield from given
        if point_.facts_given:
            return
        for fact in here:
            if fact.origin == "words" and fact.sure >= SURE_ENOUGH:
                part = _fact(fact)
                if is_whole(part) and not any(_is_same(part, one) for one in given):
                    yield part

    def _picture(self, picture: found.Picture, draft: Draft) -> dict[str, Any]:
        if picture.credit and picture.number is None:
            draft.unsettled.append(
                Unsettled(picture.credit.text, "a credit is kept with the picture: choose the picture", picture.span)
            )
        return {"picture": picture.number, "caption": picture.caption, "alt_text": picture.alt}


def _start(one: Any) -> int:
    start: int = one.span[0]
    return start


def _text(words: found.Words | None) -> str:
    return words.text if words else ""


def _fact(fact: Fact) -> Part:
    if isinstance(fact, found.Quote):
        return quote_part(fact)
    return number_part(fact) if isinstance(fact, found.Number) else event_part(fact)


def quote_part(quote: found.Quote) -> Part:
    """Return a quote as a block."""
    names = ("words", "speaker", "role", "affiliation", "said_to")
    return _part("quote", {name: getattr(quote, name) for name in names})


def number_part(number: found.Number) -> Part:
    """Return a number as a block; its wording is what the copy says beyond the figure."""
    wording = number.text
    if number.origin == "words":
        wording = number.text.removesuffix(number.counts).strip() if number.qualifier else ""
    value = {
        "value": number.value or None,
        "value_to": number.value_to,
        "wording": wording,
        "unit": number.unit,
        "counts": number.counts,
        "as_of": number.as_of,
        "source": number.source,
    }
    return _part("number", value)


def event_part(event: found.Event) -> Part:
    """Return an event as a block."""
    names = ("what", "place", "starts", "time", "ends", "precision", "is_expected")
    return _part("event", {name: getattr(event, name) for name in names} | {"starts": event.starts or None})


def is_whole(part: Part) -> bool:
    """Tell whether a fact says enough to be kept, and fits where it is kept."""
    value = part["value"]
    if any(len(value.get(name) or "") > longest for name, longest in _LONGEST.items()):
        return False
    if part["type"] == "quote":
        return bool(value["words"] and value["speaker"])
    if part["type"] == "event":
        return bool(value["what"] and value["starts"]) and not (value["ends"] and value["ends"] < value["starts"])
    return (
        bool(value["counts"] and value["value"])
        and _is_figure(value["value"])
        and _is_range(value["value"], value["value_to"])
    )


def _is_figure(words: str) -> bool:
    try:
        _, digits, exponent = Decimal(words).as_tuple()
    except InvalidOperation:
        return False
    decimals = -exponent if isinstance(exponent, int) else _DECIMALS + 1
    return decimals <= _DECIMALS and len(digits) - decimals <= _DIGITS - _DECIMALS


def _is_range(first: str, last: str | None) -> bool:
    return last is None or (_is_figure(last) and Decimal(last) > Decimal(first))


def _is_same(one: Part, other: Part) -> bool:
    """Tell whether two facts are one, said twice."""
    if one["type"] != other["type"]:
        return False
    key = {"quote": "words", "number": "value", "event": "starts"}[one["type"]]
    return bool(one["value"][key] == other["value"][key])


def words(part: Part) -> str:
    """Return the words of a point or paragraph with its bullets, on one line."""
    value = part["value"]
    texts = [value["text"]]
    for item in value["bullets"]:
        texts += [item["value"]["text"], *(below["value"] for below in item["value"]["bullets"])]
    return " ".join(filter(None, (value.get("label", ""), *map(inline.plain, texts))))
