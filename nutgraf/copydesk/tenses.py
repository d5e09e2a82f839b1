"""Tell whether the words round a date look ahead or back, as the verbs near it do."""

from __future__ import annotations

import re

_FUTURE = frozenset(
    "will shall would to due set expected plans plan planned scheduled may might could can next begins opens starts hopes aims must should promised".split()
)
_PAST = frozenset(
    "said told was were had did came went took gave struck left found won lost rose fell shut cut hit met began broke woke swam sold saw made got ran sent spoke wrote died led held became"
    " kept brought bought built caught chose drew drove ate felt flew forgot grew heard hid knew laid lay lent let paid rang rode sang sank sat shook shot showed slept sprang stole stood"
    " stuck swept swore taught tore thought threw understood wore wound been has have stolen taken given seen driven broken chosen frozen fallen grown thrown shown drawn worn torn gone begun hidden beaten eaten written".split()
)
_NOT_PAST = frozenset(
    "followed need indeed speed seed feed bed red shed unwed hundred sacred wicked naked embed exceed proceed succeed bleed breed weed deed greed united".split()
)
# Verbs that are counted things after a number.
_COUNTED = frozenset("runs plays vote votes starts stops visits moves steps".split())
_AWAITED = frozenset("expected due scheduled planned set likely".split())
_PLANNERS = frozenset("they we i you who people police both and also now to".split())
_ASKING = frozenset("asked called applied pleaded".split())
_ARTICLES = frozenset("a an the this that its his her their our my no another each every".split())
_PASSIVE = frozenset("is are be being remain remains stay stays get gets to".split())
_WORDS = re.compile(r"\d+|[^\W\d_]+(?:[’'][^\W\d_]+)?")
_NUMBERS = frozenset("one two three four five six seven eight nine ten eleven twelve".split())
_AHEAD = re.compile(
    r"\b(?:for|until|till|by|before|ahead of|due|next|as early as|as soon as|no later than)\s(?:the\s|early\s|late\s|mid-)?\Z",
    re.IGNORECASE,
)
# "was told before Monday", but not "was due before Monday".
_DONE_BEFORE = re.compile(
    r"\b(?:was|were|had)\s(?:(?:not|never|been|already|only|even)\s){0,2}"
    r"(?!expected|supposed|scheduled|planned|required|needed|ordered|asked|forced|warned|urged|allowed)(?:[a-z]{2,}ed|told|given|made|done|found|sent|seen|shown|built|sold|shot|taken|held|left|paid|born|gone)\s(?:[a-z]+\s){0,2}(?:just |shortly |long )?before\s(?:the\s)?\Z"
)
# "had been planned for February"
_HAD_BEEN = re.compile(
    r"\bhad\s(?:first\s|once\s|originally\s)?been\s(?:[a-z]+ed|due|set|meant)\s(?:[a-z]+\s){0,2}(?:for|by|until)\s(?:early\s|late\s|mid-)?\Z"
)
_MODALS = frozenset("will shall may might must can".split())
_SINCE = re.compile(r"\bsince\s(?:the\s|early\s|late\s|mid-|last\s)?\Z", re.IGNORECASE)
_PRESENT = frozenset(
    "come comes go goes meet meets open opens begin begins start starts end ends close closes vote votes visit visits run runs play plays face faces return returns arrive arrives"
    " leave leaves expire expires decide decides hold holds host hosts travel travels launch launches appear appears speak speaks hear hears publish publishes release releases"
    " take takes sit sits move moves become becomes reopen reopens resume resumes continue continues premiere premieres debut debuts fly flies sail sails land lands join joins lapse lapses"
    " follow follows reach reaches gather gathers perform performs compete competes elect elects choose chooses pick picks sign signs unveil unveils discuss discusses debates rules cross crosses"
    " retire retires stand stands step steps is are comes".split()
)
# Of all others, only those that end as verbs do are looked at.
_TELLING = _FUTURE | _PAST | _PRESENT

_ACTORS = frozenset(
    "he she it who which that council government court company committee party team board minister president".split()
)
_WILL = frozenset("will shall is are may might could must plans expects".split())
_SENTENCE_END = re.compile(r"(?:[a-z\d%]{2}|[)\]])[.!?][\"”’]?\s+(?=[\"“‘]?[A-Z])|[.!?,][\"”]\s+(?=[A-Z])|\n")
_AT = re.compile(r"\b(?:ahead of|before|until|for|at)\s\Z", re.IGNORECASE)


def before(text: str, first: int, at: int) -> int:
    """Return 1 if the words before a date point ahead, -1 if they point back, 0 if they do not say."""
    if _HAD_BEEN.search(text, max(first, at - 60), at):
        return -1
    if _AHEAD.search(text, max(first, at - 18), at):
        return -1 if _DONE_BEFORE.search(text, max(first, at - 60), at) else 1
    if _SINCE.search(text, max(first, at - 18), at):
        return -1
    words = _WORDS.findall(text, _sentence_start(text, max(first, at - 160), at), at)
    # "the School of Getting Lost": names tell no tense.
    words = [word.lower() if word.islower() or word.isdigit() or not place else "" for place, word in enumerate(words)]
    for place in range(len(words) - 1, max(-1, len(words) - 26), -1):
        word = words[place]
        if word not in _TELLING and not word.endswith(("ed", "s")):
            continue
        before = words[place - 1] if place else ""
        if word in _COUNTED and (before.isdigit() or before in _NUMBERS):
            # "by 27 runs"
            continue
        if word in _AWAITED and before in ("is", "are"):
            # "where it is expected on Friday"
            return 1
        if before in _ARTICLES and word not in ("is", "are"):
            # "a cut", "the planned": nouns and what goes with them.
            continue
        if word in ("is", "are") and place > 1 and words[place - 2] in ("where", "what", "who", "which", "that"):
            # "voted to leave it where it is": what is told of is further left.
            continue
        if is_past(word):
            # "are closed on Friday", "to be opened", "will stay shut": the verb before tells.
            is_participle = word not in ("said", "told", "was", "were", "had", "did", "has", "have", "been", "since")
            if before in _MODALS:
                # "will shut", "may cut": a verb that looks like its past.
                return 1
            if is_participle and (
                before in _PASSIVE or (before in ("been", "not", "also") and place > 1 and words[place - 2] in _PASSIVE)
            ):
                continue
            if is_participle and before in ("and", "or") and place > 1 and is_past(words[place - 2]):
                # "will be mended and sold": the first of them tells.
                continue
            if word in _ASKING and before in ("has", "have", "had") and words[place + 1 : place + 2] == ["for"]:
                # "have asked for a return match in April"
                return 1
            if word in ("has", "have"):
                if place + 1 < len(words) and words[place + 1] in ("until", "to", "till"):
                    return 1
                if not any(w.endswith("ed") or w in _PAST for w in words[place + 1 : place + 4]):
                    continue
            return -1
        if word == "plan" and before and not before.endswith("s") and before not in _PLANNERS:
            # "a recycling plan"
            continue
        if word in _FUTURE:
            if word == "to" and (place + 1 >= len(words) or not _is_infinitive(words, place)):
                continue
            return 1
        if word in _PRESENT and before not in (
            "to",
            "the",
            "a",
            "an",
            "of",
            "in",
            "at",
            "its",
            "his",
            "her",
            "their",
            "this",
        ):
            return 1
        if (
            len(word) > 3
            and word.endswith("s")
            and before
            and not word.endswith(("ss", "us", "is"))
            and _is_verb(words, place)
        ):
            return 1
    return 0


def _sentence_start(text: str, first: int, at: int) -> int:
    """Return where the sentence before a date begins: the one above it has a tense of its own."""
    start = first
    for end in _SENTENCE_END.finditer(text, first, at):
        start = end.end()
    return start


_URGING = frozenset(
    "urged urges asked asks told tells ordered orders invited invites advised called want wants wanted allow allows allowed vowed promised agreed decided plan plans planned hope hopes".split()
)
_BEFORE_INFINITIVES = frozenset(
    "is are was were due set expected scheduled likely plans plan planned hopes aims wants ready going need needs has have promised agreed decided forced asked about bound meant".split()
)
_NO_VERBS = frozenset(
    "the a an his her its their reporters be police parliament lawmakers journalists him them me us it".split()
)


def is_past(word: str) -> bool:
    """Tell whether a word is the past of a verb, as far as one word can tell."""
    return word in _PAST or (word.endswith("ed") and len(word) > 3 and word not in _NOT_PAST)


def is_present(word: str) -> bool:
    """Tell whether a word is the present of a verb that the news often tells in, or looks like one."""
    return word in _PRESENT


def _is_infinitive(words: list[str], place: int) -> bool:
    """Tell "to sign" from "to the", "to reporters" and "used to"."""
    following = words[place + 1]
    if following and not _URGING.isdisjoint(words[max(0, place - 4) : place]) and following not in _NO_VERBS:
        # "urged people to stay home"
        return True
    before = words[place - 1] if place else ""
    if place > 1 and not before and (words[place - 2] == "on" or is_past(words[place - 2])) and following:
        # "voted on Monday to end service on March 1": the vote has a day of its own.
        return following not in _NO_VERBS
    return following not in _NO_VERBS and before in _BEFORE_INFINITIVES


def _is_verb(words: list[str], place: int) -> bool:
    """Guess whether a word that ends in s is a verb: after a pronoun, or a noun that often acts in the news."""
    return words[place - 1] in _ACTORS


def after(text: str, start: int, end: int) -> int:
    """Return the tense that follows a date at the beginning of a sentence: "On Friday, the court will rule"."""
    if text[end : end + 2] in ("’s", "'s") and _AT.search(text, max(0, start - 12), start):
        return 1
    stop = min(len(text), end + 90)
    stop = next((one.start() for one in _SENTENCE_END.finditer(text, end, stop)), stop)
    for word in _WORDS.findall(text, end, stop)[:14]:
        word = word.lower()
        if word in _WILL:
            return 1
        if is_past(word):
            return -1
    return 0
