"""A small world of Wagtail's and Django's own rows, questions about it, and what can happen to it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    FilteredRelation,
    Max,
    Model,
    OuterRef,
    Prefetch,
    Q,
    Subquery,
    Value,
    When,
    Window,
)
from django.db.models.functions import Lower, RowNumber
from taggit.models import Tag, TaggedItem
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents.models import Document
from wagtail.models import Collection, Locale, Page, Site

from nutgraf.published import keys

# The keys of what was made, by its kind.
MADE: dict[type[Model], list[int]] = {}


def build() -> None:
    """Make three pages, three collections with documents and tags, two sites and redirects to them."""
    Redirect.objects.all().delete()
    Site.objects.all().delete()
    root = Page.get_first_root_node()
    pages = [root.add_child(instance=Page(title=f"Page {name}", slug=f"page-{name}")) for name in "abc"]
    collections = [Collection.get_first_root_node().add_child(name=f"Collection {name}") for name in "abc"]
    sites = [
        Site.objects.create(hostname=f"{name}.example.org", root_page=page, is_default_site=name == "a")
        for name, page in zip("ab", pages, strict=False)
    ]
    tags = [Tag.objects.create(name=name, slug=name) for name in ("red", "green", "blue")]
    MADE.update({Tag: [tag.pk for tag in tags], Page: [page.pk for page in pages]})
    for number, name in enumerate("uvwxyz"):
        document = Document.objects.create(title=f"Document {name}", collection=collections[number % 3])
        document.tags.add(tags[number % 2])
        Redirect.objects.create(old_path=f"/{name}", site=sites[number % 2], redirect_page=pages[number % 3])


def page(name: str) -> Page:
    return Page.objects.get(slug=f"page-{name}")


def rows(found: Iterable[Model], *, is_alone: bool = False) -> list[Any]:
    """Return all that stands in rows and is meant to be seen, without asking for what was not loaded."""
    return [_row(one, is_alone=is_alone) for one in found]


def _row(one: Model, *, is_alone: bool) -> list[Any]:
    hidden = {"_state", "_prefetched_objects_cache", *keys.UNSEEN["wagtailcore_page"]}
    hidden |= keys.UNFOLLOWED["wagtailcore_page"]
    own = sorted((name, _plain(value)) for name, value in vars(one).items() if name not in hidden)
    if is_alone:
        return own
    below = getattr(one, "_prefetched_objects_cache", {}).items()
    beside = [(name, [other]) for name, other in one._state.fields_cache.items() if isinstance(other, Model)]
    return own + [(name, rows(others, is_alone=True)) for name, others in sorted([*below, *beside])]


def _plain(value: Any) -> Any:
    return rows(value, is_alone=True) if isinstance(value, list) else repr(value)


def _site() -> Site:
    return Site.objects.get(hostname="a.example.org")


QUESTIONS: dict[str, Callable[[], Any]] = {
    "by its key": lambda: rows([Document.objects.get(title__startswith="Document u")]),
    "by keys": lambda: rows(Tag.objects.filter(pk__in=[1, 2, 3, 10_000]).order_by("pk")),
    "columns by keys": lambda: list(Tag.objects.filter(pk__in=MADE[Tag]).order_by("pk").values_list("name", flat=True)),
    "whether by a key and more": lambda: Tag.objects.filter(pk=MADE[Tag][0], slug="red").exists(),
    "few columns in bulk by keys": lambda: rows(Tag.objects.only("name").in_bulk([*MADE[Tag], 10_000]).values()),
    "few columns of parts in bulk by keys": lambda: rows(
        Page.objects.order_by().only("title").in_bulk(MADE[Page]).values()
    ),
    "by no keys": lambda: rows(Tag.objects.filter(pk__in=[])),
    "in bulk": lambda: rows(Document.objects.in_bulk().values()),
    "by what is unique": lambda: rows(Tag.objects.filter(name="red")),
    "by a slug": lambda: rows(Tag.objects.filter(slug__in=["red", "gone"])),
    "by a slug in another case": lambda: rows(Tag.objects.filter(slug__iexact="RED")),
    "by an owner": lambda: rows(Redirect.objects.filter(site=_site()).order_by("pk")),
    "by an owner and more": lambda: rows(Redirect.objects.filter(site=_site(), is_permanent=True)),
    "by no owner": lambda: rows(Redirect.objects.filter(site__isnull=True)),
    "all of an owner's": lambda: rows(_site().redirects.all()),
    "of an owner's, the first by name": lambda: rows(Redirect.objects.filter(site=_site()).order_by("old_path")[:2]),
    "one of an owner's, by its name": lambda: list(
        Redirect.objects.filter(site=_site()).order_by("old_path").values_list("old_path", flat=True)[:1]
    ),
    "everything": lambda: rows(Site.objects.all()),
    "the first by a column": lambda: rows(Page.objects.order_by("-title")[:1]),
    "owners beside": lambda: rows(Redirect.objects.select_related("site", "redirect_page").order_by("pk")),
    "the first by an owner's column": lambda: rows(Redirect.objects.order_by("redirect_page__title", "pk")[:1]),
    "the first by an owner's column, owners beside": lambda: rows(
        Redirect.objects.select_related("redirect_page").order_by("redirect_page__title", "pk")[:1]
    ),
    "the first by an expression of an owner's column": lambda: rows(
        Redirect.objects.select_related("redirect_page").order_by(Lower("redirect_page__title").desc(), "pk")[:1]
    ),
    "the first by a case of an owner's column": lambda: rows(
        Redirect.objects.select_related("redirect_page").order_by(
            Case(When(redirect_page__title="Page b", then=0), default=1), "pk"
        )[:1]
    ),
    "by an owner's owner, owners beside": lambda: rows(
        Redirect.objects.select_related("site").filter(site__root_page__title="Page a").order_by("pk")
    ),
    "the owners of rows": lambda: rows(Redirect.objects.prefetch_related("redirect_page").order_by("pk")),
    "the children of rows": lambda: rows(Site.objects.prefetch_related("redirects")),
    "the first child of rows": lambda: rows(
        Site.objects.prefetch_related(
            Prefetch("redirects", Redirect.objects.order_by("-old_path")[:1], to_attr="latest")
        )
    ),
    "what is linked to rows": lambda: rows(Document.objects.prefetch_related("tags").order_by("pk")),
    "what is linked to one": lambda: rows(Document.objects.order_by("pk")[0].tags.all()),
    "by a link": lambda: rows(Document.objects.filter(tags__name="red").order_by("pk")),
    "by no link": lambda: rows(Document.objects.filter(tags=None)),
    "columns": lambda: list(Document.objects.order_by("pk").values_list("title", flat=True)),
    "owners' columns": lambda: list(Document.objects.order_by("pk").values("title", "collection__name")),
    "few columns": lambda: rows(Tag.objects.only("name").order_by("pk")),
    "few columns of owners beside": lambda: rows(
        Document.objects.select_related("collection").only("title", "collection__name").order_by("pk")
    ),
    "all but a column": lambda: rows(Tag.objects.defer("slug").order_by("pk")),
    "a column that was left out": lambda: [tag.slug for tag in Tag.objects.only("name").order_by("pk")],
    "whether": lambda: Redirect.objects.filter(old_path="/u").exists(),
    "whether by what is not watched": lambda: Redirect.objects.filter(redirect_link="/new").exists(),
    "how many": Document.objects.count,
    "how many of an owner's": lambda: Redirect.objects.filter(site=_site(), is_permanent=True).count(),
    "how many different": lambda: Document.objects.values("collection").distinct().count(),
    "the most": lambda: Document.objects.aggregate(most=Max("title")),
    "the most of some": lambda: Document.objects.order_by("pk")[:2].aggregate(most=Max("title")),
    "numbers of children": lambda: list(
        Site.objects.annotate(number=Count("redirects")).order_by("pk").values_list("hostname", "number")
    ),
    "by numbers of children": lambda: rows(Site.objects.annotate(n=Count("redirects")).filter(n__gt=3)),
    "by whether there is one": lambda: rows(
        Site.objects.filter(Exists(Redirect.objects.filter(site=OuterRef("pk"), is_permanent=False)))
    ),
    "by a column of the query around": lambda: rows(
        Site.objects.filter(Exists(Page.objects.filter(title=OuterRef("site_name"))))
    ),
    "with one of each one's": lambda: list(
        Site.objects.annotate(
            first=Subquery(Redirect.objects.filter(site=OuterRef("pk")).order_by("old_path").values("old_path")[:1])
        ).values_list("hostname", "first")
    ),
    "by the first by an owner's column": lambda: rows(
        Site.objects.filter(pk=Subquery(Redirect.objects.order_by("-redirect_page__title").values("site")[:1]))
    ),
    "in another query": lambda: rows(Redirect.objects.filter(redirect_page__in=Page.objects.filter(live=True))),
    "either or": lambda: rows(Tag.objects.filter(Q(slug="red") | Q(name="Blue")).order_by("pk")),
    "both": lambda: rows(Tag.objects.filter(Q(slug="red") & ~Q(name="Blue"))),
    "all but": lambda: rows(Document.objects.exclude(title="Document u").order_by("pk")),
    "all but those linked": lambda: rows(Document.objects.exclude(tags__name="red").order_by("pk")),
    "one and another": lambda: rows(Tag.objects.filter(slug="red").union(Tag.objects.filter(name="blue"))),
    "one by one": lambda: rows(Document.objects.order_by("pk").iterator(chunk_size=2)),
    "in a part of the tree": lambda: list(Page.objects.child_of(page("a")).values_list("title", flat=True)),
    "by a condition in the join": lambda: rows(
        Site.objects.annotate(lasting=FilteredRelation("redirects", condition=Q(redirects__is_permanent=False)))
        .filter(lasting__isnull=False)
        .distinct()
    ),
    "numbered": lambda: list(
        Document.objects.annotate(n=Window(RowNumber(), partition_by="collection", order_by="title")).values("pk", "n")
    ),
    "with a constant": lambda: rows(Tag.objects.annotate(one=Value(1)).filter(slug="red")),
    "the earliest": lambda: rows([Redirect.objects.earliest("old_path")]),
    "by a column of its own": lambda: rows(Site.objects.filter(site_name=F("hostname"))),
    "which site": lambda: Site.get_site_root_paths() and list(Site.objects.values_list("root_page__url_path")),
}

CHANGES: dict[str, Callable[[], Any]] = {
    "a row is changed": lambda: _save(Tag.objects.get(name="red"), name="scarlet"),
    "a slug is changed": lambda: _save(Tag.objects.get(name="red"), slug="gone"),
    "one is called as was asked": lambda: _save(Tag.objects.get(name="green"), name="Blue"),
    "a row is added": lambda: Tag.objects.create(name="gone", slug="gone"),
    "a row with a key is added": lambda: Tag.objects.create(pk=10_000, name="late", slug="late"),
    "rows are added": lambda: Tag.objects.bulk_create([Tag(name="a", slug="a"), Tag(name="b", slug="b")]),
    "a row is removed": lambda: Tag.objects.get(name="blue").delete(),
    "a row goes to another owner": lambda: Redirect.objects.filter(old_path="/v").update(site=_site()),
    "a row loses its owner": lambda: Redirect.objects.filter(old_path="/u").update(site=None),
    "a row of an owner is changed": lambda: Redirect.objects.filter(old_path="/u").update(is_permanent=False),
    "a row of an owner gets another name": lambda: Redirect.objects.filter(old_path="/w").update(old_path="/a"),
    "a row of an owner comes": lambda: Redirect.objects.create(old_path="/0", site=_site(), redirect_link="/new"),
    "rows are removed": lambda: Redirect.objects.filter(old_path__in=["/u", "/z"]).delete(),
    "an owner is changed": lambda: Page.objects.filter(slug="page-a").update(title="Page ä"),
    "an owner comes to be last": lambda: _save(page("b"), title="0"),
    "an owner is hidden": lambda: Page.objects.filter(slug="page-c").update(live=False),
    "an owner is removed": lambda: page("c").delete(),
    "an owner's owner is another": lambda: Site.objects.filter(hostname="b.example.org").update(root_page=page("a")),
    "a site is named": lambda: Site.objects.update(site_name=F("hostname")),
    "a site is named as a page": lambda: Site.objects.filter(port=80).update(site_name="Page c"),
    "a page comes below": lambda: page("a").add_child(instance=Page(title="Below", slug="below")),
    "a page is moved": lambda: page("c").move(page("a"), pos="first-child"),
    "a page's address is changed": lambda: _save(page("a"), slug="page-ä"),
    "rows are changed in bulk": lambda: Document.objects.bulk_update(
        [_set(one, title=one.title.upper()) for one in Document.objects.all()], ["title"]
    ),
    "a document goes to another collection": lambda: _save(
        Document.objects.get(title="Document v"), collection=Collection.objects.get(name="Collection a")
    ),
    "a collection is renamed": lambda: Collection.objects.filter(name="Collection a").update(name="A"),
    "a document is added": lambda: Document.objects.create(title="Document a"),
    "a document goes": lambda: Document.objects.filter(title="Document u").delete(),
    "a link is added": lambda: Document.objects.get(title="Document w").tags.add("blue"),
    "links are removed": lambda: Document.objects.get(title="Document u").tags.clear(),
    "links lead elsewhere": lambda: TaggedItem.objects.update(tag=Tag.objects.get(name="blue")),
    "one is got or made": lambda: Tag.objects.get_or_create(name="made", defaults={"slug": "made"}),
    "one is changed or made": lambda: Tag.objects.update_or_create(name="red", defaults={"slug": "rot"}),
    "one is made over another": lambda: Tag.objects.bulk_create(
        [Tag(name="red", slug="gone")], update_conflicts=True, unique_fields=["name"], update_fields=["slug"]
    ),
    "a key is changed": lambda: Redirect.objects.filter(old_path="/u").update(id=9_999),
    "it is said in SQL": lambda: _execute("UPDATE taggit_tag SET name = 'rouge' WHERE name = 'red'"),
    "it is said in SQL with a beginning": lambda: _execute(
        "WITH old AS (SELECT 'red' AS name) UPDATE taggit_tag SET slug = 'r' WHERE name IN (SELECT name FROM old)"
    ),
    "more rows than are told": lambda: Tag.objects.bulk_create(Tag(name=f"{n}", slug=f"{n}") for n in range(501)),
    "a locale comes": lambda: Locale.objects.get_or_create(language_code="fr"),
    "a kind comes": lambda: ContentType.objects.create(app_label="none", model="none"),
}


def _set(one: Any, **values: Any) -> Any:
    for name, value in values.items():
        setattr(one, name, value)
    return one


def _save(one: Any, **values: Any) -> None:
    _set(one, **values).save()


def _execute(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
