"""Make of an item what a story holds, by the reader of copy: its headline, lede and body, with its source beneath."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from nutgraf.copydesk import drafts, inline, known_bodies, matching
from nutgraf.copydesk.drafts import Draft
from nutgraf.copydesk.inline import Run
from nutgraf.copydesk.known_bodies import Block
from nutgraf.imports.archive import pages
from nutgraf.imports.archive.stories import without_facts
from nutgraf.imports.wire.items import Item
from nutgraf.imports.wire.merging import NOTHING, Words
from nutgraf.media.models import Picture
from nutgraf.stories import copy
from nutgraf.stories.models import Story

LONGEST_HEADLINE = 255
FIRST_WORDS = 8
# So many letters of a summary say whether it is how the text begins.
OPENING = 60


@dataclass
class Made:
    """What an item says in the newsroom's terms."""

    words: Words
    # What no block can hold, and why.
    left: list[tuple[str, str]] = field(default_factory=list)
    # Where it was reported from, which it says before its first words.
    dateline: str = ""


def make(
    item: Item, *, credit: str, base: str, before: Words = NOTHING, pictures: Mapping[str, Picture] | None = None
) -> Made:
    """Return what a story made of an item says; blocks keep the ids of those before that they are most like.

    `base` is where relative links begin for want of the item's own. Of pictures
    only those are shown that are in the library.
    """
    page = pages.read(item.body_html, base=item.link or base)
    left = list(page.left)
    _show(page, pictures or {}, left)
    day = timezone.localdate(item.published or item.changed or datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC))
    draft = known_bodies.read([*_lede(item, page), *page.blocks], on=day, names=copy.labels())
    lede = draft.lede or _first_paragraph(draft)
    body = [*draft.body, *_source(item, credit)]
    headline = _headline(item, inline.plain(lede))
    words = Words(headline, drafts.paragraph(lede), matching.adopt(body, list(before.body)))
    try:
        return Made(_as_kept(words), left, draft.dateline_place)
    except ValidationError:
        # A fact that was found in the words is a guess, and no reason to leave the words out.
        words = Words(words.headline, words.lede, without_facts(list(words.body)))
        return Made(_as_kept(words), left, draft.dateline_place)


def words_of(story: Story) -> Words:
    """Return what of a story may have come by wire, in the one form in which it is compared."""
    draft = copy.as_draft(story)
    return Words(draft.headline, drafts.paragraph(draft.lede), draft.body)


def _as_kept(words: Words) -> Words:
    story = Story(title=words.headline, lede=words.lede, body=list(words.body))
    story.tidy()
    return words_of(story)


def _show(page: pages.Page, known: Mapping[str, Picture], left: list[tuple[str, str]]) -> None:
    for shown in page.pictures:
        if picture := known.get(shown.url):
            shown.block.picture = picture.pk
        else:
            page.blocks.remove(shown.block)
            left.append((shown.url, "a picture that was not brought along"))


def _lede(item: Item, page: pages.Page) -> list[Block]:
    """Return the opening that an item has beside its text; a summary that only repeats how that begins is none."""
    said = " ".join(item.lede.split())
    first = next((" ".join(block.words.split()) for block in page.blocks if block.kind == "text"), "")
    repeats = first[:OPENING].startswith(said.rstrip("…. ")[:OPENING])
    return [Block("text", [Run(said)])] if said and not repeats else []


def _first_paragraph(draft: Draft) -> str:
    first = draft.body[0] if draft.body else None
    if first and first["type"] == "paragraph" and not first["value"]["bullets"]:
        draft.body = draft.body[1:]
        return drafts.inner(first["value"]["text"])
    return ""


def _source(item: Item, credit: str) -> list[drafts.Part]:
    """Return the line that says whose it is and leads there; whoever may leave it out takes it out."""
    link = item.link if item.link.startswith(("http://", "https://")) else ""
    words = credit or link
    if not words:
        return []
    said = inline.as_html([Run(_("Source: %(source)s") % {"source": ""}), Run(words, link=link)])
    return [drafts.point("", said)]


def _headline(item: Item, lede: str) -> str:
    words = " ".join(item.headline.split())
    if not words:
        first = lede.split()
        words = " ".join(first[:FIRST_WORDS]).rstrip(",;:.") + ("…" if len(first) > FIRST_WORDS else "")
        # By "TK" it is not published so.
        words = f"TK: {words}" if words else "TK"
    if len(words) > LONGEST_HEADLINE:
        words = words[: LONGEST_HEADLINE - 1].rsplit(" ", 1)[0][: LONGEST_HEADLINE - 1] + "…"
    return words
