"""Ask PostgreSQL's full-text index which stories match, and which of them match best."""

from __future__ import annotations

from typing import Any

from django.db import connection

from nutgraf.stories.matching.question import Latest, Question, Span

_INDEX = "wagtailsearch_indexentry"
# So many of the newest stories that have the words of a phrase are looked through for it.
LOOKED_THROUGH = 2_000
# As Wagtail's own index of both is written, so that it is used.
_VECTOR = "(title || body)"


def latest(question: Question, span: Span, *, kind: int, most: int) -> Latest:
    """Return up to so many that match; of those with the words of a phrase only the newest are looked through for it."""
    facets = question.facets(span)
    if not all(facets):
        return Latest({})
    # Kept apart, since for a word believed to be frequent the planner would read all entries from the end.
    query, parameters = _query(question.terms, facets, are_phrases=False)
    matching = f"SELECT id, object_id FROM {_INDEX} WHERE {_VECTOR} @@ ({query}) AND content_type_id = %s"  # noqa: S608 (our words)
    latest = f"WITH found AS MATERIALIZED ({matching}) SELECT id, object_id FROM found ORDER BY id DESC LIMIT %s"  # noqa: S608 (our words)
    if question.has_phrases:
        return _with_phrases(question, latest, [*parameters, kind], most=most)
    with connection.cursor() as cursor:
        cursor.execute(latest, [*parameters, kind, most])
        return Latest(_keyed(cursor.fetchall()))


def _with_phrases(question: Question, latest: str, parameters: list[Any], *, most: int) -> Latest:
    """Look for phrases among the newest that have their words: the index knows no places, so each is opened."""
    query, phrases = _query(question.terms, [])
    with connection.cursor() as cursor:
        cursor.execute(latest, [*parameters, LOOKED_THROUGH + 1])
        newest = _keyed(cursor.fetchall())
        keys = list(newest)[:LOOKED_THROUGH]
        both = f"SELECT id FROM {_INDEX} WHERE id = ANY(%s) AND {_VECTOR} @@ ({query}) ORDER BY id DESC LIMIT %s"  # noqa: S608 (our words)
        cursor.execute(both, [keys, *phrases, most])
        found = {entry: newest[entry] for (entry,) in cursor.fetchall()}
    return Latest(found, LOOKED_THROUGH if len(newest) > LOOKED_THROUGH else 0)


def _keyed(rows: list[tuple[int, str]]) -> dict[int, int]:
    return {entry: int(key) for entry, key in rows}


def ranked(question: Question, entries: list[int]) -> list[int]:
    """Return entries that match a question in the order in which they match best."""
    query, parameters = _query(question.terms, [])
    with connection.cursor() as cursor:
        best = f"ts_rank({_VECTOR}, {query}) DESC, id DESC"
        cursor.execute(f"SELECT id FROM {_INDEX} WHERE id = ANY(%s) ORDER BY {best}", [entries, *parameters])  # noqa: S608 (our words)
        return [entry for (entry,) in cursor.fetchall()]


def headed(question: Question, entries: list[int]) -> set[int]:
    """Return those of the entries whose headline has every term."""
    query, parameters = _query(question.terms, [])
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id FROM {_INDEX} WHERE id = ANY(%s) AND title @@ ({query})", [entries, *parameters])  # noqa: S608 (our words)
        return {entry for (entry,) in cursor.fetchall()}


def _query(terms: tuple[str, ...], facets: list[list[str]], *, are_phrases: bool = True) -> tuple[str, list[Any]]:
    """Return a question as an expression of PostgreSQL's, and what stands in it; or without asking where words stand."""
    # Of a single word both make the same, of a word with a hyphen what the index has of it.
    parts: list[str] = [f"{'phrase' if are_phrases else 'plain'}to_tsquery(%s)"] * len(terms)
    parameters: list[Any] = [*terms]
    if facets:
        parts.append("%s::tsquery")
        parameters.append(" & ".join(f"({' | '.join(words)})" for words in facets))
    return " && ".join(parts), parameters
