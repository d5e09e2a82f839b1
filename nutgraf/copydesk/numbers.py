"""Find numbers: a value or a range, its unit, what it counts, and the source that the sentence gives."""

from __future__ import annotations

import re
from collections.abc import Sequence

from nutgraf.copydesk import counted, figures, values
from nutgraf.copydesk.found import Number, Span
from nutgraf.copydesk.letters import UPPER
from nutgraf.copydesk.moments import Moment
from nutgraf.copydesk.sentences import sentences
from nutgraf.copydesk.values import CURRENCY, DIGITS, SCALES, SHORT_SCALES, SMALL_WORDS, Value

_RANGE = re.compile(
    rf"\s?(?P<sign>[-–—]|(?i:to|and|or)\b)\s?(?P<currency>{CURRENCY})?(?:(?P<digits>{DIGITS})(?P<tight>(?:k|m|mn|bn|b|tn|K|M|B)\b)?|(?P<words>(?i:{SMALL_WORDS})\b))"
)
_RATIO = re.compile(
    rf"\s(?P<of>in\severy|out\sof\severy|out\sof|in|of\severy|per)\s(?P<other>(?:\d{{1,3}}(?:,\d{{3}})*|(?i:{SMALL_WORDS}|(?:a\s)?hundred|(?:a\s)?thousand|million))(?!\w|,\d|\.\d|:\d))(?!\s(?:days?|weeks?|months?|years?|hours?|minutes?|seconds?|decades?|places|cities|countries|states|towns|schools|languages|attempts|games|parts)\b)"
)
_OUT_OF = re.compile(
    rf"\sout\sof\s(?:a\spossible\s)?(?P<other>\d{{1,3}}(?:,\d{{3}})*|(?i:{SMALL_WORDS}|(?:a\s)?hundred|(?:a\s)?thousand))(?!\w|,\d|\.\d|:\d)"
)
# "61 votes to 22"
_TO_OTHERS = re.compile(rf"\sto\s(?P<other>\d{{1,3}}(?:,\d{{3}})*|\d+|(?i:{SMALL_WORDS}))(?!\w|,\d|\.\d|:\d|%|-)")
_TALLIED = frozenset("votes goals points seats runs games sets tries frames".split())
_QUALIFIER = re.compile(
    r"(?:(?:(?:about|some|around|roughly|nearly|almost|approximately|approx\.|circa|close to|an estimated|estimated|more than|over|at least|well over|just over|just under|slightly more than"
    r"|upwards of|up to|as many as|as much as|as few as|fewer than|less than|under|below|above|at most|no more than|no fewer than|only|just|a total of|a further|another|an additional|additional|an initial|initial|the first|the last|a record|record|exactly|all|an average of|average|an extra|a mere|or so|between|from)\s)+)\Z",
    re.IGNORECASE,
)
_QUALIFYING = frozenset(
    "about some around roughly nearly almost approximately approx. circa close to an estimated more than over at least well just under slightly upwards of up as many much few fewer less below above most no only a total"
    " further another additional initial the first last record exactly all average extra mere or so between from".split()
)
_ACCORDING = re.compile(r"\baccording\sto\s((?:the |an? |its |his |her |their )?[^,.;:()]{2,80})", re.IGNORECASE)
_SAID = re.compile(
    rf"[,;]\s(?:the\s)?((?:[{UPPER}][\w’'&.-]*|[a-z][\w’'-]*)(?:\s(?!says?\b|said\b)[\w’'&.-]+){{0,6}})\s(?:said|says|reports?|reported|estimates?|estimated|shows?)\b"
)
_OPENING = re.compile(
    r"\s*(?:[Tt]he |[Aa]n? |[Ii]ts |[Tt]heir )?((?:(?!says?\b|said\b|also\b|that\b|it\b|he\b|she\b|they\b|who\b)[\w’'&.-]+ ){1,5}?)(?:also |has |have )?(?:said|says?|reported|estimates?|estimated|counted)\b"
)
_ONE_IN = re.compile(r"\s([a-z]{3,20}(?<!s))(?=\sin\s(?:every\s)?\w+)")
_ARTICLE = re.compile(r"\san?\s")
_LONE_FIGURE = re.compile(r"\W*\d{1,3}[.):]?\W*")
_ORDERED = re.compile(r"\b(?:first|second|latter|last|bottom|top|final) \Z", re.IGNORECASE)
_NTH = re.compile(
    r"\b(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|\d+(?:st|nd|rd|th)) \Z", re.IGNORECASE
)
_SAID_BY = re.compile(r"[,;]\s(?:said|says)\s((?:the |an? |its )?[^,.;:()\"“”]{3,60})")
_SAYS = re.compile(r"\s(?:say|said|report|estimate|show)")
_FROM_TO = re.compile(r"\bfrom\s\Z", re.IGNORECASE)
# "$2.70 to $2.85, up from $2.50 to $2.65"
_WAS_RANGE = re.compile(r"\b(?:up|down)\sfrom\s\Z", re.IGNORECASE)
_VOTE = re.compile(
    r"\b(?:vote[ds]?|voting|margin|ruled|ruling|won|win|beat|lost|lead|led|score|victory|defeat|decision|decided|passed|approved|rejected|ratio|split|odds|rate|outnumber(?:ed)?)\b",
    re.IGNORECASE,
)


def find(text: str, stretches: Sequence[Span], said: Sequence[list[Moment]]) -> list[Number]:
    """Return the numbers in some paragraphs; `said` are the moments of each, whose figures are dates."""
    found: list[Number] = []
    seen: set[tuple[str, str | None, str, str]] = set()
    told: set[str] = set()
    for (start, end), named in zip(stretches, said, strict=True):
        if end - start < 8 and _LONE_FIGURE.fullmatch(text, start, end):
            # What is left of a list, or of a page's number.
            continue
        for number in _in_paragraph(text, start, end, named):
            key = (number.value, number.value_to, number.unit, number.counts.casefold())
            # "All nine come down": a number without a noun that was told before is the same one.
            is_again = (
                not number.unit
                and not number.counts
                and number.value in told
                and number.qualifier.lower() in ("all", "the", "these", "those")
            )
            if key not in seen and not is_again:
                seen.add(key)
                told.add(number.value)
                found.append(number)
    return found


def _in_paragraph(text: str, start: int, end: int, named: list[Moment]) -> list[Number]:
    found: list[Number] = []
    sources: _Sources | None = None
    taken = iter([*named, None])
    moment = next(taken)
    place = start
    while match := values.next_start(text, place, start, end):
        while moment is not None and moment.end <= match.start():
            moment = next(taken)
        if moment is not None and moment.start < match.end():
            place = max(moment.end, match.start() + 1)
            continue
        place = match.end()
        if match["digits"] and (row := figures.row(text, match, end)):
            place = row
            continue
        if figures.is_name(text, match, start, end):
            place = figures.end_of_name(text, match.end(), end)
            continue
        number, place = _number(text, match, start, end)
        if number is None:
            continue
        sources = sources or _Sources(text, start, end)
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
        self.has_any = text.find("ccording to", start, end) >= 0 or bool(_SAYS.search(text, start, end))
        self.place = 0
        self.source: str | None = None

    def at(self, at: int) -> str:
        """Return the source that the sentence at a place names, or nothing."""
        if not self.has_any:
            return ""
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
        if self.text.find("ccording to", first, last) >= 0:
            found = _ACCORDING.search(self.text, first, last)
        if not found and _SAYS.search(self.text, first, last):
            found = _SAID_BY.search(self.text, first, last) or _SAID.search(self.text, first, last)
            found = found or _OPENING.match(self.text, first, last)
        return " ".join(found[1].split()).removesuffix(" also") if found else ""


def _qualifier_length(before: str, *, has_range: bool) -> int:
    """Return how many letters before a number are "more than", "an initial" or their like."""
    place = len(before)
    starts = []
    while place and before[place - 1].isspace():
        space = max(before.rfind(" ", 0, place - 1), before.rfind("\n", 0, place - 1))
        if before[space + 1 : place - 1].lower() not in _QUALIFYING:
            break
        starts.append(space + 1)
        place = space + 1
    for start in reversed(starts):
        found = _QUALIFIER.match(before, start)
        if found:
            is_range = before.endswith(("between ", "from "))
            return 0 if is_range and not has_range else len(before) - start
    return 0


def _number(text: str, match: re.Match[str], start: int, end: int) -> tuple[Number | None, int]:
    """Return the number that begins at a match, if it is one, and where to look on."""
    value = values.read(text, match, end)
    if match["lone"] and _NTH.search(text, max(start, match.start() - 12), match.start()):
        # "her fourth hundred of the summer"
        return None, match.end()
    if value is None or (value.is_part and _ORDERED.search(text, max(start, match.start() - 9), match.start())):
        return None, match.end()
    before = text[max(start, match.start() - 60) : match.start()]
    if value.value == 1 and (share := _one_of_some(text, value.end, end)):
        noun, ratio = share
        left = match.start() - _qualifier_length(before, has_range=False)
        return Number(
            text=" ".join(text[left : ratio.end()].split()),
            value="1",
            value_to=None,
            qualifier=" ".join(text[left : match.start()].split()),
            unit=f"in {_ratio_word(ratio['other'])}",
            counts=noun,
            source="",
            as_of=None,
            span=(left, ratio.end()),
            sure=0.7,
        ), ratio.end()
    if (
        value.value == 1
        and not value.is_digits
        and not value.has_scale
        and not counted.is_one_counted(text, before, value.end, end)
    ) and not _RATIO.match(text, value.end, end):
        return None, match.end()
    measured = counted.unit(text, value.end, end)
    if value.is_part and not measured[0] and (article := _ARTICLE.match(text, value.end, end)):
        # "half a percentage point"
        measured = counted.unit(text, article.end() - 1, end)
        measured = measured if measured[0] in counted.POINTS else ("", value.end)
    to, ratio_unit = (None, None) if value.is_part else _second(text, value, before, measured[1], end)
    if ratio_unit:
        unit, stop = "", ratio_unit[1]
    else:
        unit, stop = counted.unit(text, to.end, end) if to else measured
    currency = value.currency or (to.currency if to else "")
    counts, counts_end = counted.noun(
        text, stop, end, is_currency=bool(currency), has_unit=bool(unit), is_part=value.is_part
    )
    if counts in _TALLIED and not to and not ratio_unit and (others := _TO_OTHERS.match(text, counts_end, end)):
        ratio_unit, stop = (f"to {_ratio_word(others['other'])}", others.end()), others.end()
        counts_end = stop
    if counts and not unit and not ratio_unit and (beside := _OUT_OF.match(text, counts_end, end)):
        # "96 marks out of 100"
        ratio_unit, stop = (f"out of {_ratio_word(beside['other'])}", beside.end()), beside.end()
        counts_end = stop
    if value.is_part and not counted.is_share(text, match, before, value.end, stop, end, unit=unit, counts=counts):
        return None, value.end
    if (
        match["half"]
        and not counts
        and not unit
        and not counted.acts(text, before, stop, end)
        and re.match(r"[\s-](?:a|an|the|of|as|way|hour|dozen)", text[stop : stop + 6]) is None
        and not re.search(r"\b(?:by|than|in|over|about|nearly|almost|only|or|some|to|is|be)\s\Z", before)
    ):
        return None, value.end
    left = match.start() - _qualifier_length(before, has_range=to is not None)
    words = " ".join(text[left : match.start()].split())
    if match["crowd"]:
        words = f"{words} {match['crowd']}".strip() + (" of" if text[value.end : value.end + 4] == " of " else "")
    right = counts_end if counts else stop
    if currency and not counts:
        counts = counted.of_money(text, start, left, right, end)
    elif not unit and counted.is_magnitude(before):
        unit, counts, right = "magnitude", "", stop
    elif not unit and not counts:
        counts = counted.of_body(before)
    number = Number(
        text=" ".join(text[left:right].split()),
        value=values.plain(value.value),
        value_to=values.plain(to.value) if to else None,
        qualifier=words,
        unit=ratio_unit[0] if ratio_unit else currency or unit,
        counts=counts,
        source="",
        as_of=None,
        span=(left, right),
        sure=0.85 if value.is_digits or value.has_scale else 0.7,
    )
    return number, stop


def _one_of_some(text: str, stop: int, end: int) -> tuple[str, re.Match[str]] | None:
    """Return the noun and the other side of "one load in ten"."""
    noun = _ONE_IN.match(text, stop, end)
    ratio = _RATIO.match(text, noun.end(), end) if noun else None
    return (noun[1], ratio) if noun and ratio else None


def _range(text: str, stop: int, end: int) -> re.Match[str] | None:
    """Return the other end of a range, if a dash or "to" follows."""
    sign = text[stop : stop + 2].lstrip()[:1]
    return _RANGE.match(text, stop, end) if sign and sign in "-–—taoTAO" else None


def _second(
    text: str, value: Value, before: str, unit_end: int, end: int
) -> tuple[Value | None, tuple[str, int] | None]:
    """Return the end of a range, or the other side of a ratio with where it ends."""
    following = text[value.end : value.end + 1]
    if not following or following in ',;:!?()"”’':
        return None, None
    if (
        not value.currency
        and not value.has_scale
        and text[value.end : value.end + 2] in (" i", " o", " p")
        and (ratio := _RATIO.match(text, value.end, end))
    ):
        if ratio["of"] == "per":
            return None, (f"per {ratio['other']}", ratio.end())
        of = {"out of": "out of", "out of every": "out of"}.get(" ".join(ratio["of"].split()), "in")
        other = re.sub(r"(?i)\Aa\s", "", ratio["other"])
        return None, (f"{of} {_ratio_word(other)}", ratio.end())
    has_unit = unit_end > value.end
    found = _range(text, value.end, end) or (_range(text, unit_end, end) if has_unit else None)
    if not found:
        return None, None
    end_value = Value(
        values.figure(found["digits"]) if found["digits"] else values.word_value(found["words"]),
        found.end(),
        (found["currency"] or "").strip(),
        is_digits=bool(found["digits"]),
    )
    if found["tight"]:
        end_value.value *= SHORT_SCALES[found["tight"]]
        end_value.has_scale = True
    end_value = values.scaled(text, end_value, end)
    if has_unit and (found["currency"] or not _is_same_unit(text, value.end, end_value.end, end)):
        # "up 6.4% to $1.83 billion" is a change, and where it led.
        return None, None
    if end_value.has_scale and not value.has_scale and value.value < 1000:
        # "two to three million"
        value.value *= end_value.scale
    is_between = before[-8:].lower() == "between "
    sign = found["sign"].lower()
    following = text[end_value.end : end_value.end + 1]
    if (
        (following.isalnum() and not found["tight"] and counted.unit(text, end_value.end, end)[1] == end_value.end)
        or re.match(r"-\w", text[end_value.end : end_value.end + 2])
        and sign in "-–—"
    ):
        return None, None
    if sign == "and":
        return (end_value, None) if is_between and end_value.value > value.value else (None, None)
    if sign == "or":
        return (end_value, None) if end_value.value == value.value + 1 and not found["digits"] else (None, None)
    if not has_unit and _is_ratio(text, value, end_value, sign, before):
        return None, (f"to {values.plain(end_value.value)}", end_value.end)
    if sign == "to" and end_value.value > 3 * value.value and value.currency and _is_change(before):
        # "slid $1.63 to $13.03" is a change, and where it led.
        return None, None
    is_from = _FROM_TO.search(before) and not _WAS_RANGE.search(before)
    if end_value.value <= value.value or (sign == "to" and is_from and _is_change(before)):
        return None, None
    return end_value, None


def _is_same_unit(text: str, first: int, second: int, end: int) -> bool:
    """Tell whether two values are measured alike."""
    one, other = (counted.unit(text, stop, end)[0].lower().rstrip("s") for stop in (first, second))
    return one == other


def _is_ratio(text: str, value: Value, other: Value, sign: str, before: str) -> bool:
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
            r"\b(?:rose|risen|rise|rises|fell|fallen|fall|falls|grew|grown|grow|went|gone|goes|up|down|increased?|cut|dropped|drop|raised?|jumped|climbed|shrank|moved|changed|slipped|improved|lowered|expand(?:ed)?|slid|sank|tumbled|soared|plunged|surged|gained|lost|advanced|eased|slumped)\b",
            before,
            re.IGNORECASE,
        )
    )


def _ratio_word(word: str) -> str:
    word = word.lower().replace(",", "").removeprefix("a ")
    if word in ("hundred", "thousand"):
        return str(SCALES[word])
    if word == "million":
        return "1 million"
    return word if word.isdigit() else values.plain(values.word_value(word))
