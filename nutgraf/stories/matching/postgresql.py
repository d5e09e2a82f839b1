"""Ask PostgreSQL's full-text index which stories match, and which of them match best."""

from __future__ import annotations

from typing import Any

from django.db import connection

from nutgraf.stories.matching.question import Question, Span

_INDEX = "wagtailsearch_indexentry"
# As Wagtail's own index of both is written, so that it is used.
_VECTOR = "(title || body)"


def latest(question: Question, span: Span, *, kind: int, most: int) -> dict[int, int]:
    """Return up to so many that match, those filed last first: the entry's key in the index, and the story's."""
    facets = question.facets(span)
    if not all(facets):
        return {}
    query, parameters = _query(question.terms, facets)
    with connection.cursor() as cursor:
        # Kept apart, since for a word believed to be frequent the planner would read all entries from the end.
        matching = f"SELECT id, object_id FROM {_INDEX} WHERE {_VECTOR} @@ ({query}) AND content_type_id = %s"  # noqa: S608 (our words)
        latest = f"WITH found AS MATERIALIZED ({matching}) SELECT id, object_id FROM found ORDER BY id DESC LIMIT %s"  # noqa: S608 (our words)
        cursor.execute(latest, [*parameters, kind, most])
        return {entry: int(key) for entry, key in cursor.fetchall()}


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


def _query(terms: tuple[str, ...], facets: list[list[str]]) -> tuple[str, list[Any]]:
    """Return a question as an expression of PostgreSQL's, and what stands in it."""
    # Of a single word this makes the same as of a phrase, of a word with a hyphen what the index has of it.
    parts, parameters = ["phraseto_tsquery(%s)"] * len(terms), [*terms]
    if facets:
        parts.append("%s::tsquery")
        parameters.append(" & ".join(f"({' | '.join(words)})" for words in facets))
    return " && ".join(parts), parameters
