"""Hear every change that Django's ORM makes, and write down what it touches in the transaction that makes it.

`save`, `bulk_update`, `QuerySet.update` and deletion by cascade all end in one
of three compilers, which is why we listen there and not to signals, that only
some of them send.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache, wraps
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connections, models, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.constants import OnConflict
from django.db.models.query import QuerySet
from django.db.models.sql import compiler as sql
from django.db.models.sql.constants import ROW_COUNT
from django.db.models.sql.query import Query

from nutgraf.published import keys, orm, outbox, recording

# A change of more rows than this is told as a change of the whole table.
MOST_ROWS = 500

Rows = dict[Any, dict[str, Any]]

_WRITES = re.compile(
    r"\s*(?:WITH\b.*?\b)?(?:INSERT|UPDATE|DELETE|REPLACE|MERGE|TRUNCATE|COPY|DO|CALL|EXECUTE|EXPLAIN)\b",
    re.IGNORECASE | re.DOTALL,
)
_COMMENT = re.compile(r"/\*.*?\*/|--[^\n]*", re.DOTALL)


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
    setattr(BaseDatabaseWrapper, "commit", _committing(BaseDatabaseWrapper.commit))  # noqa: B010 (as above)
    setattr(BaseDatabaseWrapper, "rollback", _rolling_back(BaseDatabaseWrapper.rollback))  # noqa: B010 (as above)
    orm.wrap_statements(_tell_raw_sql)


def _committing(original: Callable[..., None]) -> Callable[..., None]:
    @wraps(original)
    def commit(self: BaseDatabaseWrapper) -> None:
        try:
            outbox.flush(self)
        except BaseException:  # Also what ends the process.
            # Django would end the transaction in its own way, which on SQLite is to commit it.
            self.rollback()
            raise
        original(self)

    commit.is_nutgraf = True  # type: ignore[attr-defined]  # an attribute of ours
    return commit


def _rolling_back(original: Callable[..., None]) -> Callable[..., None]:
    @wraps(original)
    def rollback(self: BaseDatabaseWrapper) -> None:
        outbox.forget(self)
        original(self)

    return rollback


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
            given = [_given(model, one) for one in self.query.objs[: MOST_ROWS + 1]]
            # What the database makes up or what was there before, we do not know.
            is_vague = self.query.on_conflict == OnConflict.UPDATE or any(map(_is_made_up, given))
            if len(given) > MOST_ROWS or is_vague:
                outbox.add_tables(self.connection, keys.whole(model))
            else:
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
        table = model._meta.db_table
        unfollowed = keys.UNFOLLOWED.get(table, frozenset())
        fields = [field for field, _, _ in self.query.values if field.column not in unfollowed]
        columns = {str(field.column) for field in fields}
        if not columns or not _is_followed(model):
            return original(self, *args, **kwargs)
        with transaction.atomic(using=self.using, savepoint=False):
            if columns <= keys.UNSEEN.get(table, frozenset()):
                outbox.add(self.connection, (keys.column(table, name) for name in columns))
                return original(self, *args, **kwargs)
            wanted = {field.attname for field in fields} | set(keys.watched(model))
            before = _rows(self.query, model, self.using, sorted(wanted))
            changed = original(self, *args, **kwargs)
            after = _now(before, model, self.using, sorted(wanted)) if _is_all(before, changed, args) else {}
            if before.keys() == after.keys():
                _tell_differences(self.connection, model, before, after)
            else:
                outbox.add_tables(self.connection, keys.whole(model))
        return changed

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
            deleted = original(self, *args, **kwargs)
            if _is_all(before, deleted, args):
                _tell(self.connection, model, before.values())
            else:
                outbox.add_tables(self.connection, keys.whole(model))
        return deleted

    return execute_sql


def _is_followed(model: type[models.Model]) -> bool:
    # A migration has models of its own; after one the whole store is pressed anew.
    is_ours = model._meta.apps is apps and model._meta.db_table not in keys.HOUSEKEEPING
    return is_ours and _is_listening()


def _is_listening() -> bool:
    # Changes are written down even by a process that keeps no pages, because another one may keep some.
    return (settings.PAGE_STORE or settings.ENV != "test") and not orm.is_deaf()


def _given(model: type[models.Model], instance: Any) -> dict[str, Any]:
    # A part of a row that inherits may be saved by itself: what is not at hand is not of this table.
    return {"pk": instance.pk, **{name: getattr(instance, name) for name in keys.watched(model)}}


def _is_made_up(values: dict[str, Any]) -> bool:
    return any(hasattr(value, "resolve_expression") for value in values.values())


def _rows(query: Any, model: type[models.Model], using: str, columns: Iterable[str]) -> Rows:
    """Return the rows that a statement is about to change, and one more than we tell if there are too many.

    Nobody changes them before the statement does: of what another transaction
    wrote meanwhile, the statement would otherwise make something that we call no change.
    """
    asked = query.chain(klass=Query)
    asked.select_related = False
    asked.clear_ordering(force=True)
    rows: QuerySet[Any] = QuerySet(model=model, query=asked, using=using)
    if connections[using].features.has_select_for_update:
        rows = _held(rows)
    with recording.paused():
        return _keyed(rows.values("pk", *columns)[: MOST_ROWS + 1])


def _held(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Return rows so that nobody else changes them until our transaction ends; others may go on pointing at them.

    Rows that are gathered from several cannot be held.
    """
    query = rows.query
    if query.distinct or query.group_by or query.combinator:
        return rows
    if not isinstance(rows.model._meta.pk, models.CompositePrimaryKey):
        return rows.select_for_update(of=("self",), no_key=True)
    # Django cannot say which table it means where a key has several columns.
    is_joined = sum(map(bool, query.alias_refcount.values())) > 1
    return rows if is_joined else rows.select_for_update(no_key=True)


def _now(before: Rows, model: type[models.Model], using: str, columns: Iterable[str]) -> Rows:
    with recording.paused():
        return _keyed(QuerySet(model=model, using=using).filter(pk__in=list(before)).values("pk", *columns))


def _keyed(rows: Iterable[dict[str, Any]]) -> Rows:
    return {row["pk"]: row for row in rows}


def _is_all(before: Rows, changed: Any, asked: tuple[Any, ...]) -> bool:
    """Say whether we know each row that was changed: on PostgreSQL another may have come in between."""
    is_counted = ROW_COUNT in asked and changed is not None
    return len(before) <= MOST_ROWS and (not is_counted or changed == len(before))


def _tell(connection: Any, model: type[models.Model], rows: Iterable[dict[str, Any]]) -> None:
    listing = keys.LISTINGS.get(model._meta.db_table)
    for row in rows:
        outbox.add(connection, keys.of_row(model, row))
        if listing:
            outbox.add_place(connection, listing.name(row), listing.place(row))


def _tell_differences(connection: Any, model: type[models.Model], before: Rows, after: Rows) -> None:
    listing = keys.LISTINGS.get(model._meta.db_table)
    for key, was in before.items():
        if was == after[key]:
            continue
        outbox.add(connection, keys.of_change(model, was, after[key]))
        if listing:
            for row in (was, after[key]):
                outbox.add_place(connection, listing.name(row), listing.place(row))


def _tell_raw_sql(execute: Callable[..., Any], statement: Any, params: Any, many: bool, context: Any) -> Any:
    connection = context["connection"]
    if orm.is_speaking() or not _is_listening() or not _is_writing(statement):
        return execute(statement, params, many, context)
    with transaction.atomic(using=connection.alias, savepoint=False):
        result = execute(statement, params, many, context)
        followed = _followed_tables()
        for table in followed.keys() & set(re.findall(r"\w+", str(statement).lower())):
            outbox.add_tables(connection, followed[table])
    return result


def _is_writing(statement: Any) -> bool:
    # A driver's own composition shows its words only somewhere in the middle.
    if not isinstance(statement, str):
        return bool(_WRITES.search(str(statement)))
    return any(map(_WRITES.match, _COMMENT.sub(" ", statement).split(";")))


@cache
def _followed_tables() -> dict[str, set[str]]:
    kinds = {kind._meta.db_table: kind for kind in apps.get_models(include_auto_created=True)}
    return {table.lower(): keys.whole(kind) for table, kind in kinds.items() if table not in keys.HOUSEKEEPING}
