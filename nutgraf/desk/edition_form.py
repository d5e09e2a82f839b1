"""The form of an edition: what could be in it beside what is, and both its forms as readers will have them."""

from __future__ import annotations

import json
from typing import Any

from csp.decorators import csp_exempt
from django.core.serializers.json import DjangoJSONEncoder
from django.forms import Media, Script
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList, Panel

from nutgraf.briefings import composition, pages, sending, suggestions
from nutgraf.briefings.models import Edition
from nutgraf.newsroom.models import Newsroom


class SuggestionsPanel(Panel):
    """What could be in the edition, each put at its end by one button."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "desk/editions/suggestions.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            found = suggestions.of(self.instance, at=timezone.now())
            return super().get_context_data(parent_context) | {"suggestions": found, "groups": groups(found)}

        @property
        def media(self) -> Media:
            scripts: list[Any] = [Script("desk/components/edition_controller.js", type="module")]
            return super().media + Media(css={"all": ["desk/components/editions.css"]}, js=scripts)


def groups(found: suggestions.Suggestions) -> list[tuple[Any, list[dict[str, str]]]]:
    """Return what is suggested by its kinds, each with the item that it becomes in the form."""
    stories = [_offer(one.story.card_head, suggestions.story_item(one.story), note=_why(one)) for one in found.stories]
    storylines = [
        _offer(one.storyline.name, suggestions.storyline_item(one), note=str(len(one.changes)))
        for one in found.storylines
        if one.changes
    ]
    numbers = [
        _offer(str(number), suggestions.number_item(number), note=number.story.card_head) for number in found.numbers
    ]
    quotes = [_offer(str(quote), suggestions.quote_item(quote), note=quote.story.card_head) for quote in found.quotes]
    events = [_offer(str(event), suggestions.next_item([event]), note=event.story.card_head) for event in found.events]
    told = [
        (_("Stories"), stories),
        (_("Storylines that moved"), storylines),
        (_("Numbers"), numbers),
        (_("Quotes"), quotes),
        (_("Coming"), events),
    ]
    return [(name, some) for name, some in told if some]


def _why(one: suggestions.Suggested) -> str:
    told = [
        _("new") if one.is_new else "",
        _("on the front") if one.is_pinned else "",
        _("changed") if one.facts and not one.is_new else "",
        _("was in an edition") if one.is_known else "",
    ]
    return ", ".join(str(word) for word in told if word)


def _offer(name: str, raw: dict[str, Any], *, note: Any) -> dict[str, str]:
    block = Edition.items.field.stream_block.child_blocks[raw["type"]]
    state = {"type": raw["type"], "value": block.get_form_state(block.to_python(raw["value"]))}
    return {"name": name, "note": str(note), "item": json.dumps(state, cls=DjangoJSONEncoder)}


EDITION = ObjectList(
    [
        FieldPanel("subject", classname="ng-name"),
        FieldPanel("preheader"),
        FieldPanel("opening", classname="ng-sentence"),
        SuggestionsPanel(heading=_("Could be in it"), icon="pick", classname="collapsed"),
        FieldPanel("items", heading=_("Items")),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("curator"), FieldPanel("day")]), FieldPanel("report")],
            heading=_("Signed by, day, special report"),
            icon="user",
        ),
    ]
)


def show_preview(edition: Edition, request: HttpRequest, mode_name: str) -> HttpResponse:
    """Show what readers would get of an edition as it stands in its form."""
    at = timezone.now()
    if mode_name == "page":
        content = composition.compose(edition, at=at)
        return render(request, "pages/edition.html", pages.page_of(edition, content))
    made = sending.mail_of(edition, at=at, own=sending.nobodys_places())
    body: str = made.html
    if mode_name == "text":
        body = format_html(
            '<!doctype html><title>{}</title><main><pre style="white-space:pre-wrap">{}</pre></main>',
            Newsroom.load().name,
            made.text,
        )
    # A mail carries its styles with it; what is in it was written and cleaned here.
    answer = HttpResponse(body)
    csp_exempt()(lambda request: answer)(request)
    return answer
