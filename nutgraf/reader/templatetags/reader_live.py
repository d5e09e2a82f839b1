"""Live coverage in a story's page: what of it is shown, with its moments and where its parts and entries stand."""

from __future__ import annotations

import datetime
from typing import Any

from django import template
from django.template import Context
from django.utils import dateformat, formats, timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from nutgraf.live import queries
from nutgraf.live.models import LiveEntry, LiveRun
from nutgraf.live.queries import Part
from nutgraf.reader import live
from nutgraf.reader.templatetags.reader import once
from nutgraf.stories import richtext
from nutgraf.stories.models import Story

register = template.Library()


@register.simple_tag(takes_context=True)
def live_coverage(context: Context, story: Story) -> LiveRun | None:
    """Return a story's live coverage: one query a page."""
    run: LiveRun | None = once(context, f"live {story.pk}", lambda: queries.run_of(story))
    if run:
        run.story = story
    return run


@register.simple_tag(takes_context=True)
def live_opening(context: Context, run: LiveRun) -> Part:
    """Return the entries that the story's own page shows, asked for once a page."""
    found: Part = once(context, f"live part {run.pk}", lambda: queries.opening(run))
    return found


@register.simple_tag
def live_key_events(run: LiveRun) -> list[LiveEntry]:
    """Return the entries that stand on top by their headlines."""
    return queries.key_events(run)


@register.simple_tag
def entries_on(part: Part) -> set[int]:
    """Return the keys of the entries that a page shows."""
    return {entry.pk for entry in part.entries}


@register.simple_tag
def live_counted() -> str:
    """Say how many entries are new, for each number that the reader's script may meet."""
    return live.counted()


@register.simple_tag
def part_address(run: LiveRun, number: int) -> str:
    """Return where a part of the coverage stands."""
    return live.address_of_part(run, number)


@register.simple_tag
def broken_out_of(story: Story) -> LiveEntry | None:
    """Return the live entry that a story began as, if readers can see it."""
    return queries.origin_of(story)


@register.simple_tag
def entry_changed(entry: LiveEntry) -> int:
    """Return the second of the latest change of what an entry means."""
    moments = (entry.filed_at, entry.corrected_at, entry.removed_at)
    return int(max(moment for moment in moments if moment).timestamp())


@register.simple_tag
def entry_time(entry: LiveEntry, run: LiveRun) -> SafeString:
    """Give an entry's moment in the newsroom's zone: the hour, and the day where it is another than that of the start."""
    local: datetime.datetime = timezone.localtime(entry.at)
    text = dateformat.format(local, formats.get_format("TIME_FORMAT"))
    if local.date() != timezone.localdate(run.started_at):
        text = f"{formats.date_format(local, 'MONTH_DAY_FORMAT')}, {text}"
    return format_html('<time datetime="{}">{}</time>', local.isoformat(timespec="seconds"), text)


@register.filter
def inline(source: Any) -> SafeString:
    """Return inline rich text that was cleaned as it was saved, cleaned again: it was not typed here."""
    return mark_safe(richtext.clean(str(source)))  # noqa: S308 - it has just been cleaned
