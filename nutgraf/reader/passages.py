"""The sentence of a story that says what somebody searched for, with their words marked in it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import chain

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from nutgraf.copydesk.sentences import sentences
from nutgraf.stories.models import Bullet, Point, Quote, Story
from nutgraf.stories.words import plain

# About three lines on a phone.
LONGEST = 240
# An index that knows of endings finds "ships" for "ship".
ENDING = 3
SHORTEST_STEM = 4
_WORD = re.compile(r"\w+")


def of(stories: Iterable[Story], terms: Iterable[str]) -> dict[int, SafeString]:
    """Return by story the passage that has most of the terms: three queries. Without terms or a match it has none."""
    wanted = {plain(word) for term in terms for word in _WORD.findall(term)}
    found = list(stories)
    if not wanted or not found:
        return {}
    texts: dict[int, list[str]] = {story.pk: [story.lede_text] for story in found}
    rows = chain(
        Point.objects.filter(story__in=found).order_by("position").values_list("story_id", "text"),
        Bullet.objects.filter(story__in=found).order_by("position").values_list("story_id", "text"),
        Quote.objects.filter(story__in=found).order_by("position").values_list("story_id", "words"),
    )
    for key, text in rows:
        texts[key].append(text)
    passages = {key: _best(some, wanted) for key, some in texts.items()}
    return {key: passage for key, passage in passages.items() if passage}


def marked(text: str, terms: Iterable[str]) -> SafeString:
    """Return a text as HTML, with the words of the terms marked."""
    return _marked(text, {plain(word) for term in terms for word in _WORD.findall(term)})


def _best(texts: Iterable[str], wanted: set[str]) -> SafeString | None:
    best, most = "", 0
    for text in texts:
        for start, end in sentences(text, 0, len(text)):
            sentence = text[start:end].strip()
            has = len(wanted & set(_matches(sentence, wanted).values()))
            if has > most:
                best, most = sentence, has
    return _marked(_shortened(best, wanted), wanted) if best else None


def _matches(text: str, wanted: set[str]) -> dict[tuple[int, int], str]:
    """Return where in a text a wanted word stands, and which one."""
    found = {}
    for match in _WORD.finditer(text):
        word = plain(match[0])
        one = word if word in wanted else next((one for one in wanted if _is_akin(word, one)), None)
        if one:
            found[match.span()] = one
    return found


def _is_akin(word: str, other: str) -> bool:
    shorter, longer = sorted((word, other), key=len)
    return len(shorter) >= SHORTEST_STEM and len(longer) - len(shorter) <= ENDING and longer.startswith(shorter)


def _shortened(text: str, wanted: set[str]) -> str:
    """Cut a long sentence to what stands round its first match, between words."""
    if len(text) <= LONGEST:
        return text
    first = min(_matches(text, wanted))[0]
    start = max(0, min(first - LONGEST // 3, len(text) - LONGEST))
    cut = text[start : start + LONGEST]
    if start and " " in cut[: LONGEST // 4]:
        cut = cut.partition(" ")[2]
    if start + LONGEST < len(text) and " " in cut[-LONGEST // 4 :]:
        cut = cut.rpartition(" ")[0]
    return f"{'… ' if start else ''}{cut}{' …' if start + LONGEST < len(text) else ''}"


def _marked(text: str, wanted: set[str]) -> SafeString:
    parts, at = [], 0
    for start, end in _matches(text, wanted):
        parts += [escape(text[at:start]), "<mark>", escape(text[start:end]), "</mark>"]
        at = end
    return mark_safe("".join([*parts, escape(text[at:])]))  # noqa: S308 (every part is escaped)
