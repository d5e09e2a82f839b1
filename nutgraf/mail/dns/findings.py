"""What was found out about a sender's domain: how it is, what that means, what was found, and what to do."""

from __future__ import annotations

import enum
from dataclasses import dataclass


class Level(enum.StrEnum):
    GOOD = "good"
    # It works, and could be better.
    WEAK = "weak"
    # Mail will be refused or land among the unwanted.
    BAD = "bad"
    # Nobody answered, or only the provider knows.
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Finding:
    """One of them, in words for the desk."""

    name: str
    level: Level
    # What this is at all.
    meaning: str
    # What there is.
    found: str
    # What to do, with the very line to write down where that is known.
    remedy: str = ""
    record: str = ""
