"""The explicit lines of the copy format: "[event] Talks open | where: Geneva | date: 2022-01-10", and fields like "Slug: …"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

KINDS = (
    "headline", "short head", "slug", "eyebrow", "section", "by", "dateline", "lede", "point", "paragraph", "bullet", "sub-bullet",
    "picture", "quote", "number", "event", "story", "main picture", "only",
)  # fmt: skip
KEYS = frozenset(
    [
        "alt",
        "credit",
        "speaker",
        "role",
        "affiliation",
        "to",
        "verb",
        "counts",
        "unit",
        "wording",
        "as of",
        "source",
        "where",
        "date",
        "until",
    ]
    + ["time", "precision", "text", "expected", "number", "form", "published", "updated", "written"]
)
_OPENING = re.compile(rf"\[(noted )?({'|'.join(KINDS)})\](?:[ \t]+|\Z|(?=\n))")
_FORM = re.compile(r"\s*\[story\][^\n]*\| form: (text|markdown)\b")
_SEPARATOR = re.compile(r"\|+")
_KEY = re.compile(r"\s*([a-z]+(?: [a-z]+)?):(?:\s+|\Z)")
_FIELD = re.compile(
    r"(?:(?P<headline>headline|hed|title)|(?P<short>short head(?:line)?)|(?P<slug>slug(?:line)?)|(?P<eyebrow>eyebrow|kicker)|(?P<section>section))"
    r"\s?:[ \t]+(?=\S)",
    re.IGNORECASE,
)
_FIELD_KINDS = {
    "headline": "headline",
    "short": "short head",
    "slug": "slug",
    "eyebrow": "eyebrow",
    "section": "section",
}
_FIELD_STARTS = frozenset("hHsSeEkKtT")
LONGEST_FIELD = 300


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a line, with its place in the text."""

    key: str
    start: int
    end: int


@dataclass(slots=True)
class Note:
    """An explicit line, taken apart."""

    kind: str
    is_noted: bool
    values: list[Value] = field(default_factory=list)
    # Whether it is a field like "Slug: …".
    is_field: bool = False

    def first(self) -> Value | None:
        """Return the value without a key, if there is one."""
        return next((value for value in self.values if not value.key), None)


def begins(text: str, start: int, end: int) -> bool:
    """Tell whether a line is of this form."""
    return text.startswith("[", start) and _OPENING.match(text, start, end) is not None


def form_of(text: str) -> str:
    """Return the form that copy says of itself in its first line, or nothing."""
    found = _FORM.match(text)
    return found[1] if found else ""


def read(text: str, start: int, end: int) -> Note | None:
    """Return the line taken apart, or None if it is not of this form."""
    opening = _OPENING.match(text, start, end)
    if not opening:
        return None
    note = Note(opening[2], bool(opening[1]))
    place = first = opening.end()
    while True:
        separator = _SEPARATOR.search(text, place, end)
        # Two strokes are one that belongs to the words.
        if separator and len(separator[0]) % 2 == 0:
            place = separator.end()
            continue
        last = separator.end() - 1 if separator else end
        note.values.append(_value(text, first, last, is_first=not note.values))
        if not separator:
            return note
        place = first = separator.end()


def _value(text: str, first: int, last: int, *, is_first: bool) -> Value:
    key = None if is_first else _KEY.match(text, first, last)
    if key and key[1] in KEYS:
        return Value(key[1], *_trimmed(text, key.end(), last))
    return Value("", *_trimmed(text, first, last))


def _trimmed(text: str, first: int, last: int) -> tuple[int, int]:
    while first < last and text[first] in " \t\n":
        first += 1
    while last > first and text[last - 1] in " \t\n":
        last -= 1
    return first, last


def read_field(text: str, start: int, end: int) -> Note | None:
    """Return a line like "Slug: harbour" taken apart, or None."""
    if text[start] not in _FIELD_STARTS or end - start > LONGEST_FIELD:
        return None
    found = _FIELD.match(text, start, end)
    if not found or found.end() >= end:
        return None
    kind = _FIELD_KINDS[found.lastgroup or ""]
    return Note(kind, False, [Value("", found.end(), end)], is_field=True)


# How the values of facts and pictures are called in copy; the one without a name comes first.
_NAMES: dict[str, dict[str, str]] = {
    "dateline": {"": "", "date": "date"},
    "picture": {"caption": "", "alt_text": "alt", "picture": "number"},
    "main picture": {"caption": "", "alt_text": "alt", "picture": "number"},
    "quote": {"words": "", "speaker": "speaker", "role": "role", "affiliation": "affiliation", "said_to": "to"},
    "number": {
        "value": "", "wording": "wording", "unit": "unit", "counts": "counts", "as_of": "as of", "source": "source",
    },
    "event": {
        "what": "", "place": "where", "starts": "date", "ends": "until", "time": "time",
        "precision": "precision", "is_expected": "expected",
    },
}  # fmt: skip


def pairs(kind: str, value: dict[str, Any]) -> tuple[str, list[tuple[str, str]]]:
    """Return the values of a block as they are written: the first, and the others with their names in copy."""
    said = {key: _spelled(name, value.get(name)) for name, key in _NAMES[kind].items()}
    if kind == "number" and value.get("value_to") is not None:
        said[""] += f" to {value['value_to']}"
    return said.pop(""), [(key, words) for key, words in said.items() if words]


def _spelled(name: str, value: Any) -> str:
    if name == "is_expected":
        return "yes" if value else ""
    if name == "precision":
        return "" if value == "DAY" else str(value).lower()
    return "" if value is None else str(value)


def line(kind: str, first: str, said: Iterable[tuple[str, str]] = (), *, is_noted: bool = False) -> str:
    """Return a line of this form, of values whose strokes are doubled."""
    values = "".join(f" | {key}: {words}" for key, words in said)
    return f"[{'noted ' if is_noted else ''}{kind}]{' ' if first else ''}{first}{values}"


def unescaped(words: str) -> str:
    """Return a value's words with their strokes single again."""
    return words.replace("||", "|")
