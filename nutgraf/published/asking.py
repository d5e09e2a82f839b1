"""What stands in a query: the conditions that must hold, what it sorts by, and every expression in it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models import lookups
from django.db.models.expressions import Col, ColPairs, F, RawSQL
from django.db.models.functions import Now, Random
from django.db.models.sql.query import Query
from django.db.models.sql.where import AND, ExtraWhere, WhereNode

from nutgraf.published import recording


def conditions(where: WhereNode) -> Iterator[Any]:
    """Give the conditions that must all hold."""
    if where.connector != AND or where.negated:
        return
    for child in where.children:
        if isinstance(child, WhereNode):
            yield from conditions(child)
        else:
            yield child


def asked(leaf: Any) -> tuple[Any, list[Any] | None]:
    """Return the column that a condition asks for values, and these."""
    column, values = getattr(leaf, "lhs", None), _values(leaf)
    if isinstance(column, ColPairs) and len(column) == 1 and values is not None:
        # In tuples of one Django asks for what rows point at.
        return next(iter(column)), [value for (value,) in values]
    return column, values


def _values(leaf: Any) -> list[Any] | None:
    """Return the values that a condition names, or None for a condition of another kind."""
    if isinstance(leaf, lookups.IsNull):
        return [None] if leaf.rhs is True else None
    if not isinstance(leaf, lookups.Exact | lookups.In) or not leaf.rhs_is_direct_value():
        return None
    values = list(leaf.rhs) if isinstance(leaf, lookups.In) else [leaf.rhs]
    return None if any(hasattr(value, "resolve_expression") for value in values) else values


def _leaves(where: Any) -> Iterator[Any]:
    for child in where.children:
        yield from _leaves(child) if isinstance(child, WhereNode) else [child]


def expressions(query: Query, sorted_by: list[Any]) -> Iterator[Any]:
    """Give every expression by which a query chooses, sorts or computes, those of queries inside it included."""
    filtered = [getattr(join, "filtered_relation", None) for join in query.alias_map.values()]
    wheres = [query.where, *(one.resolved_condition for one in filtered if one and one.resolved_condition)]
    waiting = [leaf for where in wheres for leaf in _leaves(where)]
    waiting += [*query.annotations.values(), *query.select, *sorted_by]
    waiting += query.group_by if isinstance(query.group_by, tuple) else ()
    while waiting:
        expression = waiting.pop()
        if isinstance(expression, ExtraWhere | RawSQL):
            recording.refuse("it asks the database in SQL of its own")
        elif isinstance(expression, Now | Random):
            recording.refuse("it asks the database for the time, or for luck")
        yield expression
        if isinstance(expression, Query):
            # Only for what it asks of the query around it; for itself it is looked at by itself.
            waiting += [one for one in expressions(expression, []) if isinstance(one, Col)]
        elif isinstance(inner := getattr(expression, "query", None), Query):
            waiting += [one for one in expressions(inner, []) if isinstance(one, Col)]
        elif isinstance(expression, WhereNode):
            waiting += _leaves(expression)
        elif hasattr(expression, "get_source_expressions"):
            waiting += [source for source in expression.get_source_expressions() if source is not None]


def orders(query: Query) -> Iterator[Any]:
    """Give what a query sorts by, with what it joins for that; the query is a copy, because joining changes it."""
    wanted: Any = query.order_by or (query.get_meta().ordering if query.default_ordering else ())
    for order in [*wanted, *query.distinct_fields]:
        if isinstance(order, str):
            name = order.lstrip("+-")
            if name == "?":
                recording.refuse("it asks the database for the time, or for luck")
            elif name not in query.annotations:
                yield from (_resolved(F(one), query) for one in _names(query.get_meta(), name))
        else:
            yield _resolved(order, query)


def _resolved(expression: Any, query: Query) -> Any:
    return expression.resolve_expression(query, allow_joins=True, reuse=None)


def _names(meta: Any, name: str) -> Iterator[str]:
    """Give the columns that a name stands for: one that leads to a row of another kind means the order of that kind."""
    field = related = None
    for part in name.split("__"):
        try:
            field = meta.pk if part == "pk" else meta.get_field(part)
        except FieldDoesNotExist:
            yield name
            return
        related = field.related_model
        meta = related._meta if related else meta
    if related is None or part in ("pk", getattr(field, "attname", None)) or not meta.ordering:
        yield name
        return
    for order in meta.ordering:
        flat: Any = [F(order)] if isinstance(order, str) else order.flatten()
        for one in [str(vars(one)["name"]) for one in flat if isinstance(one, F)]:
            yield from (f"{name}__{column}" for column in _names(meta, one.lstrip("+-")))
