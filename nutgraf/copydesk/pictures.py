"""Bring together what copy says of one picture: caption, credit and alternative text, on one line or on several."""

from __future__ import annotations

from nutgraf.copydesk import credit_chains, credits, newsletters, roles
from nutgraf.copydesk.agencies import is_house
from nutgraf.copydesk.found import Credit, Picture
from nutgraf.copydesk.roles import Part

LONGEST_CAPTION_WORDS = 45


def join(parts: list[Part]) -> list[Part]:
    """Return the parts with captions and alternative texts joined to the credits that they stand beside."""
    joined: list[Part] = []
    for place, part in enumerate(parts):
        if part.role == roles.HEAD and _heads_caption(joined, parts[place : place + 3]):
            part.credit = credits.find_beside_alt(part.words)
            part.role = roles.CREDIT if part.credit else roles.HEAD
        elif (
            part.role == roles.HEAD
            and part.words.endswith((")", ")."))
            and _has_headline(joined)
            and not part.is_marked
        ):
            part.credit = credits.find_in_brackets(part.words)
            part.role = roles.CREDIT if part.credit else roles.HEAD
        if part.role in (roles.HEAD, roles.TEXT) and part.words[-1] == ")" and joined and joined[-1].role == roles.ALT:
            # The paragraph below a picture, which ends with whose it is.
            part.credit = credits.find_in_brackets(part.words)
            part.role = roles.CREDIT if part.credit else part.role
        if part.role == roles.META and _signs_picture(joined, part):
            part.credit = credits.Found(0, len(part.words), credit_chains.take_apart(part.words), (0, 0), 0.6)
            part.role, part.meta, part.caption = roles.CREDIT, None, joined.pop().passage
        if part.role == roles.CREDIT and not _is_of_above(joined, part):
            _take_above(joined, part, _following(parts, place))
        elif part.role == roles.ALT and _belongs_above(joined, parts[place + 1 : place + 2]):
            joined[-1].alt = part.passage
            continue
        elif _is_of_above(joined, part) or _is_caption_below(joined, part, parts[place + 1 : place + 2]):
            joined[-1].caption = part.passage
            continue
        joined.append(part)
    return joined


def _is_of_above(joined: list[Part], part: Part) -> bool:
    """Tell whether a line that its page calls a caption stands straight below a credit that has none."""
    if not joined or part.role != roles.CREDIT or not _is_half(part):
        return False
    if part.passage.line.place != "caption" or part.passage.line.gap:
        return False
    above = joined[-1]
    is_bare = above.role == roles.CREDIT and above.caption is None and _wants_caption(above)
    return is_bare and above.passage.line.place == "caption"


def _signs_picture(joined: list[Part], part: Part) -> bool:
    """Tell "Ola Berg, The Courier" straight below a caption from a byline: somebody signs above."""
    if (
        not joined
        or part.meta is None
        or not part.meta.is_only_names
        or len(part.meta.names) > 1
        or part.passage.line.gap
    ):
        return False
    house = part.words.partition(", ")[2]
    above = joined[-1]
    is_counted = len(joined) > 1 and joined[-2].reason == "picture control"
    is_block = above.passage.line.gap > 0 or is_counted
    is_caption = above.role in (roles.TEXT, roles.HEAD) and is_block and not above.is_marked
    is_short = is_caption and len(above.words.split()) <= LONGEST_CAPTION_WORDS
    return is_short and bool(house) and is_house(house) and any(one.meta and one.meta.names for one in joined[-8:])


def _heads_caption(joined: list[Part], parts: list[Part]) -> bool:
    """Tell whether a caption may stand below a line, and text below that."""
    return [part.role for part in parts[1:]] == [roles.HEAD, roles.TEXT] and _is_told(joined)


def _is_told(joined: list[Part]) -> bool:
    """Tell whether a headline or text of the story stands above."""
    return _has_headline(joined) or any(part.role not in roles.HEAD_LIKE for part in joined)


def _is_caption_below(joined: list[Part], part: Part, following: list[Part]) -> bool:
    """Tell whether a line stands under its picture's "Image source, …" and above the text."""
    if part.role not in (roles.HEAD, roles.TEXT) or not joined or part.passage.line.heading:
        return False
    above = joined[-1]
    if above.role != roles.CREDIT or above.caption is not None or not _wants_caption(above):
        return False
    credit = above.credit.credit if above.credit else None
    if credit and credit.agency and not credit.kind and not credit.maker and part.role == roles.HEAD:
        # Broadcasters set the agency above the caption.
        return bool(following) and following[0].role == roles.TEXT and _is_told(joined[:-1])
    line, below = part.passage.line, following[0].passage.line if following else None
    is_block = bool(above.passage.line.gap and not line.gap and below and below.gap and following[0].role == roles.TEXT)
    if not is_block and not above.words.lower().startswith("image source"):
        return False
    is_text_below = any(one.role in (roles.TEXT, roles.LABEL, roles.LABEL_ALONE) for one in following)
    return is_text_below and len(part.words.split()) <= LONGEST_CAPTION_WORDS


def _belongs_above(joined: list[Part], following: list[Part]) -> bool:
    """Say whether an alternative text is that of the credit before it, and not of one that follows."""
    if any(part.role == roles.CREDIT for part in following):
        return False
    return bool(joined) and joined[-1].role == roles.CREDIT and joined[-1].alt is None


def _following(parts: list[Part], place: int) -> str:
    return next((part.role for part in parts[place + 1 : place + 4] if part.role not in (roles.PROMO, roles.ALT)), "")


def _take_above(joined: list[Part], part: Part, following: str) -> None:
    """Join the lines above a credit that are the same picture's."""
    if joined and joined[-1].role == roles.CREDIT and _is_half(joined[-1]) and _wants_caption(part):
        above = joined.pop()
        part.caption, part.alt = above.passage, above.alt
    elif joined and _wants_caption(part) and _is_caption(joined, part, following):
        part.caption = joined.pop().passage
    if joined and joined[-1].role == roles.ALT and part.alt is None:
        part.alt = joined.pop().passage


def _is_half(part: Part) -> bool:
    return (part.credit is None or not part.credit.credit.text) and part.caption is None


def _wants_caption(part: Part) -> bool:
    return (
        part.credit is not None
        and bool(part.credit.credit.text)
        and part.passage.words[slice(*part.credit.caption)].strip() == ""
    )


def _is_caption(joined: list[Part], part: Part, following: str) -> bool:
    """Tell whether the line above a bare credit is its caption, and not the headline or the lede."""
    above = joined[-1]
    if above.role not in (roles.TEXT, roles.HEAD) or len(above.words.split()) > LONGEST_CAPTION_WORDS:
        return False
    if newsletters.is_thing(above.words):
        return False
    before = joined[-2].role if len(joined) > 1 else ""
    is_close = part.passage.line.gap == 0
    if above.role == roles.HEAD:
        return (
            is_close
            and not above.is_marked
            and above.passage.line.gap > 0
            and (before not in ("", roles.META, roles.RULE) or _has_headline(joined[:-1]))
        )
    if is_close and (above.passage.line.gap > 0 or above.passage.line.place == "caption"):
        return True
    # Text above the lede, or a line that is shorter than a paragraph.
    is_in_head = before in (roles.HEAD, roles.META, roles.PROMO)
    words = len(above.words.split())
    is_below_headline = is_in_head and _has_headline(joined[:-1])
    return (is_below_headline and following == roles.TEXT and words <= 30) or (is_close and words <= 20)


def _has_headline(joined: list[Part]) -> bool:
    """Tell whether a headline stands above, in the same head."""
    for part in reversed(joined):
        if part.role == roles.HEAD and len(part.words.split()) > 2:
            return True
        if part.role not in roles.HEAD_LIKE:
            return False
    return False


def picture(part: Part) -> Picture:
    """Return the picture that a part tells of."""
    words = part.passage.words
    credit: Credit | None = None
    caption = words
    sure = 0.8
    if part.credit:
        caption, sure = words[slice(*part.credit.caption)].strip(), part.credit.sure
        credit = part.credit.credit if part.credit.credit.text else None
    if part.caption:
        caption = f"{part.caption.words} {caption}".strip()
        sure = min(sure, 0.85)
    passages = [one for one in (part.passage, part.caption, part.alt) if one]
    span = (min(one.lead for one in passages), max(one.end for one in passages))
    caption = caption[credits.caption_start(caption) :].strip(" |–—-")
    if caption.startswith("[") and "]" not in caption:
        caption = caption[1:].lstrip()
    alt = words[slice(*part.credit.alt)] if part.credit else ""
    return Picture(caption, part.alt.words if part.alt else alt, credit, span, sure)
