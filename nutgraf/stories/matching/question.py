"""What is looked for: words and phrases as somebody typed them, what a story must belong to, and between which days."""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace

from nutgraf.stories import facets

# Of more than these a reader expects nothing, and each costs.
MOST_TERMS = 12
_QUOTED = re.compile('["\u201c\u201d\u201e\u00ab\u00bb]')
# How many months back to look, one after the other, before everything is looked through.
REACHES = (1, 4, 16, 64, 256)


@dataclass(frozen=True)
class Span:
    """The days of the first and of the latest public story."""

    oldest: datetime.date
    newest: datetime.date


@dataclass(frozen=True)
class Latest:
    """What an index found, those filed last first: the entry's key in the index, and the story's."""

    found: dict[int, int]
    # If not 0, only so many of the newest stories with the words of a phrase were looked through for it, and there are more.
    looked_through: int = 0


@dataclass(frozen=True)
class Question:
    """A question to the index; a story is an answer if it has every term, and belongs to everything that is named."""

    terms: tuple[str, ...] = ()
    # As streams are named: "section:3".
    belongs_to: tuple[str, ...] = ()
    since: datetime.date | None = None
    until: datetime.date | None = None

    @classmethod
    def parse(cls, text: str, **rest: object) -> Question:
        """Read what was typed: words apart, and those between quotation marks as a phrase."""
        return replace(cls(terms=tuple(_terms(text))), **rest)  # type: ignore[arg-type]  # fields of ours

    @property
    def is_empty(self) -> bool:
        """Tell whether it asks for nothing."""
        return not (self.terms or self.belongs_to or self.since or self.until)

    @property
    def has_phrases(self) -> bool:
        """Tell whether some of its words must stand side by side, be it for a sign between them."""
        return not all(map(str.isalnum, self.terms))

    def named(self) -> list[str]:
        """Return the words of the index that stand for what a story must belong to."""
        return [facets.word(name) for name in self.belongs_to]

    def facets(self, span: Span) -> list[list[str]]:
        """Return the words of the index that stand for what is asked beside the terms: one of each list must be there."""
        groups = [[word] for word in self.named()]
        if self.since or self.until:
            # A whole year is one word, where single days of it would be many.
            first = max(self.since or span.oldest, span.oldest.replace(month=1, day=1))
            last = min(self.until or span.newest, facets.end_of_year(span.newest))
            groups.append(list(facets.covering(first, last)))
        return groups

    def reaches(self, newest: datetime.date) -> Iterator[Question]:
        """Return the question for the latest month alone, then for more and more, and at last as it is."""
        last = min(self.until or newest, newest)
        for months in REACHES:
            first = _months_before(last, months - 1)
            if self.since and first <= self.since:
                break
            yield replace(self, since=first, until=self.until or facets.end_of_year(newest))
        yield self


def _months_before(day: datetime.date, months: int) -> datetime.date:
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return datetime.date(max(year, 1), month + 1, 1)


def _terms(text: str) -> list[str]:
    text = "".join(" " if unicodedata.category(letter)[0] in "CZ" else letter for letter in text)
    found: list[str] = []
    for place, part in enumerate(_QUOTED.split(text)):
        # Between two marks; one that is never closed is no mark.
        found += [" ".join(part.split())] if place % 2 else part.split()
    return list(dict.fromkeys(term for term in found if any(map(str.isalnum, term))))[:MOST_TERMS]
