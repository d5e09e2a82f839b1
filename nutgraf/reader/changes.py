"""The doors to what changed after publication: a story's public versions, and the newsroom's corrections."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import count, islice
from urllib.parse import unquote

from django.db.models import Max, Prefetch, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import formats
from django.utils.html import format_html
from django.utils.translation import gettext as _

from nutgraf.copydesk import comparing
from nutgraf.copydesk.comparing import Change
from nutgraf.feeds.feed import Item
from nutgraf.published import recording
from nutgraf.published.pages import stored
from nutgraf.reader import feeds
from nutgraf.reader.addresses import whole
from nutgraf.reader.finding import find_story, gone
from nutgraf.stories.models import PublicVersion, Story

PAGE_SIZE = 20
# How many versions are loaded at once, to see which of them are told.
TOLD_AT_ONCE = 25
# What is shown of them.
SHOWN = ("story", "number", "at", "kind", "sentence")


@dataclass(frozen=True)
class Comparison:
    """Two public versions of one story, and what is another in the later."""

    before: PublicVersion
    after: PublicVersion

    @cached_property
    def changes(self) -> list[Change]:
        """What is another, in the story's order."""
        return comparing.compare(self.before.pieces, self.after.pieces)


@stored(query=["from", "to"])
def story_changes(request: HttpRequest, section: str, year: str, month: str, day: str, slug: str) -> HttpResponse:
    """What changed in a story: its public versions, and two of them side by side, the latest unless others are asked for."""
    stories = Story.objects.as_links("short_head", "live")
    found = find_story(year=year, month=month, day=day, slug=slug, stories=stories)
    path = f"{found.address}changes/"
    # What we are asked for is told in letters, an address as it is sent.
    if request.path != unquote(path):
        return redirect(path, permanent=True)
    if not found.live:
        return gone(request, found)
    versions = list(found.public_versions.in_short())
    context = {"story": found, "versions": versions[::-1], "comparison": _comparison(request, found, versions)}
    return render(request, "pages/story_changes.html", context)


def _comparison(request: HttpRequest, story: Story, versions: list[PublicVersion]) -> Comparison | None:
    if len(versions) < 2:
        if request.GET:
            raise Http404
        return None
    latest = versions[-1].number
    try:
        first, last = int(request.GET.get("from", latest - 1)), int(request.GET.get("to", latest))
    except ValueError as error:
        raise Http404 from error
    if not versions[0].number <= first < last <= latest:
        raise Http404
    if request.GET and not (last - first == 1 or (first, last) == (versions[0].number, latest)):
        recording.refuse("no page links to these two versions")
    before, after = story.public_versions.filter(number__in=[first, last]).order_by("number")
    return Comparison(before, after)


def noted(*, before: Q | None = None) -> Iterator[PublicVersion]:
    """Give what readers are told was wrong, unclear or withdrawn, newest first; nothing of what is a draft again.

    Whether a story is a draft again is asked of it by itself: asked of all in the database, a page would be another
    with each story that comes or goes.
    """
    versions = PublicVersion.objects.noted().filter(before or Q()).order_by("-at", "-pk").only(*SHOWN)
    versions = versions.prefetch_related(Prefetch("story", Story.objects.as_links("live", "translation_key")))
    for start in count(0, TOLD_AT_ONCE):
        some = list(versions[start : start + TOLD_AT_ONCE])
        last_words = _last_words(one for one in some if one.kind == PublicVersion.Kind.WITHDRAWAL)
        yield from (one for one in some if one.story.live or one.pk in last_words)
        if len(some) < TOLD_AT_ONCE:
            return


def _last_words(versions: Iterable[PublicVersion]) -> set[int]:
    """Return the keys of those versions after which there is none of their stories."""
    by_place = {(one.story_id, one.number): one.pk for one in versions if not one.story.live}
    others = PublicVersion.objects.filter(story__in={story for story, _ in by_place}).order_by()
    return {by_place[place] for place in others.values_list("story").annotate(Max("number")) if place in by_place}


@stored(query=["before"])
def corrections(request: HttpRequest) -> HttpResponse:
    """Every correction, clarification, editor's note and withdrawal, newest first."""
    before = request.GET.get("before")
    versions = list(islice(noted(before=_earlier_than(before) if before else None), PAGE_SIZE + 1))
    more = versions[PAGE_SIZE - 1].pk if len(versions) > PAGE_SIZE else None
    return render(request, "pages/corrections.html", {"versions": versions[:PAGE_SIZE], "more": more})


def _earlier_than(before: str) -> Q:
    try:
        last = PublicVersion.objects.noted().only("at").get(pk=int(before))
    except (ValueError, OverflowError, PublicVersion.DoesNotExist) as error:
        raise Http404 from error
    if before != str(last.pk):
        raise Http404
    return Q(at__lt=last.at) | Q(at=last.at, pk__lt=last.pk)


@stored()
def corrections_feed(request: HttpRequest, form: str) -> HttpResponse:
    """The latest corrections, clarifications, notes and withdrawals, as a feed."""
    items = tuple(_item(version, request) for version in islice(noted(), feeds.SIZE))
    about = _("What was wrong or unclear in our stories, and what was withdrawn.")
    return feeds.answer(
        request,
        form,
        page=reverse("corrections"),
        title=feeds.titled(_("Corrections")),
        items=items,
        description=about,
    )


def _item(version: PublicVersion, request: HttpRequest) -> Item:
    headline = public_name(version)
    path = version.story.address or reverse("corrections")
    return Item(
        id=f"urn:uuid:{version.story.translation_key}#{version.number}",
        url=whole(path, request),
        title=f"{version.get_kind_display()}: {headline}",
        summary=version.sentence,
        html=format_html("<p>{}</p>", version.sentence),
        published_at=version.at,
    )


def public_name(version: PublicVersion) -> str:
    """Return how to call the story of a version; a withdrawn one's own words are not said again."""
    if version.story.live:
        return version.story.headline
    day = version.story.address_date
    return _("A story of %(day)s") % {"day": formats.date_format(day, "DATE_FORMAT") if day else "?"}
