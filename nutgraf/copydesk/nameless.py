"""Find the words that stand for a speaker without a name: "a spokesman for the airport", "the minister"."""

from __future__ import annotations

import re

from nutgraf.copydesk.people import People

# How far before a pronoun whoever it means may stand.
REACH = 320

_NO_SUBJECT = re.compile(
    r"\b(?:that|which|because|if|when|while|although|but|and|as|to|not|be|been|being|is|are|was|were)\Z", re.IGNORECASE
)
# "a coast guard spokeswoman said. “…,” she added."
_TOLD_BEFORE = re.compile(
    r"(?:\A|[.,;]\s)(?P<who>(?:[Aa]n?|[Tt]he|[Oo]ne|[Aa]nother)\s(?:[\w’'&-]+\s){0,5}?(?:\w*(?:woman|man|person|official|aide|chief|nurse|witness|neighbou?r|resident)|[a-z]+(?:er|or|ist|ian)))\s"
    r"(?:said|says|told\s\w+)(?:\s[^.\"“”]{0,60})?\.[\"”]?\s"
)
_OFFICE_FIRST = re.compile(
    r"(?:\A|(?<=[.!?]\s)|(?<=\n))(?P<who>(?:[Tt]he|[Aa]n?|[Oo]ne)\s(?:[a-z-]+\s){0,2}?(?:\w*(?:woman|man|person|official|aide|chief|nurse|witness|neighbou?r|resident)|[a-z]{3,}(?:er|or|ist|ian)))[,\s]"
)
# "a spokesperson for Amberline, the former owner": what follows the comma tells of the house.
_OF_HOUSE = re.compile(r"(?:an?|the|one|another)\s[^,;:]{2,60}\s(?:for|of|at|from|with)\s[^,;:]{1,40}\Z", re.IGNORECASE)
_APPOSED = re.compile(r"\s(?:the|an?|its|which|who)\s[^,;:]+\Z")
_DESCRIPTION = re.compile(
    r"(?:(?:the|a|an|one|another|its|his|her|their|our|some|many|several|most|two|three|four|five|other|few|no)\b\s)?(?:(?!who\b|which\b|that\b|in\b|on\b|at\b|as\b|after\b|before\b|when\b|while\b|about\b|to\b|by\b|told\b|said\b|with\b|during\b|and\b|but\b)[\w’'.&-]+\s?){1,6}"
    r"(?:(?:for|of|at|from|with|in)\s(?:the\s|a\s|an\s|his\s|her\s|its\s|their\s)?(?:[\w’'&.-]+\s?){1,5})?",
    re.IGNORECASE,
)
_IS_DONE = re.compile(
    r"\s(?:has|had|was|were|is|are|lives?|works?|runs?|leads?|owns?|spent|saw|went|came|took|made|lost|won|found|kept|met|left|built|bought|[a-z]{3,}ed)\b"
)
_WHO = re.compile(r",\s(?:who|which)\b[^,]*,?\s*\Z")


def before_verb(text: str, start: int, end: int, *, is_above: bool) -> str:
    """Return the words that stand for a speaker without a name: "a spokesman for the airport"."""
    if who := _WHO.search(text, start, end):
        # "A federal official, who was not authorized to speak, said"
        end = who.start()
    comma = max(text.rfind(sign, start, end) for sign in ",;:–—")
    if comma > 0 and text[comma] == "," and _APPOSED.match(text, comma + 1, end):
        before = max(start - 1, *(text.rfind(sign, start, comma) for sign in ",;:–—")) + 1
        if _OF_HOUSE.match(text[before:comma].strip()):
            start, end, comma = before, comma, -1
    if comma > 0:
        start = comma + 1
    words = text[start:end].strip()
    relative = re.search(r"\b(?:who|which|that)\b", words)
    if relative and not is_above:
        return ""
    if relative and _IS_DONE.match(words, relative.end()):
        # "A vicar who spent nine days in the tower says"
        words = words[: relative.start()].strip()
    elif relative:
        words = words[relative.end() :].strip() or words[: relative.start()].strip()
    count = len(words.split())
    if not 1 <= count <= 9 or _NO_SUBJECT.search(words):
        words = " ".join(words.split()[-3:]) if is_above and count > 9 else ""
    conjunction = re.search(
        r"\b(?:and|but|as|because|after|when|while|with|that)\s(?=(?:the|a|an|its|his|her|their|one|some)\s\S+(?:\s\S+){0,5}\Z)",
        words,
    )
    if conjunction:
        words = words[conjunction.end() :]
    return (
        "" if re.fullmatch(r"(?:it|this|that|which|who|there|what)", words, re.IGNORECASE) else " ".join(words.split())
    )


def end_of_description(text: str, start: int, stop: int) -> int:
    """Return where the words end that describe somebody from a place on, or 0 if none do: "the captain of the ferry"."""
    described = _DESCRIPTION.match(text, start, stop)
    return described.end() if described and described[0].strip() else 0


def after_verb(text: str, start: int, end: int) -> str:
    """Return the words after a verb that stand for a speaker, unless they are only a pronoun."""
    words = " ".join(text[start:end].split()).rstrip(" ,.")
    return "" if re.fullmatch(r"(?:it|this|that|which|who|there|so|in|on)", words, re.IGNORECASE) else words


def told_before(text: str, people: People, at: int) -> str:
    """Return who, without a name, has just told something in the paragraph: "a coast guard spokeswoman said. “…,” she added."."""
    start = max(people.stretch_start(at), at - REACH)
    found = next(reversed(list(_TOLD_BEFORE.finditer(text, start, at))), None)
    if found is None or any(one.kind == "PERSON" for one in people.between(found.start(), at)):
        return ""
    return found["who"] if text.find(". ", found.end(), at) < 0 else ""


def begins_with(text: str, people: People, at: int) -> str:
    """Return whom the paragraph is about, where nobody is named: "The minister came at four. “…,” she said."."""
    start = max(people.stretch_start(at), at - REACH)
    found = _OFFICE_FIRST.search(text, start, at)
    return found["who"] if found else ""
