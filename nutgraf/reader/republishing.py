"""What others may take with them: a story's text to print elsewhere, and a short guide to the site for language models."""

from __future__ import annotations

from urllib.parse import unquote

from django.db.models import prefetch_related_objects
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string

from nutgraf.newsroom.models import Newsroom, Section
from nutgraf.published.pages import stored
from nutgraf.reader import feed_items
from nutgraf.reader.addresses import whole, whole_in
from nutgraf.reader.finding import find_story


@stored()
def republish(request: HttpRequest, section: str, year: str, month: str, day: str, slug: str) -> HttpResponse:
    """The text of a public story to copy, with its credit; only where the newsroom has written its terms.

    Of a story that is not the newsroom's to give away it says so.
    """
    newsroom = Newsroom.load()
    found = find_story(year=year, month=month, day=day, slug=slug)
    if not newsroom.republishing or not found.live:
        raise Http404
    path = f"{found.address}republish/"
    if request.path != unquote(path):
        return redirect(path, permanent=True)
    if found.is_not_to_republish:
        return render(request, "pages/not_to_republish.html", {"story": found}, status=404)
    prefetch_related_objects([found], *feed_items.FACTS)
    address = whole(str(found.address), request)
    context = {"story": found, "parts": feed_items.parts(found), "address": address, "publisher": newsroom.name}
    text = whole_in(render_to_string("feeds/republished.html", context), request).strip()
    return render(request, "pages/republish.html", {"story": found, "text": text, "address": address})


@stored()
def llms(request: HttpRequest) -> HttpResponse:
    """A guide to the site for language models, where the newsroom offers one."""
    newsroom = Newsroom.load()
    if not newsroom.offers_llms_txt:
        raise Http404
    context = {"room": newsroom, "all_sections": Section.objects.all()}
    text = whole_links(render_to_string("feeds/llms.txt", context), request)
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


def whole_links(markdown: str, request: HttpRequest) -> str:
    """Return Markdown whose links to our pages are whole addresses."""
    return markdown.replace("](/", f"]({whole('/', request)}")
