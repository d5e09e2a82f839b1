"""What the desk's templates ask that no view tells them."""

from __future__ import annotations

from typing import Any

from django import template

from nutgraf.desk import filing
from nutgraf.newsroom.models import Newsroom
from nutgraf.stories import wording

register = template.Library()
register.filter("piece_name", wording.piece_name)
register.filter("act_name", wording.act_name)
register.filter("compared", wording.compared)


@register.simple_tag
def newsroom_name() -> str:
    return Newsroom.load().name


@register.simple_tag
def newsroom_tagline() -> str:
    return Newsroom.load().tagline


@register.simple_tag(takes_context=True)
def may_file(context: dict[str, Any]) -> bool:
    return filing.may_file(context["request"].user)
