"""Hear every question that Django's ORM asks while a page is rendered, and name what the answer depends on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache, lru_cache, wraps
from itertools import chain
from typing import Any

from django.db import models
from django.db.models.expressions import Col
from django.db.models.sql import compiler as sql
from django.db.models.sql.query import Query
from wagtail.models import Site

from nutgraf.published import asking, keys, orm, recording
from nutgraf.published.recording import Recording

# A row of which more columns were loaded is told as a whole.
MOST_CELLS = 8

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
    setattr(Site, "get_site_root_paths", staticmethod(_noting_sites(Site.get_site_root_paths)))  # noqa: B010
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
    def from_db(cls: type[models.Model], db: Any, field_names: Any, values: Any) -> Any:
        instance = original(cls, db, field_names, values)
        if (heard := recording.current()) and (table := keys.root(cls)) not in keys.CONSTANT:
            _refuse_what_keeps_house({table})
            heard.keys.update(_keys_of_row(cls, instance.pk, field_names))
        return instance

    from_db.is_nutgraf = True  # type: ignore[attr-defined]  # an attribute of ours
    return from_db


def _noting_sites(original: Callable[[], Any]) -> Callable[[], Any]:
    """Hear whoever asks where the sites are: Wagtail remembers it, so often nobody asks the database."""
    sites = {keys.every(Site._meta.db_table), keys.column(Site._meta.db_table, keys.ALL)}

    @wraps(original)
    def get_site_root_paths() -> Any:
        if heard := recording.current():
            heard.keys |= sites
        return original()

    return get_site_root_paths


def _keys_of_row(model: type[models.Model], key: Any, loaded: Any) -> list[str]:
    """Name a row, or the few columns of it that were loaded."""
    columns = _columns_told(model, tuple(loaded))
    if columns is None:
        return [keys.row(model, key)]
    return [keys.existing(model, key), *(keys.cell(table, key, name) for table, name in columns)]


@lru_cache(maxsize=1_000)
def _columns_told(model: type[models.Model], loaded: tuple[str, ...]) -> list[tuple[str, str]] | None:
    """Return the columns, each after its table, by which a row is told of which so much was loaded; None for the whole row."""
    # Remembered, because it is asked again for each of thousands of rows.
    fields = [field for field in model._meta.concrete_fields if field.attname in loaded]
    if _is_whole(model, fields):
        return None
    return [(field.model._meta.db_table, str(field.column)) for field in fields if not field.primary_key]


def _is_whole(model: type[models.Model], fields: list[Any]) -> bool:
    """Say whether so much of a row was loaded that it is told as a whole."""
    told = sum(not field.primary_key for field in fields)
    return told > MOST_CELLS or len(fields) == len(model._meta.concrete_fields)


@cache
def _key_columns(model: type[models.Model]) -> frozenset[str]:
    """Return the columns that name a row of its own tables and never change."""
    return frozenset(str(field.column) for field in model._meta.concrete_fields if field.primary_key)


def _refuse_raw_sql(execute: Callable[..., Any], statement: Any, params: Any, many: bool, context: Any) -> Any:
    if recording.current() and not orm.is_speaking() and not str(statement).lstrip().upper().startswith(HARMLESS):
        recording.refuse("it asks the database in SQL of its own")
    return execute(statement, params, many, context)


def _note(heard: Recording, compiler: sql.SQLCompiler) -> None:
    query = getattr(compiler.query, "inner_query", None) or compiler.query
    loaded = _loaded(compiler) if query is compiler.query else set()
    asked = chain(_keys_of(query, loaded, _is_by_row(compiler)), map(keys.every, _perhaps_there(compiler)))
    found = {key for key in asked if keys.table_of(key) not in keys.CONSTANT}
    _refuse_what_keeps_house(set(map(keys.table_of, found)))
    heard.keys |= found


def _refuse_what_keeps_house(tables: set[str]) -> None:
    for table in sorted(tables & keys.HOUSEKEEPING):
        recording.refuse(f"it reads {table}, whose changes are not followed")


def _is_by_row(compiler: sql.SQLCompiler) -> bool:
    """Say whether the rows that a query returns name themselves as a whole."""
    info = getattr(compiler, "klass_info", None)
    if not info:
        return False
    return _is_whole(info["model"], [compiler.select[place][0].target for place in info["select_fields"]])


def _keys_of(query: Query, loaded: set[str], is_by_row: bool = False) -> Iterator[str]:
    """Name what a query's answer depends on beside the rows that it loads, which name themselves."""
    model = query.model
    if query.combinator or model is None:
        for part in query.combined_queries:
            yield from _keys_of(part, set())
        return
    query = query.clone()
    orders = list(asking.orders(query))
    _refuse_what_is_not_followed(query, orders)
    expressions = list(asking.expressions(query, orders))
    used = _used(query, expressions, is_loading=bool(loaded))
    own = _own_aliases(query)
    place, values = _by_value(query, own)
    if place and place[1] is None:
        yield from _by_key(query, own, used, values, is_by_row=is_by_row)
    else:
        for alias in own:
            table = query.alias_map[alias].table_name
            if place and not _inherits(model, table, place[0]):
                # Whoever changes it does not know the values of the rows that inherit from it.
                yield from (keys.column(table, name) for name in used.get(alias, ()))
            else:
                yield from keys.of_query(table, place, values, used.get(alias, ()))
    yield from _joined(query, own, used, loaded)
    for expression in expressions:
        inner = expression if isinstance(expression, Query) else getattr(expression, "query", None)
        if isinstance(inner, Query):
            yield from _keys_of(inner, set())


def _by_key(
    query: Query, own: set[str], used: dict[str, set[str]], known: list[Any], *, is_by_row: bool
) -> Iterator[str]:
    """Name what a query depends on that asks for rows by their keys."""
    model: Any = query.model
    yield from ((keys.row if is_by_row else keys.existing)(model, key) for key in known)
    for alias in own:
        table = query.alias_map[alias].table_name
        for name in used.get(alias, set()) - _key_columns(model):
            if name in keys.UNSEEN.get(table, frozenset()):
                # A row does not tell of what no reader sees.
                yield keys.column(table, name)
            elif is_by_row:
                continue
            elif name == keys.ALL:
                yield from (keys.row(model, key) for key in known)
            else:
                yield from (keys.cell(table, key, name) for key in known)


def _joined(query: Query, own: set[str], used: dict[str, set[str]], loaded: set[str]) -> Iterator[str]:
    """Name what a query takes from other tables than its own, beside the rows of theirs that it loads."""
    owned = set(own)
    for alias, join in query.alias_map.items():
        if not query.alias_refcount[alias] or alias in own:
            continue
        # One row of ours has one of theirs: which, our own column says, so only a change of what we ask of it matters.
        if join.parent_alias in owned and _is_ours(getattr(join, "join_field", None)):
            owned.add(alias)
            yield from (keys.column(join.table_name, name) for name in used.get(alias, ()))
        elif alias in used or join.table_name not in loaded:
            place, values = _by_value(query, {alias})
            # Having none is a value too, but not one of any row.
            if place and (place[1] is None or None in values):
                place, values = None, []
            yield from keys.of_query(join.table_name, place, values, used.get(alias, ()))


def _is_ours(link: Any) -> bool:
    """Say whether a join goes by a column of the rows that it begins at, and so leads to one row of another table."""
    is_to_one = getattr(link, "many_to_one", False) or getattr(link, "one_to_one", False)
    return is_to_one and bool(getattr(link, "concrete", False))


def _used(query: Query, expressions: list[Any], *, is_loading: bool) -> dict[str, set[str]]:
    """Return by which columns of each table a query decides what it returns: all that it asks for if it loads no rows."""
    used: dict[str, set[str]] = {}
    if query.default_cols and not is_loading:
        for alias in _own_aliases(query):
            used[alias] = {keys.ALL}
    for expression in expressions:
        if isinstance(expression, Col) and expression.alias in query.alias_map:
            used.setdefault(expression.alias, set()).add(str(expression.target.column))
    # Whoever asks for something of theirs also asks which of theirs it is.
    for alias, join in reversed(query.alias_map.items()):
        if alias in used and query.alias_refcount[alias]:
            for here, there in getattr(join, "join_cols", ()):
                used.setdefault(join.parent_alias, set()).add(here)
                used[alias].add(there)
    return used


def _loaded(compiler: sql.SQLCompiler) -> set[str]:
    """Return the tables whose rows become objects, and so name themselves."""
    tables: set[str] = set()
    for info in _kinds(compiler):
        model = info["model"]
        tables |= {model._meta.db_table, *(parent._meta.db_table for parent in model._meta.all_parents)}
    return tables


def _perhaps_there(compiler: sql.SQLCompiler) -> Iterator[str]:
    """Give the tables of rows that are loaded beside another because they point at it: if there is none, nobody names it."""
    return (info["model"]._meta.db_table for info in _kinds(compiler) if info.get("reverse"))


def _kinds(compiler: sql.SQLCompiler) -> Iterator[dict[str, Any]]:
    """Give what Django notes of each kind of row that becomes objects."""
    waiting = [compiler.klass_info] if getattr(compiler, "klass_info", None) else []
    while waiting:
        info: dict[str, Any] = waiting.pop()
        yield info
        waiting += info.get("related_klass_infos", [])


def _own_aliases(query: Query) -> set[str]:
    """Return the aliases that are the queried model's own tables: its first, and those that it inherits from."""
    own = {query.get_initial_alias()}
    for alias, join in query.alias_map.items():
        link = getattr(getattr(join, "join_field", None), "remote_field", None)
        if getattr(link, "parent_link", False) and join.parent_alias in own:
            own.add(alias)
    return own


def _inherits(model: type[models.Model], table: str, other: str) -> bool:
    """Say whether the rows of a table have those of another as their parents, or are the same."""
    kinds = {kind._meta.db_table: kind for kind in (model, *model._meta.all_parents)}
    return issubclass(kinds[table], kinds[other])


Place = tuple[str, str | None]


def _by_value(query: Query, aliases: set[str]) -> tuple[Any, list[Any]]:
    """Return the most telling column that all rows must have some values in, and these: a table and a column of it.

    The column of a row's own key is None; the place is, where there is no such column.
    """
    ranked: list[tuple[int, Place, list[Any]]] = []
    for leaf in asking.conditions(query.where):
        column, values = asking.asked(leaf)
        if not isinstance(column, Col) or column.alias not in aliases or values is None:
            continue
        field, table = column.target, query.alias_map[column.alias].table_name
        if field.primary_key and not isinstance(field, models.CompositePrimaryKey):
            ranked.append((0, (table, None), values))
        elif field.attname in keys.watched(field.model):
            telling = 1 if field.unique else 2 if field.is_relation else 4 if field.choices else 3
            ranked.append((telling, (table, str(field.column)), values))
    return min(ranked, key=lambda found: found[0])[1:] if ranked else (None, [])


def _refuse_what_is_not_followed(query: Query, orders: list[Any]) -> None:
    # Django itself, and its tags, add a column in this way where they fetch what belongs to several objects at once.
    added = [name for name in query.extra if not name.startswith("_prefetch_related_val")]
    if added or query.extra_tables or query.extra_order_by:
        recording.refuse("it asks the database in SQL of its own")
    for expression in asking.expressions(query, orders):
        if isinstance(expression, Col):
            table, name = expression.target.model._meta.db_table, str(expression.target.column)
            if name in keys.UNFOLLOWED.get(table, ()):
                recording.refuse(f"it asks by {name} of {table}, whose changes are not followed")
