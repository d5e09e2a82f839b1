"""Name what a page shows and what a change touches, in the same words, so that the two can be compared.

A key is a text:

- `row:table:key` is all of one row, `cell:table:key:column` one column of it, `is:table:key` whether there is one;
- `any:table` is which rows there are, `at:table:column:value` which of them have a value there;
- `col:table:column` is what stands in a column of the rows that are there already, and
  `in:table:column:value:column` the same of those that have a value: what a query filters or sorts by;
- `part:table` is not touched by any row, only by a change of the whole table.
"""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db import models

LONGEST_VALUE = 80

# Stands for every column of a table.
ALL = "*"

# What keeps house for Wagtail and Django, and for the desk: no page of a reader's shows it. A page that reads one of
# these nevertheless is not stored, so leaving one out costs a page its place, never a reader the truth.
HOUSEKEEPING = frozenset(
    """
    audience_addressfile audience_addressfile_lists audience_attempt audience_consent audience_hashkey
    audience_subscriber audience_subscription audience_suppression audience_wording
    auth_group auth_group_permissions auth_permission auth_user auth_user_groups auth_user_user_permissions
    briefings_followmail briefings_link briefings_told
    django_migrations django_session django_tasks_database_dbtaskresult
    imports_archiveitem imports_import imports_wire imports_wireitem mail_batch mail_delivery mail_message mail_senderday
    published_change stories_hold stories_waiver stories_word storylines_override
    storylines_commontrait storylines_profile storylines_profiletrait storylines_storytraits
    wagtailadmin_editingsession wagtailadmin_formstate wagtailcore_apitoken wagtailcore_comment wagtailcore_commentreply
    wagtailcore_modellogentry wagtailcore_pagelogentry wagtailcore_pagesubscription wagtailcore_referenceindex
    wagtailcore_revision wagtailcore_taskstate wagtailcore_uploadedfile wagtailcore_workflowstate
    wagtailsearch_indexentry wagtailsearch_indexentry_fts wagtailusers_userprofile
    media_picturerendition
    """.split()
)

# Rows that never change once they are there.
CONSTANT = frozenset({"django_content_type"})

# Columns that each draft changes: nobody hears of them, so a page that asks by one of these is not stored.
UNFOLLOWED: dict[str, frozenset[str]] = {
    "wagtailcore_page": frozenset(
        "draft_title has_unpublished_changes latest_revision_id latest_revision_created_at".split()
    ),
}

# Columns that change while one works at a story and that no reader's page shows; a page may still ask by them. A
# property test renders every page anew after each change, so a column that is named here by mistake does not stay here.
UNSEEN: dict[str, frozenset[str]] = {
    "wagtailcore_page": frozenset(
        """
        path depth numchild url_path draft_title has_unpublished_changes latest_revision_id latest_revision_created_at
        live_revision_id go_live_at expire_at expired locked locked_at locked_by_id owner_id last_published_at
        """.split()
    ),
    "briefings_edition": frozenset("unsubscribed trouble send_at by_id latest_revision_id".split()),
    "media_picture": frozenset(
        "title rights_note source use_until collection_id uploaded_by_user_id created_at".split()
    ),
}


@dataclass(frozen=True)
class Listing:
    """A table whose rows stand in named lists, in an order: which list, and where in it."""

    columns: tuple[str, ...]
    name: Callable[[Mapping[str, Any]], str]
    place: Callable[[Mapping[str, Any]], str]


# By table; apps register theirs when they are ready.
LISTINGS: dict[str, Listing] = {}


def row(model: type[models.Model], key: object) -> str:
    """Name one row; a page and its parts in other tables are one."""
    return f"row:{root(model)}:{_short(key)}"


def existing(model: type[models.Model], key: object) -> str:
    """Name whether there is a row with this key; a page and its parts in other tables are one."""
    return f"is:{root(model)}:{_short(key)}"


def cell(table: str, key: object, name: str) -> str:
    """Name what stands in one column of one row."""
    return f"cell:{table}:{_short(key)}:{name}"


def mentions(model: type[models.Model], key: object) -> Iterator[tuple[str, str]]:
    """Give the spans of names, both ends included, by which a page has a row or a column of it."""
    yield row(model, key), row(model, key)
    for kind in (model, *model._meta.all_parents):
        some = cell(kind._meta.db_table, key, "")
        yield some, f"{some}~"


def at(table: str, column: str, value: object) -> str:
    """Name which rows of a table have this value in a column."""
    return f"at:{table}:{column}:{_short(value)}"


def within(table: str, column: str, value: object, name: str) -> str:
    """Name what stands in a column, which may be another table's of the same row, where a row has this value."""
    return f"in:{table}:{column}:{_short(value)}:{name}"


def column(table: str, name: str) -> str:
    """Name what stands in a column of the rows that a table has already."""
    return f"col:{table}:{name}"


def every(table: str) -> str:
    """Name which rows a table has, those to come included."""
    return f"any:{table}"


def part(table: str) -> str:
    """Name a part of a table that is told by places in a list, and not by rows."""
    return f"part:{table}"


def table_of(key: str) -> str:
    """Return the table that a key speaks of."""
    return key.split(":", 2)[1]


@cache
def root(model: type[models.Model]) -> str:
    """Return the table that a model's rows begin in: that of the topmost model it inherits from."""
    parents = list(model._meta.concrete_model._meta.parents) if model._meta.concrete_model else []
    return root(parents[0]) if parents else model._meta.db_table


def whole(model: type[models.Model]) -> set[str]:
    """Return the tables to tell when rows of a model's table changed and nobody knows which: its own, and that which names them."""
    return {model._meta.db_table, root(model)}


@cache
def watched(model: type[models.Model]) -> dict[str, tuple[str, str]]:
    """Return the columns by whose value rows are looked up: attribute to table and column.

    These are owners, what names a row, columns of few values, and places in a list. A row that inherits from another has the values of both.
    """
    return {
        field.attname: (field.model._meta.db_table, str(field.column))
        for field in model._meta.concrete_fields
        if _is_watched(field)
    }


def _is_watched(field: models.Field[Any, Any]) -> bool:
    """Say whether a look-up by this column's value is named by that value, and not as the whole table."""
    table, name = field.model._meta.db_table, str(field.column)
    if table in LISTINGS and field.attname in LISTINGS[table].columns:
        return True
    names_rows = field.is_relation or field.unique or isinstance(field, models.SlugField) or field.choices
    is_seen = name not in UNSEEN.get(table, ()) and name not in UNFOLLOWED.get(table, ())
    return bool(names_rows) and not field.primary_key and is_seen


def of_row(model: type[models.Model], values: Mapping[str, Any]) -> Iterator[str]:
    """Name everything that depends on there being a row with these values."""
    yield every(model._meta.db_table)
    if values.get("pk") is not None:
        yield row(model, values["pk"])
        yield existing(model, values["pk"])
    for name, (table, place) in watched(model).items():
        if name in values:
            yield at(table, place, values[name])


def of_change(model: type[models.Model], before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[str]:
    """Name everything that depends on what differs between a row and what it was."""
    here = model._meta.db_table
    places = {field.attname: str(field.column) for field in model._meta.local_concrete_fields}
    differing = {places[name] for name in places if name in before and before[name] != after[name]}
    seen = differing - UNSEEN.get(here, frozenset())
    yield from (column(here, name) for name in differing)
    if not seen:
        return
    yield row(model, after["pk"])
    yield column(here, ALL)
    yield from (cell(here, after["pk"], name) for name in seen)
    for name, (table, place) in watched(model).items():
        if before[name] != after[name]:
            yield from (at(table, place, values[name]) for values in (before, after))
        for values in (before, after):
            yield from (within(table, place, values[name], other) for other in _as_of(here, table, {ALL, *seen}))


def _as_of(here: str, table: str, columns: Iterable[str]) -> Iterator[str]:
    """Name columns as seen from another table of the same row."""
    return (name if here == table else f"{here}.{name}" for name in columns)


def of_query(table: str, place: tuple[str, str] | None, values: Iterable[Any], columns: Iterable[str]) -> Iterator[str]:
    """Name what a query depends on that asks a table by some columns: of all rows, or of those with some values.

    The place is the table and the column of the values: those of a row are those of the rows that inherit from it.
    """
    columns = set(columns)
    unseen = UNSEEN.get(table, frozenset()) & columns
    if place is None:
        yield every(table)
    elif place[0] == table:
        yield from (at(*place, value) for value in values)
    for name in columns:
        if place is None or name in unseen:
            yield column(table, name)
        else:
            yield from (within(*place, value, *_as_of(table, place[0], [name])) for value in values)


def _short(value: object) -> str:
    if isinstance(value, datetime.datetime) and value.tzinfo:
        # One moment, in whichever zone somebody asks for it.
        value = value.astimezone(datetime.UTC)
    text = str(value)
    return text if len(text) <= LONGEST_VALUE else hashlib.blake2b(text.encode(), digest_size=16).hexdigest()
