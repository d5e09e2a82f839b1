"""Moments, numbers and dates in the words of the newsroom's language, and a story's parts as they stand together."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from decimal import Decimal
from itertools import groupby
from typing import Any

from django import template
from django.template import Context
from django.utils import dateformat, formats, timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

register = template.Library()

# Parts that form one group with those of their kind beside them.
NEIGHBOURS = {"number", "event"}
BEFORE_THE_FIGURE = "$£€¥₹"


@register.simple_tag
def moment(at: datetime.datetime, *, zone: bool = False, is_since: bool = False) -> SafeString:
    """Give a moment in the newsroom's zone; the script of this name turns it into a reader's terms.

    Not so after the word "since", which no "2 days ago" can follow.
    """
    local = timezone.localtime(at)
    text = formats.date_format(local, "DATETIME_FORMAT")
    # What the script falls back on for an old card; with its zone a moment is told in full, always.
    short = "" if zone else format_html(' data-date="{}"', formats.date_format(local, "DATE_FORMAT"))
    return format_html(
        '<time datetime="{}"{}>{}</time>'
        if is_since
        else '<nutgraf-moment><time datetime="{}"{}>{}</time></nutgraf-moment>',
        local.isoformat(timespec="seconds"),
        short,
        f"{text} {local:%Z}" if zone else text,
    )


@register.simple_tag(takes_context=True)
def at(context: Context, key: str) -> SafeString:
    """Mark a piece of a story with the moment of its last change of meaning, in whole seconds since 1970.

    The page's context has the moments; of a piece that is not public yet there is none.
    """
    moment = (context.get("moments") or {}).get(key)
    return format_html(' data-at="{}"', seconds(moment[1])) if moment else SafeString()


@register.filter
def seconds(moment: datetime.datetime) -> int:
    """Return a moment in whole seconds since 1970, as `data-at` gives it."""
    return int(moment.timestamp())


@register.filter
def together(body: Iterable[Any]) -> list[tuple[str, list[Any]]]:
    """Return a body's parts by kind, numbers and events beside each other in one group."""
    runs = groupby(enumerate(body), key=lambda part: (part[1].block_type, part[1].block_type in NEIGHBOURS or part[0]))
    return [(kind, [child for _, child in run]) for (kind, _), run in runs]


@register.filter
def figure(number: Mapping[str, Any]) -> SafeString:
    """Write a number as its text has it, or else its value or range, with its unit."""
    unit = number["unit"] or ""
    if number["wording"]:
        words = number["wording"]
    else:
        words = "–".join(_grouped(value) for value in (number["value"], number["value_to"]) if value is not None)
        if unit and unit in BEFORE_THE_FIGURE:
            return format_html('<span class="number__unit">{}</span>{}', unit, words)
    if not unit:
        return format_html("{}", words)
    return format_html('{}{}<span class="number__unit">{}</span>', words, "" if unit == "%" else "\u00a0", unit)


@register.simple_tag
def event_date(event: Mapping[str, Any], *, near: datetime.date | None = None) -> SafeString:
    """Write an event's day or days, or month, or year; the year only where it is not that of `near`."""
    starts, ends = event["starts"], event["ends"]
    if event["precision"] == "YEAR":
        return _time(f"{starts:%Y}", f"{starts:%Y}")
    if event["precision"] == "MONTH":
        return _time(f"{starts:%Y-%m}", formats.date_format(starts, "YEAR_MONTH_FORMAT"))
    form = "MONTH_DAY_FORMAT" if near and near.year == (ends or starts).year == starts.year else "DATE_FORMAT"
    first = _time(starts.isoformat(), formats.date_format(starts, form))
    if not ends or ends == starts:
        return first
    return format_html(
        _("{first} – {latest}"), first=first, latest=_time(ends.isoformat(), formats.date_format(ends, form))
    )


@register.simple_tag
def event_time(event: Mapping[str, Any]) -> SafeString:
    """Write the hour at which an event starts, in the newsroom's zone."""
    starts = datetime.datetime.combine(event["starts"], event["time"], tzinfo=timezone.get_current_timezone())
    return _time(starts.isoformat(timespec="minutes"), dateformat.format(starts, formats.get_format("TIME_FORMAT")))


def _time(machine: str, text: str) -> SafeString:
    return format_html('<time datetime="{}">{}</time>', machine, text)


def _grouped(value: Decimal) -> str:
    plain = f"{value:f}"
    if "." in plain:
        plain = plain.rstrip("0").rstrip(".")
    return formats.number_format(Decimal(plain), use_l10n=True, force_grouping=True)
