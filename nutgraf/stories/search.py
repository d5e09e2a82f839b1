"""Wagtail's database search, without the two costs that grow with the archive.

The stock back ends read the length of every title in the index each time that
one object is saved, and on SQLite compute each match's rank in a query of its
own. Here norms are refreshed only when the whole index is rebuilt, and SQLite
ranks at most `CANDIDATES` matches, once. Measured in bench/search.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import connection
from django.db.models import CharField, QuerySet, Value
from django.db.models.functions import Cast, Concat, StrIndex
from modelsearch.backends import database, get_search_backends_with_name
from modelsearch.backends.base import BaseSearchBackend
from modelsearch.query import PlainText, SearchQuery
from modelsearch.tasks import insert_or_update_object_task

# A reader looks at a few pages of results; more than this many matches is a word, not a search.
CANDIDATES = 1000


class CalmIndex:
    """An index that leaves title norms alone until it is rebuilt, and beside which the words of stories are kept."""

    def _refresh_title_norms(self, full: bool = False) -> None:
        if full:
            super()._refresh_title_norms(full=True)  # type: ignore[misc]  # the index comes after us

    def add_items(self, model: type[Any], objs: Sequence[Any]) -> None:
        """Write objects into the index, and keep the words of stories apart."""
        from nutgraf.stories import words
        from nutgraf.stories.models import Story

        super().add_items(model, objs)  # type: ignore[misc]  # the index comes after us
        if issubclass(model, Story):
            words.keep(objs)


def SearchBackend(params: dict[str, Any]) -> BaseSearchBackend:
    """Return the search back end for the database in use; Wagtail imports it by this name."""
    backend = database.SearchBackend(params)
    if connection.vendor in ("sqlite", "postgresql"):
        stock = backend.index_class
        backend.index_class = type(f"Calm{stock.__name__}", (CalmIndex, stock), {})
    if connection.vendor == "sqlite":
        backend.query_compiler_class = _capped(backend.query_compiler_class)
        backend.autocomplete_query_compiler_class = _capped(backend.autocomplete_query_compiler_class)
    return backend


def _capped(stock: type) -> type:
    class CappedQueryCompiler(stock):
        def search(
            self, config: Any, start: int | None, stop: int | None, score_field: str | None = None
        ) -> QuerySet[Any]:
            keys = None if score_field else self._best_keys(config)
            if keys is None:
                return super().search(config, start, stop, score_field=score_field)
            found = self.queryset.filter(pk__in=keys)
            if self.order_by_relevance:
                found = found.order_by(_place_in(keys))
            elif not found.query.order_by:
                found = found.order_by("-pk")
            return found[start:stop]

        def build_search_query_content(self, query: SearchQuery, config: Any = None) -> Any:
            # FTS5 takes a quotation mark for the start of a string, and a lone one for a mistake.
            if isinstance(query, PlainText):
                query = PlainText(query.query_string.replace('"', " "), operator=query.operator)
            return super().build_search_query_content(query, config=config)

        def _best_keys(self, config: Any) -> list[str] | None:
            # None where the query excludes words or asks for everything: the stock way serves those.
            from modelsearch.backends.database.sqlite import query as sqlite_query
            from modelsearch.backends.database.sqlite import sqlite

            query = sqlite_query.normalize(self.query)
            if isinstance(query, sqlite.MatchAll | sqlite.Not):
                return None
            content = self.build_search_query(query, config=config)
            if content is None:
                return []
            matches = sqlite.SQLiteFTSIndexEntry.objects.filter(
                sqlite_query.MatchExpression(self.fields or self.FTS_TABLE_FIELDS, content),
                index_entry__content_type__in=sqlite.get_descendants_content_types_pks(self.queryset.model),
            ).order_by(self._build_rank_expression(self.get_search_vectors(), config))
            return list(matches.values_list("index_entry__object_id", flat=True)[:CANDIDATES])

    return CappedQueryCompiler


def _place_in(keys: list[str]) -> StrIndex:
    comma = Value(",")
    return StrIndex(Value(f",{','.join(keys)},"), Concat(comma, Cast("pk", CharField()), comma))


def write(stories: Sequence[Any]) -> None:
    """Write public stories into the index now, many at once."""
    for _name, backend in get_search_backends_with_name(with_auto_update=True):
        backend.add_bulk(type(stories[0]), stories)


def note_again(story: Any) -> None:
    """Have the index follow a change of what a story belongs to, which is not a change of its own row."""
    insert_or_update_object_task.enqueue(story._meta.app_label, story._meta.model_name, str(story.pk))
