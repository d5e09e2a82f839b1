"""Find the items of a newsletter, "1 main thing: …" and "2. …", what greets the reader above them, and its sponsors' blocks."""

from __future__ import annotations

import re

from nutgraf.copydesk import roles
from nutgraf.copydesk.roles import Part

LONGEST_BLOCK = 6
LONGEST_GREETING = 120
# A paragraph of fewer words under a letter's name only greets.
SHORTEST_ITEM = 14
_LABELS = (roles.LABEL, roles.LABEL_ALONE)
_BESIDE = (roles.PROMO, roles.RULE, roles.ALT, roles.CREDIT)
_SPONSORED = frozenset(["sponsored", "promoted", "paid post", "sponsored content", "partner content", "sponsor"])
_SPONSOR = re.compile(
    r"a (?:message|word) from|presented by|together with|brought to you by|in partnership with", re.IGNORECASE
)
_CALL = re.compile(
    r"https?://\S+\Z|(?:learn|read|find out|see) more\W{0,3}\Z|(?:book|buy|shop|order|apply|register) (?:now|today)\b",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\d{1,2}[.)] (?=\S)")
_THING = re.compile(r"(?:1|one) (?:[\w'’-]+ ){1,2}thing(?: to go)?\s?[:–—]\s*\S", re.IGNORECASE)


def settle(parts: list[Part]) -> None:
    """Let the items' first lines be headlines, and set aside the greeting and the sponsors."""
    items = _raise_items(parts)
    if items and not is_thing(parts[items[0]].words):
        items = []
    items = items or _raise_headings(parts) or _raise_rubrics(parts)
    if items:
        _leave_greeting(parts[: items[0]])
    _leave_sponsored(parts)
    _leave_messages(parts)


def is_thing(words: str) -> bool:
    """Tell whether a line begins a newsletter's first item: "1 main thing: …"."""
    return words[0] in "1Oo" and bool(_THING.match(words))


def _raise_items(parts: list[Part]) -> list[int]:
    """Let numbered lines be headlines where each has its text and its labels below; return their places."""
    items = [place for place, part in enumerate(parts) if _is_numbered(parts, place) or _is_first_thing(part)]
    if not items:
        return []
    ends = [*items[1:], len(parts)]
    with_labels = [
        any(part.role == roles.LABEL and part.opening and part.opening.is_known for part in parts[place:end])
        for place, end in zip(items, ends, strict=True)
    ]
    is_rest = any(with_labels) and parts[items[0]].passage.line.bullet.startswith("2")
    if sum(with_labels) < 2 and not is_rest and not is_thing(parts[items[0]].words):
        return []
    for place in items:
        parts[place].role, parts[place].opening, parts[place].is_first = roles.HEAD, None, True
    return items


def _raise_headings(parts: list[Part]) -> list[int]:
    """Let headings of one level begin items where the first is the letter's name: each has a byline or known labels below, and no more than a greeting is above."""
    top = next((place for place, part in enumerate(parts) if part.passage.line.heading == 1), None)
    levels = [part.passage.line.heading for part in parts if part.role == roles.HEAD and part.passage.line.heading > 1]
    level = min(levels, default=0) if top is not None else 0
    items = [
        place
        for place, part in enumerate(parts)
        if level and part.role in (roles.HEAD, roles.LABEL_ALONE) and part.passage.line.heading == level
    ]
    if len(items) < 2 or not _is_greeting(parts[: items[0]]):
        return []
    for place, end in zip(items, [*items[1:], len(parts)], strict=True):
        labels = [one for one in parts[place:end] if one.role in _LABELS and one.opening and one.opening.is_known]
        is_signed = any(one.meta and one.meta.has_lead for one in parts[place + 1 : place + 3])
        if not (labels or is_signed) or len(parts[place].words.split()) < 3:
            return []
    for place in items:
        parts[place].role, parts[place].opening, parts[place].is_first = roles.HEAD, None, True
        _without_number(parts[place])
    above = parts[items[0] - 1]
    if above.role == roles.HEAD and above.words.isupper() and not above.is_marked:
        items[0] -= 1
    return items


def _without_number(part: Part) -> None:
    """Let a headline begin behind the number of its item."""
    passage = part.passage
    if number := _NUMBER.match(passage.words):
        passage.words = passage.words[number.end() :]
        passage.start += number.end()


def _is_greeting(above: list[Part]) -> bool:
    """Tell whether nothing but lines of a head and a few words of greeting stand above the first item."""
    texts = [part for part in above if part.role not in roles.HEAD_LIKE]
    words = sum(len(part.words.split()) for part in texts)
    return all(part.role == roles.TEXT for part in texts) and words <= SHORTEST_ITEM


def _raise_rubrics(parts: list[Part]) -> list[int]:
    """Let rubrics in capitals, each set apart above a headline, begin items, if there are two; return their places."""
    items = []
    for place, part in enumerate(parts[1:-2], 1):
        if part.role == roles.HEAD and part.words.isupper() and _is_set_apart(parts, place):
            below, text = parts[place + 1], parts[place + 2]
            if below.role == roles.HEAD and not below.words.isupper() and text.role in (roles.TEXT, roles.CREDIT):
                items.append(place)
    if len(items) < 2 or any(part.role not in (*roles.HEAD_LIKE, roles.TEXT) for part in parts[: items[0]]):
        return []
    for place in items:
        parts[place].is_first = True
    return items


def _is_set_apart(parts: list[Part], place: int) -> bool:
    """Tell a line below a rule, or one with a blank line on either side."""
    return parts[place - 1].role == roles.RULE or bool(
        parts[place].passage.line.gap and parts[place + 1].passage.line.gap
    )


def _is_first_thing(part: Part) -> bool:
    return part.role in (roles.HEAD, roles.LABEL, roles.TEXT) and is_thing(part.words)


def _is_numbered(parts: list[Part], place: int) -> bool:
    part = parts[place]
    sign = part.passage.line.bullet
    if part.role != roles.BULLET or not sign[:1].isdigit() or not roles.is_headline_like(part.passage):
        return False
    below = next((one for one in roles.after(parts, place) if one.role not in (*_BESIDE, roles.META)), None)
    is_alone = bool(part.passage.line.gap) or place == 0
    return is_alone and below is not None and below.role == roles.TEXT


def _leave_greeting(parts: list[Part]) -> None:
    """Leave over the masthead, who writes the letter and what it says of itself."""
    texts = [part for part in parts if part.role == roles.TEXT]
    if sum(len(part.words.split()) for part in texts) <= LONGEST_GREETING:
        for part in parts:
            if part.role != roles.PROMO:
                roles.set_aside(part, "before the first headline")


def _leave_sponsored(parts: list[Part]) -> None:
    """Leave over what stands straight under "Sponsored", if the block ends there."""
    for place, part in enumerate(parts[:-1]):
        if part.role != roles.PROMO or part.words.lower() not in _SPONSORED:
            continue
        below = parts[place + 1]
        is_block = not below.passage.line.gap and (place + 2 == len(parts) or parts[place + 2].passage.line.gap > 0)
        if is_block and below.role in (roles.TEXT, roles.HEAD):
            roles.set_aside(below, "advertisement")


def _leave_messages(parts: list[Part]) -> None:
    """Leave over "A message from …" down to its call, a rule or the next item."""
    for place, part in enumerate(parts):
        if part.role != roles.PROMO or not _SPONSOR.match(part.words):
            continue
        block: list[Part] = []
        for one in parts[place + 1 : place + 1 + LONGEST_BLOCK]:
            is_end = one.is_first or one.role == roles.RULE
            if is_end or one.role not in (roles.HEAD, roles.TEXT, roles.PROMO, roles.BULLET, roles.ALT, roles.LABEL):
                break
            block.append(one)
            if is_end := bool(_CALL.search(one.words)):
                break
        else:
            is_end = False
        if block and is_end:
            for one in block:
                roles.set_aside(one, "advertisement")
