"""Find the names of people, organisations and places, and join the short forms to the first full one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from nutgraf.copydesk.dates import CALENDAR
from nutgraf.copydesk.found import Name, Span
from nutgraf.copydesk.letters import PARTICLE, UPPER
from nutgraf.copydesk.lexicon import COMMON, DEMONYMS, FIRST_NAMES, OCCUPATIONS, ORGANISATIONS, PLACES, TITLES

_SHORT = (
    r"(?:Dr|Mr|Mrs|Ms|Mx|Prof|Rev|Sens?|Reps?|Govs?|Gen|Lt|Col|Maj|Capt|Cmdr|Adm|Sgt|Cpl|Pvt|St|Ste|Ald|Supt|Det|Insp|Atty|Hon|Fr|Sr|Amb|Cllr)"
    r"\.(?=[ \u00a0])"
)
_WORD = (
    rf"(?:{_SHORT}|(?:[{UPPER}]\.)+|(?:Mc|Mac|O['’]|[Dd]['’]|al-|el-)?[{UPPER}]"
    rf"(?:\w|['’](?=[^\W\d_]{{2}})(?![st]\b|ll\b|re\b|ve\b)|-(?=[^\W\d_]))*)"
)
# A small letter only where "al-" or "el-" begins: words with these letters are the commonest.
_CAPITAL = re.compile(rf"[{UPPER}ae](?<![\w@#/.-].)(?:(?<![ae])|(?=l-))")
_SEQUENCE = re.compile(
    rf"{_WORD}(?:(?:[ \u00a0]|[ \u00a0](?:{PARTICLE}[ \u00a0]){{1,2}}|[ \u00a0][‘“\"'][{UPPER}][\w.-]{{1,14}}[’”\"'][ \u00a0]|(?<=[{UPPER}]\.)[ \u00a0]){_WORD}){{0,6}}"
)
_SAINTS = ("St ", "St. ", "Saint ")
# "St Alder’s Hospital" is one name, and "Lodden’s hospital" is not.
_SAINTS_HOUSE = re.compile(
    r"[’']s[ \u00a0](?:Hospital|School|College|Church|Cathedral|University|Academy|Clinic|Infirmary|Hospice|Chapel)\b"
)
_LONGER = re.compile(rf"[ \u00a0](?:(?:of|for|and|(?<=ion )in)[ \u00a0](?:the[ \u00a0])?)(?={_WORD})")
_ACRONYM = re.compile(rf"[ \u00a0]\(([{UPPER}][\w&.-]{{1,9}})\)")
_WORDS = re.compile(r"\w+")
_INITIALS = re.compile(rf"(?:[{UPPER}]|Jr|Sr|Inc|Co|Corp|Ltd)\.\Z")
_KIN = frozenset(
    "wife husband son daughter brother sister mother father mum dad uncle aunt cousin niece nephew grandmother grandfather partner friend neighbour neighbor colleague widow twin".split()
)
_PLACE_WORDS = frozenset("in near from across outside around at".split())
# "City of Almery" is one name.
_SEATS = frozenset(
    "City Town Village County Republic Kingdom State States Isle Isles Gulf Bay Strait Cape Province Duchy Commonwealth Archdiocese Diocese Borough".split()
)
_PLACE_STARTS = frozenset(
    "Port Mount Lake Cape Fort Bay Isle Upper Lower Nether Great Little North South East West New Old San Santa Los Las".split()
)
_ACTS = re.compile(
    r"[’']?s?,? (?:who|says?|said|told|tells|wrote|tweeted|asked|added|whose|himself|herself)\b|, \d{2},|, (?:a|an|the|\d\d)\b"
)
_MAY_ACT = re.compile(r"(?:[’']s)? (?:could|would|will|has|had|is|was|needs|wants|did|does|may|might|must|can)\b")

# What people have, and places seldom.
_HAS_OF_ONES_OWN = re.compile(
    r"[’']s (?:own )?(?:(?:strategic|main|personal|late|former|first|second|elder|younger|closest|political) )?"
    r"(?:focus|wife|husband|son|daughter|brother|sister|mother|father|parents|family|lawyers?|attorneys?|allies|critics|aides?|advisers?|advisors?|remarks|testimony|career|resignation|memoirs?|widow)\b"
)


@dataclass(slots=True)
class Mention:
    """One place where a name stands."""

    start: int
    end: int
    name: str
    # Titles that stood before it: "Secretary of State".
    title: str = ""
    kind: str = ""
    is_certain: bool = True
    # Where its titles begin, or the name itself.
    begin: int = -1


@dataclass(slots=True)
class Register:
    """All names of a story, by their last word and as a whole."""

    mentions: list[Mention] = field(default_factory=list)
    by_name: dict[str, list[Mention]] = field(default_factory=dict)
    people: dict[str, str] = field(default_factory=dict)
    acronyms: dict[str, str] = field(default_factory=dict)

    def full(self, name: str) -> str:
        """Return the first full form of a name, or the name itself."""
        return self.people.get(name, name)


def find(text: str, stretches: Sequence[Span], beside: Sequence[Span] = ()) -> Register:
    """Return every mention of a name in some stretches of the text; those `beside` them only tell full names."""
    register = _read(text, stretches)
    if beside:
        for short, full in _read(text, beside).people.items():
            register.people.setdefault(short, full)
        for name, mentions in register.by_name.items():
            if name in register.people:
                for mention in mentions:
                    mention.kind = "PERSON"
    return register


def _read(text: str, stretches: Sequence[Span]) -> Register:
    register = Register()
    mentions = register.mentions
    for start, end in stretches:
        place = start
        while capital := _CAPITAL.search(text, place, end):
            found = _SEQUENCE.match(text, capital.start(), end)
            place = found.end() if found else capital.end()
            if not found:
                continue
            words = found[0]
            if words.startswith(_SAINTS) and (rest := _SAINTS_HOUSE.match(text, place, end)):
                words, place = words + rest[0], rest.end()
            if " " in words or "\u00a0" in words or "-" in words:
                mentions.extend(_mentions(text, found.start(), place, start, end))
            elif words not in _NO_NAMES:
                mention = _single(text, words, found.start(), start, end)
                if mention:
                    mentions.append(mention)
    _drop_uncertain(register)
    for mention in register.mentions:
        register.by_name.setdefault(mention.name, []).append(mention)
        if text.startswith(" (", mention.end) and (acronym := _ACRONYM.match(text, mention.end)):
            register.acronyms.setdefault(acronym[1], mention.name)
    _tell_kinds(text, register)
    return register


def _single(text: str, word: str, start: int, first: int, last: int) -> Mention | None:
    """Return the name that one word with a capital is, if it can be one: most begin a sentence."""
    end = start + len(word)
    if word in ORGANISATIONS or word in _SEATS:
        end = _with_rest(text, start, end, last)
        word = " ".join(text[start:end].split())
    if word.rstrip(".") in _STATES:
        return None
    if len(word) < 2 or (word[-1] == "." and not _INITIALS.search(word)):
        return None
    is_beginning = _begins_sentence(text, start, first)
    return Mention(start, end, word, begin=start, is_certain=not is_beginning)


def _mentions(text: str, start: int, end: int, first: int, last: int) -> list[Mention]:
    """Return the name in a run of capitals, without titles and without the words that only begin a sentence."""
    words = []
    place = start
    for word in text[start:end].replace("\u00a0", " ").split(" "):
        if word:
            words.append((place, place + len(word)))
        place += len(word) + 1
    is_beginning = _begins_sentence(text, start, first)
    while words and _is_common(text[words[0][0] : words[0][1]], is_beginning=is_beginning, is_alone=len(words) == 1):
        words.pop(0)
        is_beginning = False
    while words and text[words[-1][0] : words[-1][1]].lower() in _TAIL_COMMON:
        words.pop()
    if words and text[words[0][0] : words[0][1]] in CALENDAR and not _is_first_name(text, words):
        words.pop(0)
    if all(text[left:right] in DEMONYMS for left, right in words):
        return []
    if not words:
        return []
    title_end = 0
    for place, (left, right) in enumerate(words[:-1]):
        word = text[left:right]
        is_occupation = word.lower() in OCCUPATIONS and len(words) - place > 2 and place == title_end
        if not (_is_title(word) or is_occupation) or _names_house(word, text[slice(*words[place + 1])]):
            continue
        if place == title_end or len(words) - place > 2 or word.lower() in _PLAIN_TITLES:
            title_end = place + 1
    begin = words[0][0]
    title = ""
    if title_end:
        title_stop = words[title_end - 1][1]
        longer = _TITLE_OF.search(text, max(first, begin - 40), title_stop)
        if longer and longer.end() == title_stop:
            begin = longer.start()
        title = " ".join(text[begin:title_stop].split())
    left, right = words[title_end][0], words[-1][1]
    if "-" in text[left:right] and (hyphen := _LED.search(text, left, right)):
        # "Moscow-led Security Treaty Organization" is two names.
        rest = _mentions(text, hyphen.end() + 1, right, hyphen.end() + 1, last) if hyphen.end() < right else []
        return [Mention(left, hyphen.start(), text[left : hyphen.start()], title, begin=begin), *rest]
    if len(words) - title_end == 1 and not title and text[left:right].rstrip(".") in _NO_NAMES:
        return []
    if text[right - 1] == "." and not _INITIALS.search(text, left, right):
        right -= 1
    right = _with_rest(text, left, right, last)
    name = " ".join(text[left:right].split())
    if len(name) < 2 or name in CALENDAR:
        return []
    alone = title_end == 0 and len(words) == 1
    return [Mention(left, right, name, title, is_certain=not (alone and is_beginning), begin=begin)]


# Months that are first names, too.
_MONTH_NAMES = frozenset("Jan May April June August".split())
_MONTH_FOLLOWS = frozenset("Day Days Fool Fools Fair Bank Holiday Revolution Uprising".split())
_DATES = re.compile(
    r"\b(?:in|by|on|since|until|till|last|next|this|from|to|through|during|late|early|mid|of|every|each)[\s-]\Z",
    re.IGNORECASE,
)


def _is_first_name(text: str, words: list[Span]) -> bool:
    """Tell "said keeper Jan Holt" from "in May Tidewater"."""
    if text[slice(*words[0])] not in _MONTH_NAMES or len(words) not in (2, 3):
        return False
    following = text[slice(*words[1])].partition("’")[0].partition("'")[0]
    is_name = following not in ORGANISATIONS | CALENDAR | _MONTH_FOLLOWS and following.lower() not in COMMON
    return is_name and not _DATES.search(text, max(0, words[0][0] - 12), words[0][0])


_HONORIFICS = frozenset("Mr Mrs Ms Mx Miss Dr Prof Sir Dame Lord Lady".split())
# Titles that hardly stand in the middle of other names.
_PLAIN_TITLES = frozenset(
    "minister president secretary mayor governor senator director captain chairman chairwoman ceo spokesman spokeswoman ambassador commissioner editor".split()
)
_DEPARTMENTS = (
    r"State|Defen[cs]e|the Treasury|Treasury|Commerce|Labor|Labour|Education|Energy|Transportation|Transport|Agriculture|Homeland Security|Veterans Affairs|Justice"
    r"|the Interior|Interior|Health|Finance|Foreign Affairs|Culture|the Environment|Environment|Staff|Police|Operations|Communications"
)
_TITLE_OF = re.compile(
    rf"(?:(?:Deputy|Acting|Former|Vice|Assistant|Under)[ -])?(?:Secretary|Minister|Director|Chief|Head|Commissioner|Prime Minister) of (?:{_DEPARTMENTS})"
)
_LED = re.compile(
    r"-(?:led|based|backed|born|area|style|era|wide|bound|related|controlled|run|owned|made|funded|friendly|only)\b"
)


# Titles that are first names or words, too, unless a full stop shows that they are short for something.
_SHORT_TITLES = frozenset("maj col gen gov rep sen lt capt sgt adm cpl pvt hon det insp supt ald king dean".split())


_WAYS = frozenset(
    "Street Road Avenue Lane Drive Square Bridge River Hill Park Island Islands Place Row Court Creek Bay".split()
)


def _names_house(word: str, following: str) -> bool:
    """Tell "State Department" and "General Assembly" from "General Brook"."""
    bare = following.partition("'")[0].partition("’")[0]
    return not word.endswith(".") and word not in _HONORIFICS and (bare in ORGANISATIONS or bare in _WAYS)


def _is_title(word: str) -> bool:
    bare = word.rstrip(".").lower().removeprefix("co-").removeprefix("ex-")
    return bare in TITLES and (word.endswith(".") or bare not in _SHORT_TITLES or len(bare) > 3)


# States as newspapers shorten them, which belong to the name before, and figures of speech of business.
_STATES = frozenset(
    "Ala Ariz Ark Calif Colo Conn Del Fla Ga Ill Ind Kan Ky La Md Mass Mich Minn Mo Mont Neb Nev Okla Ore Pa Tenn Tex Va Vt Wash Wis Wyo Ont Que Q1 Q2 Q3 Q4 CEO CFO COO".split()
)
# Single words with a capital that are no names.
_NO_NAMES = (
    CALENDAR
    | DEMONYMS
    | _STATES
    | {word.capitalize() for word in COMMON}
    | {word.capitalize() for word in TITLES}
    | {"I", "A"}
)
_TAIL_COMMON = frozenset(["i", "a", "the"])


def _begins_sentence(text: str, start: int, first: int) -> bool:
    if start == first:
        return True
    if text[start - 1] in "“‘«" or (text[start - 1] == '"' and text[start - 2 : start - 1].isspace()):
        return True
    before = text[max(first, start - 4) : start].rstrip(" \u00a0\n\t\"“‘'«([*_—–-•")
    return not before or before[-1] in '.!?:…”"’'


def _is_common(word: str, *, is_beginning: bool, is_alone: bool) -> bool:
    if not (is_beginning or is_alone or word in ("I", "The", "A")):
        return False
    return word.partition("'")[0].partition("’")[0].lower() in COMMON


def _with_rest(text: str, left: int, right: int, last: int) -> int:
    """Lengthen the name of an organisation over "of", "for" and "and"."""
    for _ in range(3):
        longer = _LONGER.match(text, right, last)
        if not longer:
            return right
        words = _WORDS.findall(text, left, right)
        if (ORGANISATIONS | _SEATS).isdisjoint(words) or (" and" in longer[0] and words[-1] in ORGANISATIONS):
            return right
        following = _SEQUENCE.match(text, longer.end(), last)
        if not following:
            return right
        right = following.end()
        if text[right - 1] == "." and not _INITIALS.search(text, left, right):
            right -= 1
    return right


def _drop_uncertain(register: Register) -> None:
    """Drop single words that only begin a sentence, unless they are a name elsewhere."""
    certain: set[str] = set()
    for mention in register.mentions:
        if mention.is_certain:
            certain.update(mention.name.split())
    register.mentions = [
        one for one in register.mentions if one.is_certain or one.name in certain or one.name in PLACES
    ]
    # A longer name can take in the one that follows it.
    kept: list[Mention] = []
    for mention in register.mentions:
        if not kept or mention.start >= kept[-1].end:
            kept.append(mention)
    register.mentions = kept


def _tell_kinds(text: str, register: Register) -> None:
    """Tell people, organisations and places apart, by the words in and around their names."""
    for name, mentions in register.by_name.items():
        kind = _kind_of(text, name, mentions)
        for mention in mentions:
            mention.kind = kind
    for name, mentions in register.by_name.items():
        words = name.split()
        if mentions[0].kind == "PERSON" and len(words) > 1:
            last = words[-1] if words[-1].rstrip(".") not in ("Jr", "Sr", "II", "III") else words[-2]
            register.people.setdefault(last, name)
            register.people.setdefault(words[0], name)
            for step in range(1, len(words) - 1):
                register.people.setdefault(" ".join(words[step:]), name)
    for name, mentions in register.by_name.items():
        if name in register.people:
            for mention in mentions:
                mention.kind = "PERSON"


# Last words of laws, which are no people.
_LAWS = frozenset(
    "Act Acts Amendment Directive Ordinance Constitution Statute Accord Accords Protocol Convention Regulation".split()
)


def _kind_of(text: str, name: str, mentions: list[Mention]) -> str:
    if any(mention.title for mention in mentions):
        return "PERSON"
    if name in PLACES:
        return "PLACE"
    words = name.split()
    if words[0] in _PLACE_STARTS and len(words) > 1 and words[1] not in ORGANISATIONS:
        return "PLACE"
    if not ORGANISATIONS.isdisjoint(word.strip(".,'’s") for word in words):
        return "ORGANISATION"
    if len(words) == 1 and name.isupper() and len(name) < 7:
        return "ORGANISATION"
    if words[-1] in _LAWS and len(words) > 1:
        return "ORGANISATION"
    if (words[0] in FIRST_NAMES or words[0] in _MONTH_NAMES) and len(words) > 1:
        return "PERSON"
    person = place = organisation = 0
    for mention in mentions[:4]:
        before = text[max(0, mention.start - 16) : mention.start].lower().split()[-2:]
        last = before[-1] if before else ""
        if last in _PLACE_WORDS or (last == "the" and before[0] in _PLACE_WORDS) or last == "to":
            place += 2
        elif last.strip(",") in _KIN:
            person += 2
        elif last in ("told", "tells"):
            organisation += 2
        elif last in ("the", "The"):
            organisation += 1
        elif last in ("he", "she", "said", "says"):
            person += 2
        if _ACTS.match(text, mention.end) or _HAS_OF_ONES_OWN.match(text, mention.end):
            person += 2
        elif not place and _MAY_ACT.match(text, mention.end):
            person += 1
    if 2 <= len(words) <= 4 and all(word[0].isupper() or word in ("de", "van", "von") for word in words):
        person += 1
    if not (person or place or organisation):
        return "PLACE" if len(words) == 1 else "ORGANISATION"
    if person >= place and person >= organisation:
        return "PERSON"
    return "PLACE" if place >= organisation else "ORGANISATION"


def names(register: Register) -> list[Name]:
    """Return the names as they are told of: the first full form, its kind, and all mentions of any form."""
    joined: dict[str, list[Mention]] = {}
    for mention in register.mentions:
        full = (
            register.full(mention.name)
            if mention.kind == "PERSON"
            else register.acronyms.get(mention.name, mention.name)
        )
        joined.setdefault(full, []).append(mention)
    result = []
    for name, mentions in joined.items():
        is_known = mentions[0].kind != "PERSON" or " " in name
        sure = 0.8 if is_known and len(mentions) > 1 else 0.65
        result.append(Name(name, mentions[0].kind, [(one.start, one.end) for one in mentions], sure))
    return result
