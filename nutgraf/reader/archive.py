"""The archive by its calendar: the months that there are, the days of a month, and every story of a day."""

from __future__ import annotations

import datetime
from itertools import islice

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from nutgraf.newsroom.days import last_of_month
from nutgraf.published.pages import stored
from nutgraf.stories.models import Story
from nutgraf.streams import days, queries
from nutgraf.streams.days import Month

# Of each day on a month's page; the day's own page has all.
SHOWN = 5


@stored()
def years(request: HttpRequest) -> HttpResponse:
    """Every month that has stories, by year."""
    by_year: dict[int, list[Month]] = {}
    for one in days.months():
        by_year.setdefault(one.first.year, []).append(one)
    return render(request, "pages/archive.html", {"by_year": by_year})


@stored()
def month(request: HttpRequest, year: str, month: str) -> HttpResponse:
    """The days of a month that have stories, with the latest of each."""
    first, last = span(year, month)
    found = days.of_month(first)
    if not found.days:
        raise Http404
    by_day: dict[datetime.date, list[int]] = {}
    for key, at in queries.between(*queries.bounds(first, last)).items():
        by_day.setdefault(timezone.localdate(at), []).append(key)
    shown = {day.day: list(islice(by_day.get(day.day, []), SHOWN)) for day in found.days}
    stories = _lines([key for keys in shown.values() for key in keys])
    told = [(day, [stories[key] for key in shown[day.day] if key in stories]) for day in found.days]
    context = {"month": found, "days": told, **_beside(first, last)}
    return render(request, "pages/archive_month.html", context)


@stored()
def day(request: HttpRequest, year: str, month: str, day: str) -> HttpResponse:
    """Every story of a day."""
    found, _ = span(year, month, day)
    keys = queries.between(*queries.bounds(found, found))
    stories = _lines(list(keys))
    if not stories:
        raise Http404
    told = [stories[key] for key in keys if key in stories]
    return render(request, "pages/archive_day.html", {"day": found, "stories": told, **_beside(found, found)})


def span(year: str, month: str, day: str = "") -> tuple[datetime.date, datetime.date]:
    """Return the first and the last day of a month, or a day twice; raises Http404 for what is none."""
    try:
        first = datetime.date.fromisoformat(f"{year}-{month}-{day or '01'}")
    except ValueError as error:
        raise Http404 from error
    return first, first if day else last_of_month(first)


def _beside(first: datetime.date, last: datetime.date) -> dict[str, datetime.date | None]:
    low, high = queries.bounds(first, last)
    return {"earlier": queries.day_before(low), "later": queries.day_from(high)}


def _lines(keys: list[int]) -> dict[int, Story]:
    return Story.objects.live().as_links().in_bulk(keys)
