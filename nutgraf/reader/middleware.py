"""Lead a reader who forgot the last slash to the page that is meant, and nobody to a page that is not there."""

from __future__ import annotations

from django.http import HttpRequest
from django.middleware.common import CommonMiddleware
from django.urls import resolve

from nutgraf.newsroom.models import Section


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
