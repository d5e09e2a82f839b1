"""Voices: who has spoken, in what role, what they said, and where each of it stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from nutgraf.storylines.identity import normal
from nutgraf.storylines.models import Entry, Mention, Storyline
from nutgraf.storylines.models.kinds import Kind
from nutgraf.storylines.parts import mentions
from nutgraf.storylines.parts.mentions import Place

SHOWN = 8
PER_PAGE = 40
# Of one speaker so many of the latest quotes are shown at once, and so many kept behind them.
WORDS = 1
MORE_WORDS = 5


@dataclass(frozen=True)
class Said:
    """What somebody said, and where it stands."""

    words: str
    said_to: str
    mention: Mention
    places: list[Place]
    at: int


@dataclass(frozen=True)
class Voice:
    """Somebody who has spoken."""

    entry: Entry
    name: str
    roles: list[str]
    latest: list[Said]
    earlier: list[Said]
    more: int
    at: int


def shown(storyline: Storyline) -> tuple[list[Voice], bool]:
    """Return those whom the page shows: the pinned, then who spoke last; and whether there are more."""
    entries = list(
        Entry.objects.filter(storyline=storyline, kind=Kind.VOICE, is_hidden=False).order_by(
            "-is_pinned", "-latest_at", "-id"
        )[: SHOWN + 1]
    )
    return _voices(entries[:SHOWN]), len(entries) > SHOWN


def every(storyline: Storyline, *, after: str = "") -> tuple[list[Voice], str]:
    """Return voices by name, those after a key, and the key after which to read on, if there are more."""
    entries = list(
        Entry.objects.filter(storyline=storyline, kind=Kind.VOICE, is_hidden=False, key__gt=after).order_by("key")[
            : PER_PAGE + 1
        ]
    )
    has_more = len(entries) > PER_PAGE
    return _voices(entries[:PER_PAGE]), entries[PER_PAGE - 1].key if has_more else ""


def _voices(entries: Sequence[Entry]) -> list[Voice]:
    found = mentions.latest(entries, each=WORDS + MORE_WORDS)
    return [_voice(entry, found[entry.pk]) for entry in entries if entry.pk in found]


def _voice(entry: Entry, some: list[Mention]) -> Voice:
    quotes = [one.quote for one in some if one.quote]
    said = _said(some)
    roles = [entry.words] if entry.words else _roles([(one.role, one.affiliation) for one in quotes])
    more = max(0, entry.count - len(some))
    # Their name is spelt as the latest story has it.
    return Voice(entry, quotes[0].speaker, roles, said[:WORDS], said[WORDS:], more, min(one.at for one in said))


def _said(some: list[Mention]) -> list[Said]:
    """Return what was said, each once, in the order of the mentions."""
    by_words: dict[str, list[Mention]] = {}
    for mention in some:
        by_words.setdefault(normal(mention.quote.words) if mention.quote else "", []).append(mention)
    return [
        Said(
            same[0].words or (same[0].quote.words if same[0].quote else ""),
            same[0].quote.said_to if same[0].quote else "",
            same[0],
            mentions.places(same),
            min(mentions.changed_at([one]) for one in same),
        )
        for same in by_words.values()
    ]


def _roles(given: list[tuple[str, str]]) -> list[str]:
    """Return the roles in which somebody spoke, the latest first, each once; those without one only if that is all."""
    told: dict[str, str] = {}
    for role, affiliation in given:
        text = ", ".join(filter(None, [role, affiliation]))
        if text:
            told.setdefault(normal(text), text)
    return list(told.values())[:2]
