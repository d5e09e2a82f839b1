"""Name who speaks, what is counted and what happens in one text each, so that two stories that mean the same are shown as one."""

from __future__ import annotations

import datetime
import hashlib
import re
import unicodedata

from nutgraf.storylines import sameness

# The edition of the rules by which things are named here and in `sameness.py`: raise it with each change that names any
# of them otherwise, or works out otherwise what an entry keeps of them, and every storyline is assembled anew.
RULES = 2
LONGEST = 200

_BETWEEN_WORDS = re.compile(r"[\W_]+")


def rules() -> int:
    """Return the edition of the rules, for storylines that are opened now."""
    return RULES


def normal(words: str) -> str:
    """Return words without capitals, punctuation and doubled spaces, and composed in one way."""
    return " ".join(_BETWEEN_WORDS.sub(" ", unicodedata.normalize("NFKC", words).casefold()).split())


def voice_key(speaker: str, affiliation: str) -> str:
    """Name a speaker: two of one name who belong to different bodies are two."""
    return short(f"{normal(speaker)}|{normal(affiliation)}")


def number_key(counts: str, unit: str) -> str:
    """Name what is counted: the same for two numbers that surely count the same thing."""
    counted = sameness.counted(counts, unit)
    # Where nothing but the unit is known, or a word that says little, two numbers are one only in the same words.
    return short(counted.key if counted.heads else f"{normal(counts)}|{normal(unit)}")


def event_key(what: str, starts: datetime.date, precision: str) -> str:
    """Name an event by its words and its day, month or year."""
    return short(f"{_as_known(starts, precision)}|{normal(what)}")


def short(key: str) -> str:
    """Return a key that fits its column; one that is too long keeps its beginning, and stays one of a kind."""
    if len(key) <= LONGEST:
        return key
    digest = hashlib.blake2b(key.encode(), digest_size=16).hexdigest()
    return f"{key[: LONGEST - len(digest) - 1]}#{digest}"


def _as_known(day: datetime.date, precision: str) -> str:
    return {"YEAR": f"{day:%Y}", "MONTH": f"{day:%Y-%m}"}.get(precision, day.isoformat())
