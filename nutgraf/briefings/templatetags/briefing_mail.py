"""Links and pictures in mails: whole addresses, counted where the briefing wants to know."""

from __future__ import annotations

from typing import Any

from django import template
from django.template import Context
from django.utils.safestring import SafeString, mark_safe

from nutgraf.briefings.content import Shot

register = template.Library()


@register.simple_tag(takes_context=True)
def lead_to(context: Context, url: str, words: str = "") -> str:
    """Return the address of a link."""
    address: str = context["links"].to(url, words)
    return address


@register.simple_tag(takes_context=True)
def led(context: Context, paragraph: str) -> SafeString:
    """Return inline HTML with its links led by way of the count."""
    return mark_safe(context["links"].within(paragraph))  # noqa: S308 - cleaned when it was composed


@register.simple_tag(takes_context=True)
def shot_at(context: Context, shot: Shot) -> Any:
    """Return where a picture is, how wide and how high it is shown; nothing if it is gone."""
    return context["shots"].get(shot.pk)
