"""What the demo newsroom is made of, as plain records that know nothing of the database."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Any

from PIL import Image

from nutgraf.stories.models import ChangeKind

Part = dict[str, Any]


class Status(Enum):
    """How far a story has come."""

    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"
    DRAFT = "draft"
    SUBMITTED = "submitted"
    SCHEDULED = "scheduled"


@dataclass(frozen=True)
class SectionPlan:
    """A section; the first story is its lead."""

    slug: str
    name: str
    description: str
    lead: str


@dataclass(frozen=True)
class AuthorPlan:
    """An author; `username` is the login of one who has one."""

    key: str
    name: str
    role: str
    bio: str
    portrait_alt: str
    email: str = ""
    username: str = ""
    links: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class StaffPlan:
    """Somebody with a login, in a role."""

    username: str
    name: str
    role: str


@dataclass(frozen=True)
class PicturePlan:
    """A picture: how it is drawn, the three texts that a story needs of it, and where to look when it is cropped."""

    key: str
    title: str
    draw: Callable[[], Image.Image]
    caption: str
    alt_text: str
    credit_line: str
    focus: tuple[int, int] | None = None


@dataclass(frozen=True)
class Earlier:
    """How a story read when it was first published, where that has changed since."""

    lede: str
    parts: tuple[Part, ...]
    headline: str = ""
    # What the change is called, and what readers are told about it.
    change: str = ChangeKind.UPDATE
    sentence: str = ""


@dataclass(frozen=True)
class StoryPlan:
    """A story, and when it was or will be published; pictures are named by their keys."""

    slug: str
    section: str
    authors: tuple[str, ...]
    at: datetime.datetime
    headline: str
    short_head: str
    lede: str
    parts: tuple[Part, ...]
    picture: str = ""
    eyebrow: str = ""
    place: str = ""
    updated_at: datetime.datetime | None = None
    earlier: Earlier | None = None
    status: Status = Status.PUBLISHED
    # Why it was withdrawn, as readers find it where the story was.
    withdrawn_because: str = ""


@dataclass(frozen=True)
class MergePlan:
    """A speaker who is the same as one of that name elsewhere, and why."""

    name: str
    affiliation: str
    into: str
    note: str


@dataclass(frozen=True)
class StorylinePlan:
    """A developing story: stories by their slugs, summaries with when each was written, and what is counted first."""

    slug: str
    name: str
    opened_at: datetime.datetime
    summaries: tuple[tuple[datetime.datetime, str], ...]
    stories: tuple[str, ...]
    picture: str = ""
    review_date: datetime.date | None = None
    pinned: tuple[str, ...] = ()
    merged: tuple[MergePlan, ...] = ()
    closed_at: datetime.datetime | None = None


@dataclass(frozen=True)
class LiveEntryPlan:
    """An entry of live coverage, and when and why it was corrected or removed, if it was."""

    at: datetime.datetime
    headline: str
    parts: tuple[Part, ...] = ()
    is_key: bool = False
    corrected: tuple[datetime.datetime, str] | None = None
    removed: tuple[datetime.datetime, str] | None = None


@dataclass(frozen=True)
class LivePlan:
    """Live coverage, from its beginning to its end; the story is named by its slug."""

    story: str
    started_at: datetime.datetime
    ended_at: datetime.datetime
    summary: tuple[str, ...]
    entries: tuple[LiveEntryPlan, ...]
    is_oldest_first: bool = False


def shown(key: str, *, caption: str = "") -> Part:
    """Show a picture in a story's body, named by its key until it is in the library."""
    return {"type": "picture", "value": {"picture": key, "caption": caption, "alt_text": ""}}


@dataclass(frozen=True)
class BriefingPlan:
    """A briefing, and with what each of its past editions begins, the latest first."""

    name: str
    slug: str
    promise: str
    description: str
    curator: str
    days: str
    hour: datetime.time
    is_pictured: bool
    openings: tuple[str, ...]
