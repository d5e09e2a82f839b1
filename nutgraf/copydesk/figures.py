"""Tell the figures that count nothing, because they name something: flights, rooms, ages, years, telephones, addresses."""

from __future__ import annotations

import re

from nutgraf.copydesk import counted, dates, tenses
from nutgraf.copydesk.counted import MEASURES, MONEY
from nutgraf.copydesk.letters import UPPER

# "Article 16", "seat 14C", "number 88".
_NAMING = frozenset(
    "no nos nr number numbers article articles section sections chapter rule room gate flight seat seats row route highway interstate motorway road line platform track page pages volume vol issue figure fig table exhibit title"
    " amendment act paragraph clause resolution proposition prop measure question item lot phase stage step level tier category class grade type model version season episode part round game match week day year group pool channel"
    " studio pier berth dock warehouse terminal hangar unit apartment apt suite box ward district precinct zone area sector block bus train tram ship hull car ticket case docket file psalm verse opus symphony size form schedule annex"
    " appendix protocol plan agenda under-u engine ladder squad battalion division regiment brigade sol apollo taxi".split()
)
_GROUPS = frozenset(
    "group gang committee council class big top fortune ftse s&p nasdaq dow nikkei dax cac stoxx studio formula catch area channel sweet final elite generation agenda vision forum pier covid".split()
)
# Before number words these are verbs as often: "seats four", "issue two licences".
_VERBS_TOO = frozenset(
    "seat seats issue form measure plan ship train question group pool match ticket case file table figure page block box place lot stage".split()
)
_YOUNG = frozenset("aged age ages youngest oldest eldest turned turns turning".split())
_LIMITS = frozenset("over under above below than between".split())
_PEOPLE = re.compile(
    r"\b(?:people|those|anybody|children|adults|women|men|kids|those|anyone|everyone|everybody|workers|pensioners|girls|boys|teenagers|drivers|residents|patients|voters|pupils|students|americans|britons|citizens)"
    r"\s(?:who are\s|aged\s)?(?:over|under|above|below|older than|younger than|between)\s(?:the age of\s)?\Z",
    re.IGNORECASE,
)
# "of whom 190 were over 65"
_ARE_OVER = re.compile(
    r"\b(?:whom|people|patients|victims|residents|members|voters|workers|drivers|them|dead|who)\b[^.,;:]{0,30}?\s(?:are|were|is|was)\s(?:all\s|mostly\s|also\s)?(?:over|under)\s\Z"
)
# What is told apart by a number and never counted in it.
_NUMBERED = frozenset(
    "no nos nr number numbers article articles section sections chapter rule route highway interstate motorway volume vol act paragraph clause resolution group".split()
)
_TIMES_AFTER = re.compile(
    r"\s(?:seconds|minutes|hours|days|weeks|months|years|times|miles|kilomet(?:re|er)s|met(?:re|er)s|km|people|dollars|euros|pounds|cents|tonnes|tons)\b"
)
_MANY_AFTER = re.compile(r"\s(?:[a-z]+\s)?(?:people|children|[a-z]{3,}(?<![su])s)\b")
_MANY_INTO = re.compile(r"\s(?:[a-z]+\s){0,2}[a-z]{3,}s\sinto\b")
_AGES_OF_SOME = re.compile(
    r"\b(?:men|women|boys|girls|people|children|sisters|brothers|sons|daughters|teenagers|students|victims|twins|friends), (?:\d{1,2}(?:, | and |, and )){0,3}\Z"
)
# "Last year 14 kites were caught", "at a quarter past five"
_IN_A_YEAR = re.compile(r"\b(?:last|this|next|each|every|a|per) (?:year|week|day|season|month)\s\Z", re.IGNORECASE)
_PAST_HOUR = re.compile(r"\b(?:half|quarter|five|ten|twenty|minutes?) (?:past|to)\s\Z", re.IGNORECASE)
_WILL_SEAT = re.compile(r"\b(?:will|can|could|would|to|and) seat\s\Z")
_OF_AGE = re.compile(r"\b(?:age|ages|boy|girl|man|woman|child|son|daughter|baby|lad|lass|pupil) of \Z", re.IGNORECASE)
_PERSON_IS = re.compile(
    rf"(?:\b[Hh]e|\b[Ss]he|[{UPPER}][\w’'-]+ [{UPPER}][\w’'-]+,?(?: who)?) (?:is|was|turned|turns)(?: now| only| just)? \Z"
)
# "I was six when they went"
_ONE_IS = re.compile(r"\b(?:I|[Hh]e|[Ss]he) (?:am|was|is)(?: only| just)? \Z")
_ORDINAL = re.compile(r"-(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)\b(?!s)")
_NOUN_AFTER = re.compile(
    r"\s?(?!(?:at|and|who|in|to|are|were|is|was|have|has|will|can|do|may|the|a|an|it|they|when|or|that|must|would|could|should|might|shall|cannot|pay|said|say|says|voted|vote|did|had|get|with|on|from|for|by)\b)[%a-z]{2,}"
)
_PERSON_BEFORE = re.compile(rf"(?:[{UPPER}][\w’'.-]+\s(?:[‘“\"'][^‘’“”\"']{{1,14}}[’”\"']\s)?)?[{UPPER}][\w’'.-]+,\s\Z")
# "Malachy Roche (58)"
_NAME_BEFORE_BRACKET = re.compile(rf"[{UPPER}][\w’'.-]+\s[{UPPER}][\w’'.-]+\s\(\Z")
_END_OF_AGE = re.compile(r"(?:,|\)|\.(?:\s|\Z)|;|\Z|\sand\b|\sof\b)")
_FIRST_OF_AGES = frozenset("ymwdtoa–-0123456789")
_OLD = re.compile(r"(?:\s?(?:-|–|to|or|and)\s?\d{1,3})?[\s-](?:years?|months?|weeks?|days?)[\s-](?:old|olds|of age)\b")
_RANGE_OF_AGES = re.compile(r"\b(?:aged?|ages) (?:between )?\d{1,2} ?(?:to|and|[-–]) ?\Z")
_ATTACHED = re.compile(r"(?:st|nd|rd|th|s|(?![CFmkgMKBp])[A-Za-z]\b|[a-z]{1,2}\d|x\b|-in-|/\d)")
# What stands behind a figure that is by itself.
_PLAIN_SIGNS = frozenset(["", " ", "\n", ",", ";", "%", "\u00a0"])
_PARTS = re.compile(r"(?::\d|\.\d+\.\d|-\d+-\d)")
_LONG_PART = re.compile(r"[–-]\d{3,}")
_HYPHENED = re.compile(r"-(?:[A-Z]|\d{4})")
_SCORED = re.compile(r"[-–]\d{1,2}(?![\d-])")
_SCORE = re.compile(
    r"\b(?:beat|beats|won|win|wins|lost|lose|loses|defeat(?:ed|s)?|draw|drew|edged|led|lead|leads|over|past|trail(?:ed|s)?|voted?|ruled)\b",
    re.IGNORECASE,
)
_UNIT_START = re.compile(rf"(?:{MEASURES})(?![\w’'])|per cent|percent|pct")
_COUNTED_YEAR = re.compile(
    rf"\s?(?:%|percent|per cent)|\s(?:{MEASURES}|{MONEY}|people|soldiers|votes|homes|houses|jobs|workers|men|women|cases|deaths)\b"
)
_IN_YEAR = re.compile(
    r"\b(?:in|since|until|(?:dates?|dating)\s(?:back\s)?(?:from|to)|born|founded|the year|around|about)\s\Z",
    re.IGNORECASE,
)
_END_OF_YEAR = re.compile(r"(?:[.,;:)]|\Z|\s(?:and|by|when|to|for|with|as|but|after|under)\b)")
_PHONE = re.compile(r"\+?\d[\d()]*(?:[ -][\d()]{2,}){2,}(?!\d)")
_STREET = re.compile(
    rf"\s(?:[{UPPER}][\w’'.-]*\s){{1,3}}(?:Street|St\.?|Road|Rd\.?|Avenue|Ave\.?|Lane|Drive|Square|Place|Boulevard|Blvd\.?|Row|Court|Terrace|Way|Crescent|Gardens)\b"
)
_SINGULAR = re.compile(r"\s(?:is|was|has|does)\b")
_CAPITAL_WORD = re.compile(rf"(?:\A|[\s(\"“‘'])([{UPPER}][\w’'&-]*)[\s-]\Z")
_STARTERS = frozenset(
    "A An The About After All Almost An And Another Around As At Because Before Between Both But By Each Either Every Exactly For From Had Has Have He Her His However If In Into Is It Its Just Last Least Meanwhile More Most My Nearly No Not Of Off"
    " On Only Or Other Our Out Over Per Roughly She Since So Some Than That The Their Them Then There These They This Those Though Through To Under Until Up Upon Was We Were What When Where Which While Who With Within Without Would Yet"
    " You Your Total Minus Fewer Including Add".split()
)
_PLURAL_AFTER = re.compile(r"\s([a-z]{3,}(?<![sui])s)\b")
_MADE_BY_NUMBER = frozenset(
    "jets planes airliners phones handsets cars trucks vans engines rockets missiles guns rifles tanks helicopters drones ships tablets laptops passengers flights was is has does goes says runs tests rules".split()
)
_PLAIN_AFTER = re.compile(r"(?:[,.;)]|\s(?:is|was|has|will|and|crashed|landed)\b|-\d|\Z)")
_BEGINNING = re.compile(r"[.!?:—–…][\"”’')]*\s+[\"“‘'(]*\Z")
_BILL = re.compile(r"\b(?:[A-Z]\.){1,3}\s\Z")
_ZONE_AFTER = re.compile(rf"\s(?:{dates.ZONE})")
_OF_CLOCK = re.compile(r"(?:[01]?\d|2[0-4])(?:[.:][0-5]\d)?\Z")
_PRICED = re.compile(
    r"\b(?:stood|stands|priced|valued|closed|traded|trades|estimated|remained|stayed|unchanged|put|rated|ranked) at \Z"
)
_AGED_AT = re.compile(r"\b(?:died|dies|dead|retired|married|widowed|orphaned|began|left school) at \Z")
_HOUR = re.compile(
    r"(?:[.,;]|\Z|\s(?:by the|sharp|tonight|today|tomorrow|(?:every|each|most|in the) (?:morning|afternoon|evening|night|day))\b)"
)
# Four figures with a space between them, or eight with any signs.
_DIGIT = re.compile(r"\d")
_ROW = re.compile(
    r"(?:(?:[$£€]?\d[\d.,]*%?[ \t\n)|;,]{1,3}){4,}|(?:\d[\d.,]*%?[^\w$£€]{1,3}){8,})(?:[$£€]?\d[\d.,]*%?)?(?!\s?[^\W\d_])"
)
_REST = re.compile(r"(?:[\d()./–-]|\s(?=\d{2,}[\s.,;)]?)|\sto\s(?=\d)|\sand\s(?=\d{1,2}\b)|[A-Z]\b)*")


def is_name(text: str, match: re.Match[str], start: int, end: int) -> bool:
    """Tell whether a figure or a number word is part of a name, an age, an ordinal, a telephone number or an address."""
    digits, words = match["digits"], match["words"]
    if match["currency"] or not (digits or words):
        return bool(digits) and len(digits) > 20
    at, stop = match.start(), match.end()
    before = text[max(start, at - 40) : at]
    after = text[stop : min(end, stop + 60)]
    last = before.rsplit(None, 1)[-1].strip("\"“‘'(") if before.strip() else ""
    low = last.lower().rstrip(".")
    if (
        before.endswith("-in-")
        or (after[1:2] in _FIRST_OF_AGES and _OLD.match(after))
        or (
            low in _NAMING
            and before[-1:].isspace()
            and not (words and low in _VERBS_TOO)
            and not _is_counted(low, before, after)
            and not _IN_A_YEAR.search(before)
        )
    ):
        return True
    if digits and (after.startswith((" block of", "-800-", "-888-", "-877-", "-866-")) or after == " block"):
        return True
    if after.startswith(" |") and before.endswith("| "):
        # A cell of a table.
        return True
    if (low in _YOUNG and not _is_measured(low, text, stop, end, after)) or _is_age(before, after, low):
        return True
    if words and after[:1] == "-" and _ORDINAL.match(after):
        # "the eighty-fourth"
        return True
    if words:
        is_hour = (low == "at" and bool(_HOUR.match(after))) or (low == "past" and bool(_PAST_HOUR.search(before)))
        return is_hour or (words[0].isupper() and not _begins(before))
    if (
        len(digits) > 20
        or (low in _GROUPS and not _is_counted(low, before, after))
        or (low == "of" and before.rstrip().lower().endswith(("group of", "gang of")))
    ):
        return True
    return _is_figure_of_name(text, digits, before, after, at, end, last=last, is_tight=bool(match["tight"]))


def _is_counted(last: str, before: str, after: str) -> bool:
    """Tell "a bus 48 seconds" and "seats 900 people" from "bus 48" and "seat 14"."""
    if last in _NUMBERED:
        return False
    if _TIMES_AFTER.match(after) and not before.rstrip().endswith((" of " + last, "-" + last)):
        return True
    if last == "seat" and _WILL_SEAT.search(before):
        return True
    return last in ("seats", "seat") and bool(_MANY_AFTER.match(after))


def _is_measured(last: str, text: str, stop: int, end: int, after: str) -> bool:
    """Tell "turns 1.2 megawatts into heat" from "turns 40"."""
    return last.startswith("turn") and bool(counted.unit(text, stop, end)[0] or _MANY_INTO.match(after))


def _begins(before: str) -> bool:
    """Tell whether a sentence begins here."""
    return not before.strip(" \n\u00a0\"“‘'(") or bool(_BEGINNING.search(before))


def _is_age(before: str, after: str, last: str) -> bool:
    if last == "at" and _AGED_AT.search(before) and _END_OF_AGE.match(after):
        return True
    if _AGES_OF_SOME.search(before) and _END_OF_AGE.match(after):
        return True
    if last == "of" and _OF_AGE.search(before) and (not _NOUN_AFTER.match(after) or _is_told(after)):
        return True
    if last in ("is", "was", "turned", "turns") and _END_OF_AGE.match(after) and _PERSON_IS.search(before):
        return True
    if (
        last in ("am", "was", "is", "only", "just")
        and after.startswith((" when", " at the time"))
        and _ONE_IS.search(before)
    ):
        return True
    if before[-1:] == "(" and after[:1] == ")" and _NAME_BEFORE_BRACKET.search(before):
        return True
    if before[-2:-1] == "," and _END_OF_AGE.match(after) and _PERSON_BEFORE.search(before):
        return True
    if last in _LIMITS and _ARE_OVER.search(before) and _END_OF_AGE.match(after):
        return True
    if last in _LIMITS and _PEOPLE.search(before) and not _NOUN_AFTER.match(after):
        return True
    return (last in ("to", "and") or before[-1:] in "-–") and bool(_RANGE_OF_AGES.search(before))


def _is_told(after: str) -> bool:
    """Tell "a child of nine tasted it" from "a family of nine boys"."""
    word = after[1:].split(" ", 1)[0]
    return tenses.is_past(word)


def _is_figure_of_name(
    text: str, digits: str, before: str, after: str, at: int, end: int, *, last: str, is_tight: bool
) -> bool:
    if after[:1] not in _PLAIN_SIGNS and _is_attached(digits, after, is_tight=is_tight):
        return True
    following = after[1:2]
    if (following.isdigit() or following == "(") and after[0] in " -" and _PHONE.match(text, at, end):
        return True
    if following.isupper() and _STREET.match(after):
        return True
    if last.lower() == "the" and _SINGULAR.match(after):
        # "The 737 was late": one thing that is called so.
        return True
    if _is_clock(digits, before, after, last) or _BILL.search(before):
        return True
    if (
        len(digits) == 4
        and digits.isdigit()
        and "1000" <= digits < "1500"
        and _IN_YEAR.search(before)
        and _END_OF_YEAR.match(after)
    ):
        # "dates from 1237"
        return True
    if len(digits) == 4 and digits.isdigit() and "1500" <= digits <= "2199" and not _COUNTED_YEAR.match(after):
        return True
    if after[:1] in "-–" and len(digits) < 3 and _SCORED.match(after) and _SCORE.search(before):
        return False
    return "," not in digits and "." not in digits and _follows_name(before, after, last)


def _is_attached(digits: str, after: str, *, is_tight: bool) -> bool:
    """Tell "21st", "5x", "3:1", "1.2.3" and "747-400", whose figures go on or stand by letters."""
    if _ATTACHED.match(after) or (after[:1].isalpha() and not is_tight and not _UNIT_START.match(after)):
        return True
    if len(digits) >= 3 and "," not in digits and _LONG_PART.match(after):
        return True
    return bool(_PARTS.match(after) or _HYPHENED.match(after))


def _is_clock(digits: str, before: str, after: str, last: str) -> bool:
    """Tell "opens at 9 by the bell" and "0930 GMT" from "stood at 9"."""
    if len(digits) == 4 and _ZONE_AFTER.match(after):
        return True
    return last.lower() == "at" and bool(_OF_CLOCK.match(digits) and _HOUR.match(after) and not _PRICED.search(before))


def _follows_name(before: str, after: str, last: str) -> bool:
    """Tell "Boeing 737" and "Polaris 3" from "Wards had 22" and "In 22 towns"."""
    word = _CAPITAL_WORD.search(before)
    if not word or word[1] in _STARTERS or word[1].endswith(("’s", "'s", "s’", "s'")) or re.match(dates.MONTH, word[1]):
        return False
    if (counts := _PLURAL_AFTER.match(after)) and counts[1] not in _MADE_BY_NUMBER:
        # "sent the village of Ombley 600 wheels of cheese"
        return False
    return not _begins(before[: word.start(1)]) or word[1].isupper() or bool(_PLAIN_AFTER.match(after))


def row(text: str, match: re.Match[str], end: int) -> int:
    """Return where a row of bare figures ends that begins here, as in a table, or 0: they have no nouns to count."""
    stop = match.end()
    found = _ROW.match(text, match.start(), end) if _DIGIT.search(text, stop, stop + 4) else None
    return found.end() if found else 0


def end_of_name(text: str, stop: int, end: int) -> int:
    """Return where the rest of a name's figures ends: "737-800", "0800 555 0199", "21 to 25"."""
    found = _REST.match(text, stop, min(end, stop + 40))
    if not found or not found[0].strip():
        return stop
    return found.end() if any(letter.isdigit() for letter in found[0]) or len(found[0]) == 1 else stop
