"""Places in a text that are filled for each recipient, under names that can't occur in what anybody wrote."""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping

# Letters and digits only: a name passes unchanged through templates, address bars and whatever rewrites HTML.
_NAME = re.compile(r"[a-z][a-z0-9]*")


def new_cut() -> str:
    """Return what the names of all places of one delivery begin with."""
    return f"ngcut{secrets.token_hex(12)}x"


def place(cut: str, name: str) -> str:
    """Return what to write into a text where the recipient's field of this name is to stand."""
    if not _NAME.fullmatch(name):
        raise ValueError(f"“{name}” is no name of a field.")
    return f"{cut}{name}xend"


def split(text: str, cut: str) -> list[str]:
    """Part a text: every second part, beginning with the second, is the name of a field."""
    return re.split(rf"{re.escape(cut)}([a-z][a-z0-9]*?)xend", text) if cut else [text]


def fill(text: str, cut: str, fields: Mapping[str, str]) -> str:
    """Return the text with its places filled; a field that is missing raises KeyError."""
    parts = split(text, cut)
    parts[1::2] = [fields[name] for name in parts[1::2]]
    return "".join(parts)
