"""Find where a story differs from the others of its storylines: in a number, a date, a name's spelling, a role."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from typing import Any

from rapidfuzz import fuzz

from nutgraf.copydesk import names
from nutgraf.copydesk.rules import Known
from nutgraf.copydesk.rules.texts import Elsewhere, Fact, Finding, Piece
from nutgraf.storylines.identity import normal
from nutgraf.storylines.likeness import name_key
from nutgraf.storylines.sameness import Answer, Counted, counted, in_unit_of, same

# What only grows: a later count that is lower needs a word.
_ONLY_GROWS = frozenset(["dead", "hurt", "held"])
# Two units are never rounded alike.
_ROUNDING = Decimal("0.02")
_END = re.compile(r"[.,;:!?–—()\n]|\b(?:and|but|as|after|when|while)\b")
_WORDS_AFTER = 4
_SPELT_ALIKE, _SAME_EVENT = 86, 88
# Events of one name that lie farther apart are two.
_DAYS_APART = 60
# Two names that differ by so little are two names, if both are short: "Jan" and "Jon".
_SHORTEST_NAME = 8


@dataclass(frozen=True, slots=True)
class Source:
    """A story that has something, and since when readers have it."""

    story: int
    headline: str
    on: datetime.date


@dataclass(frozen=True, slots=True)
class KnownNumber:
    source: Source
    value: Decimal
    value_to: Decimal | None
    figure: str
    unit: str
    what: str
    thing: Counted
    as_of: datetime.date


@dataclass(frozen=True, slots=True)
class KnownSpeaker:
    source: Source
    name: str
    role: str
    affiliation: str


@dataclass(frozen=True, slots=True)
class KnownEvent:
    source: Source
    what: str
    place: str
    starts: datetime.date


@dataclass(frozen=True, slots=True)
class KnownName:
    source: Source
    name: str


@dataclass(frozen=True)
class Facts(Known):
    """What the other stories of a storyline have, the latest first."""

    on: datetime.date
    known_numbers: tuple[KnownNumber, ...] = ()
    known_speakers: tuple[KnownSpeaker, ...] = ()
    known_events: tuple[KnownEvent, ...] = ()
    known_names: tuple[KnownName, ...] = ()

    def numbers(self, piece: Piece) -> Iterator[Finding]:
        """Compare what is noted, and what stands in the text and is not noted."""
        noted: set[tuple[Counted, Decimal]] = set()
        for fact in _facts(piece, "number"):
            value, thing = _decimal(fact.value.get("value")), _thing(fact.value)
            if value is None:
                continue
            noted.add((thing, value))
            number = _Said(
                value, _decimal(fact.value.get("value_to")), _unit(fact.value), thing, _day(fact.value.get("as_of"))
            )
            if other := self._other(number):
                yield _different(_at_number(fact), other)
        for found in piece.numbers(self.on):
            value = _decimal(found.value)
            if value is None or not found.counts:
                continue
            for counts in _readings(found.counts, piece.running[found.span[1] :]):
                thing = counted(counts, found.unit)
                number = _Said(value, _decimal(found.value_to), found.unit, thing, _day(found.as_of))
                if not any(value == one and same(thing, other).answer is Answer.YES for other, one in noted) and (
                    other := self._other(number)
                ):
                    yield _different(piece.note("", *found.span), replace(other, value=""))
                    break

    def _other(self, said: _Said) -> Elsewhere | None:
        """Return the latest number of the same thing, where it differs; it speaks for the ones before it."""
        for known in self.known_numbers:
            if same(said.thing, known.thing).answer is Answer.YES:
                if not said.differs_from(known):
                    return None
                words = " ".join(filter(None, [known.figure, known.unit, known.what]))
                is_plain = known.value_to is None and known.unit == said.unit
                value = f"{known.value.normalize():f}" if is_plain else ""
                return _elsewhere(known.source, words, value, on=known.as_of)
        return None

    def names(self, piece: Piece) -> Iterator[Finding]:
        by_key = {name_key(one.name): one for one in self.known_names}
        seen: set[str] = set()
        for fact in _facts(piece, "quote"):
            speaker = str(fact.value.get("speaker") or "")
            if (known := _misspelt(speaker, by_key)) and speaker not in seen:
                seen.add(speaker)
                yield _spelling(Finding("", f"{fact.path}/speaker", words=speaker), known, value=known.name)
        for name in names.names(piece.register):
            known = _misspelt(name.name, by_key) if name.kind == "PERSON" else None
            if known and name.name not in seen:
                seen.add(name.name)
                yield _spelling(piece.note("", *name.mentions[0]), known)

    def roles(self, piece: Piece) -> Iterator[Finding]:
        for fact in _facts(piece, "quote"):
            speaker, role = (str(fact.value.get(name) or "") for name in ("speaker", "role"))
            body = normal(str(fact.value.get("affiliation") or ""))
            known = [
                one
                for one in self.known_speakers
                # Who belongs to another body is another of that name.
                if one.role and name_key(one.name) == name_key(speaker) and _may_be(body, normal(one.affiliation))
            ]
            if role and known and not any(_agree(role, one.role) for one in known):
                other = _elsewhere(known[0].source, known[0].role, known[0].role)
                why = _why(f"In the storyline {speaker} is “{known[0].role}”", other)
                yield Finding(why, f"{fact.path}/role", words=role, context=f"{speaker}: {role}", other=other)

    def dates(self, piece: Piece) -> Iterator[Finding]:
        for fact in _facts(piece, "event"):
            what, place = str(fact.value.get("what") or ""), normal(str(fact.value.get("place") or ""))
            starts = _day(fact.value.get("starts"))
            if not what or starts is None or (fact.value.get("precision") or "DAY") != "DAY":
                continue
            known = [
                one
                for one in self.known_events
                if fuzz.token_sort_ratio(normal(what), normal(one.what)) >= _SAME_EVENT
                and abs((one.starts - starts).days) <= _DAYS_APART
                and _may_be(place, normal(one.place))
            ]
            if known and all(one.starts != starts for one in known):
                day = f"{known[0].starts:%-d %B %Y}"
                other = _elsewhere(known[0].source, day, known[0].starts.isoformat())
                why = _why(f"In the storyline “{known[0].what}” is on {day}", other)
                yield Finding(
                    why, f"{fact.path}/starts", words=starts.isoformat(), context=f"{what}: {starts}", other=other
                )


@dataclass(frozen=True, slots=True)
class _Said:
    """A number as the story that is being written has it."""

    value: Decimal
    value_to: Decimal | None
    unit: str
    thing: Counted
    as_of: datetime.date | None

    def differs_from(self, known: KnownNumber) -> bool:
        """Tell whether both can't be right, or nobody can tell because this one has no day."""
        low, high = (in_unit_of(value, known.unit, self.unit) for value in (known.value, known.value_to or known.value))
        if low is None or high is None:
            return False
        slack = Decimal(0) if known.unit == self.unit else abs(low) * _ROUNDING
        if self.value <= high + slack and (self.value_to or self.value) >= low - slack:
            return False
        if self.as_of is None or self.as_of == known.as_of:
            return True
        # What has grown since, and what was smaller before, is how a story develops.
        grows = bool(self.thing.heads & _ONLY_GROWS)
        return grows and (self.value < low) == (self.as_of > known.as_of)


def _facts(piece: Piece, kind: str) -> Iterable[Fact]:
    return (fact for fact in piece.facts if fact.kind == kind)


def _different(finding: Finding, other: Elsewhere) -> Finding:
    return replace(finding, why=_why(f"The storyline has {other.words}", other), other=other)


def _readings(counts: str, after: str) -> Iterator[str]:
    """Yield what a number in the text may count: the noun, and with it what is said of it: "people were killed"."""
    yield counts
    sentence = _END.split(after, maxsplit=1)[0]
    following = sentence.split()[:_WORDS_AFTER]
    for many in range(1, len(following) + 1):
        yield " ".join([counts, *following[:many]])


def _at_number(fact: Fact) -> Finding:
    value = fact.value
    said = " ".join(
        filter(None, [value.get("wording") or str(value.get("value")), value.get("unit"), value.get("counts")])
    )
    return Finding("", f"{fact.path}/value", words=said)


def _elsewhere(source: Source, words: str, value: str = "", *, on: datetime.date | None = None) -> Elsewhere:
    return Elsewhere(words, source.story, source.headline, on or source.on, value)


def _why(said: str, other: Elsewhere) -> str:
    return f"{said} ({other.on:%-d %B})." if other.on else f"{said}."


def _spelling(finding: Finding, known: KnownName, *, value: str = "") -> Finding:
    other = _elsewhere(known.source, known.name, value)
    return replace(finding, why=_why(f"The storyline spells it “{known.name}”", other), other=other)


def _misspelt(name: str, by_key: dict[str, KnownName]) -> KnownName | None:
    """Return the known name that this is a misspelling of, if it is one: as many words, nearly the same letters."""
    key = name_key(name)
    if len(key) < _SHORTEST_NAME or " " not in key or key in by_key:
        return None
    alike = [
        (fuzz.ratio(key, other), other)
        for other in by_key
        if len(other.split()) == len(key.split()) and other[0] == key[0]
    ]
    score, other = max(alike, default=(0, ""))
    return by_key[other] if score >= _SPELT_ALIKE else None


def _agree(role: str, other: str) -> bool:
    """Tell whether two roles are one: all words of the shorter are in the longer."""
    one, two = set(normal(role).split()), set(normal(other).split())
    return one <= two or two <= one


def _may_be(one: str, other: str) -> bool:
    return not one or not other or one == other or one in other or other in one


def _thing(value: dict[str, Any]) -> Counted:
    return counted(str(value.get("counts") or ""), _unit(value))


def _unit(value: dict[str, Any]) -> str:
    return str(value.get("unit") or "")


def _decimal(value: object) -> Decimal | None:
    try:
        number = Decimal(str(value).replace(",", "")) if value not in (None, "") else None
    except InvalidOperation:
        return None
    return number if number is not None and number.is_finite() else None


def _day(value: object) -> datetime.date | None:
    if isinstance(value, datetime.date):
        return value
    try:
        return datetime.date.fromisoformat(str(value)) if value else None
    except ValueError:
        return None
