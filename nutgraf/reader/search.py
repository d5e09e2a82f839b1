"""Search: the form and what it found, the same as a feed, and how a browser may search here by itself."""

from __future__ import annotations

import hashlib
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import condition

from nutgraf.newsroom.models import Newsroom
from nutgraf.published.pages import only_read, stored
from nutgraf.reader import feed_items, feeds, passages
from nutgraf.reader.addresses import whole
from nutgraf.reader.forms import SearchForm
from nutgraf.stories import matching, words
from nutgraf.stories.matching import Matches, Question
from nutgraf.stories.models import Story

PER_PAGE = 10
# For so long a feed reader, and whoever stands between, need not ask again.
FEED_SECONDS = 15 * 60


@only_read
def search(request: HttpRequest) -> HttpResponse:
    """The search form, and what it found."""
    form = SearchForm(request.GET)
    context: dict[str, Any] = {"form": form}
    if form.is_valid():
        question = form.question()
        context |= _found(request, question, is_asked=not question.is_empty or bool(form.cleaned_data["q"]))
    answer = render(request, "pages/search.html", context)
    return _kept_out(answer)


@only_read
def feed(request: HttpRequest, form: str) -> HttpResponse:
    """The newest stories that a search finds; it is made for whoever asks, and not stored."""
    asked = SearchForm(request.GET)
    question = asked.question() if asked.is_valid() else Question()
    keys = matching.find(question, is_newest_first=True, most=feeds.SIZE).keys

    @condition(etag_func=lambda request: _state(keys))
    def answer(request: HttpRequest) -> HttpResponse:
        about = asked.data.get("q") or _("Filters")
        title = feeds.titled(_("Search for “%(words)s”") % {"words": _tame(str(about))})
        return feeds.answer(
            request,
            form,
            page=reverse("search"),
            query=_query(request),
            title=title,
            items=feed_items.of(_loaded(keys), request),
        )

    made = answer(request)
    patch_cache_control(made, public=True, max_age=FEED_SECONDS)
    return _kept_out(made)


@stored()
def description(request: HttpRequest) -> HttpResponse:
    """What browsers and other programs need to know to search here: OpenSearch 1.1."""
    context = {
        "newsroom": Newsroom.load(),
        "page": whole(reverse("search"), request),
        "feeds": {form: whole(reverse("search_feed", args=[form]), request) for form in ("rss", "atom")},
        "own": whole(reverse("opensearch"), request),
    }
    return render(request, "feeds/opensearch.xml", context, content_type="application/opensearchdescription+xml")


def _found(request: HttpRequest, question: Question, *, is_asked: bool) -> dict[str, Any]:
    if not is_asked:
        return {}
    matches: Matches = matching.find(question)
    page = Paginator(matches.keys, per_page=PER_PAGE).get_page(request.GET.get("page"))
    stories = _loaded(list(page.object_list))
    found = passages.of(stories, question.terms)
    results = [(story, passages.marked(story.headline, question.terms), found.get(story.pk)) for story in stories]
    context: dict[str, Any] = {"results": page, "found": results, "query": _query(request)}
    context |= {"are_all": matches.are_all, "looked_through": matches.looked_through}
    if not matches.keys and (terms := words.guess(question)):
        meant = " ".join(f'"{term}"' if " " in term else term for term in terms)
        context |= {"meant": meant, "meant_query": _query(request, q=meant)}
    return context


def _loaded(keys: list[int]) -> list[Story]:
    stories = Story.objects.live().for_cards().in_bulk(keys)
    return [stories[key] for key in keys if key in stories]


def _query(request: HttpRequest, **changed: str) -> str:
    """Return what was asked as the end of an address, without a page's number."""
    asked = QueryDict(mutable=True)
    for name in SearchForm.base_fields:
        if value := changed.get(name, request.GET.get(name, "")):
            asked[name] = _tame(value)
    return asked.urlencode()


def _tame(text: str) -> str:
    # No feed may hold a control character, however it is written.
    return "".join(letter for letter in text if letter.isprintable())


def _state(keys: list[int]) -> str:
    """Name what a feed says: another when a story comes, goes or is updated."""
    rows = Story.objects.filter(pk__in=keys).order_by("pk").values_list("pk", "last_published_at")
    return f'"{hashlib.sha256(repr(list(rows)).encode()).hexdigest()[:32]}"'


def _kept_out(answer: HttpResponse) -> HttpResponse:
    answer["X-Robots-Tag"] = "noindex"
    return answer
