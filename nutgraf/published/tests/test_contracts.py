"""What we replace in Django and take for granted of it, so that another version of it cannot change it quietly."""

from __future__ import annotations

import inspect

import pytest
from django.apps import apps
from django.db import connection, models, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.expressions import Col
from django.db.models.query import ModelIterable, QuerySet, RelatedPopulator
from django.db.models.sql import compiler as sql
from taggit.models import Tag
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site

from nutgraf.published import keys

WRITERS = (sql.SQLInsertCompiler, sql.SQLUpdateCompiler, sql.SQLDeleteCompiler)


def parameters(function) -> list[str]:
    return list(inspect.signature(inspect.unwrap(function)).parameters)


def test_statements_are_executed_under_the_names_that_we_replace():
    assert parameters(sql.SQLCompiler.execute_sql) == ["self", "result_type", "chunked_fetch", "chunk_size"]
    assert parameters(sql.SQLInsertCompiler.execute_sql) == ["self", "returning_fields"]
    assert parameters(sql.SQLUpdateCompiler.execute_sql) == ["self", "result_type"]
    for compiler in (sql.SQLCompiler, *WRITERS):
        assert hasattr(vars(compiler)["execute_sql"], "__wrapped__")
    assert "execute_sql" not in vars(sql.SQLAggregateCompiler)


def test_the_compilers_of_the_database_in_use_are_those_that_we_replace():
    for compiler in (*WRITERS, sql.SQLCompiler, sql.SQLAggregateCompiler):
        used = connection.ops.compiler(compiler.__name__)
        assert used.execute_sql is compiler.execute_sql


def test_a_row_becomes_an_object_by_from_db():
    assert parameters(models.Model.from_db.__func__) == ["cls", "db", "field_names", "values"]
    for maker in (ModelIterable.__iter__, RelatedPopulator.populate):
        assert "from_db" in inspect.getsource(maker)
    for model in (Page, Site, Tag, Redirect):
        assert model.from_db.__func__ is models.Model.from_db.__func__


def test_where_the_sites_are_is_asked_in_one_place():
    assert hasattr(Site.get_site_root_paths, "__wrapped__")
    assert parameters(Site.get_site_root_paths) == []
    assert "Site.get_site_root_paths()" in inspect.getsource(Page._get_site_root_paths)


def test_a_transaction_ends_by_commit_or_rollback_of_the_wrapper():
    for name in ("commit", "rollback"):
        assert hasattr(vars(BaseDatabaseWrapper)[name], "__wrapped__")
        assert name not in vars(type(connection))
    leaving = inspect.getsource(transaction.Atomic.__exit__)
    assert "connection.commit()" in leaving
    assert "connection.rollback()" in leaving


def test_wishes_for_after_the_commit_are_three_things_each(db):
    assert connection.run_on_commit == []
    transaction.on_commit(list, robust=True)
    wishes: list = connection.run_on_commit
    ((savepoints, function, is_robust),) = wishes
    connection.run_on_commit = []

    assert isinstance(savepoints, set)
    assert (function, is_robust) == (list, True)


def test_a_query_tells_what_it_joins_and_by_what(db):
    rows = Redirect.objects.filter(site__root_page__title="A")
    list(rows)

    joins = list(rows.query.alias_map.values())
    assert [join.table_name for join in joins] == ["wagtailredirects_redirect", "wagtailcore_site", "wagtailcore_page"]
    assert joins[2].join_cols == (("root_page_id", "id"),)
    assert joins[2].parent_alias == "wagtailcore_site"
    assert joins[2].join_field.many_to_one
    (leaf,) = rows.query.where.children
    assert isinstance(leaf.lhs, Col)
    assert (leaf.lhs.alias, leaf.lhs.target.column) == ("wagtailcore_page", "title")


def test_an_update_tells_its_fields_and_a_delete_its_rows(db):
    query = Tag.objects.filter(name="x").query.chain(models.sql.UpdateQuery)
    query.add_update_values({"slug": "y"})
    ((field, model, value),) = query.values

    assert (field.column, value) == ("slug", "y")
    # What it is told about is asked by the same condition.
    asked: QuerySet = QuerySet(Tag, query=query.chain(klass=models.sql.Query))
    assert "WHERE" in str(asked.values("pk").query)


@pytest.mark.parametrize("rows", [Tag.objects.all, Tag.objects.only("name").all], ids=["all", "some"])
def test_an_object_is_told_which_columns_it_has(db, rows, monkeypatch):
    Tag.objects.create(name="x", slug="y")
    told = []
    original = models.Model.from_db.__func__

    def from_db(cls, db, field_names, values):
        told.append(list(field_names))
        return original(cls, db, field_names, values)

    monkeypatch.setattr(models.Model, "from_db", classmethod(from_db))
    (tag,) = rows()

    assert told == [[field.attname for field in Tag._meta.concrete_fields if field.attname in vars(tag)]]


def test_tables_that_no_page_shows_are_called_so():
    tables = {model._meta.db_table for model in apps.get_models(include_auto_created=True)}
    # Django's own list of migrations is no model, and the index of SQLite's search is none elsewhere.
    assert keys.HOUSEKEEPING - tables <= {"django_migrations", "wagtailsearch_indexentry_fts"}
