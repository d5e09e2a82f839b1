"""Read who signs a story: "By A and B, political editor", or a line that is nothing but names."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from nutgraf.copydesk import dates
from nutgraf.copydesk.agencies import is_agency, is_house
from nutgraf.copydesk.letters import NAME_WORD, PARTICLE, UPPER

LONGEST = 240

LEAD = re.compile(
    r"(?:(?i:by|words by|written by|reported by|story by|text by|posted by|published by|author|authors|byline|written and reported by"
    r"|an? (?:column|analysis|essay|commentary|opinion) by|(?:exclusive|analysis|comment|opinion|review|interview|feature|explainer|report) by)\b\s?:?\s*|(?i:text|words|story|report)\s?:\s*|(?:מאת|بقلم)(?:\s?:\s*|\s+)|(?:and|with|&)\s+(?=[^\W\d_a-z]))(?=\S)"
)
_NAME = re.compile(
    rf"{NAME_WORD}(?:[ \u00a0]+(?:{PARTICLE}[ \u00a0]*)*{NAME_WORD}){{0,4}}(?:,? (?:Jr|Sr|II|III|IV|MD|PhD|M\.D|Ph\.D)\b\.?)?"
)
_JOINT = re.compile(r"\s*(?:[,;&|/·•]|\b(?:and|with|AND|With|And|und|et|y)\b)\s*")
_ROLE = re.compile(
    r"(?i:\b(?:reporter|correspondent|editor|writer|columnist|producer|journalist|critic|staff|bureau|chief|contributor|contributing|intern|fellow"
    r"|author|photographer|anchor|host|analyst|freelance|desk|team|newsroom|special to|reporting|associate|deputy|senior|assistant|managing"
    r"|illustrator|blogger|meteorologist|professor|student|director|researcher|lecturer)s?\b)"
)
# "Court Reporter Tilda Fenwick", "state political reporter Jarrah Whitlock": what one does, before one's name.
_ROLE_BEFORE = re.compile(
    r"(?:[\w&'’-]+ ){0,4}(?i:reporter|correspondent|editor|writer|columnist|producer|journalist|critic|intern|contributor|photographer"
    rf"|analyst|meteorologist|reporters|correspondents|writers) (?=[{UPPER}])"
)
_ROLE_ALONE = re.compile(
    r"(?i:(?:[\w&'’-]+ ){0,4}(?:reporter|correspondent|editor|writer|columnist|producer|journalist|critic|contributor|photographer|intern)s?)"
)
_SMALL = re.compile(
    r"(?!.*\b(?:the|an?|no|its?|his|her|their|our|my|all|air|sea|train|bus|car|law|far|now|then|that|this|staff|email|post|night|day|hand|mail|order|phone|name|chance|accident|default|popular|design|way|of|and|in|on|at|to|reporter|editor|writer|correspondent)\b)[a-z][a-z'’-]+ (?:[a-z]\. )?[a-z][a-z'’-]+"
)
_COURTESY = re.compile(r"(?:Dr|Prof|Mr|Mrs|Ms|Mx|Rev|Sir|Dame)\b\.? (?=\S+ \S)")
_AFTER = re.compile(r"[ \u00a0]+(?:in|for|of|at|from|on|The|@\S+)\b|[ \u00a0]*[(<@,|–—-]")
_BESIDE = re.compile(r"\s\((?:with|and|in|for|from) [^()]{2,60}\)\Z")
# Months that people are called by, too.
_FIRST_OR_MONTH = frozenset(["Jan", "Jun", "April", "May", "June", "August"])
_STAFF = re.compile(r"[^\W\d_a-z][\w'’ -]{1,25} (?:[Ss]taff|[Ss]taff [Rr]eports?|[Nn]ewsroom|STAFF)\Z")
_HANDLE = re.compile(r"[(<]?@\w+[)>]?|[(<]?\S+@\S+\.\w+[)>]?|\([^()]{0,80}\)|https?://\S+")
_TOWN = re.compile(r"[^\W\d_a-z][\w’'-]+")
_STOPWORDS = frozenset(
    "About The A An This That These Those How Why What When Where Who Which If In On At Of For From With And But Or Not No Yes It Its He She They We You"
    " I Is Are Was Were To As By New More Most All Your Our My His Her Their After Before Over Under Up Down Out Off Can Will May Get".split()
)
# Words that make sections and lines of navigation look like names.
_NO_NAMES = frozenset(
    "news politics policy world business economy sports sport technology tech science health culture opinion local national international climate"
    " energy education travel food style arts media markets money weather crime courts photo photos video illustration getty images stories story"
    " reporter correspondent editor writer staff breaking live updates update analysis exclusive special report magazine daily weekly today"
    " north south east west central northern southern eastern western political chief senior morning evening read latest story section contact subscribe free home minutes ago key points day".split()
)


@dataclass(slots=True)
class Signed:
    """The names in a byline, with their places in its words, and what stands beside them."""

    names: list[tuple[int, int]] = field(default_factory=list)
    has_lead: bool = False
    has_role: bool = False


def read(words: str, *, needs_lead: bool = False) -> Signed | None:
    """Return who signs, or None if the words are no byline."""
    if len(words) > LONGEST:
        return None
    if words.endswith(")") and (beside := _BESIDE.search(words)):
        words = words[: beside.start()]
    lead = LEAD.match(words)
    if needs_lead and not lead:
        return None
    if lead and _SMALL.fullmatch(words, lead.end()):
        # "by jo lind"
        return Signed([(lead.end(), len(words))], has_lead=True)
    signed = Signed(has_lead=bool(lead))
    place = lead.end() if lead else 0
    houses: list[tuple[int, int]] = []
    while place < len(words):
        joint = _JOINT.search(words, place)
        end = joint.start() if joint else len(words)
        if end > place and not _take(words, place, end, signed, houses):
            return None
        place = joint.end() if joint else len(words)
    if lead and not signed.names:
        signed.names = houses[:1]
    return signed if signed.names else None


def _take(words: str, start: int, end: int, signed: Signed, houses: list[tuple[int, int]]) -> bool:
    """Take one part of a byline; False if it belongs in none."""
    part = words[start:end]
    if signed.has_lead and (role := _ROLE_BEFORE.match(part)) and not _ROLE.search(part, role.end()):
        signed.has_role = True
        start, part = start + role.end(), part[role.end() :]
    if courtesy := _COURTESY.match(part):
        start, part = start + courtesy.end(), part[courtesy.end() :]
    if part[:1].islower() and signed.has_lead and (again := re.match(r"by\s+", part)):
        start, part = start + again.end(), part[again.end() :]
    found = _NAME.match(part)
    name = found[0] if found else ""
    rest = part[len(name) :]
    is_after_comma = bool(signed.names) and words[:start].rstrip().endswith(",")
    is_paper = is_after_comma and (is_house(part) or (part.isupper() and part.isalpha() and 2 <= len(part) <= 5))
    is_house_only = (is_agency(part) and not re.match(r"[ \u00a0]+(?:from|of|for|at)\b", rest)) or is_paper
    if is_house_only or (name and is_agency(name) and not rest):
        houses.append((start, end))
        return signed.has_lead or bool(signed.names)
    if own := _name_before_role(part):
        signed.names.append((start, start + own))
        signed.has_role = True
        return True
    is_after_bar = bool(signed.names) and words[:start].rstrip()[-1:] in "|·•"
    if is_after_bar and signed.has_role and _TOWN.fullmatch(part):
        return True
    if not name or not _is_name(name, has_lead=signed.has_lead):
        is_role = bool(_ROLE.search(part)) and len(part) < 80
        is_dressing = bool(_HANDLE.fullmatch(part.strip()))
        # After a name may stand its role, its town or its address; before it, nothing.
        if signed.names and (is_role or is_dressing or ((signed.has_lead or signed.has_role) and len(part) < 40)):
            signed.has_role |= is_role
            return True
        return False
    if _ROLE.search(name) and (signed.names or not signed.has_lead):
        signed.has_role = True
        return bool(signed.names)
    if rest.strip() and not (_AFTER.match(rest) or _HANDLE.fullmatch(rest.strip())):
        return False
    if rest.strip() and not signed.has_lead and not _HANDLE.match(rest.strip()) and not _ROLE.search(rest):
        return False
    signed.names.append((start, start + len(name)))
    return True


def _name_before_role(part: str) -> int:
    """Return where the name ends in "Ana Reyes Political correspondent", or 0."""
    words = part.split(" ")
    for count in (2, 3):
        name = " ".join(words[:count])
        if len(words) > count and is_role(" ".join(words[count:])) and looks_like_name(name) and not _ROLE.search(name):
            return len(name)
    return 0


def _is_name(name: str, *, has_lead: bool) -> bool:
    parts = [part for part in name.replace("\u00a0", " ").split(" ") if part]
    capitals = [part for part in parts if part[0].isupper() or not part[0].islower()]
    first = parts[0].rstrip(".") if len(parts[0]) < 3 or not parts[0].isupper() else parts[0].capitalize()
    if len(capitals) < (1 if has_lead else 2) or first in _STOPWORDS:
        return False
    if any(part.lower() in _NO_NAMES for part in parts):
        return False
    if not has_lead and not parts[0][0].isupper() and (len(parts) > 3 or len(parts[-1]) > 2 and name[-1] == "."):
        # In scripts without capitals every sentence looks like names.
        return False
    if not has_lead and (any(part in _STOPWORDS for part in parts) or len(parts) > 5):
        return False
    return parts[0] in _FIRST_OR_MONTH or not re.fullmatch(rf"(?:{dates.WEEKDAY}|{dates.MONTH})", parts[0])


def is_role(words: str) -> bool:
    """Tell whether a word or two say what somebody does: "Staff writer"."""
    return bool(_ROLE_ALONE.fullmatch(words))


def is_only_role(words: str) -> bool:
    """Tell whether words say what somebody does and begin with no name: "Education reporter", not "Ana Reyes reporter"."""
    return is_role(words) and not _name_before_role(words)


def is_staff(words: str) -> bool:
    """Tell whether all of a house signs: "Courier staff"."""
    return bool(_STAFF.match(words))


def looks_like_name(words: str) -> bool:
    """Tell whether a line could be one person's name and nothing else."""
    found = _NAME.fullmatch(words)
    return bool(found) and _is_name(words, has_lead=False) and bool(re.match(rf"[{UPPER}]", words))
