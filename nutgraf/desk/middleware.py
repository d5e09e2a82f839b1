"""Tell an editor what a story lacks, wherever publishing it was tried, instead of failing."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin import messages

from nutgraf.stories.readiness import NotReady


class NotReadyMiddleware:
    """Answer a NotReady with its sentences and the story's form.

    Approving, publishing many and putting back an old version have no form of
    their own that could show them.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, NotReady):
            return None
        story = exception.story
        sentences = " ".join(exception.messages)
        messages.error(
            request,
            _("“%(headline)s” is not published. %(sentences)s") % {"headline": story.title, "sentences": sentences},
        )
        form = reverse("wagtailadmin_pages:edit", args=[story.pk])
        if request.headers.get("X-Requested-With") == "XMLHttpRequest":
            # Wagtail's windows understand this as "done, go there".
            return JsonResponse({"step": "success", "redirect": form})
        return redirect(form)
