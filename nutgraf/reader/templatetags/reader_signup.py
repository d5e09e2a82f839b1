"""What the sign-up form on a page offers, asked once for the whole page."""

from __future__ import annotations

from django import template
from django.template import Context
from django.utils.safestring import SafeString

from nutgraf.audience import queries
from nutgraf.audience.models import List
from nutgraf.published.fragments import fragment
from nutgraf.reader import bundle
from nutgraf.reader.signing_up import PROMISE
from nutgraf.reader.templatetags.reader import once, style_tags

register = template.Library()


@register.simple_tag(takes_context=True)
def sign_up_lists(context: Context) -> list[List]:
    """Return the briefings that everybody may subscribe to: one query at most a page."""
    return once(context, "sign_up_lists", lambda: fragment("sign-up lists", lambda: list(queries.offered())))


@register.simple_tag
def choices_css() -> SafeString:
    """Link the styles of pages on which one chooses what one is mailed, which only these need."""
    return style_tags(bundle.PAGE_STYLES)


@register.simple_tag
def sign_up_promise() -> str:
    """Return what stands beside every sign-up form, and is kept with each consent."""
    return str(PROMISE)
