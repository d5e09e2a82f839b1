"""Take the explicit lines of the copy format into a story: what they say is not guessed."""

from __future__ import annotations

import datetime
import re

from nutgraf.copydesk import credit_chains, found, notation
from nutgraf.copydesk.found import Bullet, Dateline, Lede, Picture, Point, Quote, Span, Story, Time, Words
from nutgraf.copydesk.heads import Left
from nutgraf.copydesk.notation import Note, Value
from nutgraf.copydesk.roles import Part, Roles

_PLAIN = {
    "headline": "headline",
    "short head": "short_head",
    "slug": "slug",
    "eyebrow": "eyebrow",
    "section": "section",
}
_RANGE = re.compile(r"(-?\d+(?:\.\d+)?)(?: to (-?\d+(?:\.\d+)?))?\Z")
_DATE = re.compile(r"\d{4}-\d\d-\d\d\Z")
_TIME = re.compile(r"\d\d:\d\d(?::\d\d)?\Z")
_KEY = re.compile(r"[0-9a-f]{32}\Z")
_PRECISIONS = frozenset(["DAY", "MONTH", "YEAR"])


def take_note(story: Story, known: Roles, part: Part, left: Left) -> list[Span]:
    """Put an explicit line into the story; return the stretches of running text in it."""
    note = part.note
    if note is None:
        return []
    taker = _Taker(story, known, part, note)
    if not taker.take():
        left.append((taker.span, "an explicit line that cannot be read"))
    return taker.texts


class _Taker:
    def __init__(self, story: Story, known: Roles, part: Part, note: Note) -> None:
        self.story = story
        self.known = known
        self.note = note
        self.span = (part.passage.lead, part.passage.end)
        self.texts: list[Span] = []

    def take(self) -> bool:
        """Return whether the line could be placed."""
        kind = self.note.kind
        if kind in _PLAIN:
            return self._take_plain(_PLAIN[kind])
        if self.note.is_noted and not self.story.points:
            return False
        if kind == "by":
            for value in self.note.values:
                self.story.bylines.append(Words(self._words(value), (value.start, value.end), 1.0))
            return True
        if kind == "main picture":
            return self._take_picture()
        return bool(getattr(self, f"_take_{kind.replace('-', '_')}")())

    def _take_plain(self, name: str) -> bool:
        value = self.note.first()
        if value is None or value.start == value.end or getattr(self.story, name) is not None:
            return False
        setattr(self.story, name, Words(self._words(value), self.span, 0.95 if self.note.is_field else 1.0))
        return True

    def _take_dateline(self) -> bool:
        value = self.note.first()
        if value is None or self.story.dateline is not None:
            return False
        place = self._words(value)
        self.story.dateline = Dateline(place, place, self._matching("date", _DATE), self.span, 1.0)
        return True

    def _take_lede(self) -> bool:
        value = self.note.first()
        if value is None or self.story.lede is not None:
            return False
        self.story.lede = Lede(self._words(value), self._html(value), self.span, 1.0)
        return True

    def _take_point(self) -> bool:
        label = self.note.first()
        text = self._value("text")
        words, html = (self._words(text), self._html(text)) if text else ("", "")
        self.story.points.append(Point(self._words(label) if label else "", words, html, self.span, 1.0))
        return True

    def _take_paragraph(self) -> bool:
        value = self.note.first()
        words, html = (self._words(value), self._html(value)) if value else ("", "")
        self.story.points.append(Point("", words, html, self.span, 1.0))
        return True

    def _take_bullet(self) -> bool:
        bullet = self._bullet()
        if bullet is None or not self.story.points:
            return False
        self.story.points[-1].bullets.append(bullet)
        return True

    def _take_sub_bullet(self) -> bool:
        bullet = self._bullet()
        if bullet is None or not self.story.points or not self.story.points[-1].bullets:
            return False
        self.story.points[-1].bullets[-1].bullets.append(bullet)
        return True

    def _bullet(self) -> Bullet | None:
        value = self.note.first()
        return Bullet(self._words(value), self._html(value), self.span, 1.0) if value else None

    def _take_story(self) -> bool:
        said = self._said("")
        if self.story.key or (said and not _KEY.match(said)):
            return False
        self.story.key = said
        self.story.written = self._moment("written")
        self._remark()
        for kind in ("published", "updated"):
            if moment := self._moment(kind):
                self.story.times.append(Time(kind, self._said(kind), moment, "MINUTE", self.span, 1.0))
        return True

    def _moment(self, key: str) -> str | None:
        try:
            moment = datetime.datetime.fromisoformat(self._said(key))
        except ValueError:
            return None
        return (moment if moment.tzinfo else moment.replace(tzinfo=self.known.zone)).isoformat()

    def _take_only(self) -> bool:
        if not (self.note.is_noted and self.story.points):
            return False
        self.story.points[-1].facts_given = True
        self._remark()
        return True

    def _remark(self) -> None:
        self.story.remarks.append(Words(self.known.manuscript.words(*self.span), self.span, 1.0))

    def _take_picture(self) -> bool:
        credit, number = self._said("credit"), self._said("number")
        taken = credit_chains.take_apart(credit) if credit else None
        picture = Picture(self._said(""), self._said("alt"), taken, self.span, 1.0)
        picture.number = int(number) if number.isdecimal() else None
        picture.is_main = self.note.kind == "main picture"
        self.story.pictures.append(picture)
        return True

    def _take_quote(self) -> bool:
        said = self._said
        self.story.quotes.append(
            Quote(
                said(""),
                said("speaker"),
                said("role"),
                said("affiliation"),
                said("verb"),
                said("to"),
                self.span,
                1.0,
                self._origin(),
            )
        )
        return True

    def _take_number(self) -> bool:
        figure = self._said("")
        range_ = _RANGE.match(figure)
        if figure and not range_:
            return False
        said = self._said
        self.story.numbers.append(
            found.Number(
                text=said("wording"),
                value=range_[1] if range_ else "",
                value_to=range_[2] if range_ else None,
                qualifier="",
                unit=said("unit"),
                counts=said("counts"),
                source=said("source"),
                as_of=self._matching("as of", _DATE),
                span=self.span,
                sure=1.0,
                origin=self._origin(),
            )
        )
        return True

    def _take_event(self) -> bool:
        starts = self._matching("date", _DATE)
        if self._said("date") and not starts:
            return False
        precision = self._said("precision").upper() or "DAY"
        if precision not in _PRECISIONS:
            return False
        self.story.events.append(
            found.Event(
                text=self._said(""),
                what=self._said(""),
                place=self._said("where"),
                starts=starts or "",
                ends=self._matching("until", _DATE),
                time=self._matching("time", _TIME),
                precision=precision,
                is_expected=self._said("expected") == "yes",
                span=self.span,
                sure=1.0,
                origin=self._origin(),
            )
        )
        return True

    def _origin(self) -> str:
        return "note" if self.note.is_noted else "line"

    def _value(self, key: str) -> Value | None:
        return next((value for value in self.note.values if value.key == key), None)

    def _said(self, key: str) -> str:
        value = self._value(key)
        return self._words(value) if value else ""

    def _matching(self, key: str, pattern: re.Pattern[str]) -> str | None:
        said = self._said(key)
        return said if pattern.match(said) else None

    def _words(self, value: Value) -> str:
        return notation.unescaped(self.known.manuscript.words(value.start, value.end))

    def _html(self, value: Value) -> str:
        self.texts.append((value.start, value.end))
        return notation.unescaped(self.known.manuscript.html(value.start, value.end))
