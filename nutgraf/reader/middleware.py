"""Lead whoever forgot the last slash, or asks as the site before was asked, to the page that is meant; refuse what none is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from urllib.parse import urlencode

from django.conf import settings
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBadRequest,
    HttpResponsePermanentRedirect,
    HttpResponseRedirect,
)
from django.middleware.common import CommonMiddleware
from django.urls import resolve
from django.utils.translation import gettext as _
from wagtail.contrib.redirects.middleware import get_redirect
from wagtail.contrib.redirects.models import Redirect

from nutgraf.newsroom.models import Section
from nutgraf.published.pages import ELSEWHERE, asked_as_elsewhere


class SlashMiddleware(CommonMiddleware):
    """As Django's, but for one word alone, which any section could be called: only where one is called so."""

    def should_redirect_with_slash(self, request: HttpRequest) -> bool:
        if not super().should_redirect_with_slash(request):
            return False
        match = resolve(f"{request.path_info}/")
        if match.url_name != "section":
            return True
        slug = match.kwargs["slug"]
        return len(slug) <= 255 and Section.objects.filter(slug=slug).exists()


class ElsewhereMiddleware:
    """Lead from "/?p=7" and the like, which are addresses of another system's pages, to where those are here.

    Wagtail's own looks for a redirect where there is no page, and here there is one: the front. Where nothing moved in
    from, what is asked for is the page without the query.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        address = asked_as_elsewhere(request.path, request.META.get("QUERY_STRING", ""))
        if address is None or request.method not in ("GET", "HEAD"):
            return self.get_response(request)
        for old in _spellings(request):
            found = get_redirect(request, Redirect.normalise_path(old, decode_unicode=False))
            if found and found.link:
                return HttpResponsePermanentRedirect(found.link)
        return HttpResponseRedirect(address, headers={"Cache-Control": "no-cache"})


def _spellings(request: HttpRequest) -> Iterator[str]:
    """Yield what is asked for, and then without what others hang on to it: who sent the reader, mostly."""
    yield request.get_full_path()
    for name in ELSEWHERE & request.GET.keys():
        yield f"{request.path}?{urlencode({name: request.GET[name]})}"


class NulMiddleware:
    """Refuse a NUL in a query or in the session's cookie: nobody writes one, and PostgreSQL cannot be asked for it.

    In a path there is nothing of that name, and forms refuse it by themselves. So does the API, in its own way.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        is_in_query = "%00" in request.META.get("QUERY_STRING", "") and not request.path.startswith("/api/")
        if is_in_query or "\0" in request.COOKIES.get(settings.SESSION_COOKIE_NAME, ""):
            return HttpResponseBadRequest(_("There is a NUL in this address or cookie."), content_type="text/plain")
        return self.get_response(request)
