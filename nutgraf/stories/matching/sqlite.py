"""Ask SQLite's full-text index which stories match, and which of them match best."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import connection

from nutgraf.stories.matching.question import Latest, Question, Span

_INDEX = "wagtailsearch_indexentry"
_WORDS = f"{_INDEX}_fts"
# What a word counts for in the autocomplete, which repeats the headline, in the rest of the text, and in the headline.
_WEIGHTS = "0.0, 1.0, 4.0"


def latest(question: Question, span: Span, *, kind: int, most: int) -> Latest:
    """Return up to so many that match."""
    match = _expression(question.terms, question.facets(span))
    if match is None:
        return Latest({})
    with connection.cursor() as cursor:
        # CROSS keeps SQLite from asking each entry whether it matches.
        both = f"{_WORDS} AS words CROSS JOIN {_INDEX} AS entry ON entry.id = words.rowid"
        asked = f"words.{_WORDS} MATCH %s AND entry.content_type_id = %s ORDER BY words.rowid DESC LIMIT %s"
        cursor.execute(f"SELECT entry.id, entry.object_id FROM {both} WHERE {asked}", [match, kind, most])  # noqa: S608 (our words)
        return Latest({entry: int(key) for entry, key in cursor.fetchall()})


def ranked(question: Question, entries: list[int]) -> list[int]:
    """Return entries that match a question in the order in which they match best."""
    # What they belong to narrows what is ranked. Between days that are neighbours in the index it is narrowed by place.
    # To weigh a phrase is to look for it in all that has its words; where few are left, its words tell them apart as well.
    terms = [word for term in question.terms for word in term.split()] if question.belongs_to else question.terms
    match = _expression(terms, [[word] for word in question.named()])
    with connection.cursor() as cursor:
        asked = f"{_WORDS} MATCH %s AND rowid BETWEEN %s AND %s ORDER BY bm25({_WORDS}, {_WEIGHTS}), rowid DESC"
        cursor.execute(f"SELECT rowid FROM {_WORDS} WHERE {asked}", [match, min(entries), max(entries)])  # noqa: S608 (our words)
        wanted = set(entries)
        return [entry for (entry,) in cursor.fetchall() if entry in wanted]


def headed(question: Question, entries: list[int]) -> set[int]:
    """Return those of the entries whose headline has every term."""
    match = f"{{title}} : ({_expression(question.terms, [])})"
    with connection.cursor() as cursor:
        asked = f"{_WORDS} MATCH %s AND rowid BETWEEN %s AND %s"
        cursor.execute(f"SELECT rowid FROM {_WORDS} WHERE {asked}", [match, min(entries), max(entries)])  # noqa: S608 (our words)
        return {entry for (entry,) in cursor.fetchall()} & set(entries)


def _expression(terms: Iterable[str], facets: Iterable[list[str]]) -> str | None:
    """Return a question as FTS5 is asked, or None if nothing can match; each text is a string of its own, so none is an operator."""
    groups = [f'"{term}"' for term in terms]
    for words in facets:
        if not words:
            return None
        groups.append("(" + " OR ".join(f'"{word}"' for word in words) + ")")
    return " AND ".join(groups) or None
