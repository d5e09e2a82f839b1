"""What engines are told of: every page that is for readers, by month, and apart from these what is news just now."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from nutgraf.briefings.models import Briefing, Edition, SpecialReport
from nutgraf.feeds import sitemap
from nutgraf.feeds.sitemap import Entry, News
from nutgraf.media import renditions
from nutgraf.newsroom.models import Author, Newsroom, Section
from nutgraf.published import recording
from nutgraf.published.pages import stored
from nutgraf.reader import archive
from nutgraf.reader.addresses import whole
from nutgraf.reader.feed_items import PICTURE
from nutgraf.stories.models import Label, Story
from nutgraf.storylines.models import Storyline
from nutgraf.streams import days, queries
from nutgraf.streams.days import Month

# Of a month with more stories there is a map for each day.
MOST_IN_A_MONTH = 5_000
# What engines call news: see their rules for news sitemaps.
NEWS, MOST_NEWS = datetime.timedelta(days=2), 1_000
# Of what stands in the address of a map, one that no host has in its name.
_ANY = "0001-01"


@stored()
def index(request: HttpRequest) -> HttpResponse:
    """The map of maps."""
    maps = [Entry(whole(reverse("sitemap_of_pages"), request))]
    # Looked up once: there are thousands of a large archive.
    address = whole(reverse("sitemap", args=[_ANY]), request)
    for month in days.months(with_changes=True):
        is_busy = month.stories > MOST_IN_A_MONTH
        parts = _by_day(month) if is_busy else [(f"{month.first:%Y-%m}", month.changed_at)]
        maps += [Entry(address.replace(_ANY, name), changed_at) for name, changed_at in parts]
    return _answer(sitemap.write_index(maps))


@stored()
def stories(request: HttpRequest, when: str) -> HttpResponse:
    """The stories of a month, as in 2026-11, or of a day."""
    first, last = _span(when)
    found = queries.between(*queries.bounds(first, last), most=sitemap.MOST)
    entries = [_entry(story, request) for story in _loaded(found)]
    if not entries:
        # A map without pages is not valid.
        raise Http404
    return _answer(sitemap.write(entries))


@stored()
def pages(request: HttpRequest) -> HttpResponse:
    """Every other page that goes on."""
    paths = [
        *map(reverse, ("front", "latest", "archive", "authors", "labels", "storylines", "corrections", "catch_up")),
        *map(reverse, ("briefings", "special_reports")),
    ]
    for found in (
        Section.objects.all(),
        Author.objects.all(),
        Label.objects.filter(is_forbidden=False),
        Storyline.objects.standing(),
        Briefing.objects.all(),
        Edition.objects.out().in_short().select_related("briefing"),
        SpecialReport.objects.filter(is_public=True),
    ):
        paths += [one.get_absolute_url() for one in found]
    return _answer(sitemap.write(Entry(whole(path, request)) for path in paths))


@stored()
def news(request: HttpRequest) -> HttpResponse:
    """The stories of the last two days, as news; while there are none the latest one, as a page like others."""
    at = timezone.now()
    # From the moment on at which the oldest has been there for so long it is none.
    found = _loaded(queries.between(at - NEWS + at.resolution, most=MOST_NEWS))
    if found:
        recording.valid_until(found[-1].first_published_at + NEWS)
    newsroom = Newsroom.load()
    entries = [_entry(story, request, newsroom) for story in found]
    latest = queries.page(size=1).stories if not found else []
    if not entries and not latest:
        raise Http404
    return _answer(sitemap.write(entries or [_entry(story, request) for story in latest]))


def _by_day(month: Month) -> list[tuple[str, datetime.datetime]]:
    return [(f"{day.day:%Y-%m-%d}", day.changed_at) for day in month.days]


def _span(when: str) -> tuple[datetime.date, datetime.date]:
    year, month, day = [*when.split("-"), ""][:3]
    return archive.span(year, month, day)


def _loaded(keys: Iterable[int]) -> list[Story]:
    found = Story.objects.live().with_address().select_related("hero").defer("body").in_bulk(keys)
    return [found[key] for key in keys if key in found and found[key].address]


def _entry(story: Story, request: HttpRequest, newsroom: Newsroom | None = None) -> Entry:
    pictures = (whole(renditions.address(story.hero, PICTURE), request),) if story.hero else ()
    published_at = story.first_published_at
    news = News(newsroom.name, settings.LANGUAGE_CODE, published_at, story.headline) if newsroom else None
    return Entry(whole(str(story.address), request), story.updated_at or published_at, pictures, news)


def _answer(xml: bytes) -> HttpResponse:
    return HttpResponse(xml, content_type="application/xml")
