"""Copy as it was read, row by row for the pane: what each thing is, how sure that is, and where it stands in the text."""

from __future__ import annotations

import bisect
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from nutgraf.copydesk import drafts, placing
from nutgraf.copydesk.found import Copy, Event, Number, Point, Quote, Story
from nutgraf.copydesk.intake import cleaning

WORDS = {
    "headline": gettext_lazy("Headline"),
    "short head": gettext_lazy("Short head"),
    "slug": gettext_lazy("Slug"),
    "eyebrow": gettext_lazy("Eyebrow"),
    "section": gettext_lazy("Section"),
    "byline": gettext_lazy("Byline"),
    "time": gettext_lazy("Time"),
    "dateline": gettext_lazy("Dateline"),
    "remark": gettext_lazy("Remark"),
    "picture": gettext_lazy("Picture"),
    "lede": gettext_lazy("Lede"),
    "point": gettext_lazy("Point"),
    "paragraph": gettext_lazy("Paragraph"),
    "bullet": gettext_lazy("Bullet"),
    "sub-bullet": gettext_lazy("Sub-bullet"),
    "quote": gettext_lazy("Quote"),
    "number": gettext_lazy("Number"),
    "event": gettext_lazy("Event"),
    "unplaced": gettext_lazy("Not placed"),
}
# From here on nobody needs to look twice.
SURE = 0.85
# A letter with its accents, written one by one and with what nobody sees between them.
LONGEST_COMPOSED = 8


@dataclass(slots=True)
class Row:
    """One thing that was found, or one line that was not placed."""

    id: str
    kind: str
    text: str
    start: int
    end: int
    label: str = ""
    # What becomes of it, where that is not plain.
    note: str = ""
    sure: float = 1.0
    is_fact: bool = False

    @property
    def word(self) -> str:
        return str(WORDS.get(self.kind, self.kind))

    @property
    def doubt(self) -> str:
        """How sure the reading is, in a word; nothing where it is."""
        if self.kind == "unplaced" or self.sure >= SURE:
            return ""
        return pgettext("how sure", "likely") if self.sure >= drafts.SURE_ENOUGH else pgettext("how sure", "a guess")

    @property
    def css(self) -> str:
        return self.kind.replace(" ", "-")


@dataclass(slots=True)
class Group:
    """One story's rows in the order of the copy, and the names in it; or the lines that belong to none."""

    headline: str
    rows: list[Row] = field(default_factory=list)
    names: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Known:
    """What the newsroom has, by name in small letters."""

    authors: frozenset[str]
    sections: frozenset[str]


def groups(copy: Copy, known: Known) -> list[Group]:
    """Return each story's rows, and last the lines that belong to none."""
    found = [_group(copy, number, known) for number in range(len(copy.stories))]
    left = [
        Row(f"left-{place}", "unplaced", one.text, *one.span, note=one.reason)
        for place, one in enumerate(copy.unplaced)
    ]
    return [*found, Group("", left)] if left else found


def _group(copy: Copy, number: int, known: Known) -> Group:
    story = copy.stories[number]
    pieces = [piece for piece in placing.parts(story, number) if piece.kind not in ("quote", "number", "event")]
    # The first of several at one place is what the others are part of.
    things = {one.span: one for one in reversed(list(_things(story)))}
    rows = [_row(things.get(piece.span), piece, known, copy.text) for piece in pieces]
    body = min((point.span[0] for point in story.points), default=len(copy.text))
    rows += [_fact(kind, fact, is_noted=fact.span[0] >= body) for kind, fact in placing.facts(story)]
    rows.sort(key=lambda row: (row.start, row.is_fact, -row.end))
    for place, row in enumerate(rows):
        row.id = f"{number}-{place}"
    names = [name.name for name in story.names]
    return Group(story.headline.text if story.headline else _("A story without a headline"), rows, names)


def _row(thing: Any, piece: placing.Piece, known: Known, text: str) -> Row:
    start, end = piece.span
    row = Row("", piece.kind, " ".join(text[start:end].split()), start, end, sure=getattr(thing, "sure", 1.0))
    if isinstance(thing, Point) and thing.label and piece.kind == "point":
        row.label, row.text = thing.label, thing.text
    elif piece.kind in ("bullet", "sub-bullet") and thing is not None:
        row.text = thing.text
    row.note = _becomes(row, known)
    return row


def _things(story: Story) -> Iterator[Any]:
    for name in ("headline", "short_head", "slug", "eyebrow", "section", "dateline", "lede"):
        if (one := getattr(story, name)) is not None:
            yield one
    yield from (*story.bylines, *story.times, *story.pictures)
    for point in story.points:
        yield point
        for bullet in point.bullets:
            yield from (bullet, *bullet.bullets)


def _becomes(row: Row, known: Known) -> str:
    if row.kind == "byline" and row.text.casefold() not in known.authors:
        return _("no author of this name: not signed")
    if row.kind == "section" and row.text.casefold() not in known.sections:
        return _("no section of this name")
    if row.kind == "time":
        return _("not taken over: publishing sets the time")
    return _("a picture to choose; its words are kept") if row.kind == "picture" else ""


def _fact(kind: str, fact: Quote | Number | Event, *, is_noted: bool) -> Row:
    row = Row("", kind, _said(fact), *fact.span, sure=fact.sure, is_fact=fact.origin != "line")
    if isinstance(fact, Quote):
        part = drafts.quote_part(fact)
    else:
        part = drafts.number_part(fact) if isinstance(fact, Number) else drafts.event_part(fact)
    if row.is_fact and (fact.sure < drafts.SURE_ENOUGH or not drafts.is_whole(part)):
        row.note = _("not kept as a fact: says too little")
    elif row.is_fact and not is_noted:
        row.note = _("not kept as a fact: only points keep facts")
    return row


def _said(fact: Quote | Number | Event) -> str:
    if isinstance(fact, Quote):
        who = ", ".join(filter(None, (fact.speaker, fact.role, fact.affiliation)))
        return f"“{fact.words}” — {who}" if who else f"“{fact.words}”"
    if isinstance(fact, Number):
        figures = "–".join(_figure(one) for one in (fact.value, fact.value_to) if one)
        amount = drafts.number_part(fact)["value"]["wording"] or _amount(figures, fact.unit)
        return ", ".join(filter(None, (f"{amount} {fact.counts}".strip(), fact.source)))
    days = f"{fact.starts} – {fact.ends}" if fact.ends else fact.starts
    return ", ".join(filter(None, (f"{days[: _LENGTHS[fact.precision]]}: {fact.what}", fact.place)))


def _amount(figures: str, unit: str) -> str:
    """Put a unit where it is written: $3,400,000 and 62%, but 40 tonnes."""
    if len(unit) == 1 and unicodedata.category(unit) == "Sc":
        return f"{unit}{figures}"
    return f"{figures}{unit}" if unit == "%" else f"{figures} {unit}".strip()


def _figure(value: str) -> str:
    try:
        return f"{Decimal(value):,}"
    except InvalidOperation:
        return value


_LENGTHS = {"DAY": 99, "MONTH": 7, "YEAR": 4}


def marks(found: Sequence[Group], copy: Copy, source: str) -> list[dict[str, Any]]:
    """Return where each row stands in what was typed, counted as browsers count."""
    places = _places(copy.text, source)
    beyond = [place for place, letter in enumerate(source) if ord(letter) > 0xFFFF]
    result = []
    for row in (row for group in found for row in group.rows):
        start, end = (places[min(one, len(places) - 1)] for one in (row.start, row.end))
        start, end = (one + bisect.bisect_left(beyond, one) for one in (start, end))
        result.append({"id": row.id, "kind": row.css, "word": row.word, "fact": row.is_fact, "span": [start, end]})
    return result


def _places(text: str, source: str) -> list[int]:
    """Return for each place of the text that was read the place in its source, which has signs besides.

    It looks only a little ahead, so that a long text takes no longer for each letter.
    """
    if text == source:
        return list(range(len(text) + 1))
    places, here = [], 0
    for place, letter in enumerate(text):
        here = _past_unseen(source, here, letter)
        if length := _same(source, here, letter):
            places.append(here)
            here += length
            continue
        found = _next(text, place, source, here)
        # What is not there at all stands where the next letter is looked for.
        here = here if found is None else found
        places.append(here)
        here += found is not None
    return [*places, here]


def _past_unseen(source: str, here: int, letter: str) -> int:
    """Return where the source goes on behind what nobody sees, which the reader takes out."""
    while here < len(source) and source[here] != letter and cleaning.is_unseen(source[here]):
        here += 1
    return here


def _same(source: str, here: int, letter: str) -> int:
    """Return how many letters of the source are this one of the text: none, or several if it was composed of them."""
    if source[here : here + 1] == letter:
        return 1
    if letter == "\n":
        return int(here < len(source) and cleaning.is_line_end(source[here]))
    if letter.isascii():
        return 0
    lengths = range(1, LONGEST_COMPOSED + 1)
    return next((n for n in lengths if cleaning.clean(source[here : here + n]) == letter), 0)


def _next(text: str, place: int, source: str, here: int) -> int | None:
    # The same letters one further on: a sign was written as another.
    if text[place + 1 : place + 5] and text[place + 1 : place + 5] == source[here + 1 : here + 5]:
        return here
    rest = text[place : place + 8]
    # Up to the line's end: the next line may begin with signs.
    rest = rest[: rest.find("\n") + 1] or rest
    for letters, reach in ((8, 600), (4, 60), (2, 12)):
        found = source.find(rest[:letters], here, here + reach)
        if found >= 0:
            return found
    return None
