"""Find events: what the copy puts on a day, a month or a year other than its own day, and where."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence

from nutgraf.copydesk import dates, tenses
from nutgraf.copydesk.found import Event, Span
from nutgraf.copydesk.letters import NAME_WORD, begun_by
from nutgraf.copydesk.moments import Moment
from nutgraf.copydesk.sentences import sentences

LONGEST_WHAT = 200
MOST_WORDS = 30
# How far from its date the words of an event are looked for: a sentence may be endless.
REACH = 360

# "the Jan. 6 panel", "a March 3 letter": a date that tells things apart, and dates nothing.
_PART_OF_NAME = re.compile(r"\b(?:the|a|an|this|that|his|her|its|their|our|of)\s[\"“‘']?\Z", re.IGNORECASE)
_NOUN_FOLLOWS = re.compile(
    r"(?:,?\s\d{4})?\s(?!(?:at|in|on|to|and|or|for|from|by|with|when|after|before|until|as|that|because|but|is|are|was|were|will|near|during|while|if|who|which|if|than|about|into|over|the|a|an)\b)[^\W\d_]"
)
_DATES_A_PAPER = re.compile(
    r"\b(?:as of|dated|since at least|data (?:to|through|up to)|issued on|version of"
    r"|(?:figures?|data|prices|sales|results|statistics|earnings|numbers|inflation|estimates|output|orders|exports|imports|wages|profits|spending|accounts) (?:to|for)(?:\s[A-Z][a-z]+(?:,|\sand|\sto|\sthrough))?)\s(?:the\s)?\Z",
    re.IGNORECASE,
)
# "said in October", "up from six on Tuesday", "cost $2 in September": the date of a saying or of a figure.
_DATES_A_SAYING = re.compile(
    r"\b(?:said|says|(?<!was )(?<!were )told(?:\s[^\W\d_]+){1,3}|announced|reported|wrote|tweeted|posted|added|noted|warned|showed|suggested|estimated|testified|recalled|confirmed|acknowledged|admitted)"
    r"\s(?:(?:late|early|on|in|last)\s){0,2}\Z"
    r"|\b(?:statement|report|letter|release|note|memo|figures|data)\s(?:was\s|were\s)?(?:released|issued|published|sent|dated|made public)\s(?:on\s|in\s)?\Z"
    r"|\b(?:had|has|have|counted|recorded|employed)\s(?:\S+\s){0,3}?[$£€]?\d\S*\s(?:\S+\s){0,5}in\s\Z"
    # "rose 2.4% in October", "23% higher than in January": the date of a figure.
    r"|\b(?:rose|risen|rises?|fell|fallen|falls?|grew|grown|slowed|climbed|dropped|slipped|jumped|shrank|higher|lower|up|down|unchanged|increased|decreased|gained|lost)\s(?:(?:by|to|an?|at|rate|of|about|just|only|some)\s){0,3}"
    r"(?:[$£€¥]?\d[\d,.]*(?:%|\s?(?:percent|per cent|points?|cents|million|billion))?\s)?(?:(?:higher|lower|more|less)\s)?(?:in|from|since|than in|than|to|for|over)\s(?:a\s)?\Z"
    r"|\b(?:rose|rises?|fell|falls?|grew|climbed|dropped|jumped|slipped|increased|decreased)\b[^.;]{0,40}?\sto\s[$£€¥]?\d\S*(?:\s(?:percent|per cent|million|billion|cents))?\sin\s\Z"
    # "the mean wait was 97 minutes in September", but not "there were 12 fires in June"
    r"|(?<!here)\s(?:was|were|averaged|totall?ed|came to|stood at|ran at)\s(?:(?:about|nearly|only|just|some|almost|around|over)\s)?[$£€¥]?-?\d[\d,.]*\s?(?:%|percent|per cent|[a-z]+)?(?:\s(?:million|billion|[a-z]+))?\s(?:in|for)\s\Z"
    r"|\b(?:up|down)\sfrom\s[$£€¥]?\d[\d,.]*%?\s(?:percent\s|per cent\s)?\Z"
    r"|\b(?:%|percent|per cent)\s(?:higher|lower|more|less|in|from|than)\s(?:than\s)?(?:in\s)?\Z"
    r"|\b(?:up|down|compared with|against|from)\s(?:from\s)?(?:[$£€¥]?\d[\d,.]*|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)%?\s(?:\S+\s){0,2}(?:on|in|at)\s\Z"
)
# "Last week, the palace said": a date at the beginning that is the saying's.
_SAID_AFTER = re.compile(
    r",?\s(?:(?!said\b|[^\W\d_]+ed\b)[^\W\d_][\w’'.-]*\s){1,7}(?:said|announced|told|reported|warned|added|wrote|confirmed|estimated)\b"
)
_DATES_A_FIGURE = re.compile(
    r"\b(?:cost|costs|was worth|were worth|could be had|averaged|stood at|priced at|valued at|sold for|traded at)\b(?:[^.;]|\.\d){0,60}\Z"
)
# "The cabins went up in November", but "prices went up in November".
_WENT = re.compile(
    r"\b(?:went|go|goes|gone|put|came|come|set|taken|torn|knocked|pulled|burnt|burned|blew|fell)\s(?:up|down)\s"
)
_RISING = re.compile(
    r"\b(?:prices?|costs?|rents?|wages?|sales|rates?|numbers?|profits?|shares?|inflation|output|exports|imports|bills?|fares?|tax(?:es)?|pay|turnover|revenues?|it|that)\b",
    re.IGNORECASE,
)
# "Pepper needs water in March": what is so every year.
_HABIT = re.compile(
    r"\b(?:needs?|blooms?|flowers?|ripens?|floods?|freezes?|melts?|nests?|hatch(?:es)?|migrates?|spawns?|usually|always|often|rarely|seldom|normally|typically|most years)\s",
    re.IGNORECASE,
)
_OF_ONES_OWN = re.compile(
    r"[\"“](?:(?:I|[Ww]e)\s(?!(?:am|are|will|shall|was|were|had|have|did|may|might|hope|plan|expect)\b)[a-z]+(?<!ed)\s)(?:\w+\s){0,4}in\s\Z"
)
_TOLD_SAYING = re.compile(r"\b(?:will|would|was|were|had|did|said|has|have)\b")
_FIGURE_VERBS = ("cost", "worth", "be had", "averaged", "stood at", "priced", "valued", "sold for", "traded")
_LEADS = frozenset(
    "on|by|in|until|till|since|from|at|for|of|as early as|as soon as|no later than|starting|beginning|through|between|around|about|during|before|after|late|early"
    "|the week of|to|this coming|this|scheduled for|set for|due|due in|in late|in early|on or about|from early|from late|until late|by late|by early|in about|until at least".split(
        "|"
    )
)
_EXPECTED = frozenset(
    "may might could expect expects expected likely unlikely hope hopes hoped hoping plan plans planned planning aim aims aiming propose proposes proposed tentative tentatively possibly probably perhaps forecast would"
    " if whether want wants seek seeks should intend intends intended supposed projected estimated".split()
)
_PLACE = re.compile(
    rf"{begun_by(['in', 'at', 'near', 'outside', 'to'])}\s(?:the\s)?(?P<place>{NAME_WORD}(?:[\s-](?:{NAME_WORD}|of|the|de|la)){{0,4}})"
)
_IN_PLACE = re.compile(r"\s(?:in|at)\s(?:the\s)?\Z")
_LEAD_IN = re.compile(r"(?:Meanwhile|However|But|And|So|Then|Also|Still|Separately|In addition|For now|Now),?\s+")
_SAYS = re.compile(r",\s(?:[^,;]{1,60}\s)?(?:said|says|told [^,;]{1,40}|announced|reported)\Z")
_CLAUSE = re.compile(r"[;:—]\s|\s–\s|,\s(?:and|but|while|though|although|because|so)\s|[\"“”]\s?")
# A word of a happening, and not one that only leads to a date.
_WORD = re.compile(
    r"\b(?!(?:on|in|by|at|to|of|or|and|the|from|until|till|since|next|last|this|late|early)\b)[^\W\d_]", re.IGNORECASE
)
_SPOKEN = re.compile(r"[,.!?…][\"”]")
# "on Jan. 12 and the Council on Jan. 13": what follows belongs to the next date.
_NEXT_OF_LIST = re.compile(r",?\sand\s(?:the|an?|its|his|her|their)\s[^,;:]{3,120}\s(?:on|in|by|from)\s\Z")
_PART_OF_YEAR = re.compile(r"(?:(?:in|by|for|until)[\s-])?(?:early|late|mid)\b", re.IGNORECASE)
_WHEN = re.compile(r",\swhen\s")
_OF_AN_ORGANISATION = re.compile(r"\b(?:and|of|for)\s[A-Z]\w+ion\s\Z")
_CLAUSE_END = re.compile(
    r"[,;:—]|\s(?:and|but)\s(?=(?:is|are|was|were|will|would|has|have|had|may|might|can|could|should)\s)|\s–\s|[.!?](?:\s|\Z)|[\"“”]"
)
_PLACE_AND = re.compile(r"\s(?:in|at|near|outside)\s[^,.;:]{1,40}?\s(?:and|but)\s")
_SET_APART = re.compile(r",\s(?:on\s|in\s|at\s)?\Z")
_HEADLESS = re.compile(r"(?:is|are|was|were|will|has|have|had|may|might|would|can|could|must|should)\b")
# The words a sentence begins with, up to a comma, a verb or what goes with the noun.
_SUBJECT = re.compile(
    r"(?:(?:[Aa]n?|[Tt]he|[Ii]ts|[Hh]is|[Hh]er|[Tt]heir)\s(?:[a-z]+ed\s)?)?(?:(?!(?:is|are|was|were|will|has|have|had|may|might|would|can|could|must|should|who|which|that|in|on|at|from|by|for|with|after|when|if|as|stolen|built|taken|made|found|said|told|and|but)\b)(?![a-z]+ed\b)[\w’'&.-]+\s?){1,5}(?=,|\s?(?:is|are|was|were|will|has|have|had|may|might|would|can|could|must|should|who|which|that|in|on|at|from|by|for|with|stolen|built|taken|made|found|[a-z]+ed)\b)"
)
_JOINED = re.compile(r"(?:and|or|but|followed by|then|as|to)\s")
_POSSESSIVE = re.compile(r"(?:[’']s|(?<=s)[’'])\s")
_CALENDAR = re.compile(rf"(?:{dates.MONTH}|{dates.WEEKDAY})\b")


def find(text: str, stretches: Sequence[Span], said: Sequence[list[Moment]], on: datetime.date) -> list[Event]:
    """Return what happens on another day than the story's own; `said` are the moments of each stretch."""
    found: list[Event] = []
    seen: set[tuple[str, str]] = set()
    for (start, end), named in zip(stretches, said, strict=True):
        if not any(moment.starts for moment in named):
            continue
        place = 0
        for first, last in sentences(text, start, end):
            begin = place
            while place < len(named) and named[place].start < last:
                place += 1
            inside = named[begin:place]
            for event in _in_sentence(text, first, last, inside, on):
                key = (event.starts + event.precision, event.what.casefold())
                if key not in seen:
                    seen.add(key)
                    found.append(event)
    return found


def _in_sentence(text: str, first: int, last: int, inside: list[Moment], on: datetime.date) -> list[Event]:
    found = []
    begin = first
    for place, moment in enumerate(inside):
        if moment.start - begin > REACH:
            begin = moment.start - REACH
            begin = max(text.find(" ", begin, moment.start), text.find("\n", begin, moment.start), begin)
        if not _is_event(text, first, last, moment, on):
            continue
        near = inside[max(0, place - 3) : place + 4]
        until = next((one.start for one in near if one.start > moment.start and one.starts), last)
        if not _WORD.search(text, begin, moment.start) and not _WORD.search(
            text, moment.end, min(until, moment.end + REACH)
        ):
            begin = moment.end
            continue
        stop = moment.end + REACH
        event = _event(text, first, begin, min(until, stop), min(last, stop), moment, near)
        if event is not None:
            found.append(event)
            begin = _after(text, moment.end, until)
        else:
            begin = moment.end
    return found


def _after(text: str, at: int, until: int) -> int:
    """Return where the words of the next event in a sentence begin: after a place and a comma that still belong to this one."""
    if place := _PLACE_AND.match(text, at, until):
        return place.end()
    comma = text.find(", ", at, min(until, at + 40))
    return comma + 2 if comma >= 0 and len(text[at:comma].split()) <= 4 else at


def _plain_words(words: str) -> list[str]:
    return words.replace("May ", "").lower().split()


def _is_event(text: str, first: int, last: int, moment: Moment, on: datetime.date) -> bool:
    """Tell whether a moment dates a happening, and not the story's own day, a habit, a paper or a name."""
    if moment.starts is None or moment.is_recurring:
        return False
    if moment.precision == "YEAR" and moment.kind == "year" and moment.starts.year <= on.year:
        near = f"{text[max(first, moment.start - 100) : moment.start]} {text[moment.end : min(last, moment.end + 100)]}"
        is_part = bool(_PART_OF_YEAR.match(text, moment.start, moment.end))
        return moment.starts.year == on.year and is_part and not _EXPECTED.isdisjoint(_plain_words(near))
    if moment.precision == "DAY" and moment.starts == on and not moment.ends:
        return False
    if moment.kind == "week" and moment.starts < on and _POSSESSIVE.match(text, moment.end, last):
        # "Last week's forecast" tells which one is meant.
        return False
    before = text[max(first, moment.start - 30) : moment.start]
    if _DATES_A_PAPER.search(before):
        return False
    # What is said or counted has its date behind it: "will rise 3% in June" is to happen.
    if (
        moment.starts <= on
        and (dated := _DATES_A_SAYING.search(text, max(first, moment.start - 60), moment.start))
        and not (
            _WENT.search(text, max(first, dated.start() - 12), dated.end())
            and not _RISING.search(text, first, dated.start())
        )
    ):
        return False
    if moment.precision == "MONTH" and moment.kind == "month" and _is_habit(text, first, last, moment):
        return False
    sentence = text[max(first, moment.start - 100) : moment.start]
    if moment.starts <= on and moment.start - first < 4 and _SAID_AFTER.match(text, moment.end):
        return False
    if moment.starts <= on and any(verb in sentence for verb in _FIGURE_VERBS) and _DATES_A_FIGURE.search(sentence):
        return False
    is_short = moment.kind in ("day", "month") and text[moment.start].isupper()
    return not (is_short and _PART_OF_NAME.search(before) and _NOUN_FOLLOWS.match(text, moment.end))


def _is_habit(text: str, first: int, last: int, moment: Moment) -> bool:
    """Tell "Pepper needs water in March" and “I begin in August” from what happens once."""
    if not text.startswith(("in ", "In "), max(first, moment.start - 3)) or text[moment.start] not in "JFMASOND":
        return False
    clause = text[_clause_start(text, max(first, moment.start - 120), moment.start) : moment.start]
    if _TOLD_SAYING.search(clause) or any(letter.isdigit() for letter in text[moment.start : moment.end]):
        return False
    return bool(_HABIT.search(clause) or _OF_ONES_OWN.search(text, max(first, moment.start - 60), moment.start))


def _event(
    text: str, first: int, begin: int, until: int, last: int, moment: Moment, inside: list[Moment]
) -> Event | None:
    if possessive := _POSSESSIVE.match(text, moment.end, last):
        # "ahead of Monday's budget talks": the talks are on Monday, whatever is ahead of them.
        return _built(
            text,
            moment.end + len(possessive[0]),
            _clause_end(text, moment.end + len(possessive[0]), until),
            moment,
            inside,
            first=begin,
        )
    if moment.kind == "year" and (when := _WHEN.match(text, moment.end, until)):
        # "for late 2026, when the mill was expected to open"
        return _built(text, when.end(), _clause_end(text, when.end(), until), moment, inside, first=begin)
    left = _clause_start(text, begin, moment.start)
    is_listed = _NEXT_OF_LIST.fullmatch(text, moment.end, until)
    right = moment.end if is_listed else _clause_end(text, moment.end, until)
    if text.startswith(", is ", moment.end) and _SET_APART.search(text, left, moment.start):
        # "The next hearing, on 2 July, is about the wharf"
        right = _clause_end(text, moment.end + 2, until)
    before = _without_preposition(text[left : moment.start])
    after = text[moment.end : right].lstrip(" ,")
    what = _tidy(f"{before} {after}" if len(after.split()) < MOST_WORDS else before)
    if len(what.split()) < 3:
        right = min(until if until > moment.end + 20 else last, last)
        left = begin
        what = _tidy(f"{_without_preposition(text[left : moment.start])} {text[moment.end : right]}")
    if headless := _HEADLESS.match(what):
        if subject := _subject(text, first, begin, left):
            what = f"{subject} {what}"
        elif moment.start - first < 2 and headless[0] in ("is", "was"):
            # "Sunday is the last day to register"
            what = what[headless.end() :].lstrip()
    return _built(text, left, right, moment, inside, first=begin, what=what)


def _subject(text: str, first: int, begin: int, left: int) -> str:
    """Return whom a sentence is about, for its second happening: "was found on its steps" says not what was."""
    found = _SUBJECT.match(text, first, left)
    if not found or found.end() > max(begin, left):
        return ""
    words = found[0].strip(" ,").split()
    verb = next((place for place, word in enumerate(words) if place > 1 and tenses.is_present(word)), len(words))
    return " ".join(words[:verb])


def _built(
    text: str, left: int, right: int, moment: Moment, inside: list[Moment], *, first: int, what: str | None = None
) -> Event | None:
    what = _tidy(text[left:right]) if what is None else what
    if len(what) < 4 or moment.starts is None:
        return None
    left = min(left, moment.start)
    clock = next(
        (one for one in inside if one.clock and (0 <= one.start - moment.end <= 6 or 0 <= moment.start - one.end <= 8)),
        None,
    )
    time = dates.clock_time(re.sub(r"\Aat\s", "", clock.clock)) if clock else None
    whole = text[left:right]
    place = _place(text, left, right, moment)
    return Event(
        text=" ".join(whole.split()),
        what=_without_place(what, place),
        place=place,
        starts=moment.starts.isoformat(),
        ends=moment.ends.isoformat() if moment.ends else None,
        time=time.isoformat("minutes") if time else None,
        precision=moment.precision,
        is_expected=not _EXPECTED.isdisjoint(_plain_words(f"{text[left : moment.start]} {text[moment.end : right]}")),
        span=(left + len(whole) - len(whole.lstrip()), left + len(whole.rstrip())),
        sure=0.8 if moment.kind in ("day", "month") else 0.65,
    )


def _clause_start(text: str, begin: int, at: int) -> int:
    """Return where what happens begins: at the sentence, or at a clause of it if the sentence is long."""
    start = begin
    for border in _CLAUSE.finditer(text, begin, at):
        if len(text[border.end() : at].split()) >= 4 and not _is_open_quotation(text, border, at):
            start = border.end()
    words = text[start:at].split()
    if len(words) > MOST_WORDS:
        start = at - len(" ".join(words[-MOST_WORDS:])) if "\n" not in text[start:at] else start
        space = text.find(" ", start, at)
        start = space + 1 if space > 0 else start
    return start


def _clause_end(text: str, at: int, until: int) -> int:
    border = _CLAUSE_END.search(text, at, until)
    return border.start() if border else until


def _is_open_quotation(text: str, border: re.Match[str], at: int) -> bool:
    """Tell whether a mark begins or ends a few words quoted in a clause, which goes on behind them."""
    mark = border[0][0]
    rest = text[border.end() : at]
    if mark == "”":
        return (
            text[border.start() - 1] not in ",.!?…"
            and text[max(0, border.start() - 60) : border.start()].find("“") >= 0
        )
    if mark == '"':
        return rest.count('"') % 2 == 1 and not _SPOKEN.search(rest)
    return mark == "“" and "”" in rest and not _SPOKEN.search(rest)


def _without_preposition(words: str) -> str:
    """Return the words without the "on" or "until" that only led to the date."""
    parts = words.rsplit(None, 4)
    for count in (4, 3, 2, 1):
        tail = " ".join(parts[-count:])
        if len(parts) >= count and tail.lower() in _LEADS:
            left = words.rstrip()[: -len(tail)].rstrip(" ,")
            # "is due in" keeps what is said of it.
            is_due = parts[-count].lower() == "due" and left.endswith((" is", " are", " was", " were"))
            return f"{left} due" if is_due else left
    return words


def _tidy(words: str) -> str:
    words = " ".join(words.split())
    if lead := _LEAD_IN.match(words):
        words = words[lead.end() :]
    words = words.strip(" ,.;:—–-'\"“”‘’").removesuffix(" and")
    if joined := _JOINED.match(words):
        words = words[joined.end() :]
    words = _without_preposition(_SAYS.sub("", words) if "sa" in words or "nnounced" in words else words).strip(
        ' ,.;:—–-"“”'
    )
    if len(words) > LONGEST_WHAT:
        words = words[:LONGEST_WHAT].rsplit(" ", 1)[0]
    return words


def _without_place(what: str, place: str) -> str:
    """Return what happens without the "in Almery" at its end, which the place says."""
    if not place or not what.endswith(place):
        return what
    lead = _IN_PLACE.search(what[: -len(place)])
    rest = what[: lead.start()].rstrip(" ,") if lead else ""
    return rest if len(rest.split()) > 1 else what


def _place(text: str, left: int, right: int, moment: Moment) -> str:
    """Return the place that stands nearest to the date in its clause."""
    best = ""
    distance = 10_000
    for found in _PLACE.finditer(text, left, right):
        if _CALENDAR.match(found["place"]) or moment.start <= found.start("place") < moment.end:
            continue
        if _OF_AN_ORGANISATION.search(text, max(left, found.start() - 40), found.start()):
            # "the Organisation for Work and Cooperation in Europe"
            continue
        away = min(abs(found.end() - moment.start), abs(found.start() - moment.end))
        if away < distance:
            distance, best = away, " ".join(found["place"].split())
    return (
        re.sub(r"(?:\s(?:of|the|de|la)|[’']s)\Z", "", best).rstrip(".,'’")
        if not best.endswith(("D.C.", "U.S.", "U.K."))
        else best
    )
