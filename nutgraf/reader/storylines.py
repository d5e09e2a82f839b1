"""The doors to storylines: their list, and each one's page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from nutgraf.published.pages import stored
from nutgraf.reader import feeds
from nutgraf.reader.views import stream_page
from nutgraf.storylines.models import Storyline


@stored()
def storylines(request: HttpRequest) -> HttpResponse:
    """Every storyline: those that develop, then the quiet, then the closed."""
    return render(request, "pages/storylines.html", {"storylines": Storyline.objects.standing()})


@stored(query=["before"])
def storyline(request: HttpRequest, slug: str) -> HttpResponse:
    """A storyline, or the older part of its stream; of one that was merged, the way to what it went into."""
    found = get_object_or_404(Storyline.objects.select_related("picture", "merged_into"), slug=slug)
    if found.merged_into:
        return redirect(found.merged_into, permanent=True)
    return render(request, "pages/storyline.html", {"storyline": found, "stream": stream_page(request, found.stream)})


@stored()
def feed(request: HttpRequest, slug: str, form: str) -> HttpResponse:
    """The stories of a storyline; who follows one that was merged goes on in what it went into."""
    found = get_object_or_404(Storyline.objects.select_related("merged_into"), slug=slug)
    if found.merged_into:
        return redirect("storyline_feed", slug=found.merged_into.slug, form=form, permanent=True)
    return feeds.of_stream(
        request, form, found.stream, found.get_absolute_url(), feeds.titled(found.name), found.summary
    )
