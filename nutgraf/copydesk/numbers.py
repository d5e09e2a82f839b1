"""Find numbers: a value or a range, its unit, what it counts, and the source that the sentence gives."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from nutgraf.copydesk import counted, figures
from nutgraf.copydesk.found import Number, Span
from nutgraf.copydesk.letters import UPPER
from nutgraf.copydesk.moments import Moment
from nutgraf.copydesk.sentences import sentences

_SMALL = dict(
    zip(
        "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split(),
        range(1, 20),
        strict=True,
    )
)
_TENS = dict(zip("twenty thirty forty fifty sixty seventy eighty ninety".split(), range(20, 100, 10), strict=True))
_SCALES = {"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9, "trillion": 10**12, "dozen": 12}
_SHORT_SCALES = {
    "k": 1000,
    "m": 10**6,
    "mn": 10**6,
    "bn": 10**9,
    "b": 10**9,
    "tn": 10**12,
    "M": 10**6,
    "B": 10**9,
    "K": 1000,
}
_CROWDS = {
    "dozens": 12,
    "scores": 20,
    "hundreds": 100,
    "thousands": 1000,
    "millions": 10**6,
    "billions": 10**9,
    "trillions": 10**12,
}
_PARTS = {
    "half": "0.5",
    "halves": "0.5",
    "third": "3",
    "quarter": "4",
    "fourth": "4",
    "fifth": "5",
    "sixth": "6",
    "seventh": "7",
    "eighth": "8",
}
_PARTS |= {"ninth": "9", "tenth": "10", "twelfth": "12", "hundredth": "100", "thousandth": "1000", "twentieth": "20"}

_CURRENCY = (
    r"(?:(?:US|CA|C|AU|A|NZ|HK|S|R|NT|Mex)?\$|[£€¥₹₽₩₺₪₴฿₫₱]|(?:USD|EUR|GBP|CHF|JPY|SEK|NOK|DKK|CAD|AUD|Rs\.?|RMB)\s?)"
)
_DIGITS = r"(?:\d{1,3}(?:[,\u00a0\u202f’]\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?)"
_SMALL_WORDS = "|".join(
    [*(f"{ten}[-\\s](?:{'|'.join(list(_SMALL)[:9])})" for ten in _TENS), *sorted(_SMALL, key=len, reverse=True), *_TENS]
)
_SCALE_WORDS = "|".join(_SCALES)
# Which two letters a number can begin with: most words are passed over by them.
_FIRST = r"(?=[\d$£€¥₹₽₩₺₪₴฿₫₱+−–-]|[oO]n|[tT][whero]|[fF][oi]|[sS][iec]|[eEnN][ilg]|[hH][au]|[mM][ia]|[bB]i|[dD]o|[aA]n?\s|[aA]n\w|[UCANHSREGJDM][A-Z$e]|R[sM])"
_START = re.compile(
    rf"(?<![\w$£€¥.#@/]){_FIRST}(?:(?P<sign>[-−–+](?=\d)|(?i:minus)\s)?(?P<currency>{_CURRENCY})?(?P<digits>{_DIGITS})(?P<tight>(?:k|m|mn|bn|b|tn|M|B|K)\b)?"
    rf"|(?P<words>(?i:{_SMALL_WORDS})\b)|(?P<lone>(?i:(?:an?|half\sa|several|a\sfew|a\scouple\s(?:of)?|many)\s)?(?i:{_SCALE_WORDS})\b)"
    rf"|(?P<crowd>(?i:tens\sof\sthousands|hundreds\sof\sthousands|tens\sof\smillions|hundreds\sof\smillions|{'|'.join(_CROWDS)})\b)"
    rf"|(?P<half>(?i:half)\b)|(?P<part>(?i:an?|another)\s(?i:half|third|quarter|fourth|fifth|sixth|seventh|eighth|ninth|tenth|twelfth|twentieth|hundredth|thousandth)\b))"
)
_SCALE = re.compile(rf"[\s\u00a0-]?(?P<scale>(?i:{_SCALE_WORDS}))s?\b")
_MORE = re.compile(rf"\s(?:and\s)?(?P<words>(?i:{_SMALL_WORDS}))\b(?!\s(?i:{_SCALE_WORDS}))")
_AND_A_HALF = re.compile(r"\sand\sa\s(?P<part>half|quarter|third)\b")
_FRACTION = re.compile(
    r"[\s-](?P<part>half|halves|thirds?|quarters?|fourths?|fifths?|sixths?|sevenths?|eighths?|ninths?|tenths?|twelfths?|twentieths?|hundredths?)\b"
)
_RANGE = re.compile(
    rf"\s?(?P<sign>[-–—]|to\b|and\b|or\b)\s?(?P<currency>{_CURRENCY})?(?:(?P<digits>{_DIGITS})(?P<tight>(?:k|m|mn|bn|b|tn)\b)?|(?P<words>(?i:{_SMALL_WORDS})\b))"
)
_RATIO = re.compile(
    rf"\s(?P<of>in\severy|out\sof\severy|out\sof|in|of\severy)\s(?P<other>(?:\d{{1,3}}(?:,\d{{3}})*|(?i:{_SMALL_WORDS}|(?:a\s)?hundred|(?:a\s)?thousand))(?!\w|,\d|\.\d|:\d))(?!\s(?:days?|weeks?|months?|years?|hours?|minutes?|seconds?|decades?|places|cities|countries|states|towns|schools|languages|attempts|games|parts)\b)"
)
_QUALIFIER = re.compile(
    r"(?:(?:(?:about|some|around|roughly|nearly|almost|approximately|approx\.|circa|close to|an estimated|estimated|more than|over|at least|well over|just over|just under|slightly more than"
    r"|upwards of|up to|as many as|as much as|as few as|fewer than|less than|under|below|above|at most|no more than|no fewer than|only|just|a total of|a further|another|an additional|additional|an initial|initial|the first|the last|a record|record|exactly|all|an average of|average|an extra|a mere|or so|between|from)\s)+)\Z",
    re.IGNORECASE,
)
_LAST_OF_QUALIFIER = frozenset(
    "about some around roughly nearly almost approximately approx. circa to estimated than over least under of many much few below above most fewer only just further another additional initial first last"
    " record exactly all average extra mere so between from".split()
)
_ACCORDING = re.compile(r"\baccording to ((?:the |an? |its |his |her |their )?[^,.;:()]{2,80})", re.IGNORECASE)
_SAID = re.compile(
    rf"[,;] (?:the )?((?:[{UPPER}][\w’'&.-]*|[a-z][\w’'-]*)(?: (?!says?\b|said\b)[\w’'&.-]+){{0,6}}) (?:said|says|reports?|reported|estimates?|estimated|shows?)\b"
)
_SAYS = re.compile(r"\s(?:say|said|report|estimate|show)")
_FROM_TO = re.compile(r"\bfrom\s\Z", re.IGNORECASE)
_VOTE = re.compile(
    r"\b(?:vote[ds]?|voting|margin|ruled|ruling|won|win|beat|lost|lead|led|score|victory|defeat|decision|decided|passed|approved|rejected|ratio|split|odds|rate|outnumber(?:ed)?)\b",
    re.IGNORECASE,
)


@dataclass(slots=True)
class _Value:
    """A value as it is read, with where its words end."""

    value: Decimal
    end: int
    currency: str = ""
    is_digits: bool = False
    is_part: bool = False
    has_scale: bool = False
    scale: int = 1


def find(text: str, stretches: Sequence[Span], said: Sequence[list[Moment]]) -> list[Number]:
    """Return the numbers in some paragraphs; `said` are the moments of each, whose figures are dates."""
    found: list[Number] = []
    seen: set[tuple[str, str | None, str, str]] = set()
    values: set[str] = set()
    for (start, end), named in zip(stretches, said, strict=True):
        for number in _in_paragraph(text, start, end, named):
            key = (number.value, number.value_to, number.unit, number.counts.casefold())
            # "All nine come down": a number without a noun that was told before is the same one.
            is_again = (
                not number.unit
                and not number.counts
                and number.value in values
                and number.qualifier.lower() in ("all", "the", "these", "those")
            )
            if key not in seen and not is_again:
                seen.add(key)
                values.add(number.value)
                found.append(number)
    return found


def _in_paragraph(text: str, start: int, end: int, named: list[Moment]) -> list[Number]:
    found: list[Number] = []
    sources = _Sources(text, start, end)
    taken = iter([*named, None])
    moment = next(taken)
    place = start
    while match := _START.search(text, place, end):
        while moment is not None and moment.end <= match.start():
            moment = next(taken)
        if moment is not None and moment.start < match.end():
            place = max(moment.end, match.start() + 1)
            continue
        place = match.end()
        if figures.is_name(text, match, start, end):
            place = figures.end_of_name(text, match.end(), end)
            continue
        number, place = _number(text, match, start, end)
        if number is None:
            continue
        number.source = sources.at(match.start())
        found.append(number)
    return found


class _Sources:
    """Whom the sentences of a paragraph name for their figures; they are asked in order."""

    def __init__(self, text: str, start: int, end: int) -> None:
        self.text = text
        self.start = start
        self.end = end
        self.sentences: list[Span] | None = None
        self.place = 0
        self.source: str | None = None

    def at(self, at: int) -> str:
        """Return the source that the sentence at a place names, or nothing."""
        if self.sentences is None:
            self.sentences = sentences(self.text, self.start, self.end)
        while self.place < len(self.sentences) - 1 and self.sentences[self.place][1] <= at:
            self.place += 1
            self.source = None
        if self.source is None:
            self.source = self._read(*self.sentences[self.place])
        return self.source

    def _read(self, first: int, last: int) -> str:
        found = None
        if self.text.find("ccording to ", first, last) >= 0:
            found = _ACCORDING.search(self.text, first, last)
        if not found and _SAYS.search(self.text, first, last):
            found = _SAID.search(self.text, first, last)
        return " ".join(found[1].split()) if found else ""


def _number(text: str, match: re.Match[str], start: int, end: int) -> tuple[Number | None, int]:
    """Return the number that begins at a match, if it is one, and where to look on."""
    value = _value(text, match, end)
    if value is None:
        return None, match.end()
    before = text[max(start, match.start() - 60) : match.start()]
    if (
        value.value == 1
        and not value.is_digits
        and not value.has_scale
        and not counted.is_one_counted(text, before, value.end, end)
    ) and not _RATIO.match(text, value.end, end):
        return None, match.end()
    to, ratio_unit = _second(text, match, value, before, start, end)
    stop = to.end if to else value.end
    if ratio_unit:
        stop = ratio_unit[1]
    unit, stop = ("", stop) if ratio_unit else counted.unit(text, stop, end)
    currency = value.currency or (to.currency if to else "")
    counts, counts_end = counted.noun(
        text, stop, end, is_currency=bool(currency), has_unit=bool(unit), is_part=value.is_part
    )
    if value.is_part and not counted.is_share(text, match, before, value.end, stop, end, unit=unit, counts=counts):
        return None, value.end
    if (
        match["half"]
        and not counts
        and not unit
        and re.match(r"[\s-](?:a|an|the|of|way|hour|dozen)", text[stop : stop + 6]) is None
        and not re.search(r"\b(?:by|than|in|over|about|nearly|almost|only|or|some|to|is|be)\s\Z", before)
    ):
        return None, value.end
    word = before.split()[-1:] if before[-1:].isspace() else []
    qualifier = _QUALIFIER.search(before) if word and word[0].lower() in _LAST_OF_QUALIFIER else None
    left = match.start() - (len(before) - qualifier.start()) if qualifier else match.start()
    if qualifier and re.search(r"(?:between|from)\s\Z", qualifier[0], re.IGNORECASE) and to is None:
        left = match.start()
    words = " ".join(text[left : match.start()].split())
    if match["crowd"]:
        words = f"{words} {match['crowd']}".strip() + (" of" if text[value.end : value.end + 4] == " of " else "")
    right = max(stop, counts_end if counts else stop)
    number = Number(
        text=" ".join(text[left:right].split()),
        value=_plain(value.value),
        value_to=_plain(to.value) if to else None,
        qualifier=words,
        unit=ratio_unit[0] if ratio_unit else currency or unit,
        counts=counts,
        source="",
        as_of=None,
        span=(left, right),
        sure=0.85 if value.is_digits or value.has_scale else 0.7,
    )
    return number, stop


def _value(text: str, match: re.Match[str], end: int) -> _Value | None:
    """Return the value that begins at a match, with its scale and its fraction."""
    stop = match.end()
    if match["digits"]:
        value = _Value(_figure(match["digits"]), stop, (match["currency"] or "").strip(), is_digits=True)
        if match["tight"]:
            if not value.currency and match["tight"] in ("m", "k", "b", "M", "B", "K"):
                # "5m" without a currency is five metres or a dress size.
                return _Value(value.value, match.end("digits"), is_digits=True) if match["tight"] == "m" else None
            value.value *= _SHORT_SCALES[match["tight"]]
            value.has_scale = True
        if (match["sign"] or "").strip().lower() in ("-", "−", "–", "minus"):
            value.value = -value.value
    elif match["words"]:
        value = _Value(_word_value(match["words"]), stop)
    elif match["crowd"]:
        words = match["crowd"].lower().split()
        factor = {"tens": 10, "hundreds": 100}.get(words[0], 1) if len(words) > 1 else 1
        return _Value(Decimal(_CROWDS[words[-1]] * factor), stop, has_scale=True)
    elif match["lone"]:
        words = match["lone"].lower().split()
        if words[0] in ("several", "many") or words[:2] == ["a", "few"]:
            return _Value(Decimal(_SCALES[words[-1]]), stop, has_scale=True)
        times = Decimal("0.5") if words[0] == "half" else Decimal(2 if "couple" in words else 1)
        value = _Value(times * _SCALES[words[-1]], stop, has_scale=True, scale=_SCALES[words[-1]])
    elif match["half"]:
        return _Value(Decimal("0.5"), stop, is_part=True)
    else:
        words = match["part"].lower().split()
        return _Value(_share(1, words[-1]), stop, is_part=True)
    return _scaled(text, value, end)


def _scaled(text: str, value: _Value, end: int) -> _Value:
    while scale := _SCALE.match(text, value.end, end):
        factor = _SCALES[scale["scale"].lower()]
        value.value *= factor
        value.scale *= factor
        value.end = scale.end()
        value.has_scale = True
        if (more := _MORE.match(text, value.end, end)) and factor < 10**6:
            value.value += _word_value(more["words"])
            value.end = more.end()
    if half := _AND_A_HALF.match(text, value.end, end):
        value.value += _share(1, half["part"]) * value.scale
        value.end = half.end()
    elif (
        not value.has_scale
        and not value.currency
        and value.value < 100
        and (part := _FRACTION.match(text, value.end, end))
    ) and (value.value > 1 or part["part"].rstrip("s") != part["part"] or not value.is_digits):
        value.value = _share(value.value, part["part"])
        value.end = part.end()
        value.is_part = True
    return value


def _share(number: Decimal | int, part: str) -> Decimal:
    part = part.lower()
    if part in ("half", "halves"):
        return Decimal(number) / 2
    return Decimal(number) / Decimal(_PARTS[part.rstrip("s")])


def _figure(digits: str) -> Decimal:
    return Decimal(re.sub(r"[,\u00a0\u202f’]", "", digits))


def _word_value(words: str) -> Decimal:
    total = 0
    for word in re.split(r"[-\s]", words.lower()):
        total += _SMALL.get(word) or _TENS[word]
    return Decimal(total)


def _second(
    text: str, match: re.Match[str], value: _Value, before: str, start: int, end: int
) -> tuple[_Value | None, tuple[str, int] | None]:
    """Return the end of a range, or the other side of a ratio with where it ends."""
    following = text[value.end : value.end + 1]
    if not following or following in ',;:!?()"”’':
        return None, None
    if (
        not value.currency
        and not value.has_scale
        and text[value.end : value.end + 2] in (" i", " o")
        and (ratio := _RATIO.match(text, value.end, end))
    ):
        of = "in" if ratio["of"] in ("in", "in every", "of every") else "out of"
        other = re.sub(r"(?i)\Aa\s", "", ratio["other"])
        return None, (f"{of} {_ratio_word(other)}", ratio.end())
    first_unit_end = counted.unit(text, value.end, end)[1]
    found = _RANGE.match(text, value.end, end) or _RANGE.match(text, first_unit_end, end)
    if not found or found["sign"] == "or" and found["words"] is None and found["digits"] is None:
        return None, None
    end_value = _Value(
        _figure(found["digits"]) if found["digits"] else _word_value(found["words"]),
        found.end(),
        (found["currency"] or "").strip(),
        is_digits=bool(found["digits"]),
    )
    if found["tight"]:
        end_value.value *= _SHORT_SCALES[found["tight"]]
        end_value.has_scale = True
    end_value = _scaled(text, end_value, end)
    if end_value.has_scale and not value.has_scale and value.value < 1000:
        # "two to three million"
        value.value *= end_value.scale
    is_between = bool(re.search(r"\bbetween\s\Z", before, re.IGNORECASE))
    sign = found["sign"]
    if (
        text[end_value.end : end_value.end + 1].isalnum()
        or re.match(r"-\w", text[end_value.end : end_value.end + 2])
        and sign in "-–—"
    ):
        return None, None
    if sign == "and":
        return (end_value, None) if is_between and end_value.value > value.value else (None, None)
    if sign == "or":
        return (end_value, None) if end_value.value == value.value + 1 and not found["digits"] else (None, None)
    if _is_ratio(text, value, end_value, sign, before, start):
        return None, (f"to {_plain(end_value.value)}", end_value.end)
    if end_value.value <= value.value or (sign == "to" and _FROM_TO.search(before) and _is_change(before)):
        return None, None
    return end_value, None


def _is_ratio(text: str, value: _Value, other: _Value, sign: str, before: str, start: int) -> bool:
    """Tell a vote, a score or a ratio from a range."""
    if value.currency or other.currency or value.has_scale or other.has_scale:
        return False
    if other.value <= value.value:
        return sign != "to" or not re.search(
            r"\b(?:from|fell|dropped|down|rose|up|cut|reduced)\b", before[-24:], re.IGNORECASE
        )
    after = text[other.end : other.end + 24]
    is_bare = not re.match(r"\s?(?:%|[a-z])", after) or bool(
        re.match(r"\s(?:in|on|to|for|that|vote|margin|ratio|decision|win|loss|draw|against|and|or|at)\b", after)
    )
    if sign == "to" and value.value == 1 and is_bare:
        return True
    return bool(_VOTE.search(before[-40:])) and is_bare and not re.search(r"\bbetween\b|\bfrom\b", before[-12:])


def _is_change(before: str) -> bool:
    return bool(
        re.search(
            r"\b(?:rose|risen|rise|rises|fell|fallen|fall|falls|grew|grown|grow|went|goes|up|down|increased?|cut|dropped|drop|raised?|jumped|climbed|shrank|moved|changed|slipped|improved|lowered|expand(?:ed)?)\b",
            before,
            re.IGNORECASE,
        )
    )


def _ratio_word(word: str) -> str:
    word = word.lower().replace(",", "")
    if word in ("hundred", "thousand"):
        return str(_SCALES[word])
    return word if word.isdigit() else _plain(_word_value(word))


def _plain(value: Decimal) -> str:
    """Return a value in digits, without an exponent, with at most two decimals more than it was written with."""
    if value != value.to_integral_value() and -value.as_tuple().exponent > 6:  # type: ignore[operator]
        value = value.quantize(Decimal("0.0001"))
    return f"{value.normalize():f}" if value else "0"
