"""Keep what is rendered for one reader from being kept by anybody else."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

PRIVATE = "private, no-cache"


class PrivateUnlessStoredMiddleware:
    """Mark every page that comes straight from Django as this reader's; the store gives its pages their own header."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.get("Content-Type", "").startswith("text/html"):
            response.headers.setdefault("Cache-Control", PRIVATE)
        return response
