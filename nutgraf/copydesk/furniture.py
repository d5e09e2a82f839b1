"""Leave over the blocks that a page sets around and between the paragraphs: sign-ups, lists of other stories, counts, author notes."""

from __future__ import annotations

import itertools
import re

from nutgraf.copydesk import authors, roles
from nutgraf.copydesk.roles import Part

LONGEST_BLOCK = 16
LONGEST_PITCH = 5
MOST_WORDS = 18
LONGEST_ADDRESS = 140
LONGEST_PULL, NEAR = 300, 12
_BLOCK_START = re.compile(r"skip (?:past|over|the |ad|newsletter)", re.IGNORECASE)
_BLOCK_END = re.compile(r"(?:after|end of|past) .{0,20}(?:promotion|newsletter|advert\w*)\Z", re.IGNORECASE)
_ADDRESS = re.compile(
    r"[^.!?\d]{0,60}\b\d{1,5} (?:[A-Z][\w.'’-]+ ){1,3}(?:Street|St|Road|Rd|Avenue|Ave|Lane|Drive|Dr|Boulevard|Blvd|Way|Square|Place|Quay|Row)\b[^!?]{0,60}\Z"
)
_TAGS = frozenset(["tags", "tags:", "topics", "topics:", "filed under", "in:"])
# A video's name and how long it is, but not when the train leaves.
_VIDEO = re.compile(
    r"(?!.*\b(?:at|by|to|until|from|of|in|around)\s+\S+\Z).{4,110}\s\(?\d{1,2}:[0-5]\d\)?\Z", re.IGNORECASE
)
_CONTENTS = re.compile(r"in this (?:issue|edition|newsletter|e-?mail):?\Z", re.IGNORECASE)
_NAMED = re.compile(r":\s+\S")
_FORM = re.compile(
    r"(?:(?:enter|type) )?your e-?mail(?: address)?\Z|e-?mail(?: address)?\Z|sign (?:me )?up\Z|subscribe\Z",
    re.IGNORECASE,
)
_PITCH = re.compile(
    r"\b(?:newsletter|inbox|daily|weekly|every (?:day|morning|evening|week|\w+day)|guide to|free|e-?mails?|briefing|alerts?|delivered|round-?up)\b",
    re.IGNORECASE,
)


def leave(parts: list[Part]) -> None:
    """Set aside what the lines beside it show to be no part of a story."""
    _leave_skipped(parts)
    _leave_pitches(parts)
    _leave_beside(parts)
    _leave_videos(parts)
    _leave_contents(parts)
    _leave_fields(parts)
    _leave_listed(parts)
    _leave_pull_quotes(parts)
    _leave_author_notes(parts)


def _leave_skipped(parts: list[Part]) -> None:
    """Leave over what stands between "Skip past newsletter promotion" and "After newsletter promotion"."""
    for place, part in enumerate(parts):
        if part.role != roles.PROMO or not _BLOCK_START.match(part.words):
            continue
        block = parts[place + 1 : place + LONGEST_BLOCK]
        end = next((n for n, one in enumerate(block) if _BLOCK_END.match(one.words)), -1)
        for one in block[: end + 1]:
            roles.set_aside(one, "promotion")


def _leave_pitches(parts: list[Part]) -> None:
    """Leave over the lines above the form of a sign-up that say what one would get."""
    for place, part in enumerate(parts):
        if part.role != roles.PROMO or not _FORM.match(part.words):
            continue
        above = []
        for one in reversed(parts[max(0, place - LONGEST_PITCH) : place]):
            if one.role not in (roles.HEAD, roles.TEXT) or len(one.words.split()) > MOST_WORDS or one.is_marked:
                break
            above.append(one)
        last = max((n for n, one in enumerate(above) if _PITCH.search(one.words)), default=-1)
        for one in above[: last + 1]:
            roles.set_aside(one, "promotion")
        name = above[last + 1] if 0 <= last < len(above) - 1 else None
        if name is not None and name.role == roles.HEAD and len(name.words.split()) <= 4:
            roles.set_aside(name, "promotion")


def _leave_beside(parts: list[Part]) -> None:
    """Leave over what is none of the story's beside a line that is not: a bare figure, a house's address."""
    for place, part in enumerate(parts):
        if part.role not in (roles.HEAD, roles.TEXT) or len(part.words) > LONGEST_ADDRESS:
            continue
        is_count = part.words.isdigit() and len(part.words) < 7
        if not is_count and not _ADDRESS.match(part.words):
            continue
        beside = parts[max(0, place - 1) : place] + parts[place + 1 : place + 2]
        if any(one.role == roles.PROMO for one in beside):
            roles.set_aside(part, "a count" if is_count else "address")


def _leave_contents(parts: list[Part]) -> None:
    """Leave over the list straight below "In this issue"."""
    is_list = False
    for part in parts:
        if part.role == roles.PROMO:
            is_list = bool(_CONTENTS.match(part.words))
        elif is_list and part.role in (roles.BULLET, roles.HEAD, roles.LABEL):
            roles.set_aside(part, "contents")
        else:
            is_list = False


def _leave_videos(parts: list[Part]) -> None:
    """Leave over the names of videos between paragraphs: "The deal explained 04:12"."""
    is_below = False
    for part in parts:
        is_below |= part.role in (roles.TEXT, roles.LABEL)
        if is_below and part.role == roles.HEAD and part.words[-1] in "0123456789)" and _VIDEO.match(part.words):
            roles.set_aside(part, "a video")


def _leave_fields(parts: list[Part]) -> None:
    """Leave over who issues a page, below "From:", and the tags straight below "Tags"."""
    for part, below in itertools.pairwise(parts):
        is_tags = part.reason == "tags" or (part.role == roles.PROMO and part.words.lower() in _TAGS)
        if is_tags and not below.passage.line.gap and below.role == roles.HEAD and not below.is_marked:
            roles.set_aside(below, "tags")
        if part.role == roles.PROMO and part.words.lower() == "from:" and below.role in (roles.HEAD, roles.META):
            roles.set_aside(below, "who issues it")


def _leave_listed(parts: list[Part]) -> None:
    """Leave over headlines with nothing but their times, below "More on this story"."""
    is_told = False
    for place, part in enumerate(parts):
        is_told |= part.role in (roles.TEXT, roles.LABEL)
        if not is_told and _NAMED.search(part.words):
            # "Watch: the wheel's last turn" on top is one story by itself, and begins no list.
            continue
        if part.role == roles.PROMO and part.reason == "other stories":
            run, end = _run_below(parts, place)
            heads = [n for n, one in enumerate(run) if one.role == roles.HEAD]
            if heads:
                _set_all_aside(run[heads[0] : _first_kept(run, heads, end)])


def _run_below(parts: list[Part], place: int) -> tuple[list[Part], Part | None]:
    """Return the headlines, names and times below a line, and what ends them: nothing, at the page's or a list's end."""
    run: list[Part] = []
    level = parts[place].passage.line.heading
    for following in range(place + 1, len(parts)):
        one = parts[following]
        is_head = one.role == roles.HEAD and (not one.passage.line.heading or 0 < level < one.passage.line.heading)
        if is_head or one.role in (roles.RULE, roles.ALT) or _says_who_or_when(one):
            run.append(one)
        elif one.role != roles.PROMO or one.reason == "other stories":
            return run, None if one.role == roles.PROMO else one
    return run, None


def _first_kept(run: list[Part], heads: list[int], end: Part | None) -> int:
    """Return how many lines are only listed: the last headline is that of the text below, or all of its block is."""
    if end is None:
        return len(run)
    if end.passage.line.gap:
        return heads[-1]
    return max((n for n, one in enumerate(run) if one.passage.line.gap), default=0)


def _says_who_or_when(part: Part) -> bool:
    meta = part.meta
    return part.role == roles.META and meta is not None and bool(meta.times or meta.names)


def _set_all_aside(parts: list[Part]) -> None:
    for part in parts:
        roles.set_aside(part, "other stories")


def _leave_pull_quotes(parts: list[Part]) -> None:
    """Leave over a block quotation whose words a paragraph near it says."""
    for place, part in enumerate(parts):
        if part.role == roles.TEXT and part.passage.line.place == "quote" and len(part.words) < LONGEST_PULL:
            words = part.words.strip(" \"“”‘’'.,")
            near = parts[max(0, place - NEAR) : place] + parts[place + 1 : place + NEAR]
            if any(words in one.words for one in near if one.role in (roles.TEXT, roles.LABEL)):
                roles.set_aside(part, "a pull quote")


def _leave_author_notes(parts: list[Part]) -> None:
    names = authors.Names()
    for part in parts:
        if part.meta:
            names.add(name.text for name in part.meta.names)
        elif part.role == roles.TEXT and authors.is_note(part.words, names):
            roles.set_aside(part, "about the author")
