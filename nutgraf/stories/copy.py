"""Turn a story into the draft that copy is written from, and a draft that was read from copy into a story."""

from __future__ import annotations

import datetime
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from nutgraf.copydesk import drafts, inline, matching, normal
from nutgraf.copydesk.drafts import Draft, Part, Unsettled
from nutgraf.copydesk.house_labels import HOUSE_LABELS
from nutgraf.media.models import Picture
from nutgraf.newsroom.models import Author, Section
from nutgraf.stories import actions
from nutgraf.stories.models import Byline, Label, Story

_LINES = ("short_head", "eyebrow", "dateline_place")
_FIRST_WORDS = 8


@dataclass
class Settled:
    """What a draft says in the newsroom's own terms, and what it says that the newsroom does not know."""

    # Values of a story's fields by their names; the body as a StreamField keeps it.
    fields: dict[str, Any] = field(default_factory=dict)
    authors: list[Author] = field(default_factory=list)
    unsettled: list[Unsettled] = field(default_factory=list)
    # Whether it says just what the story said before.
    is_unchanged: bool = False


def labels() -> Sequence[str]:
    """Return the labels by which copy is read and written here: the newsroom's own, or the house's before it has any."""
    return list(Label.objects.filter(is_forbidden=False).values_list("name", flat=True)) or HOUSE_LABELS


def sections() -> Sequence[str]:
    """Return the names by which copy may call a section here: each by itself above a headline is no eyebrow."""
    return list(Section.objects.values_list("name", flat=True))


def as_draft(story: Story) -> Draft:
    """Return all that copy can carry of a story as it stands, with the ids of its blocks."""
    body = json.loads(json.dumps(list(story.body.get_prep_value()), cls=DjangoJSONEncoder))
    return Draft(
        headline=story.title,
        short_head=story.short_head,
        slug=story.slug or "",
        eyebrow=story.eyebrow,
        section=story.section.name if story.section else "",
        bylines=[author.name for author in story.authors],
        dateline_place=story.dateline_place,
        dateline_date=story.dateline_date.isoformat() if story.dateline_date else None,
        published_at=_second(story.first_published_at),
        updated_at=_second(story.updated_at),
        lede=inline.tidy(story.lede),
        hero=_hero(story),
        body=body,
        key=story.translation_key.hex,
    )


def _second(moment: datetime.datetime | None) -> str | None:
    """Return a moment to the second: a revision keeps fewer digits than the page, and both are one moment."""
    return moment.isoformat(timespec="seconds") if moment else None


def _hero(story: Story) -> dict[str, Any] | None:
    if not (story.hero_id or story.hero_caption or story.hero_alt_text):
        return None
    return {"picture": story.hero_id, "caption": story.hero_caption, "alt_text": story.hero_alt_text}


def settle(draft: Draft, *, into: Story | None = None) -> Settled:
    """Find the section, the authors and the pictures that a draft names, and give its blocks their ids.

    `into` is the story that the draft was edited from, or is to take the place
    of: blocks keep their ids by likeness, and what copy cannot carry stays.
    Nothing is dropped: what has no place is in `unsettled`, with the reason.
    """
    return _Settling(draft, into).settled()


def find(key: str) -> Story | None:
    """Return the story that a copy says it is of."""
    return Story.objects.filter(translation_key=key).first() if key else None


def twins(story: Story) -> list[Story]:
    """Return some other stories with this headline: perhaps what came is one of them, changed."""
    return list(Story.objects.filter(title__iexact=story.title).exclude(pk=story.pk)[:3])


@transaction.atomic
def file(
    *, draft: Draft, by: AbstractBaseUser | None, at: datetime.datetime, section: Section | None = None
) -> tuple[Story, Settled]:
    """File a draft as a new story, which nobody but the newsroom sees; `section` is for one that names none.

    Raises ValidationError for what a story cannot hold.
    """
    settled = settle(draft)
    if settled.fields["section"] is None:
        settled.fields["section"] = section
    headline = settled.fields.pop("headline")
    return actions.file(by=by, at=at, headline=headline, authors=settled.authors, **settled.fields), settled


@transaction.atomic
def revise(*, story: Story, draft: Draft, by: AbstractBaseUser | None) -> tuple[Story, Settled]:
    """Make a draft the newest draft of a story that there is already; readers see nothing of it yet.

    A draft that says nothing new leaves no new version. Raises ValidationError for what a story cannot hold.
    """
    before = normal.draft(as_draft(story))
    settled = settle(draft, into=story)
    values = {name: value for name, value in settled.fields.items() if name != "headline"}
    if values["section"] is None:
        values["section"] = story.section
    for name, value in values.items():
        setattr(story, name, value)
    story.title = settled.fields["headline"]
    if settled.authors:
        story.bylines = [Byline(author=author, sort_order=order) for order, author in enumerate(settled.authors)]
    if normal.draft(as_draft(story)) == before:
        settled.is_unchanged = True
        return story, settled
    return actions.revise(story=story, by=by), settled


class _Settling:
    """One draft, on its way into the newsroom."""

    def __init__(self, draft: Draft, into: Story | None) -> None:
        self.draft = draft
        self.into = into
        self.before = as_draft(into) if into else Draft()
        self.result = Settled(unsettled=list(draft.unsettled))
        # Another newsroom's numbers are other pictures.
        self.is_ours = bool(draft.key) and find(draft.key) is not None

    def settled(self) -> Settled:
        draft = self.draft
        body = matching.adopt(draft.body, self.before.body)
        # First what the copy says, for the story's own pictures need no proof.
        self._check_pictures(body)
        if self.into:
            body = self._with_what_copy_lacks(body)
        self.result.fields = {
            **{name: self._line(name) for name in _LINES},
            "headline": self._line("headline") or self._first_words(),
            "slug": self._slug(),
            "section": self._section(),
            "dateline_date": draft.dateline_date and datetime.date.fromisoformat(draft.dateline_date),
            "lede": self._lede(),
            **self._hero(),
            "body": body,
        }
        self.result.authors = self._authors()
        return self.result

    def _leave(self, text: str, reason: str) -> None:
        self.result.unsettled.append(Unsettled(text, reason))

    def _line(self, name: str) -> str:
        """Return a line if it fits; a headline that does not is cut at a word."""
        words: str = getattr(self.draft, name)
        longest: int = Story._meta.get_field("title" if name == "headline" else name).max_length
        if len(words) <= longest:
            return words
        self._leave(words, _("longer than the %(longest)d letters that fit there") % {"longest": longest})
        return words[:longest].rsplit(" ", 1)[0] if name == "headline" else ""

    def _first_words(self) -> str:
        """Return what a story without a headline is called meanwhile; "TK" keeps it from being published so."""
        texts = [self.draft.lede, *(drafts.words(part) for part in self.draft.body if _is_text(part))]
        words = next(filter(None, map(inline.plain, texts)), "").split()
        if not words:
            return "TK"
        return f"TK: {' '.join(words[:_FIRST_WORDS]).rstrip(',;:.')}{'…' if len(words) > _FIRST_WORDS else ''}"

    def _slug(self) -> str:
        if not self.draft.slug:
            return self.into.slug if self.into else ""
        slug = slugify(self.draft.slug)
        if slug != self.draft.slug:
            self._leave(self.draft.slug, _("a slug is made of small letters, figures and hyphens"))
        return slug if slug == self.draft.slug else ""

    def _lede(self) -> str:
        """Return the lede; plain copy has no links, so words that stayed keep theirs."""
        before = self.before.lede
        is_same = self.draft.is_plain and inline.plain(before) == inline.plain(self.draft.lede)
        return drafts.paragraph(before if is_same else self.draft.lede)

    def _section(self) -> Section | None:
        name = self.draft.section
        if not name:
            return None
        found = Section.objects.filter(name__iexact=name).first() or Section.objects.filter(slug=slugify(name)).first()
        if found is None:
            self._leave(name, _("there is no such section"))
        return found

    def _authors(self) -> list[Author]:
        known = {author.name.casefold(): author for author in Author.objects.all()}
        for name in self.draft.bylines:
            if name.casefold() not in known:
                self._leave(name, _("there is no such author"))
        found = [known[name.casefold()] for name in self.draft.bylines if name.casefold() in known]
        return list(dict.fromkeys(found))

    def _hero(self) -> dict[str, Any]:
        hero = self.draft.hero
        if hero is None:
            # Ordinary copy has no pictures; only our own would say that there is none.
            is_kept = self.into is not None and not self.draft.key
            hero = (self.before.hero if is_kept else None) or {}
        picture = self._picture(hero.get("picture")) if self.draft.hero else None
        if picture is None and self.into and not self.draft.key:
            picture = self.into.hero
        return {
            "hero": picture,
            "hero_caption": hero.get("caption") or "",
            "hero_alt_text": hero.get("alt_text") or "",
        }

    def _picture(self, number: int | None) -> Picture | None:
        picture = Picture.objects.filter(pk=number).first() if number and self.is_ours else None
        if number and picture is None:
            self._leave(_("Picture %(number)d") % {"number": number}, _("there is no such picture in the library"))
        return picture

    def _check_pictures(self, body: Sequence[Part]) -> None:
        for part in body:
            if part["type"] == "picture" and self._picture(part["value"]["picture"]) is None:
                part["value"]["picture"] = None

    def _with_what_copy_lacks(self, body: list[Part]) -> list[Part]:
        """Return the body with the pictures, and the facts and links of unchanged texts, of the story as it was."""
        is_own_copy = bool(self.draft.key)
        for part, former in matching.twins(body, self.before.body):
            if part["type"] == "picture" == former["type"]:
                part["value"]["picture"] = part["value"]["picture"] or former["value"]["picture"]
            elif _is_text(part) and _is_text(former) and drafts.words(part) == drafts.words(former):
                if not is_own_copy:
                    part["value"]["facts"] = former["value"]["facts"]
                if self.draft.is_plain:
                    part["value"]["text"] = former["value"]["text"]
                    part["value"]["bullets"] = former["value"]["bullets"]
        return body


def _is_text(part: Part) -> bool:
    return part["type"] in ("point", "paragraph")
