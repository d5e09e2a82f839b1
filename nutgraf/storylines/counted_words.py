"""The words in which news counts things: those that mean the same, those that say nothing, and those that turn a count."""

from __future__ import annotations

import re
from collections.abc import Iterator

# Each line: the one form, and the forms that count the same.
_STATES = """
dead: dead death deaths died dies killed fatality fatalities toll
hurt: hurt injured injury injuries wounded
missing: missing unaccounted
held: arrested detained arrest arrests detention detentions
displaced: displaced
evacuated: evacuated evacuees evacuee evacuations evacuation
homeless: homeless
sick: sick ill infected infection infections
"""
_NOUNS = """
home: home homes house houses household households dwelling dwellings
job: job jobs post posts position positions
worker: worker workers employee employees staff
striker: striker strikers
student: student students pupil pupils
soldier: soldier soldiers troop troops
vote: vote votes ballot ballots
flight: flight flights
car: car cars vehicle vehicles
cost: cost costs price bill
budget: budget budgets
case: case cases
person: person people persons resident residents citizen citizens inhabitant inhabitants
protester: protester protesters protestor protestors demonstrator demonstrators marcher marchers
spectator: spectator spectators
woman: woman women
man: man men
child: child children
foot: foot feet
cut: cut cuts lost loss losses layoff layoffs
strike: strike strikes striking
"""
_TURNS = """
more: more additional another extra further new fewer less
planned: planned proposed targeted target expected projected forecast promised demanded sought asked
without: without no lacking
restored: restored reconnected
former: former previous
against: against oppose opposes opposed opposing
"""


def _table(lines: str) -> dict[str, str]:
    rows = (line.split(":") for line in lines.strip().splitlines())
    return {form: one for one, forms in rows for form in forms.split()}


def _singular(word: str) -> str:
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 4 and word.endswith(("ches", "shes", "xes", "sses", "zes", "buses", "ruses", "nuses")):
        return word[:-2]
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


_STATE_FORMS = _table(_STATES)
_NOUN_FORMS = _table(_NOUNS)
# States that people are in: whoever counts them counts people.
STATES = frozenset(_STATE_FORMS.values())
PEOPLE = frozenset(["person", "victim"])
# What is not the same, but may have been meant.
_NEAR = [
    frozenset(group.split())
    for group in (
        "displaced evacuated homeless",
        "hurt hospitalised hospitalized",
        "worker striker",
        "home building property customer",
        "sick case",
        "held charged",
        "protester person striker",
        "cost budget",
        "person resident",
        "flight plane",
    )
]
# Words that are what is counted, wherever they stand.
HEADS = _STATE_FORMS
SAME = _NOUN_FORMS
TURNS = _table(_TURNS)
LINKS = frozenset("of in at on from for by to with without near under over after since who whose that which".split())
FILLING = LINKS | frozenset(
    "a an the its his her their and or are is was were be been have has had confirmed reported known estimated total overall so far about around nearly almost some roughly"
    " approximately least most up than number numbers figure figures count counts altogether all now currently officially still least say says said".split()
)
_RATE = re.compile(
    r"\b(?:an?|per|each|every)\s(?P<every>day|week|month|year|hour|minute|night|person|head|household|litre|liter|tonne|barrel|ticket|trip|passenger)\b|\b(?P<adverb>daily|weekly|monthly|yearly|annual|annually|hourly)\b",
    re.IGNORECASE,
)
_ADVERBS = {
    "daily": "day",
    "weekly": "week",
    "monthly": "month",
    "yearly": "year",
    "annual": "year",
    "annually": "year",
    "hourly": "hour",
}
_TIME = re.compile(
    r"\b(?:last|next|this|previous)\s(?:year|month|week|quarter|season|spring|summer|autumn|winter)\b|\b(?:19|20)\d\d\b",
    re.IGNORECASE,
)
_NOUNS_IN_ING = frozenset(
    "building rating sitting hearing meeting opening crossing landing shooting hunting dwelling screening reading listing filing seed weed breed".split()
)
_LIVES = re.compile(r"\blives lost\b", re.IGNORECASE)
_POWERLESS = re.compile(
    r"\b(?:that|which|who)?\s?(?:have |had |has )?lost(?=\s(?:power|electricity|water|heating|gas)\b)", re.IGNORECASE
)
SHARE = re.compile(r"\A(?:per ?cent|percent|%)\s(?:of\s)?", re.IGNORECASE)


def plain(word: str) -> str:
    """Return a word as the tables have it: one that they do not know in the singular."""
    word = word.replace("’", "'").removesuffix("'s")
    if word in HEADS or word in SAME or word in TURNS or word in FILLING:
        return word
    return _singular(word)


def turns_of(counts: str) -> Iterator[str]:
    """Yield the rates and times that make a count another figure: "a day", "last year"."""
    for found in _RATE.finditer(counts):
        every = found["every"] or _ADVERBS[found["adverb"].casefold()]
        yield f"per {every.casefold()}"
    for found in _TIME.finditer(counts):
        yield " ".join(found[0].casefold().split())


def is_participle(word: str) -> bool:
    """Tell whether a word says what was done to the noun before it: "schools closed"."""
    return len(word) > 4 and word.endswith(("ed", "ing")) and word not in _NOUNS_IN_ING


def are_near(one: frozenset[str], other: frozenset[str]) -> bool:
    """Tell whether two heads may have been meant as one."""
    return any(one & group and other & group for group in _NEAR)


def without_rates(counts: str) -> str:
    """Return the words without the rates and times, which have been taken already."""
    counts = _LIVES.sub("dead", _POWERLESS.sub("without", counts))
    return SHARE.sub("", _TIME.sub(" ", _RATE.sub(" ", counts)).strip())
