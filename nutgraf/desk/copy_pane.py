"""The pane “Paste or type copy” beside the story form: it reads what is typed, and puts what was read into the form."""

from __future__ import annotations

import json
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied, RequestDataTooBig, ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from nutgraf.copydesk import drafts, inline, writing
from nutgraf.copydesk.drafts import Draft, Unsettled
from nutgraf.copydesk.found import Copy
from nutgraf.copydesk.reading import CopyRefused, Form, read
from nutgraf.desk import clipboard, copy_rows, filing, panels, written
from nutgraf.desk.copy_panel import LONGEST
from nutgraf.newsroom.models import Author, Section
from nutgraf.stories import copy as story_copy
from nutgraf.stories.models import Story

LONGEST_HTML = 2_000_000
# Stories of one copy that are filed at once.
MOST = 50


class Refused(ValueError):
    """What was sent can't be read, and the sentence that says why."""


def pane_view(view: Any) -> Any:
    """Answer whoever may file stories, in JSON, and say in a sentence what is wrong."""

    @require_POST
    @wraps(view)
    def answer(request: HttpRequest) -> HttpResponse:
        if not filing.may_file(request.user):
            raise PermissionDenied
        try:
            return JsonResponse(view(request), encoder=DjangoJSONEncoder)
        except (Refused, CopyRefused) as refusal:
            return JsonResponse({"refused": str(refusal)}, status=400)
        except RequestDataTooBig:
            return JsonResponse({"refused": _too_long(LONGEST)}, status=400)

    return answer


@pane_view
def read_copy(request: HttpRequest) -> dict[str, Any]:
    """Say how the copy is read, as rows beside it and as marks on it."""
    source, copy = _read(request)
    found = copy_rows.groups(copy, _known())
    context = {"groups": found, "stories": len(copy.stories)}
    return {
        "marks": copy_rows.marks(found, copy, source),
        "html": render_to_string("desk/copy/reading.html", context, request),
        "stories": len(copy.stories),
        "said": _summary(copy),
    }


@pane_view
def take_clipboard(request: HttpRequest) -> dict[str, Any]:
    """Return HTML from the clipboard as text to be edited."""
    source = request.POST.get("copy-html", "")
    if len(source) > LONGEST_HTML:
        raise Refused(_too_long(LONGEST_HTML))
    return {"text": clipboard.as_markdown(source)}


@pane_view
def write_copy(request: HttpRequest) -> dict[str, Any]:
    """Return what is in the form as copy, to be edited there and put back."""
    draft = story_copy.as_draft(_standing(request))
    # The pane puts it back where it came from; it says of no other story that it is its copy.
    draft.key = ""
    # Pictures find their way back by their captions: their numbers are of no use elsewhere.
    draft.body = [_without_picture(part) for part in draft.body if _is_begun(part)]
    draft.hero = draft.hero and draft.hero | {"picture": None}
    draft.bylines, draft.section = _signature(request)
    zone: Any = timezone.get_current_timezone()
    return {"text": writing.write(draft, at=timezone.now(), zone=zone, labels=story_copy.labels())}


@pane_view
def accept_copy(request: HttpRequest) -> dict[str, Any]:
    """Return what the form's fields are to hold, and what of the copy has no place in them."""
    _source, copy = _read(request)
    found = drafts.drafts(copy)
    if not found:
        raise Refused(_("There is no story in this copy yet."))
    draft, before = found[0], _standing(request)
    if request.POST.get("copy-mode") == "add":
        _put_at_end(draft, before)
    settled = story_copy.settle(draft, into=before)
    # Only the first story goes into the form: the copy of the others stays in the pane.
    here = copy.stories[1].span[0] if len(found) > 1 else len(copy.text)
    left: list[Any] = [*(one for one in copy.unplaced if one.span[0] < here), *settled.unsettled]
    others = [one.headline or _("A story without a headline") for one in found[1:]]
    return {
        "fields": _values(draft, settled.fields),
        "authors": [{"key": str(author.pk), "value": author.name} for author in settled.authors],
        "left": [{"text": one.text, "reason": one.reason} for one in left]
        + [{"text": headline, "reason": _("another story: its copy is still in the pane")} for headline in others],
        "rest": copy.text[here:],
    }


@pane_view
def file_drafts(request: HttpRequest) -> dict[str, Any]:
    """Make a draft of each story in the copy, as its sender may."""
    _source, copy = _read(request)
    found = drafts.drafts(copy)
    if not found:
        raise Refused(_("There is no story in this copy yet."))
    if len(found) > MOST:
        raise Refused(
            _("These are %(many)d stories; at most %(most)d are filed at once.") % {"many": len(found), "most": MOST}
        )
    filed = [_file(draft, request) for draft in found]
    made = sum(1 for one in filed if "story" in one)
    said = ngettext("%(many)d draft is made.", "%(many)d drafts are made.", made) % {"many": made}
    context = {"filed": filed, "left": copy.unplaced, "said": said}
    return {"html": render_to_string("desk/copy/filed.html", context, request), "said": said, "made": made}


def _file(draft: Draft, request: HttpRequest) -> dict[str, Any]:
    user: Any = request.user
    try:
        story, settled = story_copy.file(draft=draft, by=user, at=timezone.now())
    except ValidationError as error:
        return {"headline": draft.headline or _("A story without a headline"), "refusal": " ".join(error.messages)}
    return {"headline": story.title, "story": story, "twins": story_copy.twins(story), "left": settled.unsettled}


def _read(request: HttpRequest) -> tuple[str, Copy]:
    # Browsers send line ends as two letters, and count them as one.
    source = request.POST.get("copy-text", "").replace("\r\n", "\n")
    if len(source) > LONGEST:
        raise Refused(_too_long(LONGEST))
    form: Form = "markdown" if request.POST.get("copy-form") == "markdown" else "auto"
    zone: Any = timezone.get_current_timezone()
    labels, sections = story_copy.labels(), story_copy.sections()
    return source, read(source, at=timezone.now(), zone=zone, labels=labels, sections=sections, form=form)


def _too_long(limit: int) -> str:
    return _("This is longer than the %(limit)s letters that the pane takes. Import it as a file instead.") % {
        "limit": f"{limit:,}"
    }


def _known() -> copy_rows.Known:
    names = (model.objects.values_list("name", flat=True) for model in (Author, Section))
    authors, sections = (frozenset(name.casefold() for name in found) for found in names)
    return copy_rows.Known(authors, sections)


def _summary(copy: Copy) -> str:
    if not copy.text.strip():
        return ""
    stories = ngettext("%(many)d story", "%(many)d stories", len(copy.stories)) % {"many": len(copy.stories)}
    left = len(copy.unplaced)
    lines = ngettext("%(many)d line not placed", "%(many)d lines not placed", left) % {"many": left}
    return f"{stories}, {lines}" if left else stories


def _standing(request: HttpRequest) -> Story:
    """Return the story as it stands in the form, unsaved."""
    try:
        draft = written.draft(request)
    except written.NotAForm as error:
        raise Refused(_("This is not a story form.")) from error
    data = request.POST
    story = Story(
        title=draft.headline,
        short_head=draft.short_head,
        eyebrow=draft.eyebrow,
        dateline_place=draft.dateline_place,
        slug=data.get("slug", ""),
        lede=draft.lede,
        hero_caption=data.get("hero_caption", ""),
        hero_alt_text=data.get("hero_alt_text", ""),
        hero_id=draft.hero["picture"] if draft.hero else None,
    )
    story.body = json.loads(json.dumps(draft.body, cls=DjangoJSONEncoder))
    return story


def _signature(request: HttpRequest) -> tuple[list[str], str]:
    """Return who signs the story and where it stands, as the form says it just now."""
    data = request.POST
    authors = Author.objects.in_bulk(key for key in map(_number, data.getlist("bylines")) if key)
    signed = [authors[key].name for key in map(_number, data.getlist("bylines")) if key in authors]
    section = Section.objects.filter(pk=_number(data.get("section")) or 0).first()
    return signed, section.name if section else ""


def _number(words: str | None) -> int | None:
    return int(words) if words and words.isdecimal() else None


def _put_at_end(draft: Draft, before: Story) -> None:
    """Let what the form holds stand, and what the copy says follow it."""
    now = story_copy.as_draft(before)
    for name in ("headline", "short_head", "eyebrow", "dateline_place"):
        if getattr(now, name) and getattr(draft, name):
            draft.unsettled.append(Unsettled(getattr(draft, name), _("the story has this already")))
            setattr(draft, name, "")
    if now.lede and draft.lede:
        draft.body.insert(0, drafts.point("", draft.lede))
        draft.lede = ""
    if draft.hero and now.hero:
        draft.body.insert(0, {"type": "picture", "value": draft.hero})
        draft.hero = None
    draft.slug = ""
    # Only their ids bring pictures back: a number in copy might be another newsroom's.
    kept = [_without_picture(part) for part in now.body if _is_begun(part)]
    draft.body = [*kept, *draft.body]


def _without_picture(part: drafts.Part) -> drafts.Part:
    return part | {"value": part["value"] | {"picture": None}} if part["type"] == "picture" else part


def _is_begun(part: drafts.Part) -> bool:
    """Tell a point of which only the label stands there from one that somebody has written."""
    value = part["value"]
    return part["type"] != "point" or bool(value["bullets"]) or bool(inline.plain(value["text"]))


def _values(draft: Draft, settled: dict[str, Any]) -> dict[str, Any]:
    """Return the fields of which the copy says something, as the form holds them."""
    values = {name: settled[name] for name in ("short_head", "eyebrow", "dateline_place", "slug") if settled[name]}
    if draft.headline:
        values["title"] = settled["headline"]
    if draft.slug == "":
        values.pop("slug", None)
    if settled["section"]:
        values["section"] = str(settled["section"].pk)
    if settled["dateline_date"]:
        values["dateline_date"] = settled["dateline_date"].isoformat()
    if draft.lede:
        values["lede"] = _lede_state(settled["lede"])
    if draft.hero:
        values |= {name: settled[name] for name in ("hero_caption", "hero_alt_text") if settled[name]}
    if draft.body:
        block = Story._meta.get_field("body").stream_block
        values["body"] = block.get_form_state(block.to_python(settled["body"]))
    return values


def _lede_state(source: str) -> Any:
    """Return rich text as the editor in the form takes it."""
    form = panels.STORY.bind_to_model(Story).get_form_class()
    return json.loads(form.base_fields["lede"].widget.format_value(source))


URLS: list[URLPattern] = [
    path("copy/read/", read_copy, name="read_copy"),
    path("copy/clipboard/", take_clipboard, name="take_clipboard"),
    path("copy/write/", write_copy, name="write_copy"),
    path("copy/accept/", accept_copy, name="accept_copy"),
    path("copy/drafts/", file_drafts, name="file_drafts"),
]
