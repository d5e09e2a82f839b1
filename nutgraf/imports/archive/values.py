"""What an archive holds, as plain values that every source yields and one half makes."""

from __future__ import annotations

import datetime
import hashlib
import json
import re
from dataclasses import asdict, dataclass, fields, replace
from enum import StrEnum
from typing import Any

# What PostgreSQL or XML cannot hold, and nobody can see: control signs, halves of signs, and what is no sign.
_ILLEGIBLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class State(StrEnum):
    """What a story is where it comes from."""

    PUBLIC = "PUBLIC"
    DRAFT = "DRAFT"
    SCHEDULED = "SCHEDULED"


@dataclass(frozen=True, slots=True)
class Author:
    """Somebody who signs stories; the address is theirs, and is matched by and never shown."""

    key: str
    name: str
    email: str = ""
    bio: str = ""
    # Paths of the pages that they had.
    addresses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """What stories are filed under."""

    key: str
    name: str
    description: str = ""
    addresses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture's words and where its file is to be had."""

    key: str
    url: str
    title: str = ""
    alt: str = ""
    caption: str = ""
    credit: str = ""


@dataclass(frozen=True, slots=True)
class Story:
    """A story as it was there."""

    key: str
    headline: str
    # HTML: what is between the headline and the foot.
    body: str
    # What came, before anything was made of it.
    original: str = ""
    slug: str = ""
    lede: str = ""
    summary: str = ""
    # Keys, the first first.
    authors: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    hero: str = ""
    hero_caption: str = ""
    hero_alt: str = ""
    state: State = State.DRAFT
    published_at: datetime.datetime | None = None
    changed_at: datetime.datetime | None = None
    # It may not be published before, whatever is done here.
    embargoed_until: datetime.datetime | None = None
    # Paths that it had, and where its own words begin if they are relative.
    addresses: tuple[str, ...] = ()
    url: str = ""
    # Terms that no story here can hold; kept with the original.
    terms: tuple[str, ...] = ()
    # What the source could not take of it, or took otherwise than it was: the words, and the reason.
    remarks: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Redirect:
    """An address that leads to another."""

    old: str
    new: str

    @property
    def key(self) -> str:
        """Name it by the address that it is for."""
        return self.old


@dataclass(frozen=True, slots=True)
class Left:
    """Something that a source cannot yield, and why, in a sentence without its full stop."""

    key: str
    name: str
    reason: str


Value = Author | Section | Picture | Story | Redirect | Left


def legible(value: Value) -> Value:
    """Return a value without signs that no database, feed or reader has a use for; of a story it is told."""
    cleaned = {one.name: _without(getattr(value, one.name)) for one in fields(value)}
    changed = {name: content for name, content in cleaned.items() if content != getattr(value, name)}
    if not changed:
        return value
    if isinstance(value, Story):
        remarks = changed.get("remarks", value.remarks)
        changed["remarks"] = (*remarks, (", ".join(changed), "control signs, which nobody sees"))
    return replace(value, **changed)


def _without(content: Any) -> Any:
    if isinstance(content, str) and not isinstance(content, State):
        return _ILLEGIBLE.sub("", content)
    if isinstance(content, tuple):
        return tuple(map(_without, content))
    return content


def as_json(value: Value) -> str:
    """Return a value as it is kept beside what was made of it."""
    # What says nothing is left out: with a field that a later version adds, everything would be another than it was.
    silent = {one.name for one in fields(value) if getattr(value, one.name) == one.default}
    said = {name: content for name, content in asdict(value).items() if name not in silent}
    return json.dumps(said, default=_plain, ensure_ascii=False, sort_keys=True)


def digest(value: Value) -> str:
    """Return by what a value is known again."""
    return digest_of(as_json(value))


def digest_of(kept: str) -> str:
    """Return by what a value is known again that is at hand as it is kept."""
    words = json.dumps([kept], ensure_ascii=False)
    return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()


def _plain(thing: Any) -> str:
    return thing.isoformat() if isinstance(thing, datetime.datetime) else str(thing)
