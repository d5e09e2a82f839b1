"""Say in words what a page shows and what has changed, and find a thing by what people call it."""

from __future__ import annotations

from functools import cache
from urllib.parse import unquote, urlsplit

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import models

from nutgraf.config.trouble import Trouble
from nutgraf.newsroom.models import Author, Section
from nutgraf.published import keys
from nutgraf.stories.models import Label, Story
from nutgraf.streams.models import ALL

NOTHING_CHANGED = {
    "new": "it was asked for, and not there",
    "time": "its time had come",
    "asked": "somebody had it pressed",
    "": "nobody knows any more",
}
STREAMS: dict[str, type[models.Model]] = {"section": Section, "author": Author, "label": Label}


def reason(why: str) -> str:
    """Say why a page was pressed again."""
    if why in NOTHING_CHANGED:
        return NOTHING_CHANGED[why]
    kind, _, rest = why.partition(":")
    if kind == "list":
        return f"a story entered or left the stream {stream(rest)}"
    table, _, more = rest.partition(":")
    name, _, value = more.partition(":")
    value, _, column = value.rpartition(":") if kind == "in" else (value, "", name)
    match kind:
        case "row":
            return f"{thing(table, more)} changed"
        case "cell":
            return f"the {_field_name(table, value)} of {thing(table, name)} changed"
        case "is":
            return f"{thing(table, more)} came or went"
        case "at":
            return f"{many(table)} {_column(table, name, value)} came, went or changed"
        case "in":
            return f"{_what(*_place_of(table, column))} {_column(table, name, value)} changed"
        case "col":
            return f"{_what(table, name)} changed"
        case _:
            return f"{many(table)} came, went or changed"


def _place_of(table: str, column: str) -> tuple[str, str]:
    """Return the table and the column that are meant by one that may be told with its table."""
    other, _, name = column.rpartition(".")
    return other or table, name


def _what(table: str, column: str) -> str:
    """Say what stands in a column, or in some column, of the rows of a table."""
    if column == keys.ALL:
        return f"one of the {many(table)}"
    return f"the {_field_name(table, column)} of {many(table)}"


@cache
def stream(name: str) -> str:
    """Say whose a stream is."""
    kind, _, key = name.partition(":")
    if name == ALL:
        return "of all stories"
    if kind not in STREAMS:
        return name
    model = STREAMS[kind]
    return f"of the {thing(model._meta.db_table, key)}"


@cache
def thing(table: str, key: str) -> str:
    """Say what a row is."""
    model = _model(table)
    if model is None:
        return f"{table} {key}"
    if table == keys.root(Story):
        story = Story.objects.filter(pk=key).first() if key.isdecimal() else None
        model = Story if story else model
    found = model._default_manager.filter(pk=key).first() if key.isdecimal() else None
    return f"{model._meta.verbose_name} “{found}”" if found else f"{model._meta.verbose_name} {key} (deleted since)"


def many(table: str) -> str:
    """Say what the rows of a table are."""
    model = _model(table)
    return str(model._meta.verbose_name_plural) if model else table


# The kind of a row, and its key.
Thing = tuple[type[models.Model], object]


def find(said: str) -> Thing:
    """Return what somebody means: a story's address, `story:12`, `author:slug`, `section:slug` and so on."""
    kind, _, name = said.partition(":")
    name = name.strip()
    if "/" in said:
        return _find_by_address(said)
    if kind in STREAMS:
        return _find(STREAMS[kind], said, slug=name)
    if kind == "story":
        return _find(Story, said, pk=name) if name.isdecimal() else _find(Story, said, slug=name)
    if kind == "picture" and name.isdecimal():
        return _find(apps.get_model("media", "Picture"), said, pk=name)
    raise Trouble(
        f"“{said}” names nothing that we know; give a story's address, or story:12, author:SLUG, section:SLUG, label:SLUG"
        " or picture:12."
    )


def _find_by_address(said: str) -> Thing:
    path = unquote(urlsplit(said).path)
    parts = [part for part in path.split("/") if part]
    if len(parts) == 5:
        for story in Story.objects.filter(slug=parts[-1]):
            if unquote(story.address or "") == f"/{'/'.join(parts)}/":
                return Story, story.pk
    raise Trouble(f"There is no story at {path}; give the address of one, or something such as author:SLUG.")


def _find(model: type[models.Model], said: str, **known: str) -> Thing:
    try:
        found = list(model._default_manager.filter(**known)[:2])
    except OverflowError:  # A number that no database counts to.
        found = []
    if not found:
        raise Trouble(f"There is no {said}.")
    if len(found) > 1:
        raise Trouble(f"More than one goes by {said}; give the address or the number of the one you mean.")
    return model, found[0].pk


@cache
def _model(table: str) -> type[models.Model] | None:
    return next((model for model in apps.get_models(include_auto_created=True) if model._meta.db_table == table), None)


def _field(table: str, column: str) -> models.Field[object, object] | None:
    model = _model(table)
    fields = model._meta.local_concrete_fields if model else ()
    return next((field for field in fields if field.column == column), None)


def _field_name(table: str, column: str) -> str:
    field = _field(table, column)
    try:
        return str(field.verbose_name) if field else column
    except FieldDoesNotExist:
        return column


def _column(table: str, column: str, value: str) -> str:
    field = _field(table, column)
    related = field.related_model if field else None
    if value == "None":
        return f"without {_field_name(table, column)}"
    if isinstance(related, type) and issubclass(related, models.Model):
        return f"of {thing(keys.root(related), value)}"
    return f"with the {_field_name(table, column)} “{value}”"
