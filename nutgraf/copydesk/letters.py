"""Which letters begin a name: the capitals of every alphabet that has them, as parts of patterns."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import Any


def _ranges(letters: list[int]) -> str:
    """Return code points as the inside of a character class."""
    parts: list[str] = []
    start = previous = letters[0]
    for code in [*letters[1:], sys.maxunicode + 1]:
        if code != previous + 1:
            parts.append(chr(start) if start == previous else f"{chr(start)}-{chr(previous)}")
            start = code
        previous = code
    return "".join(parts)


def any_of(words: Iterable[str], *, with_capital: bool) -> str:
    """Return a pattern for any of some words, or also with a capital, that looks at no letter twice."""
    tree: dict[str, Any] = {}
    for word in words:
        branch = tree
        for letter in word:
            branch = branch.setdefault(letter, {})
        branch[""] = {}
    return "|".join((f"[{first}{first.upper()}]" if with_capital else first) + _rest(tree[first]) for first in tree)


def _rest(tree: dict[str, Any]) -> str:
    ways = [{" ": r"\s", "-": r"[-\s]"}.get(letter, letter) + _rest(tree[letter]) for letter in tree if letter]
    joined = "|".join(ways)
    if not ways or (len(ways) == 1 and "" not in tree):
        return joined
    return f"(?:{joined})" + ("?" if "" in tree else "")


def begun_by(words: Iterable[str]) -> str:
    """Return a pattern for any of some words where one begins; with \\b in front, a search could not skip to their first letters."""
    return "(?:" + "|".join(rf"{word[0]}(?<!\w.){word[1:]}" for word in words) + ")"


# Latin with its accents, Greek, Cyrillic, Armenian, Georgian: all in the first planes.
_CODES = [*range(0x41, 0x5B), *range(0xC0, 0x250), *range(0x370, 0x590), *range(0x1E00, 0x2000)]
UPPER = _ranges([code for code in _CODES if chr(code).isupper() or chr(code).istitle()])
# Letters of scripts that know no capitals: a name in them may begin with any.
UNCASED = "\u05d0-\u05ea\u0620-\u06d3\u0904-\u0939\u0980-\u0e30\u10d0-\u10ff\u3041-\u30ff\u4e00-\u9fff\uac00-\ud7a3"
APOSTROPHES = "'’"
# One word of a name: "Laurin-Whitney", "O’Brien", "J.", "McGee".
NAME_WORD = rf"[{UPPER}{UNCASED}](?:[\w{APOSTROPHES}]|-(?=\w)|\.(?=\w))*\.?"
PARTICLE = (
    r"(?:de|da|do|dos|das|del|della|di|du|van|von|der|den|ter|ten|la|le|el|al|bin|ibn|bint|ben|abu|y|e|zu|zum|af|av|op|ap|st\.?"
    r"|d['’]|al-|el-|as-|ash-|at-|ad-)"
)
