"""Hear every change that Django's ORM makes, and write down what it touches in the transaction that makes it.

`save`, `bulk_update`, `QuerySet.update` and deletion by cascade all end in one
of three compilers, which is why we listen there and not to signals, that only
some of them send.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import models, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.query import QuerySet
from django.db.models.sql import compiler as sql
from django.db.models.sql.query import Query

from nutgraf.published import keys, orm, outbox, recording

# A change of more rows than this is told as a change of the whole table.
MOST_ROWS = 500

Rows = dict[Any, dict[str, Any]]

_WRITES = re.compile(r'\s*(?:INSERT INTO|UPDATE|DELETE FROM|TRUNCATE)\s+"?(\w+)', re.IGNORECASE)
# Wagtail's tree keeps its paths and counts in SQL of its own; no page shows them.
_RAW_AND_UNSEEN = {"wagtailcore_page", "wagtailcore_collection"}


def listen() -> None:
    """Put our ears on the ORM, once for the whole process."""
    if getattr(BaseDatabaseWrapper.commit, "is_nutgraf", False):
        return
    for compiler, hearing in (
        (sql.SQLInsertCompiler, _inserting),
        (sql.SQLUpdateCompiler, _updating),
        (sql.SQLDeleteCompiler, _deleting),
    ):
        setattr(compiler, "execute_sql", hearing(compiler.execute_sql))  # noqa: B010 (not ours, so not by its name)
    for name, first in (("commit", outbox.flush), ("rollback", outbox.forget)):
        setattr(BaseDatabaseWrapper, name, _before(getattr(BaseDatabaseWrapper, name), first))
    orm.wrap_statements(_tell_raw_sql)


def _before(original: Callable[..., None], first: Callable[[Any], None]) -> Callable[..., None]:
    @wraps(original)
    def both(self: BaseDatabaseWrapper) -> None:
        first(self)
        original(self)

    both.is_nutgraf = True  # type: ignore[attr-defined]
    return both


def _speaking(original: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(original)
    def execute_sql(self: Any, *args: Any, **kwargs: Any) -> Any:
        recording.refuse("it changes the database")
        with orm.speaking():
            return original(self, *args, **kwargs)

    return execute_sql


def _inserting(original: Callable[..., Any]) -> Callable[..., Any]:
    original = _speaking(original)

    @wraps(original)
    def execute_sql(self: Any, *args: Any, **kwargs: Any) -> Any:
        model = self.query.get_meta().model
        if not _is_followed(model):
            return original(self, *args, **kwargs)
        with transaction.atomic(using=self.using, savepoint=False):
            result = original(self, *args, **kwargs)
            if len(self.query.objs) > MOST_ROWS:
                outbox.add_table(self.connection, model._meta.db_table)
            else:
                given = [_given(model, one) for one in self.query.objs]
                for values, returned in zip(given, result or (), strict=False):
                    values["pk"] = values["pk"] if values["pk"] is not None else returned[0]
                _tell(self.connection, model, given)
        return result

    return execute_sql


def _updating(original: Callable[..., Any]) -> Callable[..., Any]:
    original = _speaking(original)

    @wraps(original)
    def execute_sql(self: Any, *args: Any, **kwargs: Any) -> Any:
        model = self.query.get_meta().model
        unseen = keys.UNSEEN.get(model._meta.db_table, frozenset())
        seen = {field.attname for field, _, _ in self.query.values if field.column not in unseen}
        if not seen or not _is_followed(model):
            return original(self, *args, **kwargs)
        with transaction.atomic(using=self.using, savepoint=False):
            columns = sorted(seen | set(keys.watched(model)))
            before = _rows(self.query, model, self.using, columns)
            result = original(self, *args, **kwargs)
            if len(before) > MOST_ROWS:
                outbox.add_table(self.connection, model._meta.db_table)
            elif before:
                now: QuerySet[Any, Any] = QuerySet(model=model, using=self.using).filter(pk__in=list(before))
                after = _keyed(now.values("pk", *columns))
                _tell_differences(self.connection, model, before, after)
        return result

    return execute_sql


def _deleting(original: Callable[..., Any]) -> Callable[..., Any]:
    original = _speaking(original)

    @wraps(original)
    def execute_sql(self: Any, *args: Any, **kwargs: Any) -> Any:
        model = self.query.get_meta().model
        if not _is_followed(model):
            return original(self, *args, **kwargs)
        with transaction.atomic(using=self.using, savepoint=False):
            before = _rows(self.query, model, self.using, keys.watched(model))
            result = original(self, *args, **kwargs)
            if len(before) > MOST_ROWS:
                outbox.add_table(self.connection, model._meta.db_table)
            else:
                _tell(self.connection, model, before.values())
        return result

    return execute_sql


def _is_followed(model: type[models.Model]) -> bool:
    # A migration has models of its own; after one the whole store is pressed anew.
    is_ours = model._meta.apps is apps and model._meta.db_table not in keys.HOUSEKEEPING
    return is_ours and settings.PAGE_STORE and not orm.is_deaf()


def _given(model: type[models.Model], instance: Any) -> dict[str, Any]:
    return {"pk": instance.pk, **{name: getattr(instance, name) for name in keys.watched(model)}}


def _rows(query: Any, model: type[models.Model], using: str, columns: Iterable[str]) -> Rows:
    asked = query.chain(klass=Query)
    asked.select_related = False
    asked.clear_ordering(force=True)
    with recording.paused():
        return _keyed(QuerySet(model=model, query=asked, using=using).values("pk", *columns)[: MOST_ROWS + 1])


def _keyed(rows: Iterable[dict[str, Any]]) -> Rows:
    return {row["pk"]: row for row in rows}


def _tell(connection: Any, model: type[models.Model], rows: Iterable[dict[str, Any]]) -> None:
    listing = keys.LISTINGS.get(model._meta.db_table)
    for row in rows:
        outbox.add(connection, keys.of_row(model, row))
        if listing:
            outbox.add_place(connection, listing.name(row), listing.place(row))


def _tell_differences(connection: Any, model: type[models.Model], before: Rows, after: Rows) -> None:
    changed = [key for key in before if before[key] != after.get(key)]
    _tell(connection, model, [rows[key] for key in changed for rows in (before, after) if key in rows])
    columns = {field.attname: str(field.column) for field in model._meta.local_concrete_fields}
    differing = {
        name for key in changed if key in after for name in columns if before[key].get(name) != after[key].get(name)
    }
    outbox.add(connection, (keys.column(model._meta.db_table, columns[name]) for name in differing))


def _tell_raw_sql(execute: Callable[..., Any], statement: Any, params: Any, many: bool, context: Any) -> Any:
    result = execute(statement, params, many, context)
    if not orm.is_speaking() and (found := _WRITES.match(str(statement))) and _is_followed_raw(found[1]):
        connection = context["connection"]
        with transaction.atomic(using=connection.alias, savepoint=False):
            outbox.add_table(connection, found[1])
    return result


def _is_followed_raw(table: str) -> bool:
    return table not in _RAW_AND_UNSEEN | keys.HOUSEKEEPING and settings.PAGE_STORE and not orm.is_deaf()
