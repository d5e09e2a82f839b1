"""The notes beside the story form: they follow what is written, lead to the place, and can be waived for a reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, cast

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.forms import Media, Script
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, JsonResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from wagtail.admin.ui.components import MediaContainer
from wagtail.admin.ui.side_panels import BaseSidePanel

from nutgraf.copydesk import rules
from nutgraf.copydesk.drafts import Draft
from nutgraf.copydesk.rules import Level, Note, Rule
from nutgraf.desk import filing, suggestions, written
from nutgraf.stories import actions
from nutgraf.stories import notes as story_notes
from nutgraf.stories.models import Story, Waiver

# More than these are not read but skipped; the rest is a key away.
SHOWN, SHOWN_OF_ONE_RULE = 7, 3


class NotesSidePanel(BaseSidePanel):
    """The notes of one story, filled and refreshed by its script."""

    class SidePanelToggle(BaseSidePanel.SidePanelToggle):
        aria_label = gettext_lazy("Toggle notes")
        icon_name = "clipboard-list"

    name = "notes"
    title = gettext_lazy("Notes")
    template_name = "desk/notes/panel.html"
    order = 150

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        key = self.object.pk
        urls = {"url": reverse("notes_of_story", args=[key]) if key else reverse("notes")}
        return super().get_context_data(parent_context) | urls

    @property
    def media(self) -> Media:
        scripts: list[Any] = [Script("desk/components/notes_controller.js", type="module")]
        return Media(css={"all": ["desk/components/notes.css"]}, js=scripts)


def with_notes(side_panels: MediaContainer, story: Story, request: HttpRequest) -> MediaContainer:
    """Put the notes next to the status."""
    return MediaContainer([*side_panels[:1], NotesSidePanel(story, request), *side_panels[1:]])


@require_POST
def check(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Say what there is to note about the story as it stands in the form."""
    story = _own(request, pk) if pk else None
    if story is None and not filing.may_file(request.user):
        raise PermissionDenied
    try:
        draft = written.draft(request)
    except written.NotAForm:
        return HttpResponseBadRequest(_("This is not a story form."))
    on = timezone.localdate()
    known = suggestions.facts(request, story=pk, on=on)
    found = story_notes.margin(draft, story=story, kind=written.kind(request), on=on, known=known)
    shown, rest = _by_weight(found.open)
    context = {
        "margin": found,
        "shown": _grouped(shown, draft),
        "rest": _grouped(rest, draft),
        "rest_count": len(rest),
        # The same words may stand in several places; they were waived once.
        "waived": list({waiver.pk: (_Item(note, draft), waiver) for note, waiver in found.waived}.values()),
        "story": story,
        "suggestions": suggestions.suggested(request, draft, story=pk),
    }
    return JsonResponse(
        {
            "count": len(found.open),
            "stops": sum(note.level is Level.STOP for note in found.open),
            "html": render_to_string("desk/notes/list.html", context, request),
        }
    )


@require_POST
def waive(request: HttpRequest, pk: int) -> HttpResponse:
    """Set a note aside for the reason given."""
    story = _own(request, pk)
    rule = request.POST.get("rule", "")
    if rules.find(rule) is None:
        return HttpResponseBadRequest(_("There is no such rule."))
    try:
        actions.waive(
            story=story,
            rule=rule,
            words=request.POST.get("words", ""),
            reason=request.POST.get("reason", ""),
            by=_somebody(request),
            at=timezone.now(),
        )
    except ValidationError as error:
        return JsonResponse({"error": " ".join(error.messages)}, status=400)
    return JsonResponse({})


@require_POST
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a waived note speak again; doing it twice changes nothing."""
    story = _own(request, pk)
    number = request.POST.get("waiver", "")
    waiver = Waiver.objects.filter(story=story, pk=number).first() if number.isdecimal() else None
    if waiver:
        actions.take_back(waiver=waiver, by=_somebody(request))
    return JsonResponse({})


def _own(request: HttpRequest, pk: int) -> Story:
    story: Story = get_object_or_404(Story, pk=pk)
    if not story.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    return story


def _somebody(request: HttpRequest) -> User:
    """The desk's addresses are closed to all others."""
    return cast(User, request.user)


def _by_weight(notes: Iterable[Note]) -> tuple[list[Note], list[Note]]:
    """Part the few notes to be shown from the rest: of each rule no more than some, so that no rule drowns the others."""
    shown: list[Note] = []
    rest: list[Note] = []
    of_rule: Counter[str] = Counter()
    for note in notes:
        of_rule[note.rule] += 1
        is_shown = note.level is Level.STOP or of_rule[note.rule] <= SHOWN_OF_ONE_RULE
        (shown if is_shown and len(shown) < SHOWN else rest).append(note)
    return shown, rest


class _Item:
    """A note as the template shows it."""

    def __init__(self, note: Note, draft: Draft) -> None:
        self.note = note
        self.place = place_name(note.path, draft)
        self.rule = rules.find(note.rule)
        self.choice = suggestions.choice(note)

    @property
    def excerpt(self) -> str:
        return Truncator(self.note.known_by).words(12)


@dataclass
class _Group:
    rule: Rule | None
    items: list[_Item]

    @property
    def is_stop(self) -> bool:
        return any(item.note.level is Level.STOP for item in self.items)


def _grouped(notes: Iterable[Note], draft: Draft) -> list[_Group]:
    groups: dict[str, _Group] = {}
    for note in notes:
        groups.setdefault(note.rule, _Group(rules.find(note.rule), [])).items.append(_Item(note, draft))
    return list(groups.values())


def place_name(path: str, draft: Draft) -> str:
    """Say where a note belongs, as the form calls it."""
    field, *rest = path.split("/")
    if not rest:
        return str(_FIELDS.get(field, field))
    for number, part in enumerate(draft.body, start=1):
        if rest[0] in (str(part.get("id")), str(number - 1)):
            label = part["value"].get("label", "") if part["type"] == "point" else ""
            return label or _("Part %(number)s") % {"number": number}
    return _("Points")


_FIELDS = {
    "headline": gettext_lazy("Headline"),
    "short_head": gettext_lazy("Short head"),
    "eyebrow": gettext_lazy("Eyebrow"),
    "dateline_place": gettext_lazy("Dateline"),
    "lede": gettext_lazy("Lede"),
    "hero": gettext_lazy("Main picture"),
    "hero_caption": gettext_lazy("Main picture"),
    "hero_alt_text": gettext_lazy("Main picture"),
    "body": gettext_lazy("The story"),
}
