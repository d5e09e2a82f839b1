"""Find the words in running text that say when: dates, weekdays, months, years, ranges, clock times, and what they mean."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass

from nutgraf.copydesk import anchors, dates, tenses
from nutgraf.copydesk.dates import DAY, MONTH, WEEKDAY, YEAR

# What follows the figures of most numbers that are no dates.
_AFTER_FIGURE = re.compile(r"\d+(?P<sign>[^\w\s])?\s?(?P<word>[^\W\d_]*)")
_UNDATED = frozenset(
    "people million billion thousand percent per miles km kilometers kilometres metres meters feet years months hours minutes seconds votes seats jobs".split()
)
# What follows the figures of those that can be: an ordinal's ending, the other end of a range, a clock's letters.
_DATED = frozenset("st nd rd th of to and or until through till a am p pm o day days week weeks".split())
_TO = r"\s?(?:[-–—]|to|and|until|through|till)\s?"
_NO_COUNT = r"(?!\s?(?:percent|per\scent|%|a\.m|p\.m|am\b|pm\b|:|\.\d))"
_ISO = re.compile(r"(\d{4})-([01]\d)-([0-3]\d)\b")
_DAYS_AND_MONTH = re.compile(
    rf"(?P<d1>{DAY})(?:\s(?P<m1>{MONTH}))?{_TO}(?P<d2>{DAY})\s(?P<m2>{MONTH})(?:,?\s(?P<y>{YEAR}))?"
)
_DAY_AND_MONTH = re.compile(rf"(?P<d1>{DAY})(?:\sof)?\s(?P<m1>{MONTH})(?:,?\s(?P<y>{YEAR}))?")
_MONTH_AND_DAYS = re.compile(
    rf"(?P<m1>{MONTH})\s(?P<d1>{DAY}){_TO}(?:(?P<m2>{MONTH})\s)?(?P<d2>{DAY}){_NO_COUNT}(?:,?\s(?P<y>{YEAR}))?"
)
_MONTH_AND_DAY = re.compile(rf"(?P<m1>{MONTH})\s(?P<d1>{DAY}){_NO_COUNT}(?:,?\s(?P<y>{YEAR}))?")
_MONTHS = re.compile(rf"(?P<m1>{MONTH})\s(?:to|until|through|and|till)\s(?P<m2>{MONTH})(?:\s(?P<y>{YEAR}))?")
_MONTH_AND_YEAR = re.compile(rf"(?P<m1>{MONTH})(?:\sof|\sin)?,?\s(?:(?P<y>{YEAR})|(?P<which>last|this|next)\syear\b)")
_MONTH_ALONE = re.compile(rf"(?P<m1>{MONTH})\b(?![’'-]\w|\s[A-Z])")
_MONTH_LEAD = re.compile(
    r"\b(?:in|by|until|since|from|during|through|before|after|of|and|or|for|as early as|as late as|as soon as|starting|beginning|(?P<part>early|late|mid|next|last|this))[\s-](?:(?:in|(?P<more>early|late|mid))[\s-])?\Z",
    re.IGNORECASE,
)
# "by mid-December 2031"
_PART_OF_MONTH = re.compile(r"\b(?:early|late|mid)[\s-]\Z", re.IGNORECASE)
_FROM = re.compile(r"\b(?:from|between)\s\Z", re.IGNORECASE)
_WEEKDAYS = re.compile(rf"(?P<w1>{WEEKDAY})\s?(?:to|through|until|till|and|[-–—])\s?(?P<w2>{WEEKDAY})\b")
_WEEKDAY = re.compile(
    rf"(?P<lead>(?:next|last|this|the following|the previous)\s)?(?P<w1>{WEEKDAY})(?P<plural>s\b)?(?!\w)(?:\s(?:morning|afternoon|evening|night)s?\b)?",
    re.IGNORECASE,
)
_DATE_AFTER_WEEKDAY = re.compile(rf",?\s(?=(?:{MONTH}\s\d|\d{{1,2}}\s{MONTH}))")
_DAY = re.compile(
    r"(?:yesterday|today|tomorrow|tonight|last night|this (?:morning|afternoon|evening)|the day (?:after tomorrow|before yesterday)|overnight)\b",
    re.IGNORECASE,
)
_WEEK = re.compile(
    r"(?P<lead>next|last|this|the following|later this)\s(?:week(?P<end>end)?|fortnight)\b", re.IGNORECASE
)
_PERIOD = re.compile(
    r"(?P<lead>next|last|this)\s(?P<unit>month|year|spring|summer|autumn|fall|winter|quarter)\b", re.IGNORECASE
)
_LAST_MONTH = re.compile(rf"(?i:(?P<lead>next|last|this))\s(?P<m1>{MONTH})\b(?![’'-]\w|\s[A-Z])")
_EDGE = re.compile(
    rf"(?:end|start|beginning|middle)\sof\s(?:(?P<m1>{MONTH})(?:\s(?P<my>{YEAR}))?|(?P<lead>next|the|this)\s(?P<unit>month|year)|(?P<y>{YEAR}))\b"
)
_COUNT = r"(?P<count>\d{1,2}|a|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
_AGO = re.compile(rf"{_COUNT}\s(?P<unit>days?|weeks?)\sago\b", re.IGNORECASE)
_AHEAD = re.compile(
    rf"{_COUNT}\s(?P<unit>days?|weeks?)(?:[’']\stime)?(?=[,.;]|\Z|\s(?:time|when|as|and)\b)", re.IGNORECASE
)
_IN = re.compile(r"\bin\s\Z", re.IGNORECASE)
_SEASON = re.compile(rf"(?i:spring|summer|autumn|winter|fall)\s(?:of\s)?(?P<y>{YEAR})")
_YEAR = re.compile(rf"(?P<y>{YEAR})(?![\w’'%-]|,\d|\.\d|\s?[-–]\s?\d|\s(?:people|percent|per\scent))")
_YEAR_LEAD = re.compile(
    r"\b(?:in|by|until|since|from|to|before|after|during|through|of|and|or|than|is|was|early|late|mid|(?:planned|scheduled|set|slated|booked|due|promised|expected|forecast|announced|budgeted|foreseen|fixed)\sfor)[\s-]"
    r"(?:(?:early|late|mid|the\send\sof|the\sstart\sof|about|around|at\sleast)[\s-])?\Z",
    re.IGNORECASE,
)
_DECADE = re.compile(r"(?:1[5-9]|20)\d0s\b|[’']\d0s\b")
_YEARS = re.compile(rf"{YEAR}\s?[-–/]\s?(?:{YEAR}|\d\d)\b(?!\d)")
_COUNTS = dict(
    zip("a one two three four five six seven eight nine ten eleven twelve".split(), [1, *range(1, 13)], strict=True)
)
_RECURRING = re.compile(
    r"\b(?:every|each|most|some|many|on alternate|on the|any|other|a|an|one|per)\s(?:other\s|second\s|third\s)?\Z",
    re.IGNORECASE,
)
# "Sunday is the only day many families can come": what such a day is like, every week.
_IS_A_DAY = re.compile(
    r"\s(?:is|was)\s(?:(?:the|their|our|his|her|its|a)\s(?:only|one|best|busiest|quietest|worst|market|wash|rest|single)\s(?!time\b)|(?:their|our|his|her|my|its)\sday\b|(?:usually|always|often|normally|when)\b|the\sday\s(?:when|that|most|many|we|they|people)\b|market\sday\b)"
)
_DAY_STEPS = {
    "yesterday": -1,
    "last night": -1,
    "tomorrow": 1,
    "the day after tomorrow": 2,
    "the day before yesterday": -2,
}
_MOVED = re.compile(
    r"\b(?:moved?|moves|moving|postponed|rescheduled|delayed|shifted|changed|put off|pushed back|brought forward|slipped|slid)\s(?:[^\W\d_]+\s){0,4}?from\s(?:[^\W\d_]+,?\s)?\Z"
)
_MOVED_TO = re.compile(
    r"\b(?:moved|postponed|rescheduled|delayed|shifted|pushed back|put off|slipped|slid)\b[^.;]*\bto\s\Z"
)
_ONE_DAY = datetime.timedelta(days=1)


@dataclass(slots=True)
class Moment:
    """A stretch of text that says when, and what it means; `starts` is None for what is no date."""

    start: int
    end: int
    kind: str
    starts: datetime.date | None = None
    ends: datetime.date | None = None
    precision: str = ""
    is_recurring: bool = False
    clock: str = ""


def find(text: str, start: int, end: int, on: datetime.date) -> list[Moment]:
    """Return the moments that a paragraph names, resolved against the story's own day."""
    finder = _Finder(text, start, end, on)
    found: list[Moment] = []
    place = start
    while anchor := anchors.following(text, place, start, end):
        at = anchor.start()
        moment = (
            finder.at_figure(at) if anchor["figure"] else finder.at_word(at, is_calendar=anchor["calendar"] is not None)
        )
        if moment:
            found.append(moment)
            place = max(moment.end, at + 1)
        else:
            place = anchor.end()
    return found


class _Finder:
    """Reads the moment at a place of one paragraph."""

    def __init__(self, text: str, start: int, end: int, on: datetime.date) -> None:
        self.text = text
        self.start = start
        self.end = end
        self.on = on

    def at_figure(self, at: int) -> Moment | None:
        """Return the moment that begins with a figure."""
        text, end = self.text, self.end
        if text[at - 1 : at] in ("$", "£", "€", "¥") or (
            text[at - 1 : at] in (".", ",") and text[at - 2 : at - 1].isdigit()
        ):
            return None
        after = _AFTER_FIGURE.match(text, at, end)
        if not after:
            return None
        word = after["word"]
        if not after["sign"] and word and word.islower() and word not in _DATED:
            return self._at_year(at) if text[at : at + 4].isdigit() and word not in _UNDATED else None
        if found := _DAYS_AND_MONTH.match(text, at, end):
            return self._range(found, "day")
        if found := _DAY_AND_MONTH.match(text, at, end):
            return self._day(found)
        if found := dates.CLOCK_IN_TEXT.match(text, at, end):
            return Moment(at, found.end(), "clock", clock=found[0])
        if found := dates.CLOCKS_IN_TEXT.match(text, at, end):
            return Moment(at, found.end(), "clock", clock=found[1])
        if found := _AGO.match(text, at, end):
            return self._ago(found, -1)
        if found := self._ahead(at):
            return self._ago(found, 1)
        return self._at_year(at) if text[at : at + 4].isdigit() else None

    def _at_year(self, at: int) -> Moment | None:
        text, end = self.text, self.end
        if found := _ISO.match(text, at, end):
            date = dates.date_or_none(int(found[1]), int(found[2]), int(found[3]))
            return Moment(at, found.end(), "day", date, None, "DAY")
        for pattern in (_YEARS, _DECADE):
            if found := pattern.match(text, at, end):
                return Moment(at, found.end(), "no date")
        found = _YEAR.match(text, at, end)
        lead = _YEAR_LEAD.search(text, max(self.start, at - 26), at) if found else None
        if not found or not lead:
            return None
        return Moment(lead.start(), found.end(), "year", datetime.date(int(found["y"]), 1, 1), None, "YEAR")

    def at_word(self, at: int, *, is_calendar: bool) -> Moment | None:
        """Return the moment that begins with a word."""
        if is_calendar:
            return self._at_month(at) or self._at_weekday(at)
        text, end = self.text, self.end
        if found := _DAY.match(text, at, end):
            return Moment(at, found.end(), "day", self.on + _DAY_STEPS.get(found[0].lower(), 0) * _ONE_DAY, None, "DAY")
        if found := _WEEK.match(text, at, end):
            return self._week(found)
        if found := _PERIOD.match(text, at, end):
            return self._period(found)
        if found := _LAST_MONTH.match(text, at, end):
            return Moment(at, found.end(), "month", self._month(found, at, lead=found["lead"].lower()), None, "MONTH")
        if found := _EDGE.match(text, at, end):
            return self._edge(found)
        if found := _SEASON.match(text, at, end):
            return Moment(at, found.end(), "year", datetime.date(int(found["y"]), 1, 1), None, "YEAR")
        if found := dates.CLOCK_IN_TEXT.match(text, at, end) or dates.SPOKEN_CLOCK.match(text, at, end):
            return Moment(at, found.end(), "clock", clock=found[0])
        if found := _AGO.match(text, at, end):
            return self._ago(found, -1)
        if found := self._ahead(at):
            return self._ago(found, 1)
        if found := _DECADE.match(text, at, end):
            return Moment(at, found.end(), "no date")
        return self._at_weekday(at)

    def _ahead(self, at: int) -> re.Match[str] | None:
        """Tell "will end in two weeks" from "was built in two weeks", which is how long it took."""
        found = _AHEAD.match(self.text, at, self.end)
        if not found or not _IN.search(self.text, max(self.start, at - 4), at):
            return None
        return found if "time" in found[0] or tenses.before(self.text, self.start, at - 3) > 0 else None

    # Months

    def _at_month(self, at: int) -> Moment | None:
        text, end = self.text, self.end
        if found := _MONTH_AND_DAYS.match(text, at, end):
            return self._range(found, "day")
        if found := _MONTH_AND_DAY.match(text, at, end):
            return self._day(found)
        if (found := _MONTHS.match(text, at, end)) and _FROM.search(text, max(self.start, at - 9), at):
            starts = self._month(found, at)
            ends = datetime.date(starts.year, dates.month_number(found["m2"]), 1)
            ends = ends if ends >= starts else ends.replace(year=ends.year + 1)
            return Moment(at, found.end(), "month", starts, ends, "MONTH")
        if found := _MONTH_AND_YEAR.match(text, at, end):
            step = {"last": -1, "this": 0, "next": 1}.get(found["which"] or "", 0)
            year = int(found["y"]) if found["y"] else self.on.year + step
            starts = datetime.date(year, dates.month_number(found["m1"]), 1)
            early = _PART_OF_MONTH.search(text, max(self.start, at - 6), at)
            return Moment(early.start() if early else at, found.end(), "month", starts, None, "MONTH")
        found = _MONTH_ALONE.match(text, at, end)
        lead = _MONTH_LEAD.search(text, max(self.start, at - 20), at) if found else None
        if not found or not lead:
            return None
        name = "more" if lead["more"] else "part"
        part = (lead[name] or "").lower()
        start = lead.start(name) if part else at
        return Moment(start, found.end(), "month", self._month(found, at, lead=part), None, "MONTH")

    def _month(self, found: re.Match[str], at: int, *, lead: str = "") -> datetime.date:
        """Return the first day of a month: the one that the tense points to, else the nearest."""
        number, on = dates.month_number(found["m1"]), self.on
        if found.groupdict().get("y"):
            return datetime.date(int(found["y"]), number, 1)
        this = datetime.date(on.year, number, 1)
        tense = tenses.before(self.text, self.start, at) or tenses.after(self.text, at, found.end())
        if lead == "next" or (tense > 0 and lead != "last"):
            return this if number >= on.month else this.replace(year=on.year + 1)
        if lead == "last" or tense < 0:
            return this if number <= on.month else this.replace(year=on.year - 1)
        years = (this.replace(year=on.year + step) for step in (-1, 0, 1))
        return min(years, key=lambda date: abs((date - on).days + 15))

    def _edge(self, found: re.Match[str]) -> Moment:
        """Read "the end of March", "the end of the year", "the start of next month"."""
        start, end = found.span()
        if found["m1"]:
            year = int(found["my"]) if found["my"] else 0
            starts = datetime.date(year, dates.month_number(found["m1"]), 1) if year else self._month(found, start)
            return Moment(start, end, "edge", starts, None, "MONTH")
        if found["y"]:
            return Moment(start, end, "edge", datetime.date(int(found["y"]), 1, 1), None, "YEAR")
        step = int(found["lead"] == "next")
        if found["unit"] == "year":
            return Moment(start, end, "edge", datetime.date(self.on.year + step, 1, 1), None, "YEAR")
        return Moment(start, end, "edge", _months_on(self.on, step), None, "MONTH")

    # Days

    def _day(self, found: re.Match[str]) -> Moment:
        moment = Moment(found.start(), found.end(), "day", precision="DAY")
        moment.starts = self._date(found, moment)
        return moment

    def _date(self, found: re.Match[str], moment: Moment) -> datetime.date | None:
        """Return the day: in its year, else the nearest one, unless the tense points the other way."""
        month, day = dates.month_number(found["m1"] or found["m2"]), dates.day_number(found["d1"])
        if found["y"]:
            return dates.date_or_none(int(found["y"]), month, day)
        following = self.text[moment.end : moment.end + 10].lower()
        if following in (" last year", " next year", " this year"):
            step = {"l": -1, "n": 1, "t": 0}[following[1]]
            moment.end += 10
            return dates.date_or_none(self.on.year + step, month, day)
        near = dates.nearest_year(month, day, self.on)
        if near is None or near == self.on:
            return near
        tense = tenses.before(self.text, self.start, moment.start) or tenses.after(self.text, moment.start, moment.end)
        if tense < 0 and _MOVED_TO.search(self.text, max(self.start, moment.start - 80), moment.start):
            # "slipped to June 24, and then to July 12": where it was put is to come.
            return near
        if (tense > 0 and near < self.on) or (tense < 0 and near > self.on):
            return dates.date_or_none(near.year + tense, month, day) or near
        return near

    def _range(self, found: re.Match[str], kind: str) -> Moment:
        moment = Moment(found.start(), found.end(), kind, precision="DAY")
        if _MOVED.search(self.text, max(self.start, moment.start - 60), moment.start):
            # "moved from March 14 to March 21" is on the second day.
            month = dates.month_number(found["m2"] or found["m1"])
            near = dates.nearest_year(month, dates.day_number(found["d2"]), self.on)
            is_gone = near is not None and near < self.on - 60 * _ONE_DAY
            moment.starts = dates.date_or_none(near.year + 1, near.month, near.day) if near and is_gone else near
            return moment
        starts = moment.starts = self._date(found, moment)
        if starts is not None:
            month = dates.month_number(found["m2"] or found["m1"])
            ends = dates.date_or_none(starts.year, month, dates.day_number(found["d2"]))
            if ends and ends < starts:
                ends = dates.date_or_none(starts.year + 1, ends.month, ends.day)
            moment.ends = ends
        return moment

    def _ago(self, found: re.Match[str], direction: int) -> Moment:
        count = found["count"].lower()
        number = int(count) if count.isdigit() else _COUNTS[count]
        days = direction * number * (7 if found["unit"].lower().startswith("week") else 1)
        return Moment(found.start(), found.end(), "ago", self.on + days * _ONE_DAY, None, "DAY")

    # Weeks

    def _at_weekday(self, at: int) -> Moment | None:
        text, end, on = self.text, self.end, self.on
        if found := _WEEKDAYS.match(text, at, end):
            tense = tenses.before(text, self.start, at)
            number, last = dates.weekday_number(found["w1"]), dates.weekday_number(found["w2"])
            starts = dates.next_weekday(number, on) if tense > 0 else dates.latest_weekday(number, on)
            # "bakes from Sunday to Thursday" is a habit.
            return Moment(
                at, found.end(), "weekday", starts, dates.next_weekday(last, starts), "DAY", is_recurring=tense == 0
            )
        found = _WEEKDAY.match(text, at, end)
        if not found or not found["w1"][0].isupper():
            return None
        if (date := _DATE_AFTER_WEEKDAY.match(text, found.end(), end)) and not found["plural"]:
            moment = self._at_month(date.end()) or self.at_figure(date.end())
            if moment:
                moment.start = at
                return moment
        moment = Moment(at, found.end(), "weekday", self._weekday(found, at), None, "DAY")
        before = max(self.start, at - 20)
        moment.is_recurring = (
            bool(found["plural"])
            or bool(_RECURRING.search(text, before, at))
            or bool(_IS_A_DAY.match(text, found.end(), end))
        )
        return moment

    def _weekday(self, found: re.Match[str], at: int) -> datetime.date:
        """Return the day that a weekday means: where its lead or the tense points."""
        number, on = dates.weekday_number(found["w1"]), self.on
        lead = (found["lead"] or "").strip().lower()
        if lead in ("next", "the following"):
            return dates.next_weekday(number, on)
        if lead in ("last", "the previous"):
            return dates.latest_weekday(number, on - _ONE_DAY)
        if number == on.weekday():
            return on
        tense = tenses.before(self.text, self.start, at) or tenses.after(self.text, at, found.end())
        return dates.next_weekday(number, on) if tense > 0 else dates.latest_weekday(number, on)

    def _week(self, found: re.Match[str]) -> Moment:
        monday = self.on - self.on.weekday() * _ONE_DAY
        lead = found["lead"].lower()
        starts = None
        if lead in ("next", "the following"):
            starts = monday + (12 if found["end"] else 7) * _ONE_DAY
        elif lead == "last":
            starts = monday - (2 if found["end"] else 7) * _ONE_DAY
        return Moment(found.start(), found.end(), "week", starts, None, "DAY")

    def _period(self, found: re.Match[str]) -> Moment:
        step = {"next": 1, "last": -1, "this": 0}[found["lead"].lower()]
        moment = Moment(found.start(), found.end(), "period")
        if found["unit"].lower() == "month" and step:
            moment.starts, moment.precision = _months_on(self.on, step), "MONTH"
        elif found["unit"].lower() == "year" and step > 0:
            moment.starts, moment.precision = datetime.date(self.on.year + 1, 1, 1), "YEAR"
        return moment


def _months_on(on: datetime.date, step: int) -> datetime.date:
    months = on.year * 12 + on.month - 1 + step
    return datetime.date(months // 12, months % 12 + 1, 1)
