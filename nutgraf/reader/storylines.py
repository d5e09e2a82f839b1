"""The doors to storylines: their list, each one's page, the rest of its parts, and its feed."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from nutgraf.newsroom.days import begins_at
from nutgraf.published import recording
from nutgraf.published.pages import stored
from nutgraf.reader import feeds
from nutgraf.reader.catching_up import catches_up, moment_of
from nutgraf.reader.views import stream_page
from nutgraf.storylines import catching_up, queries
from nutgraf.storylines.models import Entry, Storyline
from nutgraf.storylines.parts import events, numbers, timeline, voices

# The timeline has named them all.
STREAM_SIZE = 5

Context = dict[str, Any]


@stored()
def storylines(request: HttpRequest) -> HttpResponse:
    """Every storyline: those that develop, then the quiet, then the closed."""
    return render(request, "pages/storylines.html", {"by_state": queries.by_state()})


@stored(query=["before", "since"])
@catches_up
def storyline(request: HttpRequest, slug: str) -> HttpResponse:
    """A storyline, or the older part of its stream; of one that was merged, the way to what it went into."""
    found = _find(slug)
    if found.merged_into:
        return redirect(found.merged_into, permanent=True)
    context: Context = {"storyline": found, "stream": stream_page(request, found.stream, size=STREAM_SIZE)}
    if not request.GET.get("before"):
        at = timezone.now()
        # What it says is told by day: the first of a year has others with their years.
        recording.valid_until(_new_year(at))
        context |= {"assembled": queries.assembled(found, at=at), "today": timezone.localdate(at)}
        if since := moment_of(request, at=at):
            context |= {"caught_up": catching_up.of(found, since=since, at=at), "since": since}
    return render(request, "pages/storyline.html", context)


@stored(query=["after", "before"])
def part(request: HttpRequest, slug: str, name: str) -> HttpResponse:
    """All of one part of a storyline, of which its page shows the first few."""
    found = _find(slug)
    if found.merged_into:
        return redirect("storyline_part", slug=found.merged_into.slug, name=name, permanent=True)
    context = {"storyline": found, "part": name} | PARTS[name](request, found)
    return render(request, "pages/storyline_part.html", context)


@stored()
def feed(request: HttpRequest, slug: str, form: str) -> HttpResponse:
    """The stories of a storyline; who follows one that was merged goes on in what it went into."""
    found = _find(slug)
    if found.merged_into:
        return redirect("storyline_feed", slug=found.merged_into.slug, form=form, permanent=True)
    return feeds.of_stream(
        request, form, found.stream, found.get_absolute_url(), feeds.titled(found.name), found.summary
    )


def _find(slug: str) -> Storyline:
    return get_object_or_404(Storyline.objects.select_related("picture", "merged_into"), slug=slug)


def _coming(request: HttpRequest, found: Storyline) -> Context:
    at = timezone.now()
    recording.valid_until(_new_year(at))
    return {"coming": events.coming(found, at=at, size=None), "today": timezone.localdate(at)}


def _new_year(at: datetime.datetime) -> datetime.datetime:
    return begins_at(datetime.date(timezone.localdate(at).year + 1, 1, 1))


def _timeline(request: HttpRequest, found: Storyline) -> Context:
    at = timezone.now()
    before = None
    if given := request.GET.get("before"):
        try:
            before = datetime.date.fromisoformat(given)
        except ValueError as error:
            raise Http404 from error
        if before.isoformat() != given or before > timezone.localdate(at):
            raise Http404
    shown = timeline.timeline(found, at=at, before=before)
    if before and not shown.days:
        recording.refuse("it begins where no page's link leads")
    events.declare_next(found, at=at)
    return {"timeline": shown}


def _numbers(request: HttpRequest, found: Storyline) -> Context:
    some, following = numbers.every(found, after=_after(request, found))
    return {"numbers": some, "following": following}


def _voices(request: HttpRequest, found: Storyline) -> Context:
    some, following = voices.every(found, after=_after(request, found))
    return {"voices": some, "following": following}


def _after(request: HttpRequest, found: Storyline) -> str:
    after = request.GET.get("after", "")
    if after and not Entry.objects.filter(storyline=found, key=after).exists():
        # Anybody may write anything there.
        recording.refuse("it begins where no page's link leads")
    return after


# By the last word of their addresses.
PARTS: dict[str, Callable[[HttpRequest, Storyline], Context]] = {
    "next": _coming,
    "timeline": _timeline,
    "numbers": _numbers,
    "voices": _voices,
}
