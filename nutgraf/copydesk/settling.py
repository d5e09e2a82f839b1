"""Put right what a passage was told to be by itself, where its neighbours say otherwise: headlines that look like text."""

from __future__ import annotations

import itertools
import re

from nutgraf.copydesk import bylines, decks, furniture, newsletters, roles
from nutgraf.copydesk.agencies import is_house
from nutgraf.copydesk.dates import WEEKDAY
from nutgraf.copydesk.found import Words
from nutgraf.copydesk.lexicon import FIRST_NAMES
from nutgraf.copydesk.metas import Meta
from nutgraf.copydesk.roles import Part

MOST_WORDS = 18
LONGEST = 130
_PLACED = re.compile(r"(.{4,60}?) (?:in|at|from) [^\W\d_a-z][\w .'’-]{1,30}(?:, [^\W\d_a-z][\w .'’-]{1,30})?\Z")
# "The winner crosses the line with a churn on his back.": what a picture shows is told in the present.
_SHOWS = re.compile(
    r"(?!.*[\"“‘:;])(?:[\w’'-]+,? ){1,7}(?:(?:\(\w+(?: \w+)?\),? )?(?:crosse|stand|sit|lean|look|walk|wave|hold|carrie|carry|float|hang|lie|pose|smile|queue|wait|watche|watch|inspect|kneel|climb|cheer|feed|wear|push|cycle|swim|play|sleep|eat|repair|load|dig|paint|plant|hug|greet|peer|sort|stack|pour|bake|march|gather|shake|gaze|point|ride|paddle)s?"
    r"|(?:is|are) (?:seen|pictured|shown)|, left|, right|pictured)\b",
)
# What is told of the day: a verb of the past, a day.
_TELLS = re.compile(rf"\b(?:was|were|had|said|won|will|has|have|[a-z]{{3,}}ed|{WEEKDAY})\b")
_BESIDE = (roles.PROMO, roles.RULE, roles.ALT, roles.CREDIT)


def settle(parts: list[Part]) -> list[Part]:
    """Return the parts with the head of the first story put right; other stories begin with lines that are told apart."""
    _leave_menus(parts)
    newsletters.settle(parts)
    _leave_lists_above(parts)
    _sign_from_places(parts)
    _sign_from_credits(parts)
    _show_captions(parts)
    _raise_named_pictures(parts)
    furniture.leave(parts)
    _settle_names(parts)
    _raise_ruled(parts)
    decks.settle(parts)
    _settle_first(parts)
    _raise_below_times(parts)
    return parts


def _settle_first(parts: list[Part]) -> None:
    """Put right the first line that looks like text, if it is the headline or the line under it."""
    for place, part in enumerate(parts):
        if part.role == roles.LABEL and _is_labelled_headline(parts, place):
            part.role, part.opening = roles.HEAD, None
            break
        if part.role == roles.TEXT:
            _settle_text(parts, place)
            break
        if part.role not in roles.HEAD_LIKE:
            break


def _sign_from_places(parts: list[Part]) -> None:
    """Take "Ana Reyes in Larkhaven" and "Courier staff" straight above a time, or between a headline and a picture, for a byline."""
    above: Part | None = None
    for part, below in itertools.pairwise(parts):
        headline, above = above, part
        is_timed = below.meta and below.meta.times and not below.meta.names
        is_under = (
            headline is not None
            and headline.role == roles.HEAD
            and len(headline.words.split()) > 4
            and below.role == roles.CREDIT
        )
        if part.role not in (roles.HEAD, roles.TEXT) or not (is_timed or is_under):
            continue
        if bylines.is_staff(part.words):
            part.role = roles.META
            part.meta = Meta(names=[Words(part.words, (part.passage.start, part.passage.end), 0.7)], has_role=True)
            continue
        found = _PLACED.match(part.words)
        signed = (
            bylines.read(found[1]) if found and (" and " in found[1] or bylines.looks_like_name(found[1])) else None
        )
        if signed:
            start = part.passage.start
            names = [Words(part.words[first:last], (start + first, start + last), 0.85) for first, last in signed.names]
            part.role, part.meta = roles.META, Meta(names=names, has_role=True)


def _sign_from_credits(parts: list[Part]) -> None:
    """Take "Reported by Silas Wren" straight under a headline for a byline; elsewhere it says who worked on a story."""
    for above, part in itertools.pairwise(parts):
        if part.role != roles.PROMO or part.reason != "who worked on it" or above.role != roles.HEAD:
            continue
        signed = bylines.read(part.words, needs_lead=True)
        if signed and len(above.words.split()) > 2 and not above.passage.line.bullet:
            names = [
                Words(part.words[first:last], (part.passage.start + first, part.passage.start + last), 0.9)
                for first, last in signed.names
            ]
            part.role, part.reason, part.meta = roles.META, "", Meta(names=names, has_lead=True)


def _raise_named_pictures(parts: list[Part]) -> None:
    """Let "Photos: the last mill shuts" on top of a page be its headline, where no other line above the byline could be."""
    head = list(itertools.takewhile(lambda part: part.role in roles.HEAD_LIKE, parts))
    first = next((part for part in head if part.role not in (roles.PROMO, roles.RULE)), None)
    if (
        first is None
        or first.role != roles.CREDIT
        or any(part.role in (roles.HEAD, roles.FIELD) and not is_house(part.words) for part in head)
    ):
        return
    is_bare = first.credit is not None and not first.credit.credit.text and first.caption is None
    if is_bare and not first.passage.line.place and any(part.meta for part in head):
        first.role, first.credit = roles.HEAD, None


def _show_captions(parts: list[Part]) -> None:
    """Take a short sentence that says what is to be seen, between the time or byline and a longer paragraph, for a caption."""
    above: Part | None = None
    for part, below in itertools.pairwise(parts):
        if part.role == roles.META:
            above = part
        if part.role in _BESIDE or part.role == roles.META:
            continue
        head, above = above, None
        if part.role != roles.TEXT or below.role != roles.TEXT or head is None or part.passage.line.place:
            continue
        if head.meta is None or not (head.meta.times or head.meta.names) or len(part.words.split()) > MOST_WORDS:
            continue
        is_longer = len(below.words.split()) > 1.3 * len(part.words.split())
        if is_longer and _SHOWS.match(part.words) and not _TELLS.search(part.words) and _TELLS.search(below.words):
            part.role = roles.CREDIT


def _leave_menus(parts: list[Part]) -> None:
    """Leave over rows of short links, which are a menu whatever their page calls them."""
    for is_menu, run in itertools.groupby(parts, key=_is_menu_item):
        items = list(run)
        if is_menu and len(items) > 1:
            for part in items:
                part.role, part.reason = roles.PROMO, "navigation"


def _leave_lists_above(parts: list[Part]) -> None:
    """Leave over lists that stand above a page's first heading, with no paragraph between."""
    top = next((place for place, part in enumerate(parts) if part.passage.line.heading == 1), 0)
    above = parts[:top]
    if not any(part.role in (roles.TEXT, roles.LABEL) for part in above):
        for part in above:
            if part.role == roles.BULLET:
                part.role, part.reason = roles.PROMO, "navigation"


def _settle_names(parts: list[Part]) -> None:
    """Take lines that only look like names for headlines: where a byline says "By", and capitals above small letters."""
    for is_head, run in itertools.groupby(parts, key=lambda part: part.role in roles.HEAD_LIKE):
        head = list(run)
        if not is_head:
            continue
        is_signed = any(part.meta and part.meta.has_lead and part.meta.names for part in head)
        signers = [part for part in head if part.meta and part.meta.names]
        for part, following in itertools.pairwise(head):
            if part.meta is None or not part.meta.is_only_names or part.words.split()[0].capitalize() in FIRST_NAMES:
                continue
            is_eyebrow = part.words.isupper() and following.role == roles.HEAD and not following.words.isupper()
            is_eyebrow |= following.passage.line.heading == 1 and signers[-1] is not part
            if is_eyebrow or (is_signed and len(part.meta.names) == 1):
                part.role, part.meta = roles.HEAD, None


def _raise_ruled(parts: list[Part]) -> None:
    """Let a short sentence below a rule and above a byline be the next story's headline."""
    for place, part in enumerate(parts[1:], 1):
        is_ruled = part.role == roles.TEXT and parts[place - 1].role == roles.RULE
        if is_ruled and len(part.words.split()) <= MOST_WORDS and decks.is_head_below(parts, place):
            part.role = roles.HEAD


def _raise_below_times(parts: list[Part]) -> None:
    """Let a short sentence below a card's time be its headline, where no other line could be."""
    has_headline = has_time = False
    for place, part in enumerate(parts):
        if part.role in roles.HEAD_LIKE:
            has_headline |= part.role in (roles.HEAD, roles.FIELD)
            has_time |= bool(part.meta and part.meta.times)
            continue
        if part.role == roles.BULLET and has_headline and not has_time:
            # What a headline is summed up in, above the byline.
            continue
        is_short = len(part.words.split()) <= MOST_WORDS and len(part.words) <= LONGEST
        is_text = part.role == roles.TEXT or (part.role == roles.LABEL and part.opening and not part.opening.is_known)
        if is_text and has_time and not has_headline and is_short and not part.passage.line.place:
            below = next((one for one in parts[place + 1 : place + 6] if one.role not in _BESIDE), None)
            if below is not None and below.role == roles.TEXT:
                part.role, part.opening = roles.HEAD, None
                has_headline = True
                continue
        has_headline = has_time = False


def _is_menu_item(part: Part) -> bool:
    line = part.passage.line
    return part.role == roles.HEAD and part.passage.is_link and not line.heading and len(part.words.split()) <= 3


def _settle_text(parts: list[Part], place: int) -> None:
    """Let a short sentence right above the byline be the headline, or the line under it."""
    part = parts[place]
    above = [one for one in parts[:place] if one.role == roles.HEAD]
    if not above and _is_told_again(parts, place):
        part.role = roles.HEAD
        return
    if part.passage.line.place or not (decks.is_head_below(parts, place) or _heads_bullets(parts, place)):
        return
    if not any(len(one.words.split()) > 2 for one in above):
        is_short = len(part.words.split()) <= MOST_WORDS and len(part.words) <= LONGEST
        if is_short or (len(part.words) <= 2 * LONGEST and part.words[-1].isalnum()):
            part.role = roles.HEAD
            _settle_copies(parts, place)
    elif parts[place - 1].role == roles.HEAD and len(part.words) <= 3 * LONGEST:
        part.role = roles.HEAD


def _heads_bullets(parts: list[Part], place: int) -> bool:
    """Tell whether a line without a full stop has a few bullets below, and the byline under these."""
    below = next(
        (n for n, one in enumerate(parts[place + 1 : place + 8], place + 1) if one.role != roles.BULLET), place
    )
    return below > place + 1 and parts[place].words[-1].isalnum() and decks.is_head_below(parts, below - 1)


def _is_told_again(parts: list[Part], place: int) -> bool:
    """Tell whether a short sentence on top is a headline with a full stop: the long one below says the same again."""
    part = parts[place]
    below = next((one for one in roles.after(parts, place) if one.role not in _BESIDE and one.role != roles.META), None)
    if below is None or below.role != roles.TEXT or part.passage.line.place or not 3 <= len(part.words.split()) <= 12:
        return False
    if part.words[0] in "\"“‘'" or len(below.words.split()) < 1.5 * len(part.words.split()):
        return False
    shared = _stems(part.words) & _stems(below.words)
    return len(shared) >= 2 and len(shared) >= 0.4 * len(_stems(part.words))


def _stems(words: str) -> set[str]:
    return {word[:5] for word in re.findall(r"[^\W_]+", words.lower()) if len(word) > 3}


def _settle_copies(parts: list[Part], place: int) -> None:
    for following in parts[place + 1 : place + 6]:
        if following.role == roles.TEXT and following.words == parts[place].words:
            following.role = roles.HEAD


def _is_labelled_headline(parts: list[Part], place: int) -> bool:
    """Tell "By the numbers: the parade" from a point: it has no full stop, and who wrote it stands below."""
    part = parts[place]
    is_known = part.opening is not None and part.opening.is_known
    is_like = roles.is_headline_like(part.passage) or (not is_known and len(part.words.split()) <= MOST_WORDS)
    return is_like and decks.is_head_below(parts, place)
