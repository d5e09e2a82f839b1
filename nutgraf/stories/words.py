"""Keep the words that public stories open with, and guess from them what somebody meant whose words are not found."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import replace

from rapidfuzz import process
from rapidfuzz.distance import OSA

from nutgraf.stories import matching
from nutgraf.stories.matching import Question
from nutgraf.stories.models import Story, Word

SHORTEST, LONGEST = 3, 40
# Of so many guesses it is asked whether they are found.
GUESSES = 3
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")


def plain(text: str) -> str:
    """Return a text in small letters and without accents, as the index compares."""
    taken_apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in taken_apart if not unicodedata.combining(letter))


def keep(stories: Iterable[Story]) -> None:
    """Keep the words of those of the stories that are public; words that are there stay as they are."""
    found = {
        word
        for story in stories
        if story.live
        for text in (story.headline, story.short_head, story.lede_text, story.author_names())
        for word in _WORD.findall(unicodedata.normalize("NFC", text).lower())
        if SHORTEST <= len(word) <= LONGEST
    }
    rows = [Word(text=word, initial=plain(word)[:1], length=len(word)) for word in sorted(found)]
    Word.objects.bulk_create(rows, ignore_conflicts=True)


def guess(question: Question) -> list[str] | None:
    """Return the terms of a question that finds nothing, with those words put right that are nowhere, if it then finds something."""
    unknown = {term: _nearest(term) for term in question.terms if _is_unknown(term)}
    if not unknown or not all(unknown.values()):
        return None
    for place in range(GUESSES):
        terms = [_at(unknown[term], place) if term in unknown else term for term in question.terms]
        if matching.find(replace(question, terms=tuple(terms)), most=1).keys:
            return terms
    return None


def _is_unknown(term: str) -> bool:
    return not matching.find(Question(terms=(term,)), most=1).keys


def _at(words: list[str], place: int) -> str:
    return words[min(place, len(words) - 1)]


def _nearest(term: str) -> list[str]:
    """Return the kept words nearest to one that is misspelt, the nearest first."""
    word = plain(term)
    if not SHORTEST <= len(word) <= LONGEST or not word.isalpha():
        return []
    mistakes = 1 if len(word) < 5 else 2
    kept = Word.objects.filter(
        # The second letter, for where the first is doubled, changed places or was left in from before.
        initial__in=set(word[:2]),
        length__range=(len(word) - mistakes, len(word) + mistakes),
    ).values_list("text", flat=True)
    found = process.extract(
        word, list(kept), scorer=OSA.distance, processor=plain, score_cutoff=mistakes, limit=GUESSES
    )
    return [text for text, _distance, _place in found]
