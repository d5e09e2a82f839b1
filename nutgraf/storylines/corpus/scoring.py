"""Score suggestions on the labelled set: told story by story as they came, and number by number."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from nutgraf.storylines import likeness
from nutgraf.storylines.corpus import Pair, Told
from nutgraf.storylines.likeness import Commonness, Profile
from nutgraf.storylines.sameness import Answer, same

PRECISION_AIM, RECALL_AIM = 0.9, 0.8
# So many stories an owner puts into a storyline by hand, before anything can be suggested.
_BY_HAND = 2


@dataclass
class Tally:
    """How often something was said, rightly and wrongly, how often it was asked, and how often neither."""

    right: int = 0
    wrong: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)
    asked_rightly: int = 0
    asked_wrongly: int = 0

    @property
    def precision(self) -> float:
        said = self.right + len(self.wrong)
        return self.right / said if said else 0.0

    @property
    def recall(self) -> float:
        due = self.right + len(self.missed)
        return self.right / due if due else 0.0


def score_stories(stories: Iterable[Told], *, part: str) -> Tally:
    """Suggest storylines for each story from the ones before it; only the stories of one part count."""
    tally = Tally()
    profiles: dict[str, Profile] = {}
    common: Counter[str] = Counter()
    for number, story in enumerate(stories):
        traits = likeness.traits_of(headline=story.headline, text=story.text)
        if story.part == part:
            found = likeness.suggest(traits, profiles, Commonness(number, common))
            due = {name for name in story.storylines if name in profiles and profiles[name].stories >= _BY_HAND}
            _count(tally, story, {one.storyline for one in found if one.is_sure}, due, {one.storyline for one in found})
        keys = [trait.key for trait in traits]
        common.update(keys)
        for name in story.storylines:
            profile = profiles.setdefault(name, Profile())
            profile.stories += 1
            profile.counts = Counter(profile.counts) + Counter(keys)
    return tally


def score_numbers(pairs: Iterable[Pair]) -> Tally:
    """Judge each pair; what is answered "same" counts, and what is asked is told apart."""
    tally = Tally()
    for pair in pairs:
        answer = same(pair.one, pair.other).answer
        if answer is Answer.YES:
            if pair.answer is Answer.YES:
                tally.right += 1
            else:
                tally.wrong.append(pair.line)
        elif pair.answer is Answer.YES:
            tally.missed.append(pair.line)
        if answer is Answer.UNSURE:
            tally.asked_rightly += pair.answer is not Answer.NO
            tally.asked_wrongly += pair.answer is Answer.NO
    return tally


def _count(tally: Tally, story: Told, sure: set[str], due: set[str], named: set[str]) -> None:
    asked = named - sure
    tally.right += len(sure & due)
    tally.wrong += [f"{name}: {story.headline}" for name in sure - story.storylines]
    tally.missed += [f"{name}: {story.headline}" for name in due - sure]
    tally.asked_rightly += len(asked & story.storylines)
    tally.asked_wrongly += len(asked - story.storylines)
