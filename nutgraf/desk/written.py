"""A story as it stands in the form just now, without saving it and without asking whether it is complete."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, QueryDict

from nutgraf.copydesk.drafts import Draft
from nutgraf.desk import panels
from nutgraf.stories.models import Kind, Story


class NotAForm(ValueError):
    """What was sent is not a story form."""


def draft(request: HttpRequest) -> Draft:
    """Return what the form says; raises NotAForm if it is none."""
    data = request.POST
    try:
        body = _body(data)
    except (LookupError, TypeError, ValueError) as error:
        raise NotAForm from error
    hero = _number(data.get("hero"))
    texts = {"caption": data.get("hero_caption", ""), "alt_text": data.get("hero_alt_text", "")}
    return Draft(
        headline=" ".join(data.get("title", "").split()),
        short_head=data.get("short_head", ""),
        eyebrow=data.get("eyebrow", ""),
        dateline_place=data.get("dateline_place", ""),
        lede=_lede(data),
        hero={"picture": hero, **texts} if hero else None,
        body=body,
    )


def kind(request: HttpRequest) -> Kind | None:
    """Return the kind of story that the form says it is."""
    number = _number(request.POST.get("kind"))
    return Kind.objects.filter(pk=number).first() if number else None


def _body(data: QueryDict) -> list[dict[str, Any]]:
    block = Story._meta.get_field("body").stream_block
    parts: list[dict[str, Any]] = block.get_prep_value(block.value_from_datadict(data, {}, "body"))
    return parts


def _lede(data: QueryDict) -> str:
    form = panels.STORY.bind_to_model(Story).get_form_class()
    return form.base_fields["lede"].widget.value_from_datadict(data, {}, "lede") or ""


def _number(words: str | None) -> int | None:
    return int(words) if words and words.isdecimal() else None
