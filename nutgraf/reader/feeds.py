"""The feeds of readers' pages: the front's, and that of each section, author and label."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from nutgraf.feeds.feed import Feed, Item
from nutgraf.feeds.writing import FORMS
from nutgraf.newsroom.models import Author, Newsroom, Section
from nutgraf.published.pages import stored
from nutgraf.reader import feed_items
from nutgraf.reader.addresses import whole
from nutgraf.stories.models import Label
from nutgraf.streams import queries
from nutgraf.streams.models import ALL, author_stream, label_stream, section_stream

SIZE = 20


@stored()
def front(request: HttpRequest, form: str) -> HttpResponse:
    """All stories."""
    newsroom = Newsroom.load()
    return of_stream(request, form, ALL, reverse("front"), newsroom.name, newsroom.tagline)


@stored()
def section(request: HttpRequest, slug: str, form: str) -> HttpResponse:
    """The stories of a section."""
    found = get_object_or_404(Section, slug=slug)
    return of_stream(
        request, form, section_stream(found), found.get_absolute_url(), titled(found.name), found.description
    )


@stored()
def author(request: HttpRequest, slug: str, form: str) -> HttpResponse:
    """What an author signed."""
    found = get_object_or_404(Author, slug=slug)
    return of_stream(request, form, author_stream(found), found.get_absolute_url(), titled(found.name), found.role)


@stored()
def label(request: HttpRequest, slug: str, form: str) -> HttpResponse:
    """The stories with a point that bears a label."""
    found = get_object_or_404(Label, slug=slug, is_forbidden=False)
    about = _("Stories with a point called “%(label)s”.") % {"label": found.name}
    return of_stream(request, form, label_stream(found), found.get_absolute_url(), titled(found.name), about)


def answer(
    request: HttpRequest,
    form: str,
    *,
    page: str,
    title: str,
    items: tuple[Item, ...],
    description: str = "",
    query: str = "",
) -> HttpResponse:
    """Write the feed of a page, whose path ends in a slash, in the form that was asked for."""
    asked = f"?{query}" if query else ""
    feed = Feed(
        title=title,
        page_url=whole(page, request) + asked,
        url=whole(f"{page}feed.{form}", request) + asked,
        language=settings.LANGUAGE_CODE,
        description=description or title,
        items=items,
        # A hub is told of what a page shows, and nobody knows which searches there are.
        hub="" if asked else settings.WEBSUB_HUB,
    )
    return HttpResponse(FORMS[form].write(feed), content_type=FORMS[form].content_type)


def of_stream(request: HttpRequest, form: str, stream: str, page: str, title: str, description: str) -> HttpResponse:
    """Write the feed of the latest stories of a stream."""
    items = feed_items.of(queries.page(stream, size=SIZE).stories, request)
    return answer(request, form, page=page, title=title, items=items, description=description)


def titled(name: str) -> str:
    """Return the name of a page with that of its newsroom."""
    return f"{name} – {Newsroom.load().name}"
