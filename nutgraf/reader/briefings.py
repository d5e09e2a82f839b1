"""The doors to briefings: all of them, one with its editions, an edition as its readers got it, and special reports."""

from __future__ import annotations

import datetime
import re
from typing import Any

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from nutgraf.briefings import actions, composition, pages
from nutgraf.briefings.content import Content
from nutgraf.briefings.models import Briefing, Edition, SpecialReport
from nutgraf.feeds.feed import Author as FeedAuthor
from nutgraf.feeds.feed import Item as FeedItem
from nutgraf.published import recording
from nutgraf.published.pages import stored
from nutgraf.reader import feeds
from nutgraf.reader.addresses import whole, whole_in
from nutgraf.reader.views import stream_page
from nutgraf.stories.models import Story
from nutgraf.streams.queries import Stories, StreamPage

PAGE_SIZE = 20
STREAM_SIZE = 10

# How an edition's address ends; its number is there only beside another of the same day.
DATE = r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?:-[1-9][0-9]?)?"
_DATE = re.compile(r"(\d{4}-\d{2}-\d{2})(?:-(\d{1,2}))?", re.ASCII)


@stored()
def briefings(request: HttpRequest) -> HttpResponse:
    """Every briefing that one can subscribe to, with its latest edition."""
    found = list(Briefing.objects.filter(is_open=True).select_related("curator__portrait"))
    # Of each by itself: a page that asks for all at once shows, to the store, all of them.
    shown = [(briefing, pages.latest_of(briefing)) for briefing in found]
    reports = SpecialReport.objects.filter(is_public=True).select_related("picture")
    return render(request, "pages/briefings.html", {"briefings": shown, "reports": reports})


@stored(query=["before"])
def briefing(request: HttpRequest, slug: str) -> HttpResponse:
    """A briefing and the stream of its editions, or the older part of that."""
    found = get_object_or_404(Briefing.objects.select_related("curator__portrait"), slug=slug)
    editions = pages.out_of(found)
    if before := request.GET.get("before"):
        day, number = _parse(before)
        editions = editions.filter(Q(day__lt=day) | Q(day=day, number__lt=number))
        if not pages.out_of(found).filter(day=day, number=number).exists():
            recording.refuse("it begins where no page's link leads")
    some = list(editions[: PAGE_SIZE + 1])
    context = {
        "briefing": found,
        "editions": some[:PAGE_SIZE],
        "more": some[PAGE_SIZE - 1].date_word if len(some) > PAGE_SIZE else "",
    }
    return render(request, "pages/briefing.html", context)


@stored()
def edition(request: HttpRequest, slug: str, date: str) -> HttpResponse:
    """An edition as it went out, with what was corrected since."""
    found = _find(slug, date)
    if request.path != found.get_absolute_url():
        return redirect(found, permanent=True)
    return render(request, "pages/edition.html", pages.page_of(found, Content.from_json(found.content or {})))


@require_safe
@cache_control(private=True, no_store=True)
def follow_link(request: HttpRequest, slug: str, date: str, number: str) -> HttpResponse:
    """Count that a link of an edition was followed, and lead to it; of who followed it nothing is kept."""
    found = _find(slug, date)
    # Whoever only looks whether there is something has not followed it.
    url = actions.count_click(edition=found.pk, number=int(number), is_followed=request.method == "GET")
    response = redirect(url or found.get_absolute_url())
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Referrer-Policy"] = "no-referrer"
    return response


@stored()
def feed(request: HttpRequest, slug: str, form: str) -> HttpResponse:
    """The latest editions of a briefing, whole."""
    found = get_object_or_404(Briefing.objects.select_related("curator"), slug=slug)
    latest = Edition.objects.out().filter(briefing=found).select_related("briefing", "curator")[: feeds.SIZE]
    told = [(one, composition.of(one, at=one.out_at or one.created_at)) for one in latest]
    items = tuple(_feed_item(shown, request) for shown in pages.gather(told))
    return feeds.answer(
        request,
        form,
        page=found.get_absolute_url(),
        title=feeds.titled(found.name),
        items=items,
        description=found.promise,
    )


@stored()
def special_reports(request: HttpRequest) -> HttpResponse:
    """Every special report."""
    reports = SpecialReport.objects.filter(is_public=True).select_related("picture")
    return render(request, "pages/special_reports.html", {"reports": reports})


@stored(query=["before"])
def special_report(request: HttpRequest, slug: str) -> HttpResponse:
    """A special report: the stories that were chosen, its editions, and the stories of its storyline."""
    reports = SpecialReport.objects.select_related("curator", "picture", "storyline__merged_into")
    found = get_object_or_404(reports, slug=slug, is_public=True)
    storyline = found.storyline and (found.storyline.merged_into or found.storyline)
    stream = stream_page(request, storyline.stream, size=STREAM_SIZE) if storyline else StreamPage()
    context: dict[str, Any] = {"report": found, "storyline": storyline, "stream": stream}
    if not request.GET.get("before"):
        keys = list(found.chosen.values_list("story", flat=True))
        stories = Story.objects.live().for_cards().in_bulk(keys)
        chosen = [stories[key] for key in keys if key in stories]
        rest = Stories(key for key in stream.stories.keys if key not in stories)
        editions = Edition.objects.out().in_short().filter(report=found).select_related("briefing")
        context |= {"chosen": chosen, "stream": StreamPage(rest, stream.next_cursor), "editions": editions[:PAGE_SIZE]}
    return render(request, "pages/special_report.html", context)


def _find(slug: str, date: str) -> Edition:
    day, number = _parse(date)
    found = Edition.objects.out().select_related("briefing", "curator").filter(briefing__slug=slug)
    return get_object_or_404(found, day=day, number=number)


def _parse(date: str) -> tuple[datetime.date, int]:
    parts = _DATE.fullmatch(date)
    try:
        if parts:
            return datetime.date.fromisoformat(parts[1]), int(parts[2] or 1)
    except ValueError as error:
        raise Http404 from error
    raise Http404


def _feed_item(shown: dict[str, Any], request: HttpRequest) -> FeedItem:
    edition, content = shown["edition"], shown["content"]
    html = render_to_string("feeds/edition.html", shown)
    return FeedItem(
        id=f"urn:nutgraf:edition:{edition.pk}",
        url=whole(edition.get_absolute_url(), request),
        title=edition.subject,
        summary=edition.preheader,
        html=whole_in(html, request).strip(),
        published_at=edition.out_at or edition.created_at,
        authors=(FeedAuthor(content.curator.name, whole(content.curator.url, request)),),
        tags=(_("Briefing"), edition.briefing.name),
    )
