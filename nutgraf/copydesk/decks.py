"""Tell the lines above and under a headline from text: the sentence under it, what the author does, the rubric of a page."""

from __future__ import annotations

import itertools

from nutgraf.copydesk import bylines, heads, roles
from nutgraf.copydesk.lexicon import FIRST_NAMES
from nutgraf.copydesk.roles import Part

LONGEST = 390
MOST_OF_NAME = 5
_OWN = frozenset(["promotion", "small print"])
_BESIDE = (roles.PROMO, roles.RULE, roles.ALT, roles.CREDIT)


def settle(parts: list[Part]) -> None:
    """Put right the lines beside headlines, in every head of the page."""
    _leave_rubric(parts)
    _leave_agency(parts)
    _leave_hub(parts)
    _leave_masthead(parts)
    _raise_alarms(parts)
    _raise_listed(parts)
    _leave_offices(parts)
    for place in range(1, len(parts)):
        if _is_deck(parts, place):
            parts[place].role = roles.HEAD


def is_head_below(parts: list[Part], place: int) -> bool:
    """Tell whether the next lines are a byline or a time, and then text."""
    following = roles.after(parts, place)
    words = parts[place].words
    # The alternative text of a picture stands above its caption.
    alts = {id(one) for one, below in itertools.pairwise(parts[place + 1 : place + 9]) if below.role == roles.CREDIT}
    part = next(
        (
            one
            for one in following
            if one.role not in _BESIDE and one.words != words and not (one.role == roles.HEAD and id(one) in alts)
        ),
        None,
    )
    if part is None or part.role != roles.META or part.meta is None:
        return False
    if not part.meta.times and not part.meta.has_lead and not part.meta.names:
        return False
    rest = next((one for one in following if one.role not in _BESIDE and one.role != roles.META), None)
    return rest is not None and rest.role in (roles.TEXT, roles.LABEL, roles.LABEL_ALONE, roles.BULLET)


def _is_deck(parts: list[Part], place: int) -> bool:
    """Tell whether a sentence stands straight under a headline that nothing signs above it, and a byline below."""
    part, above = parts[place], parts[place - 1]
    if part.role != roles.TEXT or above.role != roles.HEAD or len(part.words) > LONGEST or part.passage.line.place:
        return False
    if len(above.words.split()) <= 2:
        return False
    for one in reversed(parts[max(0, place - 6) : place]):
        if one.role == roles.META:
            return False
        if one.role != roles.HEAD:
            break
    return is_head_below(parts, place)


def _leave_rubric(parts: list[Part]) -> None:
    """Leave over "Latest" on top of a page of headlines, which is a label elsewhere."""
    for part, below in itertools.pairwise(parts):
        if part.role == roles.LABEL_ALONE and below.role == roles.HEAD and heads.names_kind(part.words):
            part.role, part.opening = roles.HEAD, None
        elif part.role == roles.LABEL_ALONE and below.role == roles.HEAD and not part.words.endswith(":"):
            roles.set_aside(part, "navigation")
        if part.role not in (roles.PROMO, roles.RULE):
            return


def _leave_agency(parts: list[Part]) -> None:
    """Leave over an agency's name above the headline, which is no picture's credit."""
    for part, below in itertools.pairwise(parts):
        if part.role == roles.CREDIT and below.role == roles.HEAD and part.credit and part.caption is None:
            if part.credit.credit.agency == part.words and not part.passage.line.place:
                roles.set_aside(part, "the agency")
            return
        if part.role not in (roles.PROMO, roles.RULE):
            return


def _leave_hub(parts: list[Part]) -> None:
    """Leave over what a page of cards says of itself on top, where each card begins with its byline, time and section."""
    cards = [place for place, part in enumerate(parts) if _begins_card(parts, place)]
    if len(cards) < 2 or any(part.role not in roles.HEAD_LIKE for part in parts[: cards[0]]):
        return
    for part in parts[: cards[0]]:
        if part.role == roles.HEAD:
            roles.set_aside(part, "above the headline")


def _leave_masthead(parts: list[Part]) -> None:
    """Leave over a name on top: above "Press release", or one that the page says again of itself, as in "© The Mill"."""
    head = list(itertools.takewhile(lambda part: part.role in roles.HEAD_LIKE, parts))
    first = next((part for part in head if part.role == roles.HEAD), None)
    if first is None or first.is_marked or len(first.words.split()) > MOST_OF_NAME:
        return
    place = next(place for place, part in enumerate(head) if part is first)
    below = head[place + 1 :]
    if not any(part.role == roles.HEAD and len(part.words.split()) > 2 for part in below):
        return
    is_letterhead = below[0].role == roles.PROMO and below[0].reason == "press release"
    if is_letterhead or any(first.words in part.words for part in parts[place + 1 :] if part.reason in _OWN):
        roles.set_aside(first, "the name of the house")


def _begins_card(parts: list[Part], place: int) -> bool:
    """Tell whether a line gives a time with its section, and the next one is a headline."""
    meta = parts[place].meta
    if meta is None or not meta.times or not meta.section:
        return False
    below = next((one for one in parts[place + 1 : place + 4] if one.role not in _BESIDE), None)
    return below is not None and below.role == roles.HEAD and len(below.words.split()) > 2


def _raise_alarms(parts: list[Part]) -> None:
    """Let "Breaking news" be an eyebrow where a headline stands straight below and no menu above."""
    for place, part in enumerate(parts[:-1]):
        if part.role == roles.PROMO and part.words.lower() == "breaking news":
            is_menu = place and not part.passage.line.gap and parts[place - 1].role == roles.PROMO
            below = parts[place + 1]
            if not is_menu and below.role == roles.HEAD and len(below.words.split()) > 3:
                part.role, part.reason = roles.HEAD, ""


def _raise_listed(parts: list[Part]) -> None:
    """Let "Listen: …" be a headline between a card's time and its picture or text."""
    for above, part, below in zip(parts, parts[1:], parts[2:], strict=False):
        is_timed = above.meta is not None and bool(above.meta.times and above.meta.section)
        if is_timed and part.reason == "other stories" and below.role in (roles.CREDIT, roles.TEXT):
            part.role, part.reason = roles.HEAD, ""


def _leave_offices(parts: list[Part]) -> None:
    """Leave over "City Hall Reporter" under a name: it only looks like one."""
    for above, part in itertools.pairwise(parts):
        if above.meta is None or part.meta is None or not above.meta.names or above.meta.has_role:
            continue
        is_office = part.meta.has_role and not part.meta.has_lead and bylines.is_role(part.words)
        if is_office and not part.passage.line.gap and part.words.split()[0] not in FIRST_NAMES:
            roles.set_aside(part, "what the author does")
