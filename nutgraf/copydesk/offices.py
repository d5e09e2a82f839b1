"""Tell what a speaker is, by the words beside the name: the role, and the house it is held in."""

from __future__ import annotations

import re

from nutgraf.copydesk import tenses
from nutgraf.copydesk.letters import UPPER
from nutgraf.copydesk.lexicon import SPEECH, TITLES
from nutgraf.copydesk.names import Mention

_HOUSE = re.compile(rf"\s(?:of|at|for|with|from)\s+(?=(?:the\s+)?[{UPPER}]|the\s)")
_APPOSITION = re.compile(
    r"(?:\s\([^()]{1,40}\))?,\s+(?:\d{1,3},\s+)?(?:(?:a|an|the|its|his|her|their|then|now|who is|who was)\s+)?((?!who\b|which\b|when\b|where\b|why\b|what\b|how\b|and\b|but\b|said\b|says\b|told\b|asked\b|speaking\b|who's\b|in\b|on\b|at\b|after\b|as\b|\d)[^,.;:()\"“”—]{3,90}?)(?=,|\.|;|:|—|\Z|\s(?:said|says|told|tells|who|wrote|added|which)\b|\s[\"“])"
)
# "Jo Lind, who runs the bakery": what one does every day, if not by its name.
_DOING = re.compile(
    r",\s(?:\d{1,3},\s)?(who\s(?:also\s)?(?:runs|owns|heads|leads|chairs|manages|directs|teaches|keeps|farms|edits|studies|coaches|represents|oversees|founded|co-founded|drives|trains)\s[^,.;:()\"“”—]{3,60}?)(?=[,.;:—]|\Z|\s(?:said|says|told|tells|added)\b|\s[\"“])"
)
_OF_HOUSE = re.compile(
    rf",?\s(?:of|at|from)\s(?:the\s)?((?:[{UPPER}][\w’'&.-]*\s?(?:(?:of|for|and|the)\s(?=[{UPPER}]))*){{1,6}})"
)
_ARTICLE = re.compile(r"\A(?:the|a|an|its|his|her|their|our|then|now|also)\s+", re.IGNORECASE)
_WHENCE = re.compile(r"(?:of|from|at)\s(?:the\s)?")
_WORDS_BEFORE = re.compile(rf"(?<![\w’'])((?:[{UPPER}][\w’'&.-]*\s){{0,3}}(?:[a-z][\w’'-]*\s){{1,4}})\Z")
_NO_ROLE = frozenset(
    "the a an said says told tells and but of by with for to as that when while from in at on is was had has have who it he she they his her its their then also"
    " asked added wrote met joked replied argued noted warned insisted recalled explained according like says what because before after under over between if where against about two three four five six seven eight nine ten"
    " not so if than then out up down off into onto about whose whom does did do will would can could may might must should be been being are were am i we you me him them us my your our there here how why".split()
)
# What begins an apposition that tells of a deed, not of an office: "Lally, is found guilty", "Castel, broke a tie".
_DEEDS = frozenset(
    "is was were are has had have will would can could may might must and but not be been being put puts left broke both one all each no every last this next meets".split()
)
_ADDRESS = frozenset("Mr Mrs Ms Mx Miss Sir Dame Lady Lord".split())
_AFTER_DEEDS = ("to ", "the ", "a ", "an ", "his ", "her ", "its ", "that ", "on ", "with ")
_SHORT_FORMS = {
    "gov": "governor", "govs": "governor", "sen": "senator", "rep": "representative", "prof": "professor", "dr": "doctor", "lt": "lieutenant",
    "gen": "general", "capt": "captain", "sgt": "sergeant", "supt": "superintendent", "insp": "inspector", "det": "detective", "rev": "reverend",
    "col": "colonel", "cllr": "councillor", "cr": "councillor", "pres": "president", "adm": "admiral", "cmdr": "commander",
}  # fmt: skip


def at(text: str, mention: Mention, stop: int) -> tuple[str, str]:
    """Return the role and the house that stand beside a mention; `stop` is where its paragraph ends."""
    if found := _APPOSITION.match(text, mention.end, min(stop, mention.end + 170)):
        words = " ".join(found[1].split())
        if whence := _WHENCE.match(words):
            return "", words[whence.end() :]
        if words and _is_office(words, text[mention.end : found.start(1)]):
            return _parted(words)
    house = ""
    if found := _OF_HOUSE.match(text, mention.end, min(stop, mention.end + 90)):
        house = " ".join(found[1].split()).rstrip(",.")
    if mention.title:
        return mention.title, house
    if not house and (doing := _DOING.match(text, mention.end, min(stop, mention.end + 90))):
        return " ".join(doing[1].split()), ""
    role, before = _before(text, mention)
    return role, house or before


def _is_office(words: str, lead: str) -> bool:
    """Tell "a farmer from Pell" from "is found guilty" and "broke the tie"."""
    first, _, rest = words.partition(" ")
    first = first.strip(".").lower()
    if len(words) < 3:
        return False
    if not words[0].islower():
        return first in TITLES
    has_article = lead.rstrip().lower().endswith((" a", " an", " the", " its", " his", " her", " their"))
    is_deed = first.endswith("s") and rest.startswith(_AFTER_DEEDS)
    return has_article or not (
        is_deed or first in _DEEDS or first in SPEECH or first.endswith("ing") or tenses.is_past(first)
    )


def _before(text: str, mention: Mention) -> tuple[str, str]:
    """Return "finance chief" and "Tidewater" of "Tidewater finance chief Ida Brook"."""
    found = _WORDS_BEFORE.search(text[max(0, mention.start - 60) : mention.start])
    if not found:
        return "", ""
    words = found[1].split()
    for place in range(len(words) - 1, -1, -1):
        word = words[place].lower()
        if word in _NO_ROLE or word in SPEECH or tenses.is_past(word):
            # What follows "of the" is not the office but its house, and the office stands before it.
            is_house = word in ("of", "for") or (
                place and words[place - 1].lower() in ("of", "for", "at", "from", "in")
            )
            words = [] if is_house or word.endswith("ed") else words[place + 1 :]
            break
    capitals = [word for word in words if word[0].isupper()]
    if not words or len(words) == len(capitals):
        return "", ""
    return " ".join(words[len(capitals) :]), " ".join(capitals).removesuffix("’s").removesuffix("'s")


def bare(role: str) -> str:
    """Return a role without the forms of address that stand at its end, or are all of it."""
    words = role.split()
    while words and words[-1].rstrip(".") in _ADDRESS:
        words.pop()
    return " ".join(words)


def key(title: str) -> str:
    """Return the office that a title or a role names, in one word: "governor" of "Gov." and of "the state's governor"."""
    if title.startswith("who "):
        return ""
    last = title.split(" of ")[0].split()[-1:] or [""]
    word = last[0].strip(".,").lower()
    return _SHORT_FORMS.get(word, word)


def _parted(words: str) -> tuple[str, str]:
    """Part "director of the Carnegie Center" into what one does and where."""
    words = _ARTICLE.sub("", words, count=1)
    found = _HOUSE.search(words)
    if not found:
        return words, ""
    house = re.sub(r"\A[Tt]he\s+", "", words[found.end() :])
    return words[: found.start()], house
