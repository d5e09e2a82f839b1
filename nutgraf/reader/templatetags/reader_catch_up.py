"""How the catching-up line tells what is new, for the script that fills it in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template
from django.db.models import Model
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from nutgraf.reader import bundle, catching_up
from nutgraf.reader.templatetags.reader import script_tags

register = template.Library()


@register.simple_tag
def sentences_as_data() -> SafeString:
    """Write each form of the sentence as an attribute named for its plural."""
    return format_html_join("", ' data-{}="{}"', catching_up.sentences().items())


@register.simple_tag
def catch_up_switch_js() -> SafeString:
    """Load the script of the switches, which only their page needs."""
    return script_tags([bundle.SWITCH])


@register.simple_tag
def last_visit_js() -> SafeString:
    """Load the script that knows when a reader was last here, for the one page that offers that moment."""
    return script_tags([bundle.LAST_VISIT])


@register.filter
def as_values(fact: Model | None) -> Mapping[str, Any]:
    """Return a mirrored fact by the names of its values, as the tags for the blocks of a story take it."""
    return {name: value for name, value in vars(fact).items() if name[0] != "_"} if fact else {}
