"""Find a mail's dress round a story: headers, greeting, covering note, signature, small print."""

from __future__ import annotations

import re

from nutgraf.copydesk import promos
from nutgraf.copydesk.lexicon import FIRST_NAMES
from nutgraf.copydesk.passages import Passage

# A signature may stand this near the end.
TAIL = 16
HEAD = 60
_COVER = "covering note"
LONGEST_NOTE = 240
_HANDED = (
    r"\b(?:here(?:['’]s| is| are| it is)|attached|my draft|the draft|a draft|draft (?:for|of)|pls|plz|please|thx|ty\b|thanks|let me know|lmk|ok to (?:run|publish|go)|can you|could you"
    r"|(?:copy|text|story|piece|it) (?:is )?below|my copy|filing|have a look|take a look|for (?:tonight|tomorrow|the (?:site|web|morning|front)))\b"
)
# After a greeting one of these words is enough; without one, the line begins with it.
_COVERING = re.compile(
    rf"(?:(?:hi|hiya|hey|hello|morning|evening|afternoon|all|team|folks|fyi|ok|okay|sorry|guys|desk)\b[^.!?:]{{0,30}}?[,!:–—. -].*?{_HANDED}"
    r"|(?:here(?:['’]s| is) (?:the|my|a|our|today['’]s|tonight['’]s)\b.{0,40}\b(?:draft|copy|story|piece|text|version)\b|please find\b|(?:copy|story|text|piece|draft|words)(?: (?:is|are))? (?:below|attached|follows)\b|(?:i['’]?(?:m|ve)|we['’](?:re|ve)) (?:attach|past|send|fil)|pasting\b|filing\b.{0,20}\b(?:now|copy|story|piece)\b|as (?:promised|discussed|agreed), )).*\Z",
    re.IGNORECASE | re.DOTALL,
)


def dress(passages: list[Passage]) -> dict[int, str]:
    """Return which passages belong to the mail and not to the story, by their place, and why."""
    found = {place: "mail around the story" for place, one in enumerate(passages) if one.line.place == "mail"}
    start = _after_headers(passages, found)
    start = _after_greeting(passages, start, found)
    _mark_signature(passages, start, found)
    return found


def _after_headers(passages: list[Passage], found: dict[int, str]) -> int:
    """Mark the last block of headers near the top, and what stands above it; return where the rest begins."""
    last = -1
    run = 0
    for place, passage in enumerate(passages[:HEAD]):
        if place in found:
            continue
        reason = promos.mail_reason_for(passage.words)
        if reason in ("mail header", "mail quoting"):
            run += 2 if "essage" in passage.words[:40] or reason == "mail quoting" else 1
            if run >= 2:
                last = place
        else:
            run = 0
    if last >= len(passages) / 2:
        # An answer on top of an older mail: the older one is what stands below.
        first = last
        while first and promos.mail_reason_for(passages[first - 1].words) == "mail header":
            first -= 1
        for place in range(first, len(passages)):
            found.setdefault(place, "quoted mail")
        return 0
    for place in range(last + 1):
        is_header = promos.mail_reason_for(passages[place].words) in ("mail header", "mail quoting")
        found[place] = "mail header" if is_header else _COVER
    return last + 1


def _after_greeting(passages: list[Passage], start: int, found: dict[int, str]) -> int:
    """Mark a greeting, and the sentences after it that come before a headline."""
    while start < len(passages) and start in found:
        start += 1
    is_note = start < len(passages) - 2 and is_covering(passages[start].words)
    if start >= len(passages) or not (is_note or promos.mail_reason_for(passages[start].words) == "greeting"):
        return start
    note = [start]
    for place in range(start + 1, min(start + 8, len(passages))):
        passage = passages[place]
        is_sentence = passage.words[-1:] in ".!?:," or promos.mail_reason_for(passage.words) == "signature"
        is_sentence |= _signs_below(passages[place - 1], passage) or _is_sender(passages, place, found)
        if passage.line.heading or passage.line.bullet or not is_sentence:
            break
        note.append(place)
    else:
        # No headline follows: the sentences are the story.
        note = [start]
    for place in note:
        found[place] = "greeting" if place == start else _COVER
    return note[-1] + 1


def _is_sender(passages: list[Passage], place: int, found: dict[int, str]) -> bool:
    """Tell whether a word by itself is the first name of who sends the mail, as its header says."""
    word = passages[place].words.rstrip(",.")
    if not word.isalpha() or not word[0].isupper():
        return False
    return any(word in passages[n].words.split() for n, reason in found.items() if reason == "mail header")


def is_covering(words: str) -> bool:
    """Tell a line that hands copy over: "hey, here's the draft for the 5pm slot, ok to run? thx"."""
    return len(words) <= LONGEST_NOTE and bool(_COVERING.match(words))


def _signs_below(above: Passage, passage: Passage) -> bool:
    """Tell the name under "Cheers": straight below it, or a first name after a blank line."""
    words = passage.words.rstrip(",.").split()
    if promos.mail_reason_for(above.words) != "signature" or not all(word[0].isupper() for word in words):
        return False
    is_first_name = len(words) == 1 and words[0] in FIRST_NAMES
    return is_first_name or (not passage.line.gap and len(words) <= 3)


def _mark_signature(passages: list[Passage], start: int, found: dict[int, str]) -> None:
    first = max(1, start, len(passages) - TAIL)
    for place in range(first, len(passages)):
        words = passages[place].words
        is_delimiter = words in ("--", "-- ", "—") or (passages[place].line.place == "rule" and set(words) == {"_"})
        if promos.mail_reason_for(words) == "signature" or (is_delimiter and len(passages) - place <= 8 and found):
            for rest in range(place, len(passages)):
                found.setdefault(rest, "signature")
            return
