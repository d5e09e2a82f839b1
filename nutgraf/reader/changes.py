"""The doors to what changed after publication: a story's public versions, and the newsroom's corrections."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from urllib.parse import unquote

from django.db.models import Exists, OuterRef, Q, QuerySet
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
    found = find_story(year=year, month=month, day=day, slug=slug)
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


def noted() -> QuerySet[PublicVersion]:
    """Return what readers are told was wrong, unclear or withdrawn, newest first; nothing of what is a draft again."""
    later = PublicVersion.objects.filter(story=OuterRef("story"), number__gt=OuterRef("number"))
    shown = Q(story__live=True) | (Q(kind=PublicVersion.Kind.WITHDRAWAL) & ~Exists(later))
    versions = PublicVersion.objects.noted().filter(shown).in_short()
    return versions.select_related("story__section").order_by("-at", "-pk")


@stored(query=["before"])
def corrections(request: HttpRequest) -> HttpResponse:
    """Every correction, clarification, editor's note and withdrawal, newest first."""
    found = noted()
    if before := request.GET.get("before"):
        found = found.filter(_earlier_than(before))
    versions = list(found[: PAGE_SIZE + 1])
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
    items = tuple(_item(version, request) for version in noted()[: feeds.SIZE])
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
