"""Make of a curator's items what an edition says at a moment: headlines, words, what changed, and what was wrong."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from django.db.models import F
from django.utils import formats
from django.utils.html import escape
from django.utils.translation import gettext as _
from wagtail.rich_text import expand_db_html

from nutgraf.briefings import changed_words
from nutgraf.briefings.content import Content, Correction, Curator, Item, Line, Shot
from nutgraf.briefings.models import Briefing, Edition
from nutgraf.media.models import Picture
from nutgraf.stories import richtext
from nutgraf.stories.models import PublicVersion, Story
from nutgraf.storylines import catching_up

# Of one storyline, so that it stays one item among others.
CATCH_UP_WORDS = 120
# Whoever has had no edition yet is told of this much.
FIRST_SINCE = datetime.timedelta(days=1)
# Errors in editions longer ago than this are told on the corrections page only.
REMEMBERED = datetime.timedelta(days=60)

WRONG = (PublicVersion.Kind.CORRECTION, PublicVersion.Kind.CLARIFICATION, PublicVersion.Kind.WITHDRAWAL)


def of(edition: Edition, *, at: datetime.datetime) -> Content:
    """Return what readers have of an edition, or what they would get at a moment."""
    return Content.from_json(edition.content) if edition.is_out and edition.content else compose(edition, at=at)


def compose(edition: Edition, *, at: datetime.datetime) -> Content:
    """Return what an edition says if it goes out at a moment: a number of queries that grows with its storylines only."""
    stories = _stories(edition)
    items = [item for child in edition.items if (item := _item(child, edition, stories, at=at))]
    picture = None
    if edition.briefing.template == Briefing.Template.PICTURED:
        picture = next((shot for item in items if (shot := _picture(stories.get(item.story)))), None)
        # Shown once, on top.
        items = [_without(item, picture) for item in items]
    return Content(
        subject=edition.subject,
        preheader=edition.preheader,
        curator=_curator(edition),
        opening=inline(edition.opening),
        items=items,
        corrections=corrections(edition, at=at),
        picture=picture,
    )


def since(edition: Edition, *, at: datetime.datetime) -> datetime.datetime:
    """Return the moment after which things are new to the readers of this briefing."""
    before = Edition.objects.latest_before(edition.briefing, at)
    return before.out_at if before and before.out_at else at - FIRST_SINCE


def corrections(edition: Edition, *, at: datetime.datetime) -> list[Correction]:
    """Return what was wrong in stories that earlier editions of the briefing carried and that no edition has told yet."""
    found = (
        PublicVersion.objects.in_short()
        .filter(
            kind__in=WRONG,
            at__lte=at,
            at__gt=F("story__carried_by__edition__out_at"),
            story__carried_by__edition__briefing=edition.briefing,
            story__carried_by__edition__out_at__gt=at - REMEMBERED,
        )
        .exclude(told_by__edition__briefing=edition.briefing)
        .select_related("story__section")
        .distinct()
        .order_by("at", "pk")
    )
    return [_correction(version) for version in found]


def _correction(version: PublicVersion) -> Correction:
    story = version.story
    # What was withdrawn has its address still, and there the reason; its own words are not said again.
    is_withdrawn = version.kind == PublicVersion.Kind.WITHDRAWAL
    day = story.address_date
    named = _("A story of %(day)s") % {"day": formats.date_format(day, "DATE_FORMAT") if day else "?"}
    return Correction(
        version=version.pk,
        story=story.pk,
        headline=named if is_withdrawn or not story.live else story.card_head,
        url=story.address or "",
        sentence=version.sentence,
        kind=version.kind,
    )


def inline(source: str) -> list[str]:
    """Return rich text as paragraphs of inline HTML, its links to our pages written out."""
    return [clean for one in richtext.paragraphs(source or "") if (clean := expand_db_html(one).strip())]


def _stories(edition: Edition) -> dict[int | None, Story]:
    """Load all that is told of the public stories of an edition, in as many queries as for cards."""
    keys = {
        story.pk
        for child in edition.items
        for story in [child.value.get("story"), *(one.get("story") for one in child.value.get("events", []))]
        if story
    }
    return dict(Story.objects.live().for_cards().in_bulk(keys)) if keys else {}


def _curator(edition: Edition) -> Curator:
    author = edition.curator
    return Curator(name=author.name, url=author.get_absolute_url(), role=author.role)


def _item(child: Any, edition: Edition, stories: Mapping[int | None, Story], *, at: datetime.datetime) -> Item | None:
    make = partial(Item, kind=child.block_type, key=str(child.id or ""))
    value = child.value
    if child.block_type == "storyline":
        return _storyline(value, make, edition, at=at)
    return MAKERS[child.block_type](value, make, stories)


def _story(value: Any, make: Callable[..., Item], stories: Mapping[int | None, Story]) -> Item | None:
    story = stories.get(value["story"].pk) if value["story"] else None
    if story is None:
        return None
    return make(
        headline=value["headline"] or story.card_head,
        url=story.address or "",
        paragraphs=inline(value["words"].source if value["words"] else "") or _own_words(story),
        picture=_picture(story) if value["has_picture"] else None,
        story=story.pk,
    )


def _own_words(story: Story) -> list[str]:
    told = inline(story.lede)
    if point := story.opening_point:
        told.append(f"<b>{escape(point.label_text)}:</b> {' '.join(inline(point.html))}")
    return told


def _storyline(value: Any, make: Callable[..., Item], edition: Edition, *, at: datetime.datetime) -> Item | None:
    storyline = value["storyline"]
    if storyline is None:
        return None
    storyline = storyline.merged_into or storyline
    caught_up = catching_up.of(storyline, since=since(edition, at=at), at=at, words=CATCH_UP_WORDS)
    lines = [changed_words.line(change) for change in caught_up.shown]
    paragraphs = inline(value["words"].source if value["words"] else "")
    if not lines and not paragraphs:
        paragraphs = [_("Nothing has changed since the latest edition.")]
    return make(
        headline=value["headline"] or storyline.name,
        url=storyline.get_absolute_url(),
        paragraphs=paragraphs,
        lines=lines,
        more=len(caught_up.more),
    )


def _number(value: Any, make: Callable[..., Item], stories: Mapping[int | None, Story]) -> Item:
    return make(
        figure=value["figure"],
        counts=value["counts"],
        source=value["source"],
        paragraphs=inline(value["words"].source if value["words"] else ""),
        **_from(value, stories),
    )


def _quote(value: Any, make: Callable[..., Item], stories: Mapping[int | None, Story]) -> Item:
    words = value["words"].strip().strip('"“”„«»').strip()
    return make(quote=words, speaker=value["speaker"], role=value["role"], **_from(value, stories))


def _next(value: Any, make: Callable[..., Item], stories: Mapping[int | None, Story]) -> Item | None:
    lines = [_coming(one, stories) for one in sorted(value["events"], key=lambda one: one["day"])]
    return make(headline=value["headline"] or _("What’s next"), lines=lines) if lines else None


def _coming(value: Any, stories: Mapping[int | None, Story]) -> Line:
    day = formats.date_format(value["day"], "MONTH_DAY_FORMAT")
    words = _(", ").join(filter(None, [value["what"], value["place"]]))
    return Line(words=words, lead=day, url=_from(value, stories)["url"])


def _text(value: Any, make: Callable[..., Item], stories: Mapping[int | None, Story]) -> Item:
    return make(headline=value["headline"], paragraphs=inline(value["words"].source))


def _sponsor(value: Any, make: Callable[..., Item], stories: Mapping[int | None, Story]) -> Item:
    picture: Picture | None = value["picture"]
    shot = Shot(picture.pk, picture.alt_text, credit_line=picture.credit_line) if picture else None
    return make(
        label=value["label"] or _("Sponsored"),
        headline=value["headline"],
        url=value["url"],
        paragraphs=inline(value["words"].source if value["words"] else ""),
        picture=shot,
    )


def _from(value: Any, stories: Mapping[int | None, Story]) -> dict[str, Any]:
    story = stories.get(value["story"].pk) if value["story"] else None
    return {"url": (story.address or "") if story else "", "story": story.pk if story else None}


MAKERS: dict[str, Callable[[Any, Callable[..., Item], Mapping[int | None, Story]], Item | None]] = {
    "story": _story,
    "number": _number,
    "quote": _quote,
    "next": _next,
    "text": _text,
    "sponsor": _sponsor,
}


def _picture(story: Story | None) -> Shot | None:
    if story is None or story.hero is None:
        return None
    return Shot(story.hero.pk, story.picture_alt_text, story.picture_caption, story.hero.credit_line)


def _without(item: Item, picture: Shot | None) -> Item:
    return replace(item, picture=None) if picture and item.picture and item.picture.pk == picture.pk else item


def unpublished(edition: Edition) -> Iterable[Story]:
    """Return the stories in an edition that readers can't see, or not any more."""
    for child in edition.items:
        for story in [child.value.get("story"), *(one.get("story") for one in child.value.get("events", []))]:
            if story and not story.live:
                yield story
