"""What the desk's templates ask that no view tells them."""

from __future__ import annotations

from typing import Any

from django import template

from nutgraf.desk import filing
from nutgraf.newsroom.models import Newsroom

register = template.Library()


@register.simple_tag
def newsroom_name() -> str:
    return Newsroom.load().name


@register.simple_tag
def newsroom_tagline() -> str:
    return Newsroom.load().tagline


@register.simple_tag(takes_context=True)
def may_file(context: dict[str, Any]) -> bool:
    return filing.may_file(context["request"].user)
