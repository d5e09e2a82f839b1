"""Find where one story ends and the next begins on a page that holds several."""

from __future__ import annotations

import re

from nutgraf.copydesk import datelines, metas, roles
from nutgraf.copydesk.labels import label_key
from nutgraf.copydesk.roles import Part, Roles

# Evidence that makes a new story.
ENOUGH = 3
LONGEST_HEAD = 24
MOST_ABOVE = 16
LONGEST_CARDS = 40
_LETTERS = {roles.HEAD: "h", roles.TEXT: "t", roles.META: "m"}
_TWO_CARDS = re.compile(r"h{1,3}t{1,2}m{1,2}h{1,3}t{1,2}m")


def stories(parts: list[Part], known: Roles) -> list[list[Part]]:
    """Return the parts of each story, in order; what stands before the first headline goes with the first."""
    borders = [0]
    labels: set[str] = set()
    has_body = False
    is_below = _signs_below(parts)
    place = 0
    while place < len(parts):
        part = parts[place]
        if part.role not in roles.HEAD_LIKE:
            has_body = has_body or not (part.is_of_head or _is_summary(parts, borders[-1], place))
            if part.role == roles.LABEL and part.opening:
                labels.add(_key(part, known))
            elif part.role == roles.NOTE and part.note and _begins(parts, place, borders[-1]):
                borders.append(place)
                labels = set()
                has_body = False
            place += 1
            continue
        end = _end_of_run(parts, place)
        if is_below and has_body:
            found = _cards_below(parts, place, end)
        else:
            found = _borders_in(parts, place, end, known, labels, has_body=has_body)
        for border in found:
            borders.append(border)
            labels = set()
            has_body = False
        place = end
    borders = sorted(set(borders))
    return [parts[start:end] for start, end in zip(borders, [*borders[1:], len(parts)], strict=True)]


def _begins(parts: list[Part], place: int, latest: int) -> bool:
    """Tell whether an explicit line begins a story: its first line, or a headline where no such line has announced it."""
    note = parts[place].note
    if note is None or place <= latest:
        return False
    announced = any(one.note and one.note.kind == "story" for one in parts[latest:place])
    return note.kind == "story" or (note.kind == "headline" and not announced)


def _is_summary(parts: list[Part], start: int, place: int) -> bool:
    """Tell whether a bullet stands between the headline and the byline: nothing but the headline is above it."""
    part = parts[place]
    if part.role != roles.BULLET or place - start > MOST_ABOVE:
        return False
    above = [one.role for one in parts[start:place] if one.role not in (roles.PROMO, roles.RULE, roles.BULLET)]
    below = next((one.role for one in parts[place + 1 : place + MOST_ABOVE] if one.role != roles.BULLET), "")
    return bool(above) and all(role == roles.HEAD for role in above) and below == roles.META


def _signs_below(parts: list[Part]) -> bool:
    """Tell whether the first two cards of a page have bylines or times under their text and none above it."""
    shown = [
        part for part in parts[:LONGEST_CARDS] if part.role not in (roles.PROMO, roles.RULE, roles.ALT, roles.CREDIT)
    ]
    kinds = "".join(_LETTERS.get(part.role, "?") for part in shown)
    return bool(_TWO_CARDS.match(kinds)) and any(part.meta and part.meta.times for part in shown)


def _cards_below(parts: list[Part], start: int, end: int) -> list[int]:
    """Return where the next card begins on such a page: at the first line after the byline of the one above."""
    is_signed = False
    for place in range(start, end):
        is_signed |= parts[place].role == roles.META
        if is_signed and parts[place].role == roles.HEAD:
            return [place]
    return []


def is_preamble(parts: list[Part]) -> bool:
    """Tell whether the first group is but what greets the reader above the first headline: a masthead, a sentence or two."""
    seen = [part for part in parts if part.role not in (roles.PROMO, roles.RULE, roles.ALT)]
    texts = [part for part in seen if part.role == roles.TEXT]
    if len(seen) == 1 and seen[0].role == roles.LABEL_ALONE:
        return True
    if len(texts) == len(seen):
        return len(seen) <= 2 and sum(len(part.words.split()) for part in seen) <= 30
    heads = [part for part in seen if part.role == roles.HEAD]
    if any(part.meta and part.meta.names for part in seen) or any(
        part.is_marked for part in heads if part.passage.line.heading
    ):
        return False
    is_masthead = all(part.words.isupper() or len(part.words.split()) <= 4 for part in heads)
    others = [part for part in seen if part.role not in (roles.TEXT, roles.HEAD, roles.META)]
    return is_masthead and not others and all(len(part.words.split()) <= 12 for part in texts)


def mend_cut_off(parts: list[Part]) -> None:
    """Let the last line of a story that breaks off be its lede: nothing but lines of a head, and it stands below a picture or a time."""
    shown = [part for part in parts if part.role not in (roles.PROMO, roles.RULE, roles.ALT)]
    if len(shown) < 3 or not all(part.is_of_head for part in shown):
        return
    last, above = shown[-1], shown[-2]
    has_headline = any(part.role == roles.HEAD and len(part.words.split()) > 2 for part in shown[:-2])
    is_below = above.role in (roles.CREDIT, roles.META)
    if last.role == roles.HEAD and has_headline and is_below and not last.is_marked and len(last.words.split()) > 2:
        last.role = roles.TEXT


def _key(part: Part, known: Roles) -> str:
    opening = part.opening
    return label_key(known.text[opening.start : opening.end]) if opening else ""


def _end_of_run(parts: list[Part], place: int) -> int:
    while place < len(parts) and parts[place].role in roles.HEAD_LIKE:
        place += 1
    return place


def _borders_in(
    parts: list[Part], start: int, end: int, known: Roles, labels: set[str], *, has_body: bool
) -> list[int]:
    """Return where new stories begin within a run of lines that have the form of a head."""
    borders: list[int] = []
    first = start
    if has_body:
        begin = _beginning(parts, start, end)
        if begin is None or _evidence(parts, begin, end, known, labels) < ENOUGH:
            return []
        borders.append(begin)
        first = begin
    has_headline = has_time = has_byline = False
    for place in range(first, end):
        part = parts[place]
        if part.passage.line.place == "front":
            # Front matter says of the story below what its own head says again.
            continue
        if part.role == roles.HEAD or (part.role == roles.FIELD and part.note and part.note.kind == "headline"):
            # A heading below a line that is none: that was the masthead.
            is_signed = has_byline or (bool(part.passage.line.heading) and not parts[first].passage.line.heading)
            is_said_again = part.is_first or _is_said_again(parts, place, end, has_byline=is_signed)
            if has_headline and has_time and is_said_again:
                borders.append(place)
                has_headline = has_time = has_byline = False
            has_headline = has_headline or (len(part.words.split()) > 2 and not metas.names_section(part.words))
        elif part.role == roles.META and part.meta:
            is_next = has_headline and has_time and has_byline and bool(part.meta.names)
            if is_next and _has_headline_below(parts, place, end):
                borders.append(place)
                has_headline = has_time = has_byline = False
            has_time = has_time or bool(part.meta.times)
            has_byline = has_byline or bool(part.meta.names)
    return borders


def _beginning(parts: list[Part], start: int, end: int) -> int | None:
    """Return the first line of a head that could be a new story's: not what ends the story above."""
    begin = None
    has_meta = False
    for place in range(start, end):
        part = parts[place]
        if part.role == roles.RULE or (part.role == roles.PROMO and part.reason == "other stories"):
            begin = begin if has_meta else None
        elif part.is_first or part.role in (roles.HEAD, roles.META, roles.FIELD):
            begin = place if begin is None else begin
            has_meta |= part.role == roles.META
    return begin


def _evidence(parts: list[Part], begin: int, end: int, known: Roles, labels: set[str]) -> int:
    """Count what speaks for a new story at a place."""
    run = parts[begin : min(end, begin + LONGEST_HEAD)]
    heads = [part for part in run if part.role == roles.HEAD]
    headline = next((part for part in heads if len(part.words.split()) > 2 or part.passage.line.bullet), None)
    metas = [part.meta for part in run if part.meta]
    if any(part.role == roles.FIELD and part.note and part.note.kind in ("headline", "slug") for part in run):
        return ENOUGH
    has_time = any(meta.times for meta in metas)
    has_byline = any(meta.names and (meta.has_lead or meta.has_role) for meta in metas)
    score = 3 * has_time + 3 * has_byline
    if any(part.is_first for part in run):
        score += 3
    if headline is None:
        # A time or a byline alone belongs to the story above, unless it is the whole head of a card.
        has_name = any(meta.names for meta in metas)
        return score if has_time and has_name and end < len(parts) else 0
    level = headline.passage.line.heading
    score += 3 * (level == 1) + (level == 2) + (len(headline.words.split()) >= 6)
    score += any(meta.is_only_names for meta in metas)
    score += any(part.role == roles.CREDIT for part in run)
    is_ruled_off = bool(begin and parts[begin - 1].role == roles.RULE)
    # A newsletter: a rule, an eyebrow, a headline, the text.
    is_item = is_ruled_off and len(heads) == 2 and heads[1] is headline and heads[0].words.isupper()
    score += ENOUGH if is_item and end < len(parts) and parts[end].role == roles.TEXT else is_ruled_off
    if headline.passage.line.gap >= 2:
        # Two blank lines, where one parts the paragraphs.
        is_wider = all(part.passage.line.gap < 2 for part in parts[max(0, begin - 8) : begin])
        score += 1 + (is_wider and end < len(parts) and parts[end].role == roles.TEXT)
    score += _has_dateline_below(parts, end, known)
    return score + 2 * _repeats_labels(parts, end, known, labels)


def _has_dateline_below(parts: list[Part], end: int, known: Roles) -> int:
    """Count what a dateline below speaks for a new story: more, if it names an agency or a day."""
    if end >= len(parts) or parts[end].role != roles.TEXT:
        return 0
    passage = parts[end].passage
    found = datelines.find(known.text, passage.start, passage.end, on=known.at.date())
    return 0 if found is None else (3 if found[0].sure > 0.9 else 2)


def _repeats_labels(parts: list[Part], end: int, known: Roles, labels: set[str]) -> bool:
    """Tell whether the labels below were all used above: one story says only once why it matters."""
    for part in parts[end : end + 6]:
        if part.role in (roles.LABEL, roles.LABEL_ALONE):
            return _key(part, known) in labels
        if part.role in (roles.HEAD, roles.META):
            return False
    return False


def _is_said_again(parts: list[Part], place: int, end: int, *, has_byline: bool) -> bool:
    """Tell whether straight below stands a time, or a byline, as the story above has one already."""
    below = [part.meta for part in parts[place + 1 : min(place + 4, end)] if part.role == roles.META and part.meta]
    return any(meta.times or meta.section or (has_byline and meta.names) for meta in below)


def _has_headline_below(parts: list[Part], place: int, end: int) -> bool:
    return any(part.role == roles.HEAD for part in parts[place + 1 : min(place + 4, end)])
