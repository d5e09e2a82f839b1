"""Name what a page shows and what a change touches, in the same words, so that the two can be compared.

A key is a text: `row:table:key` is one row, `at:table:column:value` the rows
that have a value there, `col:table:column` a column of rows that are there
already, `any:table` every row of a table, those to come included.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db import models

LONGEST_VALUE = 80

# What keeps house for Wagtail and Django, and for the desk: no page of a reader's shows it. A page that reads one of
# these nevertheless is not stored, so leaving one out costs a page its place, never a reader the truth.
HOUSEKEEPING = frozenset(
    """
    auth_group auth_group_permissions auth_permission auth_user auth_user_groups auth_user_user_permissions
    django_admin_log django_migrations django_session imports_import published_change stories_waiver
    wagtailadmin_editingsession wagtailadmin_formstate wagtailcore_apitoken wagtailcore_comment wagtailcore_commentreply
    wagtailcore_modellogentry wagtailcore_pagelogentry wagtailcore_pagesubscription wagtailcore_referenceindex
    wagtailcore_revision wagtailcore_taskstate wagtailcore_uploadedfile wagtailcore_workflowstate
    wagtailsearch_indexentry wagtailsearch_indexentry_fts wagtailusers_userprofile
    media_picturerendition
    """.split()
)

# Rows that never change once they are there.
CONSTANT = frozenset({"django_content_type"})

# Columns that change while one works at a story and that no reader's page shows. A property test renders every page
# anew after each change, so a column that is named here by mistake does not stay here.
UNSEEN: dict[str, frozenset[str]] = {
    "wagtailcore_page": frozenset(
        """
        path depth numchild url_path draft_title has_unpublished_changes latest_revision_id latest_revision_created_at
        live_revision_id go_live_at expire_at expired locked locked_at locked_by_id owner_id last_published_at
        """.split()
    ),
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


def at(table: str, column: str, value: object) -> str:
    """Name the rows of a table that have this value in a column."""
    return f"at:{table}:{column}:{_short(value)}"


def column(table: str, name: str) -> str:
    """Name what stands in a column of the rows that a table has already."""
    return f"col:{table}:{name}"


def every(table: str) -> str:
    """Name all rows of a table, those to come included."""
    return f"any:{table}"


def table_of(key: str) -> str:
    """Return the table that a key speaks of."""
    return key.split(":", 2)[1]


@cache
def root(model: type[models.Model]) -> str:
    """Return the table that a model's rows begin in: that of the topmost model it inherits from."""
    parents = list(model._meta.concrete_model._meta.parents) if model._meta.concrete_model else []
    return root(parents[0]) if parents else model._meta.db_table


@cache
def watched(model: type[models.Model]) -> tuple[str, ...]:
    """Return the columns by whose value rows are looked up, as names of attributes: owners, and what names a row."""
    listing = LISTINGS.get(model._meta.db_table)
    return tuple(
        field.attname
        for field in model._meta.local_concrete_fields
        if is_watched(field) or (listing and field.attname in listing.columns)
    )


def is_watched(field: models.Field[Any, Any]) -> bool:
    """Say whether a look-up by this column's value is named by that value, and not as the whole table."""
    return bool(field.is_relation or field.unique or isinstance(field, models.SlugField)) and not field.primary_key


def of_row(model: type[models.Model], values: Mapping[str, Any]) -> Iterable[str]:
    """Name everything that depends on a row with these values: the row, its table, and its place under each owner."""
    table = model._meta.db_table
    yield every(table)
    if values.get("pk") is not None:
        yield row(model, values["pk"])
    for field in model._meta.local_concrete_fields:
        if is_watched(field) and field.attname in values:
            yield at(table, str(field.column), values[field.attname])


def _short(value: object) -> str:
    text = str(value)
    return text if len(text) <= LONGEST_VALUE else hashlib.blake2b(text.encode(), digest_size=16).hexdigest()
