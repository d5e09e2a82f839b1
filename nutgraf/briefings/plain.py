"""Write an edition as plain text, for those who read mail without markup: the same content in the same order."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from nutgraf.briefings.content import Content, Issue, Item, Shot
from nutgraf.stories import richtext

if TYPE_CHECKING:
    from nutgraf.briefings.rendering import Links, Places

WIDTH = 72
RULE = "-" * WIDTH


def edition(content: Content, issue: Issue, *, newsroom: str, places: Places, links: Links) -> str:
    """Return an edition as text."""
    day = formats.date_format(issue.day, "DATE_FORMAT")
    minutes = ngettext("%(minutes)d minute", "%(minutes)d minutes", content.minutes) % {"minutes": content.minutes}
    by = _("By %(name)s") % {"name": content.curator.name}
    parts = [
        "\n".join([issue.briefing.upper(), f"{day} · {by} · {minutes}"]),
        *map(_wrapped, map(richtext.plain, content.opening)),
        *_corrections(content, links),
        *(block for item in content.items for block in (RULE, item_text(item, links))),
        RULE,
        foot(newsroom, places, page=links.to(issue.url, _("On the web")), because=because(issue)),
    ]
    return "\n\n".join(parts) + "\n"


def notice(paragraphs: Iterable[str], *, link: tuple[str, str], newsroom: str, places: Places) -> str:
    """Return a short mail as text."""
    address, words = link
    parts = [*map(_wrapped, paragraphs), f"{words}:\n{address}", RULE, foot(newsroom, places)]
    return "\n\n".join(parts) + "\n"


def item_text(item: Item, links: Links) -> str:
    """Return one item as text."""
    told: list[str] = []
    if item.label:
        told.append(f"[{item.label.upper()}]")
    if item.figure:
        told.append(_wrapped(f"{item.figure} {item.counts}"))
        if item.source:
            told.append(_wrapped(_("according to %(source)s") % {"source": item.source}))
    if item.quote:
        told.append(_wrapped(_("“%(words)s”") % {"words": item.quote}))
        told.append(_wrapped("— " + _(", ").join(filter(None, [item.speaker, item.role]))))
    if item.headline:
        told.append(_wrapped(item.headline.upper()))
    told += [_wrapped(richtext.plain(one)) for one in item.paragraphs]
    told += [line(one.lead, one.words, links.to(one.url, one.words) if one.url else "") for one in item.lines]
    if item.picture:
        told.append(_wrapped(shot_text(item.picture)))
    if item.url:
        told.append(links.to(item.url, item.headline or item.counts or item.quote))
    return "\n\n".join(told)


def shot_text(shot: Shot) -> str:
    """Say what a picture shows, and whose it is."""
    return _("[Picture: %(what)s]") % {"what": " ".join(filter(None, [shot.alt_text, shot.credit_line]))}


def _corrections(content: Content, links: Links) -> list[str]:
    if not content.corrections:
        return []
    told = [line(one.headline, one.sentence, links.to(one.url, one.headline)) for one in content.corrections]
    return [RULE, "\n\n".join([_("CORRECTIONS TO EARLIER EDITIONS"), *told])]


def line(lead: str, words: str, url: str) -> str:
    """Return one line of a list, and where it leads."""
    text = textwrap.fill(
        " ".join(filter(None, [lead, words])),
        WIDTH,
        initial_indent="* ",
        subsequent_indent="  ",
        break_long_words=False,
    )
    return f"{text}\n  {url}" if url else text


def because(issue: Issue) -> str:
    """Say why somebody gets an edition."""
    return _("You get this because you subscribed to %(name)s.") % {"name": issue.lists}


def foot(newsroom: str, places: Places, *, page: str = "", because: str = "") -> str:
    """Return what stands at the end of each mail."""
    told = [_("On the web:") + f"\n{page}"] if page else []
    told.append(_("Your choices: which briefings, how often, pause, or another address.") + f"\n{places.preferences}")
    if places.unsubscribe:
        told.append(_("Unsubscribe:") + f"\n{places.unsubscribe}")
    told += [_wrapped(because), newsroom] if because else [newsroom]
    return "\n\n".join(told)


def _wrapped(text: str) -> str:
    return textwrap.fill(text, WIDTH, break_long_words=False, break_on_hyphens=False)
