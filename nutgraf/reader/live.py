"""Live coverage as readers get it: in the story's page, in parts of its own, and as what is new since a cursor."""

from __future__ import annotations

import datetime
import json
from typing import Any
from urllib.parse import unquote

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.contrib.redirects.models import Redirect

from nutgraf.live import queries
from nutgraf.live.models import LiveEntry, LiveRun
from nutgraf.published import recording
from nutgraf.published.pages import events, only_read, stored
from nutgraf.reader import finding
from nutgraf.stories.models import Story

# A cache in front may be so late; who is told by us at once is not.
SECONDS_IN_FRONT = 10
# The browser chooses among these by how many entries are new; the last stands for any more.
MOST_COUNTED = 10


@stored(query=["after"])
def changes(request: HttpRequest, **place: str) -> HttpResponse:
    """What was filed or changed lately, or since a cursor, for pages that are open: small, the same for all, and cacheable.

    Cursors lead to the last of each 25, so that there are few pages of this, however many ask.
    """
    run = _run_of(request, place, "live.json")
    if isinstance(run, HttpResponse):
        return run
    recording.shared_for(SECONDS_IN_FRONT)
    after = request.GET.get("after")
    if not after:
        return _as_json(state(run, request, after=max(0, run.change - queries.RECENT), most=queries.RECENT))
    # One spelling each, and none that we have not told anybody.
    is_number = after.isascii() and after.isdecimal() and len(after) < 19
    if not is_number or str(int(after)) != after or int(after) > run.change:
        return HttpResponse(_("This is no cursor of this live story."), status=400, content_type="text/plain")
    if rest := int(after) % queries.RECENT:
        return redirect(f"{run.story.address}live.json?after={int(after) - rest}")
    return _as_json(state(run, request, after=int(after), most=queries.MOST_MISSED))


def state(run: LiveRun, request: HttpRequest, *, after: int, most: int) -> dict[str, Any]:
    """Return what was changed after a change; nothing but where it stands if that is more than is told at once."""
    entries = queries.changed_since(run, after, most=most + 1)
    is_too_much = len(entries) > most
    context = {"run": run, "story": run.story, "key_events": queries.key_events(run), "here": set()}
    return {
        "cursor": run.change,
        "from": run.change if is_too_much else after,
        "ended": not run.is_open,
        "top": render_to_string("components/live_top.html", context, request),
        "entries": [] if is_too_much else [_as_data(entry, run, request) for entry in entries],
    }


def _as_data(entry: LiveEntry, run: LiveRun, request: HttpRequest) -> dict[str, Any]:
    html = render_to_string("components/live_entry.html", {"entry": entry, "run": run, "story": run.story}, request)
    return {"id": entry.pk, "change": entry.change, "at": int(entry.at.timestamp()), "html": html.strip()}


def news(before: bytes | None, now: bytes) -> str:
    """Return what to tell those who stay connected: what differs from before, or to whoever comes, where it stands."""
    new = json.loads(now)
    old = json.loads(before) if before else None
    if old is None or new["from"] > old["cursor"]:
        return _as_text({"cursor": new["cursor"], "from": new["cursor"], "ended": new["ended"], "entries": []})
    told = {
        "cursor": new["cursor"],
        "from": old["cursor"],
        "ended": new["ended"],
        "entries": [entry for entry in new["entries"] if entry["change"] > old["cursor"]],
    }
    return _as_text(told if new["top"] == old["top"] else told | {"top": new["top"]})


changes_as_they_come = events(of="live_changes", news=news)


@stored()
def part(request: HttpRequest, *, number: str, **place: str) -> HttpResponse:
    """Fifty entries that the story's own page no longer shows, or does not show yet."""
    run = _run_of(request, place, f"live/{number}/")
    if isinstance(run, HttpResponse):
        return run
    found = queries.part(run, int(number))
    if found is None or str(int(number)) != number:
        # It may become one as entries are filed, so nobody is told that it has moved for good.
        return redirect(address_of_part(run, 0))
    return render(request, "pages/live_part.html", {"story": run.story, "run": run, "part": found})


@only_read
def entry(request: HttpRequest, *, pk: str, **place: str) -> HttpResponse:
    """The way to an entry, on whatever page it stands by now: the address that one gives to others."""
    run = _run_of(request, place, f"live/entry/{pk}/")
    if isinstance(run, HttpResponse):
        return run
    found = get_object_or_404(run.entries.select_related("run"), pk=pk)
    return redirect(f"{address_of_part(run, queries.number_of_part(found))}#{found.anchor}")


def address_of_part(run: LiveRun, number: int) -> str:
    """Return where a part stands; 0 is the story's own page."""
    return f"{run.story.address}live/{number}/" if number else str(run.story.address)


def counted() -> str:
    """Say for one, two and more how many entries are new, as a list that the reader's script chooses from."""
    words = [
        ngettext("%(many)d new entry", "%(many)d new entries", many) % {"many": many} for many in range(1, MOST_COUNTED)
    ]
    more = ngettext("%(many)d or more new entries", "%(many)d or more new entries", MOST_COUNTED) % {
        "many": MOST_COUNTED
    }
    return json.dumps([*words, more], ensure_ascii=False)


def as_posting(run: LiveRun, entries: list[LiveEntry], *, address: str) -> dict[str, Any]:
    """Return what search engines are told of live coverage, as schema.org has it."""
    updates = [
        {
            "@type": "BlogPosting",
            "headline": entry.line,
            "articleBody": entry.words or entry.headline,
            "datePublished": entry.at.isoformat(),
            **({"dateModified": entry.corrected_at.isoformat()} if entry.corrected_at else {}),
            **({"author": {"@type": "Person", "name": entry.author.name}} if entry.author else {}),
            "url": f"{address}#{entry.anchor}",
        }
        for entry in entries
        # Of a picture or a number alone there are no words to tell.
        if entry.is_public and entry.line
    ]
    return {
        "@type": "LiveBlogPosting",
        "coverageStartTime": run.started_at.isoformat(),
        **({"coverageEndTime": run.ended_at.isoformat()} if run.ended_at else {}),
        "liveBlogUpdate": updates,
    }


def _run_of(request: HttpRequest, place: dict[str, str], below: str) -> LiveRun | HttpResponse:
    """Return the live coverage at an address, or the way to it where its story has another address by now."""
    try:
        day = datetime.date(int(place["year"]), int(place["month"]), int(place["day"]))
    except ValueError as error:
        raise Http404 from error
    stories = Story.objects.with_address().filter(address_date=day, slug=place["slug"])
    story = stories.filter(live=True).first() or _moved(request.path.removesuffix(below))
    if story is None:
        withdrawn = next((one for one in stories if finding.is_withdrawn(one)), None)
        if withdrawn is None:
            raise Http404
        return finding.gone(request, withdrawn)
    # What we are asked for is told in letters, an address as it is sent.
    address = str(story.address)
    if request.path != unquote(address) + below:
        return redirect(address + below)
    run = get_object_or_404(LiveRun, story=story.pk)
    run.story = story
    return run


def _moved(path: str) -> Story | None:
    """Return the public story that once stood at a path."""
    moved = Redirect.objects.filter(old_path=Redirect.normalise_path(path), redirect_page__live=True).first()
    return Story.objects.live().with_address().filter(pk=moved.redirect_page_id).first() if moved else None


def _as_json(data: dict[str, Any]) -> HttpResponse:
    return HttpResponse(_as_text(data), content_type="application/json")


def _as_text(data: dict[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))
