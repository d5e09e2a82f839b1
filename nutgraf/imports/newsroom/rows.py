"""A row of a table as a line of JSON and back, exactly: each key and each moment is afterwards what it was before."""

from __future__ import annotations

import datetime
import json
import uuid
from collections.abc import Iterator
from decimal import Decimal
from typing import IO, Any

from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import connection
from django.db.models import ExpressionWrapper, F, JSONField
from wagtail.fields import StreamField
from wagtail.models import Revision

from nutgraf.imports.newsroom.tables import COLUMNS_LEFT_OUT, Model, columns

# So many rows are in memory at a time.
BATCH = 200


class Unfit(ValueError):
    """A line that is no row of its table."""


class Names:
    """The two kinds of keys that every database gives as it likes, and the names that are the same in all."""

    def __init__(self) -> None:
        kinds = {kind.pk: f"{kind.app_label}.{kind.model}" for kind in ContentType.objects.all()}
        permissions = {
            one.pk: f"{kinds[one.content_type_id]}.{one.codename}" for one in Permission.objects.all().order_by("pk")
        }
        self._names: dict[Any, dict[int, str]] = {ContentType: kinds, Permission: permissions}
        self._keys = {model: {name: key for key, name in names.items()} for model, names in self._names.items()}

    def name(self, model: Any, key: int) -> str:
        """Return the name of a row of one of these two."""
        return self._names[model][key]

    def key(self, model: Any, name: str) -> int:
        """Return this database's key for a name; raises Unfit for one that is unknown here."""
        try:
            return self._keys[model][name]
        except (KeyError, TypeError):
            raise Unfit(f"“{name}” is unknown here") from None

    def has(self, model: Any) -> bool:
        """Whether rows of this model are told by name."""
        return model in self._names


def lines(model: Model, names: Names) -> Iterator[str]:
    """Write the rows of a table, one a line, in the order of their keys."""
    fields = columns(model)
    for values in _values(model, fields):
        row = {field.attname: _out(field, value, names) for field, value in zip(fields, values, strict=True)}
        if model is Revision:
            _rename_kind(row, names.name)
        # Sorted, because PostgreSQL keeps JSON in an order of its own.
        yield json.dumps(row, ensure_ascii=False, separators=(",", ":"), sort_keys=True, default=_text)


def load(model: Model, file: IO[str], names: Names) -> int:
    """Put the rows of a file into an empty table; return how many. Raises Unfit, with the line, for what is no row of it."""
    done, batch = 0, []
    for number, line in enumerate(file, 1):
        try:
            batch.append(_columns(model, json.loads(line), names))
        except (Unfit, ValueError, TypeError, KeyError, AttributeError, ValidationError) as error:
            raise Unfit(f"line {number}: {error}") from None
        if len(batch) == BATCH:
            done += _insert(model, batch)
            batch = []
    return done + _insert(model, batch)


def _values(model: Model, fields: list[Any]) -> Iterator[tuple[Any, ...]]:
    # A body as it is kept, not read into blocks: what this version does not know of it would be lost.
    kept = {
        f"kept_{field.attname}": ExpressionWrapper(F(field.attname), JSONField()) for field in fields if _is_body(field)
    }
    names = [f"kept_{field.attname}" if _is_body(field) else field.attname for field in fields]
    rows = model._base_manager.order_by("pk").annotate(**kept).values_list(*names)
    return rows.iterator(chunk_size=BATCH)


def _out(field: Any, value: Any, names: Names) -> Any:
    if value is not None and names.has(field.related_model):
        return names.name(field.related_model, value)
    return value


def _text(value: Any) -> str:
    if isinstance(value, datetime.datetime | datetime.date | datetime.time):
        return value.isoformat()
    if isinstance(value, Decimal | uuid.UUID):
        return str(value)
    raise TypeError(f"{type(value).__name__} has no form here")


def _columns(model: Model, row: dict[str, Any], names: Names) -> list[Any]:
    fields = columns(model)
    if not isinstance(row, dict) or row.keys() != {field.attname for field in fields}:
        raise Unfit(f"it has not the columns of {model._meta.label}")
    if model is Revision:
        _rename_kind(row, names.key)
    found = [_in(field, row[field.attname], names) for field in fields]
    return [*found, *COLUMNS_LEFT_OUT.get(model._meta.label, {}).values()]


def _in(field: Any, value: Any, names: Names) -> Any:
    if value is not None and names.has(field.related_model):
        return names.key(field.related_model, value)
    if _is_body(field):
        return field.json_field.get_db_prep_save(value, connection)
    if not isinstance(field, JSONField):
        value = field.to_python(value)
    return field.get_db_prep_save(value, connection)


def _rename_kind(row: dict[str, Any], rename: Any) -> None:
    """Tell by its name of which kind the page in a revision is, too."""
    if row["content"].get("content_type") is not None:
        row["content"]["content_type"] = rename(ContentType, row["content"]["content_type"])


def _insert(model: Model, rows: list[list[Any]]) -> int:
    # Not through the ORM: it would tell everybody who listens of a story that is new, and readers of a live one.
    quote, meta = connection.ops.quote_name, model._meta
    fields: list[Any] = [*columns(model), *map(meta.get_field, COLUMNS_LEFT_OUT.get(meta.label, {}))]
    into = ", ".join(quote(field.column) for field in fields)
    places = ", ".join(["%s"] * len(fields))
    if rows:
        with connection.cursor() as cursor:
            cursor.executemany(f"INSERT INTO {quote(meta.db_table)} ({into}) VALUES ({places})", rows)  # noqa: S608 (names of our own tables)
    return len(rows)


def _is_body(field: Any) -> bool:
    return isinstance(field, StreamField)
