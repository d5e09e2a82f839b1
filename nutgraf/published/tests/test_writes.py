"""Each way to change the database is written down in the transaction that changes it."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group
from django.db import connection, transaction
from django.db.models import F, Value
from django.db.models.functions import Lower
from taggit.models import Tag
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents.models import Document
from wagtail.models import Page, Site

from nutgraf.published import keys, orm, outbox, writes
from nutgraf.published.models import Change
from nutgraf.published.outbox import Touched
from nutgraf.published.tests.world import build, page


@pytest.fixture
def world(store):
    build()
    connection.nutgraf_touched = None


def touched() -> Touched:
    found = getattr(connection, "nutgraf_touched", None) or Touched()
    connection.nutgraf_touched = None
    return found


def key_of(one) -> str:
    return keys.row(type(one), one.pk)


def test_a_row_that_is_made_touches_its_table_and_what_names_it(world):
    tag = Tag.objects.create(name="new", slug="brand-new")

    wanted = {"any:taggit_tag", "at:taggit_tag:name:new", "at:taggit_tag:slug:brand-new", key_of(tag)}
    wanted.add(f"is:taggit_tag:{tag.pk}")
    assert touched() == Touched(wanted)


def test_rows_that_are_made_together_are_each_told(world):
    made = Tag.objects.bulk_create([Tag(name=name, slug=name) for name in ("a", "b")])

    assert touched().keys >= {key_of(tag) for tag in made} | {"at:taggit_tag:slug:a", "at:taggit_tag:slug:b"}


def test_a_row_that_is_saved_touches_what_differs(world):
    tag = Tag.objects.get(name="red")
    tag.slug = "rot"
    tag.save()

    found = touched().keys
    assert {key_of(tag), "at:taggit_tag:slug:red", "at:taggit_tag:slug:rot", "col:taggit_tag:slug"} <= found
    assert not found & {"at:taggit_tag:name:red", "col:taggit_tag:name", "any:taggit_tag"}


def test_saving_what_stands_there_touches_nothing(world):
    Tag.objects.get(name="red").save()
    Tag.objects.filter(name="red").update(name="red")

    assert not touched()


def test_what_is_not_saved_touches_nothing(world):
    tag = Tag.objects.get(name="red")
    tag.name = tag.slug = "rot"
    tag.save(update_fields=["slug"])

    found = touched().keys
    assert "col:taggit_tag:slug" in found
    assert "col:taggit_tag:name" not in found


def test_an_update_by_other_columns_tells_each_row(world):
    Site.objects.update(site_name=F("hostname"), port=F("port") + 1)

    assert touched().keys >= {key_of(site) for site in Site.objects.all()} | {"col:wagtailcore_site:port"}


def test_an_update_tells_where_a_row_was_and_where_it_is(world):
    old, new = Site.objects.order_by("pk")
    Redirect.objects.filter(old_path="/u").update(site=new)

    name = "wagtailredirects_redirect:site_id"
    assert touched().keys >= {f"at:{name}:{old.pk}", f"at:{name}:{new.pk}"}


def test_a_bulk_update_tells_each_row(world):
    documents = list(Document.objects.all())
    for document in documents:
        document.title += "!"
    Document.objects.bulk_update(documents, ["title"], batch_size=2)

    assert touched().keys >= {key_of(document) for document in documents}


def test_a_change_of_a_key_is_told_as_one_of_the_table(world):
    Redirect.objects.filter(old_path="/u").update(id=9_999)

    assert touched().tables == {"wagtailredirects_redirect"}


def test_a_row_that_goes_is_told_with_all_that_goes_with_it(world):
    gone = page("a")
    site, redirects = gone.sites_rooted_here.get(), list(Redirect.objects.filter(redirect_page=gone))
    expected = {key_of(one) for one in (gone, site, *redirects)}
    gone.delete()

    found = touched().keys
    assert found >= expected
    assert {
        "any:wagtailcore_page",
        "any:wagtailcore_site",
        f"at:wagtailcore_site:root_page_id:{gone.id or 0}",
    } - found == ({"at:wagtailcore_site:root_page_id:0"} if gone.id is None else set())


def test_a_queryset_that_is_deleted_tells_each_row(world):
    some = list(Redirect.objects.filter(old_path__in=["/u", "/v"]))
    Redirect.objects.filter(old_path__in=["/u", "/v"]).delete()

    assert touched().keys >= {key_of(one) for one in some}


def test_links_that_come_and_go_are_told_on_both_sides(world):
    document, tag = Document.objects.get(title="Document u"), Tag.objects.get(name="blue")
    document.tags.add(tag)
    assert f"at:taggit_taggeditem:tag_id:{tag.pk}" in touched().keys

    document.tags.remove(tag)
    assert f"at:taggit_taggeditem:tag_id:{tag.pk}" in touched().keys


def test_one_that_is_got_touches_nothing_and_one_that_is_made_does(world):
    Tag.objects.get_or_create(name="red")
    assert not touched()

    Tag.objects.get_or_create(name="new", defaults={"slug": "new"})
    assert "at:taggit_tag:name:new" in touched().keys


def test_a_write_over_what_is_there_is_told_as_one_of_the_table(world):
    Tag.objects.bulk_create(
        [Tag(name="red", slug="rot")], update_conflicts=True, unique_fields=["name"], update_fields=["slug"]
    )

    assert touched().tables == {"taggit_tag"}


def test_a_value_that_the_database_makes_up_is_told_as_one_of_the_table(world):
    Tag.objects.create(name=Lower(Value("LOUD")), slug="loud")

    assert touched().tables == {"taggit_tag"}


@pytest.mark.parametrize("verb", ["make", "change", "remove"])
def test_more_rows_than_are_told_are_one_table(world, verb, monkeypatch):
    monkeypatch.setattr("nutgraf.published.writes.MOST_ROWS", 5)
    if verb == "make":
        Redirect.objects.bulk_create(Redirect(old_path=f"/{n}") for n in range(6))
    elif verb == "change":
        Redirect.objects.update(redirect_link="/")
    else:
        Redirect.objects.all().delete()

    assert "wagtailredirects_redirect" in touched().tables


@pytest.mark.parametrize(
    ("statement", "tables"),
    [
        ("UPDATE taggit_tag SET name = 'rouge' WHERE name = 'red'", {"taggit_tag"}),
        ("INSERT INTO \"taggit_tag\" (name, slug) VALUES ('x', 'x')", {"taggit_tag"}),
        (
            "DELETE FROM taggit_taggeditem WHERE tag_id IN (SELECT id FROM taggit_tag)",
            {"taggit_tag", "taggit_taggeditem"},
        ),
        ("WITH one AS (SELECT 1) DELETE FROM taggit_taggeditem", {"taggit_taggeditem"}),
        ("/* by hand; */ UPDATE taggit_tag SET name = 'rouge' WHERE name = 'red'", {"taggit_tag"}),
        ("-- by hand\nUPDATE TAGGIT_TAG SET NAME = 'rouge' WHERE NAME = 'red'", {"taggit_tag"}),
        ("UPDATE auth_group SET name = 'x' WHERE id = 0", set()),
        ("SELECT * FROM taggit_tag", set()),
    ],
    ids=["update", "insert", "delete", "with", "comment", "capitals", "housekeeping", "select"],
)
def test_sql_is_told_by_the_tables_that_it_names(world, statement, tables):
    with connection.cursor() as cursor:
        cursor.execute(statement)

    assert touched() == Touched(tables=tables)


@pytest.mark.parametrize(
    "statement",
    [
        "SET LOCAL lock_timeout = '2s'; UPDATE taggit_tag SET name = 'rouge'",
        "BEGIN; DELETE FROM taggit_tag; COMMIT",
        "EXPLAIN ANALYZE DELETE FROM taggit_tag",
        "DO $$ BEGIN UPDATE taggit_tag SET name = 'rouge'; END $$",
    ],
)
def test_sql_that_begins_otherwise_and_writes_is_known_to_write(statement):
    assert writes._is_writing(statement)


def test_what_keeps_house_is_not_followed(world):
    Group.objects.create(name="Guests")
    page("a").save_revision()

    assert not touched()


def test_what_no_page_shows_touches_only_those_that_ask_by_it(world):
    page("c").move(page("a"), pos="first-child")

    assert {key.split(":")[0] for key in touched().keys} == {"col"}


def test_nothing_is_heard_while_the_tables_are_made(world):
    with orm.deaf():
        Tag.objects.create(name="new", slug="new")

    assert not touched()


def test_a_change_is_heard_by_a_process_that_keeps_no_pages(world, settings):
    settings.PAGE_STORE, settings.ENV = False, "development"

    Tag.objects.create(name="new", slug="new")

    assert touched()


# What each transaction writes down; each commit is a real one


@pytest.fixture
def real(django_db_setup, django_db_blocker, settings):
    """Commit in earnest, and clear up by hand: pytest-django would empty tables that Wagtail needs."""
    settings.PAGE_STORE = True
    followed = []
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(outbox, "LISTENERS", [lambda: followed.append(Change.objects.count())])
        connection.nutgraf_touched = None
        yield followed
        patch.undo()
        with orm.deaf():
            Tag.objects.all().delete()
            Change.objects.all().delete()


def written() -> list[Touched]:
    return [Touched.parse(change.touched) for change in Change.objects.order_by("pk")]


def names(name: str) -> dict[str, str]:
    return {"name": name, "slug": name}


def test_each_statement_by_itself_is_written_down_and_followed(real):
    Tag.objects.create(**names("a"))
    Tag.objects.filter(name="a").update(name="b")

    assert ["col:taggit_tag:name" in one.keys for one in written()] == [False, True]
    assert real == [1, 2]


def test_a_transaction_is_written_down_once(real):
    with transaction.atomic():
        Tag.objects.create(**names("a"))
        with transaction.atomic():
            Tag.objects.create(**names("b"))
        assert not written()

    (one,) = written()
    assert one.keys >= {"at:taggit_tag:name:a", "at:taggit_tag:name:b"}
    assert real == [1]


def test_what_is_rolled_back_leaves_nothing(real):
    with pytest.raises(ZeroDivisionError), transaction.atomic():  # noqa: PT012 (what comes before is what is rolled back)
        Tag.objects.create(**names("a"))
        raise ZeroDivisionError
    with transaction.atomic():
        Tag.objects.create(**names("b"))

    (one,) = written()
    assert "at:taggit_tag:name:a" not in one.keys


def test_a_savepoint_that_is_rolled_back_does_not_keep_the_rest_from_being_followed(real):
    with transaction.atomic():
        with pytest.raises(ZeroDivisionError), transaction.atomic():  # noqa: PT012 (what comes before is what is rolled back)
            Tag.objects.create(**names("a"))
            raise ZeroDivisionError
        Tag.objects.create(**names("b"))

    assert "at:taggit_tag:name:b" in written()[0].keys
    assert real == [1]


def test_who_commits_by_hand_is_heard(real):
    transaction.set_autocommit(False)
    try:
        Tag.objects.create(**names("a"))
        assert not written()
        transaction.commit()
    finally:
        transaction.set_autocommit(True)

    assert len(written()) == 1
    assert real == [1]


def test_sql_by_itself_is_written_down_in_its_own_transaction(real, monkeypatch):
    def fail(connection):
        raise ZeroDivisionError

    monkeypatch.setattr(outbox, "_gathered", fail)
    with pytest.raises(ZeroDivisionError), connection.cursor() as cursor:
        cursor.execute("INSERT INTO taggit_tag (name, slug) VALUES ('a', 'a')")

    assert not Tag.objects.exists()


def test_what_cannot_be_written_down_is_not_committed(real, monkeypatch):
    monkeypatch.setattr(Touched, "as_text", lambda self: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        Tag.objects.create(**names("a"))
    connection.close()

    assert not Tag.objects.exists()


def test_a_failure_to_follow_does_not_fail_what_was_committed(real, monkeypatch):
    monkeypatch.setattr(outbox, "LISTENERS", [lambda: 1 / 0])

    Tag.objects.create(**names("a"))

    assert Tag.objects.exists()
    assert len(written()) == 1


def test_others_are_told_after_the_store_has_followed(real):
    order = []
    with transaction.atomic():
        transaction.on_commit(lambda: order.append(len(real)))
        Tag.objects.create(**names("a"))

    assert order == [1]


def test_a_page_that_is_hidden_touches_its_row_for_all_that_inherit_from_it(world):
    hidden = page("b")
    Page.objects.filter(pk=hidden.pk).update(live=False)

    assert touched().keys >= {key_of(hidden), "col:wagtailcore_page:live", "in:wagtailcore_page:slug:page-b:live"}
