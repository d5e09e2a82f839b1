"""The explicit lines of the copy format: "[event] Talks open | where: Geneva | date: 2022-01-10", and fields like "Slug: …"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

KINDS = (
    "headline", "short head", "slug", "eyebrow", "section", "by", "dateline", "lede", "point", "paragraph", "bullet", "sub-bullet",
    "picture", "quote", "number", "event", "story", "only",
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
    + ["time", "precision", "text", "expected", "number", "form", "published", "updated"]
)
_OPENING = re.compile(rf"\[(noted )?({'|'.join(KINDS)})\](?:[ \t]+|\Z|(?=\n))")
_FORM = re.compile(r"\s*\[story\][^\n]*\| form: (text|markdown)\b")
_SEPARATOR = re.compile(r"\|+")
_KEY = re.compile(r"\s*([a-z]+(?: [a-z]+)?):(?:\s+|\Z)")
_FIELD = re.compile(
    r"(?:(?P<headline>headline|hed)|(?P<short>short head(?:line)?)|(?P<slug>slug(?:line)?)|(?P<eyebrow>eyebrow|kicker)|(?P<section>section))"
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
_FIELD_STARTS = frozenset("hHsSeEkK")
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


def write(kind: str, first: str, pairs: Iterable[tuple[str, str]] = (), *, is_noted: bool = False) -> str:
    """Return a line of this form; pairs without a value are left out."""
    words = [first.replace("|", "||")]
    words += [f"{key}: {value.replace('|', '||')}" for key, value in pairs if value]
    opening = f"[{'noted ' if is_noted else ''}{kind}]"
    return f"{opening} {' | '.join(words)}".rstrip()


def unescaped(words: str) -> str:
    """Return a value's words with their strokes single again."""
    return words.replace("||", "|")
