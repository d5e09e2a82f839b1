"""Say which storylines a story seems to belong to, by the names and rare words that it shares with them, and how sure."""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Generic, TypeVar

from nutgraf.copydesk import names
from nutgraf.copydesk.lexicon import COMMON, SPEECH
from nutgraf.storylines.counted_words import plain

T = TypeVar("T")


class TraitKind(StrEnum):
    """What a story can share with others."""

    PERSON = "PERSON"
    ORGANISATION = "ORGANISATION"
    PLACE = "PLACE"
    WORD = "WORD"


# How much more a shared person says than a shared word.
_WEIGHTS = {TraitKind.PERSON: 1.0, TraitKind.ORGANISATION: 0.8, TraitKind.PLACE: 0.7, TraitKind.WORD: 0.4}
# The evidence at which a story is as likely to belong as not, and how fast it grows surer from there.
_EVEN, _STEP = 5.0, 1.0
# From here on a storyline is suggested; from the lower one on an editor is asked.
SURE, ASK = 0.85, 0.5
# A storyline's stories are counted up to here: the ones before say what it was about once.
MOST_STORIES = 60
_SHORTEST_WORD, _SHOWN_WORDS = 4, 5
# One story in so many is assumed to have a trait that has never been counted.
_UNSEEN = 0.5
# A young newsroom is taken to have as many stories, or whatever it has named once would be common.
_FEWEST = 60
_WORD = re.compile(rf"[^\W\d_]{{{_SHORTEST_WORD},}}")
_NAMING = frozenset([TraitKind.PERSON, TraitKind.ORGANISATION, TraitKind.PLACE])
# Words of every story, whatever it is about.
_EVERYDAY = frozenset(
    "according accused again also always another around asked because been before began being believe below better bring brought called came come comes could country days decided down each early"
    " ending enough ever every expect expected expects find first five following found four from full give given gives goes gone good half hand have heard here high himself hold hour however include including into itself"
    " just keep kept kind knew know known large last late later leader least leave left less like little long look looks made make makes making many march meet member midnight might minute monday month months more morning most much"
    " must need needs never news next nine nobody none nothing number offer official often once only open opened other others over paid part past people person place plan planned plans point public quarter quite reached"
    " really report right rise said same saturday seven several should show showed side since some something soon spoke start started still stood story such sunday take taken takes talk tell than thank thanked that their them then there these"
    " they thing think third this those though thought thousand three through thursday time today together told took tuesday under until upon used very want wanted wants wednesday week weeks well went were what when where"
    " which while whole whose will with without work would year years yesterday young your friday january february april june july august september october november december eight eleven twelve hundred million billion"
    " percent dollar euro cost spokesman spokeswoman spokesperson yet back both does done either evening night half held home house name named others seen says seem".split()
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Trait:
    """A name or a rare word in a story."""

    kind: TraitKind
    key: str
    shown: str

    @property
    def is_name(self) -> bool:
        return self.kind in _NAMING


@dataclass(slots=True)
class Profile:
    """What the stories of a storyline are about: how many there are, and how many of them have each trait."""

    stories: int = 0
    counts: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Commonness:
    """How many stories of the whole newsroom have a trait, of how many that were counted."""

    stories: int = 0
    counts: Mapping[str, int] = field(default_factory=dict)

    def beside(self, key: str, profile: Profile) -> float:
        """Return the share of stories that have a trait outside a storyline."""
        others = max(_FEWEST, self.stories - profile.stories)
        having = max(0, self.counts.get(key, 0) - profile.counts.get(key, 0))
        return (having + _UNSEEN) / (others + 1)


@dataclass(frozen=True, slots=True)
class Likeness(Generic[T]):
    """A storyline that a story is like, how sure that is from 0 to 1, and what they share, the most telling first."""

    storyline: T
    sure: float
    shared: tuple[Trait, ...]

    @property
    def is_sure(self) -> bool:
        return self.sure >= SURE


def traits_of(
    *,
    headline: str,
    text: str,
    stretches: list[tuple[int, int]] | None = None,
    register: names.Register | None = None,
    people: Iterable[str] = (),
    organisations: Iterable[str] = (),
    places: Iterable[str] = (),
) -> list[Trait]:
    """Return what a story can share, each trait once; names may be given that its facts hold already."""
    if register is None:
        register = names.find(text, stretches or [(0, len(text))])
    registers = [register]
    if not _is_in_title_case(headline):
        registers.append(names.find(headline, [(0, len(headline))]))
    found: dict[str, Trait] = {}
    given = {TraitKind.PERSON: people, TraitKind.ORGANISATION: organisations, TraitKind.PLACE: places}
    for kind, some in given.items():
        for words in some:
            _take(found, kind, words)
    for name in (name for one in registers for name in names.names(one)):
        full = register.full(name.name) if name.kind == TraitKind.PERSON else name.name
        _take(found, TraitKind(name.kind), full)
    named = {word for trait in found.values() for word in trait.key.split()}
    for word in _WORD.findall(f"{headline} {text}"):
        low = word.casefold()
        key = plain(low)
        if low in named or key in named or low in _COMMON or key in _COMMON:
            continue
        found.setdefault(f"~{key}", Trait(TraitKind.WORD, f"~{key}", low))
    return list(found.values())


def suggest(
    traits: Iterable[Trait], profiles: Mapping[T, Profile], commonness: Commonness, *, first: Collection[T] = ()
) -> list[Likeness[T]]:
    """Return the storylines that a story seems to belong to, the surest first; none that it shares no name with.

    What two storylines share speaks for the one that it speaks for most: a second one is
    only named for what the first has not explained. Those that are known to be right come `first`.
    """
    traits = list(traits)
    left = {storyline: _evidence(traits, profile, commonness) for storyline, profile in profiles.items()}
    explained: dict[str, float] = {}
    for storyline in first:
        _explain(explained, left.pop(storyline, {}))
    result: list[Likeness[T]] = []
    # The more is explained, the less is left: what is too little once never comes back.
    while left := {one: some for one, some in left.items() if _sure(_sum(some, explained)) >= ASK}:
        best = max(left, key=lambda one: _sum(left[one], explained))
        evidence = left.pop(best)
        beyond = {key: weight - explained.get(key, 0) for key, weight in evidence.items()}
        shared = sorted((one for one in traits if beyond.get(one.key, 0) > 0), key=lambda one: -beyond[one.key])
        if any(one.is_name for one in shared):
            result.append(Likeness(best, _sure(_sum(evidence, explained)), _to_show(shared)))
            _explain(explained, beyond)
    return sorted(result, key=lambda likeness: -likeness.sure)


def _evidence(traits: list[Trait], profile: Profile, commonness: Commonness) -> dict[str, float]:
    evidence = {}
    for trait in traits:
        count = profile.counts.get(trait.key, 0)
        if not count:
            continue
        beside = commonness.beside(trait.key, profile)
        within = (count + _UNSEEN * beside) / (profile.stories + _UNSEEN)
        weight = _WEIGHTS[trait.kind] * math.log(within / beside)
        if weight > 0:
            evidence[trait.key] = weight
    return evidence


def _sum(evidence: dict[str, float], explained: dict[str, float]) -> float:
    """Return what speaks for a storyline beyond what others have explained."""
    return sum(max(0, weight - explained.get(key, 0)) for key, weight in evidence.items())


def _explain(explained: dict[str, float], evidence: dict[str, float]) -> None:
    for key, weight in evidence.items():
        explained[key] = max(explained.get(key, 0), weight)


def _sure(evidence: float) -> float:
    return 1 / (1 + math.exp(-(evidence - _EVEN) / _STEP))


def _to_show(shared: list[Trait]) -> tuple[Trait, ...]:
    """Keep all names, and of the words the most telling."""
    words = [one for one in shared if not one.is_name][:_SHOWN_WORDS]
    return tuple(one for one in shared if one.is_name or one in words)


def _take(found: dict[str, Trait], kind: TraitKind, name: str) -> None:
    key = name_key(name)
    if key:
        found.setdefault(key, Trait(kind, key, " ".join(name.split())))


def _is_in_title_case(headline: str) -> bool:
    words = _WORD.findall(headline)[1:]
    return sum(word[0].isupper() for word in words) > len(words) / 2


def name_key(name: str) -> str:
    """Return what all spellings of a name have in common, whatever their case and their articles."""
    return " ".join(_name_words(name))


def _name_words(name: str) -> Iterator[str]:
    for word in re.findall(r"\w+", name.casefold().replace("’s", "").replace("'s", "")):
        if word not in ("the", "of"):
            yield word


_COMMON = _EVERYDAY | COMMON | SPEECH
