"""What a storyline's pages draw on the server: stories a day as bars, and a number's history as a line."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django import template
from django.utils import formats
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from nutgraf.reader.templatetags.reader_facts import event_date, event_time, figure
from nutgraf.stories.models import Event, Number
from nutgraf.storylines.parts.numbers import KeyNumber
from nutgraf.storylines.parts.timeline import Strip

register = template.Library()

# In units of the drawing; how large it is on the page, its stylesheet says.
BAR, GAP, HEIGHT = 6, 2, 36
WIDE, HIGH, EDGE = 240, 64, 5


@register.simple_tag
def number_figure(number: Number) -> SafeString:
    """Write a mirrored number as its story has it."""
    return figure({name: getattr(number, name) for name in ("wording", "value", "value_to", "unit")})


@register.simple_tag
def happening_date(event: Event, today: datetime.date | None = None) -> SafeString:
    """Write the day or days of a mirrored event: that of today in a word, those of another year with the year."""
    if today and event.starts == today and event.is_of_one_day:
        return format_html('<time datetime="{}">{}</time>', today.isoformat(), _("Today"))
    return event_date({name: getattr(event, name) for name in ("starts", "ends", "precision")}, near=today)


@register.simple_tag
def happening_time(event: Event) -> SafeString:
    """Write the hour of a mirrored event."""
    return event_time({"starts": event.starts, "time": event.time})


@register.simple_tag
def stories_a_day(strip: Strip) -> SafeString:
    """Draw the number of stories on each day as a row of bars, with the numbers in words for those who can't see it."""
    most = max(strip.counts, default=1) or 1
    width = len(strip.counts) * (BAR + GAP) - GAP
    bars = (
        (place * (BAR + GAP), HEIGHT - high, BAR, high)
        for place, count in enumerate(strip.counts)
        if (high := max(2, round(count / most * HEIGHT)) if count else 0)
    )
    words = ngettext("%(count)s story", "%(count)s stories", strip.total) % {"count": strip.total}
    label = _("%(stories)s between %(first)s and %(latest)s, at most %(most)s a day") % {
        "stories": words,
        "first": formats.date_format(strip.first, "DATE_FORMAT"),
        "latest": formats.date_format(strip.latest, "DATE_FORMAT"),
        "most": most,
    }
    return format_html(
        '<svg class="strip__bars" viewBox="0 0 {} {}" width="{}" height="{}" role="img" aria-label="{}">'
        '<path class="strip__ground" d="M0 {}.5H{}"/>{}</svg>',
        width,
        HEIGHT + 1,
        width,
        HEIGHT + 1,
        label,
        HEIGHT,
        width,
        format_html_join("", '<rect x="{}" y="{}" width="{}" height="{}"/>', bars),
    )


@dataclass(frozen=True)
class _Scale:
    """Where days and values stand in a drawing; it begins at nothing where the values allow it."""

    first: datetime.date
    days: int
    low: Decimal
    span: Decimal

    @classmethod
    def of(cls, points: Sequence[tuple[datetime.date, Decimal]]) -> _Scale:
        values = [value for _, value in points]
        low, high = min(values), max(values)
        # A line that starts far above nothing would make a tenth more look like twice as much.
        low = min(low, Decimal(0)) if low <= (high - low) * 3 else low - (high - low)
        return cls(points[0][0], (points[-1][0] - points[0][0]).days or 1, low, (high - low) or Decimal(1))

    def place(self, day: datetime.date, value: Decimal) -> tuple[str, str]:
        x = EDGE + (day - self.first).days / self.days * (WIDE - 2 * EDGE)
        y = HIGH - EDGE - float((value - self.low) / self.span) * (HIGH - 2 * EDGE)
        return f"{x:.1f}", f"{y:.1f}"


@register.simple_tag
def chart(number: KeyNumber) -> SafeString:
    """Draw the history of a number, from two days on; each value is a dot, those of the main source a line."""
    points = number.charted
    if len({day for day, _ in points}) < 2:
        return SafeString()
    scale = _Scale.of(points)
    dots = [scale.place(day, value) for day, value in points]
    mean = {day: scale.place(day, value) for day, value in _one_a_day(number)}
    label = _("From %(first)s to %(latest)s, in %(count)s values; all of them are in the list below.") % {
        "first": formats.date_format(points[0][0], "DATE_FORMAT"),
        "latest": formats.date_format(points[-1][0], "DATE_FORMAT"),
        "count": len(points),
    }
    return format_html(
        '<svg class="key-number__chart" viewBox="0 0 {} {}" width="{}" height="{}" role="img" aria-label="{}">'
        '{}<polyline points="{}"/>{}</svg>',
        WIDE,
        HIGH,
        WIDE,
        HIGH,
        label,
        format_html('<path d="M0 {}H{}"/>', HIGH - EDGE, WIDE) if not scale.low else "",
        " ".join(f"{x},{y}" for x, y in mean.values()),
        format_html_join("", '<circle cx="{}" cy="{}" r="3"/>', dots),
    )


def _one_a_day(number: KeyNumber) -> list[tuple[datetime.date, Decimal]]:
    """Return one value a day, for the line: that of the latest value's source where it tells one."""
    source = number.latest.number.source.casefold()
    kept: dict[datetime.date, Decimal] = {}
    for reading in reversed(number.history):
        if reading.comparable is not None and (reading.as_of not in kept or reading.number.source.casefold() == source):
            kept[reading.as_of] = reading.comparable
    return sorted(kept.items())
