"""Read the value of a number: digits or words, with currency, scale and fraction."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from nutgraf.copydesk import letters

_SMALL = dict(
    zip(
        "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split(),
        range(1, 20),
        strict=True,
    )
)
_TENS = dict(zip("twenty thirty forty fifty sixty seventy eighty ninety".split(), range(20, 100, 10), strict=True))
SCALES = {"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9, "trillion": 10**12, "dozen": 12}
# As India counts.
SCALES |= {"lakh": 10**5, "crore": 10**7}
SHORT_SCALES = {
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

CURRENCY = r"(?:(?:US|CA|C|AU|A|NZ|HK|S|R|NT|Mex)?\$|R(?=\d)|[£€¥₹₽₩₺₪₴฿₫₱]|(?:USD|EUR|GBP|CHF|JPY|SEK|NOK|DKK|CAD|AUD|Rs\.?|RMB)\s?)"
DIGITS = r"(?:\d{1,3}(?:[,\u00a0\u202f\u2009’]\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?)"
SMALL_WORDS = "|".join(
    [*(f"{ten}[-\\s](?:{'|'.join(list(_SMALL)[:9])})" for ten in _TENS), *sorted(_SMALL, key=len, reverse=True), *_TENS]
)
_SCALE_WORDS = "|".join(SCALES)
# Which two letters a number can begin with: most words are passed over by them.
_FIRST = r"(?=[\d$£€¥₹₽₩₺₪₴฿₫₱+−–-]|[oO]n|[tT][whero]|[fF][oi]|[sS][iec]|[eEnN][ilg]|[hH][au]|[mM][ia]|[bB]i|[dD]o|[aA]n?\s|[aA]n\w|[UCANHSREGJDM][A-Z$e]|R[sM\d])"
_START = (
    rf"{_FIRST}(?:(?P<sign>[-−–+](?=\d)|(?i:minus)\s)?(?P<currency>{CURRENCY})?(?P<digits>{DIGITS})(?P<tight>(?:k|m|mn|bn|b|tn|M|B|K)\b)?"
    rf"|(?P<words>(?i:{SMALL_WORDS})\b)|(?P<lone>(?i:(?:an?|half\sa|several|a\sfew|a\scouple\s(?:of)?|many)\s)?(?i:{_SCALE_WORDS})\b)"
    rf"|(?P<crowd>(?i:tens\sof\sthousands|hundreds\sof\sthousands|tens\sof\smillions|hundreds\sof\smillions|{'|'.join(_CROWDS)})\b)"
    rf"|(?P<half>(?i:half)\b(?![\s-](?:time|term|brother|sister|mast|back|marathon|hearted|life|way|baked|century|light|moon|note)))|(?P<part>(?i:an?|another)\s(?i:half|third|quarter|fourth|fifth|sixth|seventh|eighth|ninth|tenth|twelfth|twentieth|hundredth|thousandth)\b))"
)
START = re.compile(_START)
# The words that a number can begin with, letter by letter: this is asked before every word of a text.
_FIRST_WORDS = letters.any_of(
    [*_SMALL, *_TENS, *SCALES, *_CROWDS, "half", "tens of", "several", "many", "minus"]
    + [f"{article} {word}" for article in ("a", "an", "another") for word in [*SCALES, *_PARTS, "few", "couple"]],
    with_capital=True,
)
_BEFORE_START = re.compile(
    rf"[^\w$£€¥.#@/](?=\d|[-−–+]\d|[$£€¥₹₽₩₺₪₴฿₫₱]|[UCANHSREGJDM][A-Z$]|R[sM\d]|(?:{_FIRST_WORDS})\b)"
)
_SCALE = re.compile(rf"[\s\u00a0-]?(?P<scale>(?i:{_SCALE_WORDS}))s?\b")
_NEXT_WORD = re.compile(r"[\s\u00a0-]([^\W\d_]+)")
_GROUPING = re.compile(r"[,\u00a0\u202f\u2009’]")
# The first letters of what may follow: a scale, "and a half", a fraction.
_CONTINUING = frozenset(
    word[:6] for word in [*SCALES, *(f"{word}s" for word in SCALES), "and", *_PARTS, *(f"{part}s" for part in _PARTS)]
)
_MORE = re.compile(rf"\s(?:and\s)?(?P<words>(?i:{SMALL_WORDS}))\b(?!\s(?i:{_SCALE_WORDS}))")
_MILLIONS = re.compile(
    r"\s(?:[a-z]+\s)?(?:people|users|customers|homes|jobs|households|votes|voters|visitors|passengers|children|adults|workers|cars|copies|subscribers|viewers|listeners|readers|tourists|residents|tonnes|tons|barrels|euros|dollars|pounds|shares|members|patients|pupils|students|refugees|doses|tickets|accounts)\b"
)
# "2 1/2 tons", "2½ tons"
_MIXED = re.compile(r"\s(?P<n>[1-7])/(?P<d>[2-8])(?![\d/])|\s?(?P<glyph>[½¼¾])")
_GLYPHS = {"½": "0.5", "¼": "0.25", "¾": "0.75"}
_MANY = re.compile(r"\s[a-z]{3,}")
_AND_A_HALF = re.compile(r"\sand\sa\s(?P<part>half|quarter|third)\b")
_FRACTION = re.compile(
    r"[\s-](?P<part>half|thirds?|quarters?|fourths?|fifths?|sixths?|sevenths?|eighths?|ninths?|tenths?|twelfths?|twentieths?|hundredths?)\b"
)


@dataclass(slots=True)
class Value:
    """A value as it is read, with where its words end."""

    value: Decimal
    end: int
    currency: str = ""
    is_digits: bool = False
    is_part: bool = False
    has_scale: bool = False
    scale: int = 1


def next_start(text: str, place: int, start: int, end: int) -> re.Match[str] | None:
    """Return where the next number of a paragraph begins, from a place on."""
    if place == start and (first := START.match(text, place, end)):
        return first
    place = max(start, place - 1)
    while before := _BEFORE_START.search(text, place, end):
        place = before.end()
        if found := START.match(text, place, end):
            return found
    return None


def read(text: str, match: re.Match[str], end: int) -> Value | None:
    """Return the value that begins at a match, with its scale and its fraction."""
    stop = match.end()
    if match["digits"]:
        value = Value(figure(match["digits"]), stop, (match["currency"] or "").strip(), is_digits=True)
        if match["tight"]:
            if not value.currency and match["tight"] in ("m", "k", "b", "M", "B", "K"):
                # "5m" without a currency is five metres or a dress size, "5K" is a race; "1.2M crates" are many.
                if match["tight"] == "m" and not _MILLIONS.match(text, stop, end):
                    return Value(value.value, match.end("digits"), is_digits=True)
                if not _MANY.match(text, stop, end) or (match["tight"] in "kK" and value.value < 20):
                    return None
            value.value *= SHORT_SCALES[match["tight"]]
            value.has_scale = True
        if not value.currency and value.value < 1000 and (mixed := _MIXED.match(text, value.end, end)):
            part = Decimal(mixed["n"]) / Decimal(mixed["d"]) if mixed["n"] else Decimal(_GLYPHS[mixed["glyph"]])
            value.value, value.end = value.value + part, mixed.end()
        if (match["sign"] or "").strip().lower() in ("-", "−", "–", "minus"):
            value.value = -value.value
    elif match["words"]:
        value = Value(word_value(match["words"]), stop)
    elif match["crowd"]:
        words = match["crowd"].lower().split()
        factor = {"tens": 10, "hundreds": 100}.get(words[0], 1) if len(words) > 1 else 1
        return Value(Decimal(_CROWDS[words[-1]] * factor), stop, has_scale=True)
    elif match["lone"]:
        words = match["lone"].lower().split()
        if words[0] in ("several", "many") or words[:2] == ["a", "few"]:
            return Value(Decimal(SCALES[words[-1]]), stop, has_scale=True)
        times = Decimal("0.5") if words[0] == "half" else Decimal(2 if "couple" in words else 1)
        value = Value(times * SCALES[words[-1]], stop, has_scale=True, scale=SCALES[words[-1]])
    elif match["half"]:
        return Value(Decimal("0.5"), stop, is_part=True)
    else:
        words = match["part"].lower().split()
        return Value(_share(1, words[-1]), stop, is_part=True)
    return scaled(text, value, end)


def scaled(text: str, value: Value, end: int) -> Value:
    """Take "million", "and a half" and "thirds" into a value, if they follow."""
    following = _NEXT_WORD.match(text, value.end, end)
    if not following or following[1][:6].lower() not in _CONTINUING:
        return value
    while scale := _SCALE.match(text, value.end, end):
        factor = SCALES[scale["scale"].lower()]
        value.value *= factor
        value.scale *= factor
        value.end = scale.end()
        value.has_scale = True
        if (more := _MORE.match(text, value.end, end)) and factor < 10**6:
            value.value += word_value(more["words"])
            value.end = more.end()
    if half := _AND_A_HALF.match(text, value.end, end):
        value.value += _share(1, half["part"]) * value.scale
        value.end = half.end()
    elif not value.has_scale and not value.currency and value.value < 100:
        part = _FRACTION.match(text, value.end, end)
        # "seven quarters" are no share of anything.
        is_below = part and (part["part"] == "half" or value.value < Decimal(_PARTS[part["part"].rstrip("s")]))
        if part and is_below and (value.value > 1 or part["part"].endswith("s") or not value.is_digits):
            value.value = _share(value.value, part["part"])
            value.end = part.end()
            value.is_part = True
    return value


def _share(number: Decimal | int, part: str) -> Decimal:
    part = part.lower()
    if part in ("half", "halves"):
        return Decimal(number) / 2
    return Decimal(number) / Decimal(_PARTS[part.rstrip("s")])


def figure(digits: str) -> Decimal:
    """Return the value of figures, without their grouping."""
    return Decimal(digits if digits.isascii() and "," not in digits else _GROUPING.sub("", digits))


@lru_cache(maxsize=1024)
def word_value(words: str) -> Decimal:
    """Return the value of a number word below a hundred."""
    total = 0
    for word in re.split(r"[-\s]", words.lower()):
        total += _SMALL.get(word) or _TENS[word]
    return Decimal(total)


@lru_cache(maxsize=4096)
def plain(value: Decimal) -> str:
    """Return a value in digits, without an exponent and without needless noughts."""
    if value == value.to_integral_value():
        # Not by way of int: a thousand times "million" has more digits than Python turns into text.
        return f"{value.to_integral_value():f}"
    rounded = value.quantize(Decimal("0.0001")) if abs(value) < 10**9 else value
    return f"{rounded.normalize():f}"
