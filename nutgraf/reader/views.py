"""The doors through which readers come: each asks one question and shows one page."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone

from nutgraf.newsroom.models import Author, Section
from nutgraf.published import recording
from nutgraf.published.pages import only_read, stored
from nutgraf.reader.addresses import whole
from nutgraf.reader.catching_up import catches_up
from nutgraf.reader.finding import find_story, gone
from nutgraf.stories.models import Label
from nutgraf.streams import queries
from nutgraf.streams.models import ALL, author_stream, label_stream, section_stream
from nutgraf.streams.queries import Cursor, StreamPage


@stored(query=["since"])
@catches_up
def front(request: HttpRequest) -> HttpResponse:
    """The front page; it goes on in the whole stream."""
    return render(request, "pages/front.html", {"front": queries.front(at=timezone.now())})


@stored(query=["before", "since"])
@catches_up
def section(request: HttpRequest, slug: str) -> HttpResponse:
    """A section's front, or the older part of its stream."""
    found = get_object_or_404(Section, slug=slug)
    context: dict[str, Any] = {"section": found}
    if request.GET.get("before"):
        context["stream"] = stream_page(request, section_stream(found))
    else:
        context["front"] = queries.front(found, at=timezone.now())
    return render(request, "pages/section.html", context)


@stored(query=["before"])
def latest(request: HttpRequest) -> HttpResponse:
    """The whole stream, from the newest on or from a cursor."""
    return render(request, "pages/latest.html", {"stream": stream_page(request, ALL)})


@stored(query=["since"])
@catches_up
def story(request: HttpRequest, section: str, year: str, month: str, day: str, slug: str) -> HttpResponse:
    """A story, or the note that it was withdrawn; under another section or another spelling, the way to it."""
    found = find_story(year=year, month=month, day=day, slug=slug)
    # What we are asked for is told in letters, an address as it is sent.
    if found.address and request.path != unquote(found.address):
        return redirect(found.address, permanent=True)
    return found.serve(request) if found.live else gone(request, found)


@stored()
def authors(request: HttpRequest) -> HttpResponse:
    """Everyone who signs stories."""
    return render(
        request,
        "pages/authors.html",
        {"authors": Author.objects.select_related("portrait").defer("bio", "email", "user")},
    )


@stored(query=["before"])
def author(request: HttpRequest, slug: str) -> HttpResponse:
    """An author and what they signed."""
    found = get_object_or_404(Author.objects.select_related("portrait").prefetch_related("links"), slug=slug)
    return render(request, "pages/author.html", {"author": found, "stream": stream_page(request, author_stream(found))})


@stored()
def labels(request: HttpRequest) -> HttpResponse:
    """The labels of the house, by the job that they do for the reader."""
    allowed = list(Label.objects.filter(is_forbidden=False))
    by_job = [(job.label, [label for label in allowed if label.job == job]) for job in Label.Job]
    return render(request, "pages/labels.html", {"labels_by_job": [(job, some) for job, some in by_job if some]})


@stored(query=["before"])
def label(request: HttpRequest, slug: str) -> HttpResponse:
    """The stories with a point that bears a label."""
    found = get_object_or_404(Label, slug=slug, is_forbidden=False)
    return render(request, "pages/label.html", {"label": found, "stream": stream_page(request, label_stream(found))})


@stored()
def robots(request: HttpRequest) -> HttpResponse:
    """What we ask of robots: everything that readers see, but neither searches, what is one subscriber's, nor the desk; and where the maps are."""
    maps = "".join(f"Sitemap: {whole(reverse(name), request)}\n" for name in ("sitemaps", "news_sitemap"))
    asked = f"User-agent: *\nDisallow: /desk/\nDisallow: /search/\nDisallow: /subscriptions/\n\n{maps}"
    return HttpResponse(asked, content_type="text/plain")


@only_read
def favicon(request: HttpRequest) -> HttpResponse:
    """The mark, for whoever asks at the old address instead of reading the page."""
    return redirect(static("reader/mark.svg"), permanent=True)


def stream_page(request: HttpRequest, name: str, *, size: int | None = None) -> StreamPage:
    """Return the part of a stream that a request asks for; a cursor that is none leads nowhere."""
    try:
        before = Cursor.parse(request.GET["before"]) if request.GET.get("before") else None
    except ValueError as error:
        raise Http404 from error
    if before and not queries.is_linked(name, before):
        recording.refuse("it begins where no page's link leads")
    return queries.page(name, before=before, size=size or queries.PAGE_SIZE)
