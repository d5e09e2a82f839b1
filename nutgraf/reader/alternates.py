"""A story in the forms that others take it in: as text, as Markdown and as a news object for their systems."""

from __future__ import annotations

from django.db.models import prefetch_related_objects
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from nutgraf.copydesk import writing
from nutgraf.copydesk.writing import Form
from nutgraf.newsroom.models import Newsroom
from nutgraf.published.pages import stored
from nutgraf.reader import feed_items, ninjs
from nutgraf.reader.addresses import alternate, whole, whole_in
from nutgraf.reader.finding import find_story
from nutgraf.stories import copy, news_objects
from nutgraf.stories.models import PublicVersion, Story

FORMS: dict[str, tuple[Form, str]] = {
    "txt": ("text", "text/plain; charset=utf-8"),
    "md": ("markdown", "text/markdown; charset=utf-8"),
}


@stored()
def other_form(
    request: HttpRequest, section: str, year: str, month: str, day: str, slug: str, ending: str
) -> HttpResponse:
    """A public story in another form; under another section or another spelling, the way to it."""
    found = find_story(year=year, month=month, day=day, slug=slug)
    if ending != "json" and (not found.live or found.is_not_to_republish):
        raise Http404
    address = alternate(str(found.address), ending)
    if request.path != address:
        return redirect(address, permanent=True)
    if not found.live:
        # It may be published again, and then nobody between here and there should still say this.
        return JsonResponse(withdrawn(found, request), status=410, headers={"Cache-Control": "no-cache"})
    if ending == "json":
        return JsonResponse(news_object(found, request), content_type="application/json")
    form, content_type = FORMS[ending]
    return HttpResponse(_as_copy(found, form, request), content_type=content_type)


def withdrawn(story: Story, request: HttpRequest | None) -> dict[str, object]:
    """Return the news object that tells whoever took a story that it was withdrawn, and why."""
    note = PublicVersion.objects.in_short().latest_of(story.pk)
    if note is None:
        raise Http404
    return news_objects.canceled(story, note, address=whole(str(story.address), request))


def _as_copy(story: Story, form: Form, request: HttpRequest | None) -> str:
    zone = timezone.get_default_timezone()
    text = writing.write(copy.as_draft(story), at=story.first_published_at, zone=zone, form=form, labels=copy.labels())
    told = _("First published by %(newsroom)s: %(address)s") % {
        "newsroom": Newsroom.load().name,
        "address": whole(str(story.address), request),
    }
    return f"{text.rstrip()}\n\n{told}\n"


def news_object(story: Story, request: HttpRequest | None) -> dict[str, object]:
    """Return a public story as a news object of ninjs; without a request, its addresses are whole where a setting says so."""
    prefetch_related_objects([story], *feed_items.FACTS)
    context = {"story": story, "parts": feed_items.parts(story)}
    html = whole_in(render_to_string("feeds/story.html", context), request).strip()
    return ninjs.of(story, html=html, text=_as_copy(story, "text", request), newsroom=Newsroom.load(), request=request)
