"""Find a press release's dress round its story: whom to call, notes to editors, who the issuer is, what follows the end."""

from __future__ import annotations

import re

from nutgraf.copydesk import promos
from nutgraf.copydesk.passages import Passage

HEAD = 14
TAIL = 30
LONGEST_BLOCK = 8
# A line of more words is nobody's name, office or address.
LONGEST_ADDRESS = 8
_PHONE = re.compile(r"\d{3}[ .-]?\d{3,4}\b")
_CONTACT = re.compile(
    r"(?:(?:media|press|news|for (?:more|further) information,?(?: please)?)\s)?(?:contacts?|enquiries|inquiries|call|relations)\b\s?:?.{0,120}\Z",
    re.IGNORECASE,
)
_NOTES = re.compile(r"notes? (?:to|for) (?:the )?editors?\s?:?\Z|editors?[’']? notes?\s?:?\Z", re.IGNORECASE)
_FORWARD = re.compile(r"forward[- ]looking statements?\s?:?\Z|safe harbou?r(?: statement)?\s?:?\Z", re.IGNORECASE)
_ABOUT = re.compile(r"about (?:the )?(?-i:[A-Z\d])[^.!?]{1,70}:?\Z", re.IGNORECASE)
_SERVICE = re.compile(r"(?:GLOBE ?NEWSWIRE|PR ?N(?:ewswire|EWSWIRE)|BUSINESS WIRE|ACCESSWIRE|EIN Presswire)\b")
_PROVIDED = re.compile(r"(?:news|release|content) provided by\Z", re.IGNORECASE)
_END = re.compile(r"-?\s?30\s?-|-?\s*ends?\s*-?|#\s?#\s?#|-0-.*", re.IGNORECASE)


def dress(passages: list[Passage]) -> dict[int, str]:
    """Return which passages are the release's and not the story's, by their place, and why; nothing if it is none."""
    found: dict[int, str] = {}
    first_tail = max(len(passages) // 3, len(passages) - TAIL)
    is_release = any(
        promos.reason_for(one.words) == "press release" or _SERVICE.search(one.words, 0, 300) for one in passages[:HEAD]
    )
    if is_release:
        for place, passage in enumerate(passages[:HEAD]):
            if _PROVIDED.match(passage.words) and place + 1 < len(passages):
                found |= {place: "press release", place + 1: "press release"}
            if _CONTACT.match(passage.words):
                _mark_block(passages, place, found)
    is_release |= any(_END.fullmatch(one.words) for one in passages[first_tail:])
    for place in range(max(first_tail, 2), len(passages)):
        words = passages[place].words
        if _FORWARD.match(words):
            _mark_rest(passages, place, found, "small print")
        elif _NOTES.match(words):
            _mark_rest(passages, place, found, "notes to editors")
        elif _ABOUT.match(words) and (is_release or _is_issuer(words, passages[place + 1 : place + 2])):
            _mark_rest(passages, place, found, "about the issuer")
        elif is_release and place > first_tail and _END.fullmatch(words) and len(passages) - place <= TAIL:
            _mark_rest(passages, place + 1, found, "after the end of the release")
        else:
            continue
        break
    return found


def _is_issuer(words: str, below: list[Passage]) -> bool:
    """Tell whether the paragraph below "About Acme" begins with the name."""
    name = words.split(None, 1)[1].rstrip(":").lower().removeprefix("the ")
    return any(one.words.lower().removeprefix("the ").startswith(name) for one in below)


def _mark_block(passages: list[Passage], place: int, found: dict[int, str]) -> None:
    """Mark a passage and those straight below it."""
    found[place] = "whom to call"
    for following in range(place + 1, min(place + LONGEST_BLOCK, len(passages))):
        words = passages[following].words
        is_long = len(words.split()) > LONGEST_ADDRESS and "@" not in words and not _PHONE.search(words)
        if passages[following].line.gap or is_long:
            return
        found[following] = "whom to call"


def _mark_rest(passages: list[Passage], place: int, found: dict[int, str], reason: str) -> None:
    for rest in range(place, len(passages)):
        found[rest] = reason
