"""Hear every question that Django's ORM asks while a page is rendered, and name what the answer depends on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import wraps
from typing import Any

from django.db import models
from django.db.models import lookups
from django.db.models.expressions import Col
from django.db.models.sql import compiler as sql
from django.db.models.sql.query import Query
from django.db.models.sql.where import AND, ExtraWhere, WhereNode

from nutgraf.published import keys, orm, recording
from nutgraf.published.recording import Recording

WRITERS = (sql.SQLInsertCompiler, sql.SQLUpdateCompiler, sql.SQLDeleteCompiler)

# Statements that Django sends beside the ORM's and that ask for nothing.
HARMLESS = ("SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN", "COMMIT", "SET ", "PRAGMA")


def listen() -> None:
    """Put our ears on the ORM, once for the whole process."""
    if getattr(models.Model.from_db, "is_nutgraf", False):
        return
    # Assigned by name, because they are not ours to replace: tests prove that they are still what we take them for.
    setattr(sql.SQLCompiler, "execute_sql", _hearing(sql.SQLCompiler.execute_sql))  # noqa: B010
    setattr(models.Model, "from_db", classmethod(_noting(models.Model.from_db.__func__)))  # type: ignore[attr-defined]  # noqa: B010
    orm.wrap_statements(_refuse_raw_sql)


def _hearing(original: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(original)
    def execute_sql(self: sql.SQLCompiler, *args: Any, **kwargs: Any) -> Any:
        heard = recording.current()
        if heard is None or isinstance(self, WRITERS):
            return original(self, *args, **kwargs)
        with orm.speaking():
            answer = original(self, *args, **kwargs)
        _note(heard, self)
        return answer

    return execute_sql


def _noting(original: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(original)
    def from_db(cls: type[models.Model], *args: Any, **kwargs: Any) -> Any:
        instance = original(cls, *args, **kwargs)
        if (heard := recording.current()) and keys.root(cls) not in keys.CONSTANT:
            heard.keys.add(keys.row(cls, instance.pk))
        return instance

    from_db.is_nutgraf = True  # type: ignore[attr-defined]
    return from_db


def _refuse_raw_sql(execute: Callable[..., Any], statement: Any, params: Any, many: bool, context: Any) -> Any:
    if recording.current() and not orm.is_speaking() and not str(statement).lstrip().upper().startswith(HARMLESS):
        recording.refuse("it asks the database in SQL of its own")
    return execute(statement, params, many, context)


def _note(heard: Recording, compiler: sql.SQLCompiler) -> None:
    query = getattr(compiler.query, "inner_query", None) or compiler.query
    found = set(_keys_of(query, _loaded(compiler)))
    for table in sorted(map(keys.table_of, found)):
        if table in keys.HOUSEKEEPING:
            recording.refuse(f"it reads {table}, whose changes are not followed")
    heard.keys |= {key for key in found if keys.table_of(key) not in keys.CONSTANT}


def _keys_of(query: Query, loaded: set[str]) -> Iterator[str]:
    """Name what a query's answer depends on beside the rows that it loads, which name themselves."""
    if query.combinator or query.model is None:
        for part in query.combined_queries:
            yield from _keys_of(part, set())
        return
    own = _own_aliases(query)
    precise = _by_value(query, own)
    if precise:
        yield from precise
    else:
        yield from (keys.every(query.alias_map[alias].table_name) for alias in own)
    yield from _joined(query, own, loaded)
    for part in _inner_queries(query):
        yield from _keys_of(part, set())


def _joined(query: Query, own: set[str], loaded: set[str]) -> Iterator[str]:
    """Name what a query takes from other tables than its own, beside the rows of theirs that it loads."""
    columns: dict[str, set[str]] = {}
    for expression in _expressions(query):
        if isinstance(expression, Col):
            columns.setdefault(expression.alias, set()).add(str(expression.target.column))
    # Only the compiler knows what such an order joins.
    is_vague = any(isinstance(order, str) and "__" in order for order in (*query.order_by, *_model_order(query)))
    owned = set(own)
    for alias, join in query.alias_map.items():
        if not query.alias_refcount[alias] or alias in own:
            continue
        # One row of ours has one of theirs: which, our own column says, so only a change of what we ask of it matters.
        is_owned = join.parent_alias in owned and getattr(getattr(join, "join_field", None), "many_to_one", False)
        if is_owned:
            owned.add(alias)
        if is_owned and not is_vague and alias in columns:
            yield from (keys.column(join.table_name, name) for name in columns[alias])
        elif join.table_name not in loaded or alias in columns:
            yield keys.every(join.table_name)


def _model_order(query: Query) -> tuple[Any, ...]:
    return () if query.extra_order_by or not query.default_ordering else tuple(query.get_meta().ordering or ())


def _loaded(compiler: sql.SQLCompiler) -> set[str]:
    """Return the tables whose joined rows become objects, and so name themselves."""
    tables: set[str] = set()
    waiting = [compiler.klass_info] if getattr(compiler, "klass_info", None) else []
    while waiting:
        info: dict[str, Any] = waiting.pop()
        model = info["model"]
        tables |= {model._meta.db_table, *(parent._meta.db_table for parent in model._meta.all_parents)}
        waiting += info.get("related_klass_infos", [])
    return tables


def _own_aliases(query: Query) -> set[str]:
    """Return the aliases that are the queried model's own tables: its first, and those that it inherits from."""
    own = {query.get_initial_alias()}
    for alias, join in query.alias_map.items():
        link = getattr(getattr(join, "join_field", None), "remote_field", None)
        if getattr(link, "parent_link", False) and join.parent_alias in own:
            own.add(alias)
    return own


def _by_value(query: Query, own: set[str]) -> list[str]:
    """Name the rows by the most telling value that all of them must have; return nothing if there is none."""
    ranked: list[tuple[int, list[str]]] = []
    for leaf in _conditions(query.where):
        column = getattr(leaf, "lhs", None)
        if not isinstance(column, Col) or column.alias not in own:
            continue
        field, values = column.target, _values(leaf)
        if values is None:
            continue
        if field.primary_key and not isinstance(field, models.CompositePrimaryKey):
            ranked.append((0, [keys.row(field.model, value) for value in values]))
        elif keys.is_watched(field):
            table = query.alias_map[column.alias].table_name
            names = [keys.at(table, str(field.column), value) for value in values]
            ranked.append((1 if field.unique else 2 if field.is_relation else 3, names))
    return min(ranked, default=(0, []))[1]


def _conditions(where: WhereNode) -> Iterator[Any]:
    """Give the conditions that must all hold."""
    if where.connector != AND or where.negated:
        return
    for child in where.children:
        if isinstance(child, WhereNode):
            yield from _conditions(child)
        else:
            yield child


def _values(leaf: Any) -> list[Any] | None:
    """Return the values that a condition names, or None for a condition of another kind."""
    if isinstance(leaf, lookups.IsNull):
        return [None] if leaf.rhs is True else None
    if not isinstance(leaf, lookups.Exact | lookups.In) or not leaf.rhs_is_direct_value():
        return None
    values = list(leaf.rhs) if isinstance(leaf, lookups.In) else [leaf.rhs]
    return None if any(hasattr(value, "resolve_expression") for value in values) else values


def _leaves(where: WhereNode) -> Iterator[Any]:
    for child in where.children:
        yield from _leaves(child) if isinstance(child, WhereNode) else [child]


def _expressions(query: Query) -> Iterator[Any]:
    """Give every expression of a query that may speak of other tables."""
    waiting = [*_leaves(query.where), *query.annotations.values(), *query.order_by]
    while waiting:
        expression = waiting.pop()
        if isinstance(expression, ExtraWhere):
            recording.refuse("it filters by SQL of its own")
        yield expression
        if not isinstance(expression, Query) and hasattr(expression, "get_source_expressions"):
            waiting += [source for source in expression.get_source_expressions() if source is not None]


def _inner_queries(query: Query) -> Iterator[Query]:
    for expression in _expressions(query):
        inner = expression if isinstance(expression, Query) else getattr(expression, "query", None)
        if isinstance(inner, Query):
            yield inner
