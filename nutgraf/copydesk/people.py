"""Know the people of a story: where they are named outside quotations, their first full names, roles and houses."""

from __future__ import annotations

import bisect
import re
from collections.abc import Sequence
from dataclasses import dataclass

from nutgraf.copydesk import offices
from nutgraf.copydesk.agencies import is_house
from nutgraf.copydesk.found import Span
from nutgraf.copydesk.names import Mention, Register

_SENTENCE_END = re.compile(r"[.!?][\"”’')]*\s|\n")
# "Magistrate Helen Tran asked Darren Coyle why. “…,” he said": who is asked answers.
_ASKED = re.compile(r"\s(?:\w+\s)?(?:asked|asks|questioned|interviewed)\s(?:[a-z]+\s){0,3}")
_OFFICE = re.compile(r"(?:the|its|their|his|her)\s((?:[a-z-]+\s)?[a-z-]+)\Z", re.IGNORECASE)


@dataclass(slots=True)
class Person:
    """A speaker as a quote names one."""

    name: str
    role: str
    affiliation: str
    is_full: bool


class People:
    """The people of a story; `marked` are its quotations, in which nobody is named who speaks them."""

    def __init__(self, text: str, stretches: Sequence[Span], register: Register, marked: Sequence[Span]) -> None:
        self.text = text
        self.stretches = stretches
        self.register = register
        starts = [left for left, _ in marked]
        self.outside = [one for one in register.mentions if not _is_within(one, marked, starts)]
        self.starts = [one.start for one in self.outside]
        self.last_speaker = ""
        # Who was last "he", and who "she".
        self.called: dict[str, str] = {}
        self.roles: dict[str, tuple[str, str]] = {}

    def names_another(self, start: int, end: int, than: str) -> bool:
        """Tell whether a person is named between two places who is not the one who speaks."""
        name = self.register.full(than)
        people = [one for one in self.between(start, end) if one.kind == "PERSON"]
        return any(self.register.full(one.name) != name for one in people)

    def named_before(self, at: int) -> str:
        """Return the person who was last named outside quotations, before a place."""
        place = bisect.bisect_left(self.starts, at)
        near = [
            one for one in self.outside[max(0, place - 12) : place] if one.kind == "PERSON" and not self._is_paper(one)
        ]
        subject = ""
        for before, mention in zip([None, *near], near, strict=False):
            is_first = before is None or bool(_SENTENCE_END.search(self.text, before.end, mention.start))
            # Whom a sentence begins with, it is about: "Brook has not heard from Lane. … she said".
            is_asked = before is not None and bool(_ASKED.fullmatch(self.text, before.end, mention.begin))
            if is_first or not subject or is_asked:
                subject = mention.name
        return self.register.full(subject)

    def _is_paper(self, mention: Mention) -> bool:
        """Tell "the Brenda Mail" from a person."""
        before = self.text[max(0, mention.begin - 4) : mention.begin].lower()
        return before == "the " and is_house(mention.name)

    def between(self, start: int, end: int) -> list[Mention]:
        left = bisect.bisect_left(self.starts, start)
        right = bisect.bisect_left(self.starts, end)
        return [one for one in self.outside[left:right] if one.end <= end]

    def named_in(self, start: int, end: int, *, first_one: bool = True) -> Mention | None:
        inside = self.between(start, end)
        return inside[0 if first_one else -1] if inside else None

    def of_pronoun(self, pronoun: str, name: str) -> str:
        """Return whom "he" or "she" means: not the one who was last the other of them, if this one was said of somebody."""
        other = {"he": "she", "she": "he"}.get(pronoun)
        if other is None:
            return name
        if self.called.get(other) == name and pronoun in self.called:
            name = self.called[pronoun]
        self.called[pronoun] = name
        return name

    def heard(self, speaker: str) -> None:
        """Remember who spoke last."""
        self.last_speaker = self.register.full(speaker)

    # What a speaker is

    def person(self, speaker: str, title: str, at: int) -> Person:
        """Return the speaker with the first full form of the name, role and house."""
        name = ("" if title else self._holder(speaker, at)) or self.register.full(speaker)
        if name not in self.roles:
            self.roles[name] = self._role(name)
        role, house = self.roles[name]
        return Person(name, offices.bare(role or title), house, " " in name)

    def _holder(self, speaker: str, at: int) -> str:
        """Return who is meant by "the governor": the one person before who has that title, or nobody."""
        found = _OFFICE.match(speaker)
        if not found:
            return ""
        office = offices.key(found[1])
        holders = {
            self.register.full(one.name)
            for one in self.outside[: bisect.bisect_left(self.starts, at)][-200:]
            if one.kind == "PERSON" and office in (offices.key(one.title), offices.key(self._told_role(one.name)))
        }
        return holders.pop() if len(holders) == 1 else ""

    def _told_role(self, name: str) -> str:
        full = self.register.full(name)
        if full not in self.roles:
            self.roles[full] = self._role(full)
        return self.roles[full][0]

    def _role(self, name: str) -> tuple[str, str]:
        """Return role and house from the first mention that tells them."""
        mentions = (
            [one for one in self.outside if self.register.full(one.name) == name] if len(self.outside) < 400 else []
        )
        for mention in [*mentions, *self.register.by_name.get(name, [])][:8]:
            role, house = offices.at(self.text, mention, self._stretch_end(mention.start))
            if role or house:
                return role, house
        return "", ""

    def stretch_start(self, at: int) -> int:
        """Return where the paragraph begins that a place is in."""
        place = bisect.bisect_right([start for start, _ in self.stretches], at) - 1 if len(self.stretches) < 400 else -1
        return self.stretches[place][0] if place >= 0 else at

    def _stretch_end(self, at: int) -> int:
        place = bisect.bisect_right([start for start, _ in self.stretches], at) - 1 if len(self.stretches) < 400 else -1
        return self.stretches[place][1] if place >= 0 else min(len(self.text), at + 400)


def _is_within(mention: Mention, borders: Sequence[Span], starts: list[int]) -> bool:
    place = bisect.bisect_right(starts, mention.start) - 1
    return place >= 0 and mention.start < borders[place][1]
