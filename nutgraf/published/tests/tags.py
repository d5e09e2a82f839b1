"""A site of tags, as small as one can be: a page for each, a list of them, and pages that may not be kept."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path
from taggit.models import Tag
from wagtail.models import Site

from nutgraf.published import outbox, recording
from nutgraf.published.fragments import fragment
from nutgraf.published.pages import stored
from nutgraf.published.samples import commit
from nutgraf.published.store import the_store
from nutgraf.published.stored import StoredPage

rendered: list[str] = []


@stored(query=["before"])
def tag(request: HttpRequest, slug: str) -> HttpResponse:
    rendered.append(request.get_full_path())
    return HttpResponse(f"<h1>{Tag.objects.get(slug=slug).name}</h1>")


@stored()
def tags(request: HttpRequest) -> HttpResponse:
    return HttpResponse(" ".join(Tag.objects.order_by("name").values_list("name", flat=True)))


@stored()
def beside(request: HttpRequest, place: str) -> HttpResponse:
    """A page that shows red beside whatever else it is; many pages do."""
    red = fragment("red", lambda: made("red"))
    return HttpResponse(f"{place}: {red.name}")


def made(slug: str) -> Tag:
    rendered.append(slug)
    return Tag.objects.get(slug=slug)


@stored()
def window(request: HttpRequest) -> HttpResponse:
    recording.window("letters", low="c", high="f")
    return HttpResponse("c d e f")


@stored()
def address(request: HttpRequest) -> HttpResponse:
    return HttpResponse(Site.get_site_root_paths()[0].root_url)


@stored()
def refused(request: HttpRequest, how: str) -> HttpResponse:
    if how == "missing":
        raise Http404
    if how == "broken":
        raise ZeroDivisionError
    response = HttpResponse(how, status=503 if how == "busy" else 200)
    if how == "cookie":
        response.set_cookie("name", "value")
    if how == "private":
        response["Cache-Control"] = "private"
    if how == "session":
        request.session["seen"] = True
    if how == "ours":
        recording.refuse("it is not to be kept")
    return response


urlpatterns = [
    path("tags/<slug:slug>/", tag),
    path("tags/", tags),
    path("beside/<slug:place>/", beside),
    path("window/", window),
    path("address/", address),
    path("refused/<slug:how>/", refused),
]


def page(address: str = "/x/", *, generation: int | None = None, **fields) -> StoredPage:
    reached = the_store().generation() if generation is None else generation
    return StoredPage.press(address=address, generation=reached, headers=[("a", "b")], content=b"x" * 999, **fields)


def change(*names: str, tables=(), places=()) -> None:
    from django.db import connection

    outbox.add(connection, names)
    for table in tables:
        outbox.add_tables(connection, [table])
    for place in places:
        outbox.add_place(connection, *place)
    commit()
