"""The addresses of the API; what is public is stored as readers' pages are, and every trouble is told alike."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import URLPattern, path, re_path
from django.utils.cache import get_conditional_response, set_response_etag
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from nutgraf.api import problems
from nutgraf.api.openapi import api, document
from nutgraf.api.reading import router as reading
from nutgraf.published.pages import stored

# What of a query makes another page, by the names of the reading operations.
QUERIES = {
    "stories": ["section", "author", "label", "storyline", "cursor"],
    "events": ["since", "cursor"],
    "event_news_objects": ["since", "cursor"],
    "quotes": ["speaker", "cursor"],
    "editions": ["briefing", "cursor"],
}


def _told(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Have what is not allowed told as a problem, and what has not changed not be sent again."""

    @csrf_exempt
    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "HEAD":
            # The framework knows only what is asked for by name; whoever serves leaves the body out.
            request.method = "GET"
        response = view(request, *args, **kwargs)
        if response.status_code == 405:
            return problems.response(405, _("This can't be done here."), Allow=response["Allow"])
        if response.status_code == 200 and request.method == "GET":
            if "ETag" not in response:
                set_response_etag(response)
            conditional: HttpResponse | None = get_conditional_response(
                request, etag=response["ETag"], response=response
            )
            return conditional or response
        return response

    return answer


def _door(pattern: URLPattern) -> URLPattern:
    view = _told(pattern.callback)
    names = {operation.view_func.__name__ for path in reading.path_operations.values() for operation in path.operations}
    if pattern.name in names:
        view.stored_query = frozenset(QUERIES.get(str(pattern.name), ["cursor"]))  # type: ignore[attr-defined]  # as `stored` does
    return URLPattern(pattern.pattern, view, name=pattern.name)


@stored()
def openapi(request: HttpRequest) -> HttpResponse:
    """The OpenAPI document."""
    return JsonResponse(document(), json_dumps_params={"indent": 1})


@csrf_exempt
def nothing(request: HttpRequest, rest: str) -> HttpResponse:
    """Say that there is nothing, as a program understands it."""
    return problems.response(404, _("There is nothing here."))


app_name = "api"
patterns, _app, _namespace = api.urls
urlpatterns = [
    path("openapi.json", openapi, name="openapi"),
    *(_door(one) for one in patterns if isinstance(one, URLPattern) and one.name != "api-root"),
    # Whatever it is; Django's own `path` stops at the end of a line.
    re_path(r"(?P<rest>[\s\S]+)", nothing),
]
