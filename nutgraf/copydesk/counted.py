"""Tell what a number counts or measures: the unit and the noun after it."""

from __future__ import annotations

import re
from functools import lru_cache

from nutgraf.copydesk import tenses

MEASURES = (
    r"square (?:kilomet(?:re|er)s?|met(?:re|er)s?|miles?|feet|foot|inch(?:es)?|yards?)|cubic (?:met(?:re|er)s?|feet|foot|kilomet(?:re|er)s?|yards?|centimet(?:re|er)s?)|nautical miles?|light[ -]years?"
    r"|kilomet(?:re|er)s?|centimet(?:re|er)s?|millimet(?:re|er)s?|met(?:re|er)s?|miles?|yards?|feet|foot|inch(?:es)?|acres?|hectares?|kilograms?|kilogrammes?|kilos?|grams?|grammes?|milligrams?|micrograms?"
    r"|tonnes?|tons?|pounds?|ounces?|stone|lit(?:re|er)s?|millilit(?:re|er)s?|gallons?|pints?|barrels?|bushels?|degrees(?: (?:Celsius|Fahrenheit|C|F))?|kilowatt[ -]hours?|megawatt[ -]hours?|gigawatt[ -]hours?|terawatt[ -]hours?|watts?|kilowatts?|megawatts?|gigawatts?"
    r"|volts?|amps?|hertz|megahertz|gigahertz|bytes|kilobytes?|megabytes?|gigabytes?|terabytes?|decibels?|calories|knots|horsepower|carats?|fathoms?|furlongs?"
    r"|kilometres? per hour|kilometers? per hour|miles? (?:per|an) hour|parts per (?:million|billion)|megapixels?"
    r"|km/h|kph|mph|km²|km2|m²|m2|m³|m3|sq ft|sq km|sq m|kWh|MWh|GWh|TWh|kW|MW|GW|TW|km|cm|mm|kg|mg|ml|lbs?|oz|ft|mi|ha|dB|Hz|MHz|GHz|kHz|GB|TB|MB|ppm|ppb|hPa|mb|mmHg|°C|°F|°|C|F|m|g|l|t|p"
)
MONEY = (
    r"(?:(?:US|U\.S\.|Canadian|Australian|New Zealand|Hong Kong|Singapore) )?dollars?|euros?|pounds sterling|yen|yuan|renminbi|rupees?|rubles?|roubles?|kronor|kronur|kroner|krona|krone|crowns|francs?|Swiss francs?|pesos?|reais|real|rand|liras?|lira|won|zlotys?|złotys?|forints?|hryvnias?"
    r"|shekels?|dirhams?|riyals?|rials?|dinars?|baht|ringgit|rupiah|naira|cedis|shillings?|cents?|pence|p|bitcoins?|EUR|USD|GBP|CHF|SEK|NOK|DKK|JPY"
)
_UNIT = re.compile(
    rf"(?:[\s\u00a0-]?(?P<percent>%|‰|per ?cent\b(?!age)|pct\b)|[\s\u00a0-](?P<points>percentage[- ]points?|basis points?|per cent points?|pp\b)|[\s\u00a0-]?(?P<measure>{MEASURES})(?![\w’'])|[\s\u00a0](?P<money>{MONEY})(?![\w’'-]))"
)
_UNIT_WORDS = re.compile(
    rf"(?:%|‰|°|per|percent|pct|pp|basis|percentage|square|cubic|nautical|light|parts|miles?|sq|US|U\.S|Canadian|Australian|New|Hong|Singapore|pounds|Swiss|{MEASURES}|{MONEY})(?![\w’'])"
)
_NEXT_WORD = re.compile(r"[\s\u00a0-]?([%‰°]|[^\W\d_][\w²³/°.]*)")
_STONE = re.compile(r"[.,;]|\s(?:and|lighter|heavier)|\Z")
_SINGLE_LETTERS = frozenset("m g l t C F mi ha mb p".split())
_MAGNITUDE = re.compile(r"\b(?:magnitude|[Mm]agnitude)\s(?:of\s)?\Z")


_FOLLOWING = re.compile(r"\s([a-z]+)\b")
_SENTENCE_BEGINS = re.compile(r"(?:\A|[.!?:]\s|\n)[\"“‘']?\Z")
# "a crowd of 3,150": what is counted stands before the number.
_BODY_OF = re.compile(
    r"\b(?P<what>crowd|attendance|audience|turnout|congregation|workforce|population|membership|herd|flock|fleet|congregation)s? of (?:(?:about|some|around|nearly|almost|more than|over|only|just) )?\Z"
)

# Nouns
_STOP = frozenset(
    "a about above across after again against all along alongside also although am amid among an and any are aren't around as at away back be became because been before began behind being below between beyond both but by came can cannot could"
    " did do does down during each either else even every except few fewer for from get gets go goes going gone got had hardly has have he her here him his how however i if in inside into is isn't it its itself just last later least left less like"
    " made make makes many may me might mine more most much must my near neither next no nor not now of off on once one only onto or other others our ours out outside over own past per perhaps rather said same say says she should since so some soon"
    " still such take taken takes than that the their theirs them then there these they this those though through throughout till times to together too took toward towards two under unless unlike until up upon us very via was we well went were"
    " one two three four five six seven eight nine ten eleven twelve twenty thirty forty fifty what when where whether which while who whom whose why will with within without would yet you your yours worth off ago apart long old tall wide deep high away thick heavy according".split()
) - {"others", "times", "other", "own", "more", "past", "next", "last", "few"}
_ADJECTIVES = frozenset(
    "other own more new old big small large young senior junior male female foreign local state federal national public private total additional extra further different separate such people's past".split()
)
_IRREGULAR = frozenset(
    "people men women children police feet teeth mice geese sheep deer fish cattle aircraft troops staff species series percent personnel alumni fungi criteria data media crew votes".split()
)
_NO_PLURAL = re.compile(r"(?:ss|us|is|ous|\Agas|\Alens|\Anews|’s|'s)\Z")
_VERBS = frozenset(
    "arrive arrived arrives attend attended believe believed broke came claim claimed come cost costs died drive drove fell fled found gathered go got grew have held hold hurt joined killed know leave left lie like live lived lost met need"
    " paid pay planned protest remain remained run said saw say signed sleep slept stand stay stayed stood support supported think told took travel use used visited vote voted want wanted watched went won work worked wait waited agree agreed face faced"
    " show showed earn earned own owned rose sit sat survived returned reported responded backed oppose opposed bloom reached stop stopped walk walked remain show applied apply play".split()
)
_NOUNS_TOO = frozenset(
    "own show work need vote walk use stand visit face report support protest play claim cost stop show live hurt run cost supports reached used pay".split()
)
# What stands after a number and is none of its nouns; adjectives that end nothing a number counts.
_NO_NOUNS = _STOP - _ADJECTIVES
_ONLY_VERBS = _VERBS - _NOUNS_TOO
_NO_ENDS = _ADJECTIVES - {"more"}
_LEFT_ONES = re.compile(r"\s(?:turns|lanes|wings|hands|feet|shoes|gloves|legs|arms|sides|lungs|kidneys|hooks)\b")
_WEIGHING = frozenset(
    "weigh weighs weighed contain contains hang hangs cover covers rise rises fall falls happen happens".split()
)
# Verbs that follow one thing: "1 bell rings".
_OF_ONE = frozenset(
    "rings stands sits lies holds carries goes comes makes takes gives has was is does needs wants gets says runs works".split()
)
# "a grant of $2m", "the fine was £300", "the repair will cost $3.4 million", "$40 in damages", "$2m for a new roof"
_SUM = re.compile(
    r"\b(?P<what>(?:(?!(?:an?|the|of|in|its|his|her|their|and|to|paid|that|this|for|at|on)\b)[a-z-]+\s)?(?:costs?|price|bill|budget|fine|total|value|damages?|profits?|loss|losses|deficit|surplus|revenues?|sales|grant|loan|fee|fees|prize|debts?|salary|wages?|rent|bid|offer|deal|reward|fare|subsidy|fund|gift|donation|income|turnover|tax|pay|bonus|pension))"
    r"\s(?:is|was|are|were|of|at|will be|would be|stands at|stood at|reached|rose to|fell to|comes to|came to|totals|totalled|totaled|worth)\s(?:(?:about|nearly|almost|some|around|only|just|over|more than|up to|at least|a|an)\s){0,2}\Z"
)
_COSTS = re.compile(
    r"\b(?:the|a|an|its|his|her|their|this|that|each|every|new)\s(?P<what>(?:[a-z-]+\s){0,2}?[a-z-]{3,})\s(?:(?:will|would|could|may|might|is expected to|are expected to|was expected to|has|have)\s)?(?:cost|costs|sold for|sells for|is worth|was worth|brought in|raised)\s(?:(?:about|nearly|almost|some|around|only|just|over|more than|up to|at least|a|an|the\s\w+)\s){0,2}\Z",
    re.IGNORECASE,
)
_PAID_FOR = re.compile(
    r"\s(?:in|for)\s(?:the\s|a\s|an\s|its\s|his\s|her\s|their\s)?((?!each\b|every\b|all\b|one\b|this\b|that\b|more\b|the\b|which\b|what\b|last\b|next\b)[a-z][a-z-]+(?:\s(?!and\b|to\b|in\b|on\b|of\b|for\b|at\b|by\b|from\b|with\b|that\b|after\b|as\b|over\b|a\b|the\b|last\b|this\b|next\b|each\b|was\b|is\b|said\b)[a-z-]{3,}){0,2})(?=[,.;:)]|\Z|\s)"
)
# "$2 million last year"
_WHEN = re.compile(r"\s(?:last|next|this|past)\s(?:year|month|week|quarter|season|spring|summer|autumn|fall|winter)\b")
# The unit of "half a percentage point".
POINTS = frozenset(["percentage point", "percentage points", "basis point", "basis points"])
_BEING = frozenset("live work stand stay walk vote".split())
_BEING_SOMEWHERE = re.compile(r"\s(?:in|on|at|there|here|with|under|near|alone|abroad|outside|inside)\b")
_TOKEN = re.compile(
    r"[\s\u00a0][\"“‘']?([^\W\d_][\w’&-]{0,60}(?:'\w{1,9})?|(?:[A-Z]\.){2,9})[\"”']?|-([^\W\d_][\w’'-]{0,60})"
)
_FIGURE = re.compile(
    r"\s?(?:[^\W\d_][\w-]*(?:[’']s|s[’'])\s)?(?:\d[\d,.]*|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty)(?=\s)"
)
_OF = re.compile(
    r"\s(?:of)\s(?:the\s|this\s|that\s|last\s|a\s|an\s|its\s|his\s|her\s|their\s|all\s|our\s|these\s|those\s|my\s|them\b\s?)*"
)
_ONE_BEFORE = re.compile(
    r"\b(?:no|any|this|that|which|each|every|last|next|new|only|first|other|another|some|at|as|by|like|such|it|good|bad|old|same|right|wrong|big|better|best|dear|little|everyone|on the)\s\Z",
    re.IGNORECASE,
)
_ONE_AFTER = re.compile(
    r"(?:\s(?:of|another|or|and|is|was|has|had|can|could|would|will|may|might|must|should|who|which|that|in|on|at|day|way|time|side|hand|more|thing after|after|by|to|wants|says|said|night|morning|evening|big|the|a|with|for|from|but|when|as|if|than|does|did|else|goes|gets)\b|[’'.,;:!?)\"”]|\Z)",
    re.IGNORECASE,
)


# "the one vote against her", but not "the one thing" and "the one who".
_THE_ONES = frozenset(
    "vote goal seat point member exception survivor candidate bidder offer death injury job copy".split()
)


def is_one_counted(text: str, before: str, stop: int, end: int) -> bool:
    """Tell "one terminal" from "one of them", "no one" and "the last one"."""
    if _ONE_BEFORE.search(before) and not re.search(r"\b(?:by|as|has|at|with|only)\s\Z", before, re.IGNORECASE):
        return False
    after = text[stop : min(end, stop + 24)]
    if before.lower().endswith("in ") and re.match(r"\s(?:day|night|morning|afternoon|evening)\b", after):
        # "12,400 cats in one night"
        return True
    if re.match(r"[\s-](?:half|third|quarter|fifth|tenth|sixth|eighth|hundred|thousand|million|billion)\b", after):
        return True
    verb = re.match(r"\s([a-z]+)", after)
    if before.lower().endswith("the ") and not (verb and verb[1] in _THE_ONES):
        return False
    if verb and re.search(r"[a-z]{2,}[^sui]s\Z", verb[1]) and verb[1] not in _IRREGULAR:
        # "One pulls the hands": of one there is no plural.
        return False
    if verb and (verb[1] in _ONLY_VERBS or verb[1] in ("called", "named") or verb[1] in _NO_NOUNS):
        return False
    return not _ONE_AFTER.match(after) and bool(re.match(r"[\s-][^\W\d_]", after))


@lru_cache(maxsize=4096)
def _can_begin_unit(word: str) -> bool:
    """Tell whether a unit begins with a word; most words are asked about more than once."""
    return bool(_UNIT_WORDS.match(word))


def unit(text: str, stop: int, end: int) -> tuple[str, int]:
    """Return the unit that follows a value, as it is written, and where it ends."""
    following = text[stop : stop + 1] if stop < end else ""
    if following == "%":
        return "%", stop + 1
    word = _NEXT_WORD.match(text, stop, end)
    if not word or not _can_begin_unit(word[1]):
        return "", stop
    found = _UNIT.match(text, stop, end)
    if not found:
        return "", stop
    if found["percent"]:
        return "%", found.end()
    words = found["points"] or found["measure"] or found["money"]
    is_followed = found.end() < end and text[found.end()].isalnum()
    if (words in _SINGLE_LETTERS and is_followed) or (words == "stone" and not _STONE.match(text, found.end(), end)):
        return "", stop
    return " ".join(words.replace("-", " ").split()) if found["points"] else words, found.end()


def noun(text: str, stop: int, end: int, *, is_currency: bool, has_unit: bool, is_part: bool) -> tuple[str, int]:
    """Return what is counted, and where its words end."""
    if text.startswith(": ", stop):
        # "3,050: people who were still watching"
        return _phrase(text, stop + 1, end) if _is_line(text, stop) else ("", stop)
    of = _OF.match(text, stop, end) if text.startswith("of", stop + 1) else None
    if of and of.end() < end:
        if figure := _FIGURE.match(text, of.end(), end):
            return _phrase(text, figure.end(), end)
        words, last = _phrase(text, of.end() - 1, end)
        return (words, last) if words else ("", stop)
    if is_currency or (has_unit and not is_part):
        if (
            text[stop : stop + 1] in " \u00a0"
            and (found := _TOKEN.match(text, stop, end))
            and (found[1] or "").lower() not in _STOP
            and not _WHEN.match(text, stop, end)
        ):
            verb = found[1].lower()
            if has_unit and not is_currency and tenses.is_past(verb) and not verb.endswith("ed"):
                # "130 km/h cut power"
                return "", stop
            return _phrase(text, stop, end)
        return "", stop
    if is_part and re.match(r"\s(?:a|an|the|his|her|its|their|our|my|all|your)\s", text[stop : stop + 8]):
        stop = text.index(" ", stop + 1)
    return _phrase(text, stop, end)


def of_money(text: str, start: int, left: int, right: int, end: int) -> str:
    """Return what a sum is paid, owed or asked for, where no noun stands with it: "the repair will cost $3.4 million"."""
    if found := _PAID_FOR.match(text, right, end):
        return " ".join(found[1].split())
    before = text[max(start, left - 90) : left]
    if found := _COSTS.search(before) or _SUM.search(before):
        return " ".join(found["what"].split())
    return ""


def _is_line(text: str, stop: int) -> bool:
    """Tell whether a number begins its line, as in lists of figures."""
    before = text[max(0, stop - 40) : stop]
    return "\n" in before and not any(letter.isalpha() for letter in before.rpartition("\n")[2])


def _phrase(text: str, stop: int, end: int) -> tuple[str, int]:
    """Return the noun phrase at a place: up to its first plural, or a few words."""
    words: list[str] = []
    last = stop
    while len(words) < 6 and (found := _TOKEN.match(text, last, end)):
        word = found[1] or found[2]
        low = word.lower().replace("’", "'")
        if low == "left" and not words and _LEFT_ONES.match(text, found.end(), end):
            # "four left turns"
            words.append(word)
            last = found.end()
            continue
        if low in _NO_NOUNS or (not words and low in _ONLY_VERBS):
            break
        if not words and low in _WEIGHING:
            # "the other 2 weigh less"
            break
        if not words and low in _BEING and _BEING_SOMEWHERE.match(text, found.end(), end):
            # "only 1,800 live in the wild"
            break
        if words and (
            low in _VERBS
            or low in _WEIGHING
            or low in _OF_ONE
            or (low.endswith("ed") and len(low) > 4 and _is_plural(words[-1]))
        ):
            break
        if words and _is_plural(words[-1]) and not _is_plural(low) and not low.endswith(("men", "women")):
            break
        if words and tenses.is_past(low) and not _is_plural_next(text, found.end(), end):
            # "1 bell rang"
            break
        words.append(word)
        last = found.end()
        if text[last : last + 1] in ',.;:!?()"”—':
            break
    while words and words[-1].lower() in _NO_ENDS:
        words.pop()
    if not words:
        return "", stop
    return " ".join(words), last


def _is_plural_next(text: str, at: int, end: int) -> bool:
    found = _TOKEN.match(text, at, end)
    return found is not None and _is_plural(found[1] or found[2])


def _is_plural(word: str) -> bool:
    word = word.lower()
    return word in _IRREGULAR or (word.endswith("s") and len(word) > 2 and not _NO_PLURAL.search(word))


def is_share(
    text: str, match: re.Match[str], before: str, stop: int, last: int, end: int, *, unit: str, counts: str
) -> bool:
    """Tell "a third of the grain", "by a third" and "half a metre" from "a third day"."""
    after = text[stop : min(end, stop + 14)]
    if re.match(
        r"\s(?:of|more|less|again|as (?:much|many|long|big|old|fast|high|far|large|small|wide|tall|deep)|(?:slow|fast|cheap|bigg|long|short|heavi|light|larg|small|high|low|few|tall|wid|deep|great|rich|poor|old|young|strong|weak|dear|thinn|thick|warm|cold|clos|far)(?:er|ther))\b",
        after,
    ):
        return True
    is_half = (
        match["half"] is not None
        or (match["part"] or "").lower().endswith("half")
        or "half" in text[match.start() : stop]
    )
    if re.match(r",\s[A-Z]", after):
        # "and a fourth, Liftly, closed"
        return False
    if match["words"] or match["digits"] or is_half:
        return bool(unit or counts) or acts(text, before, stop, end) or stands_alone(text, before, last, end)
    # "A third signed" may be the third one to do so.
    is_quarter = (match["part"] or "").lower().endswith("quarter")
    return (
        (is_quarter and acts(text, before, stop, end))
        or bool(re.match(r"[.,;:)]|\Z|\s(?:to|in|on|and|from|since|than|did|were|was|are|is|have|had)\b", after))
        and stands_alone(text, before, last, end)
    )


def acts(text: str, before: str, stop: int, end: int) -> bool:
    """Tell whether a share begins its sentence and does something: "Half went to the landfill"."""
    following = _FOLLOWING.match(text, stop, end)
    return bool(following and tenses.is_past(following[1]) and _SENTENCE_BEGINS.search(before))


def stands_alone(text: str, before: str, stop: int, end: int) -> bool:
    """Tell whether a share needs no noun: "by a third", "a fifth more", "rose by half"."""
    if re.search(
        r"\b(?:by|than|over|about|nearly|almost|some|to|from|only|at|is|was|are|or|and|over a|up|down|in)\s\Z", before
    ):
        return True
    after = text[stop : min(end, stop + 9)]
    return bool(re.match(r"\s(?:more|less|fewer|did|were|was|are|is|have|had|do|voted|said)\b|[.,;]", after))


def is_magnitude(before: str) -> bool:
    """Tell whether a figure is an earthquake's."""
    return bool(_MAGNITUDE.search(before))


def of_body(before: str) -> str:
    """Return the noun before a number that stands for what it counts: "a crowd of 3,150"."""
    found = _BODY_OF.search(before)
    return found["what"] if found else ""
