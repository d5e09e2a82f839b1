"""Make an archive's stories: drafts as drafts, public ones public as of their day, each once, and never over somebody's work."""

from __future__ import annotations

import datetime
import html
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote
from zoneinfo import ZoneInfo

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from wagtail.models import Page

from nutgraf.copydesk import drafts, inline, known_bodies, matching
from nutgraf.copydesk.drafts import Draft
from nutgraf.imports.archive import pages, values
from nutgraf.imports.archive.filing import Filing
from nutgraf.imports.archive.ledger import Kind, Ledger, Outcome
from nutgraf.imports.archive.pictures import Pictures
from nutgraf.imports.archive.reports import MADE, REVISED, SKIPPED, UNCHANGED, Told
from nutgraf.imports.archive.values import State
from nutgraf.imports.models import ArchiveItem
from nutgraf.media.models import Picture
from nutgraf.newsroom import addresses
from nutgraf.newsroom.models import Author
from nutgraf.stories import actions, readiness, restoring
from nutgraf.stories.models import Archive, ArchiveMonth, Byline, Story

Remarks = list[tuple[str, str]]

LONGEST_CAPTION = 400
LONGEST_PLACE = 80
LONGEST_HEADLINE = 255
FIRST_WORDS = 8
# Shorter than this after it was published, a story was not changed but finished.
SOON = datetime.timedelta(minutes=1)
LEADS_ELSEWHERE = "the address leads elsewhere already, or none like it can be kept"


@dataclass
class _Made:
    """What a story's value says in the newsroom's terms."""

    fields: dict[str, Any]
    headline: str
    authors: list[Author]
    remarks: Remarks
    # Pictures of it that were not to be had.
    lacking: int


@dataclass
class Ready:
    """A story that is new and public, composed and not kept yet."""

    value: values.Story
    made: _Made
    story: Story


@dataclass
class Stories:
    """The stories of one archive."""

    ledger: Ledger
    filing: Filing
    pictures: Pictures
    by: AbstractBaseUser | None
    at: datetime.datetime
    zone: ZoneInfo
    # By which words before a colon are known for a label.
    labels: Sequence[str]
    author: str = ""

    def take(self, value: values.Story) -> Told:
        """File a story, or bring it up to what came now; raises ValidationError for what no story can hold."""
        item = self.ledger.find(Kind.STORY, value.key)
        if item is None:
            return self._file(value)
        if item.story is None:
            return self._told(value, SKIPPED, "it was deleted at the desk, and is not made again")
        is_same = item.digest == values.digest(value)
        if is_same and not item.pictures_lacking:
            return self._told(value, UNCHANGED, story=item.story)
        story = item.story.get_latest_revision_as_object()
        made = self._made(value, story)
        if is_same and made.lacking >= item.pictures_lacking:
            return self._told(value, UNCHANGED, story=item.story)
        if item.story.latest_revision_id != item.revision_id:
            reason = "what came is another than before, but somebody has worked at the story since"
            return self._told(value, SKIPPED, reason, story=item.story)
        return self._revise(value, item, story, made)

    # Many that are new

    def prepare(self, value: values.Story) -> Ready | None:
        """Compose a story that can be kept together with others; of None, each has to be taken by itself."""
        if value.state is not State.PUBLIC or value.published_at is None or self._is_to_come(value):
            return None
        if self.ledger.find(Kind.STORY, value.key) is not None:
            return None
        made = self._made(value, None)
        at = min(value.published_at, self.at)
        given = {"by": self.by, "at": at, "changed_at": self._changed(value, at), "slug": _slug_of(value)}
        try:
            return Ready(value, made, self._composed(made, given))
        except readiness.NotReady:
            return None

    def _composed(self, made: _Made, given: dict[str, Any]) -> Story:
        told = given | {"headline": made.headline, "authors": made.authors}
        try:
            return restoring.compose(**told, **made.fields)
        except readiness.NotReady:
            raise
        except ValidationError:
            made.fields["body"] = without_facts(made.fields["body"])
            return restoring.compose(**told, **made.fields)

    def file_all(self, ready: Sequence[Ready]) -> list[Told]:
        """Keep stories that were prepared, with all that follows from it; raises if one of them cannot be kept."""
        restoring.restore_all([one.story for one in ready], by=self.by)
        old = [(path, one) for one in ready for path in one.value.addresses]
        leads = addresses.lead_all([(path, one.story.address or "", one.story) for path, one in old])
        for (path, one), is_led in zip(old, leads, strict=True):
            if not is_led:
                one.made.remarks.append((path, LEADS_ELSEWHERE))
        self.ledger.write_first((one.value, _row(one.story, one.made) | {"outcome": Outcome.MADE}) for one in ready)
        return [self._told(one.value, MADE, story=one.story, remarks=one.made.remarks) for one in ready]

    # One that is new

    def _file(self, value: values.Story) -> Told:
        made = self._made(value, None)
        day = min(value.published_at or value.changed_at or self.at, self.at)
        month = Archive.month(timezone.localdate(day))
        made.fields["slug"] = self._slug(value, month, made.remarks)
        try:
            story = self._new(value, made, month, day)
        except ValidationError:
            # A fact that was found in the words is a guess, and no reason to leave the words out.
            made.fields["body"] = without_facts(made.fields["body"])
            story = self._new(value, made, month, day)
        self._hold(value, story)
        self._redirect(value, story, made.remarks)
        self._write(value, story, made, Outcome.MADE)
        return self._told(value, MADE, story=story, remarks=made.remarks)

    def _new(self, value: values.Story, made: _Made, month: ArchiveMonth, day: datetime.datetime) -> Story:
        """Give a new story the state that it had, as far as it can have it here."""
        new: dict[str, Any] = {"by": self.by, "headline": made.headline, "authors": made.authors, **made.fields}
        if value.state is State.PUBLIC and value.published_at is not None and not self._is_to_come(value):
            try:
                return restoring.restore(at=day, changed_at=self._changed(value, day), **new)
            except readiness.NotReady as error:
                self._keep_as_draft(error, made.remarks)
        story = actions.file(at=day, **new)
        if value.state is State.PUBLIC and value.published_at is None:
            made.remarks.append(("", "nobody knows when it was published, so it is a draft"))
        elif value.state is State.PUBLIC:
            story = self._waiting(value, story, made.remarks)
        elif value.state is State.SCHEDULED:
            story = self._scheduled(value, story, made.remarks)
        return story

    def _hold(self, value: values.Story, story: Story) -> None:
        if value.embargoed_until and value.embargoed_until > self.at:
            reason = _("It is under an embargo.")
            actions.hold(story=story, reason=reason, until=value.embargoed_until, at=self.at)

    def _is_to_come(self, value: values.Story) -> bool:
        return value.published_at is not None and value.published_at > self.at

    def _waiting(self, value: values.Story, story: Story, remarks: Remarks) -> Story:
        # Whatever it is called there, an hour that is still to come may be one that was agreed with a source.
        if story.go_live_at is None:
            remarks.append((str(value.published_at), "its hour is still to come, so it waits for it"))
            story = self._scheduled(value, story, remarks)
        return story

    def _changed(self, value: values.Story, at: datetime.datetime) -> datetime.datetime | None:
        if value.changed_at is None or value.changed_at - at < SOON:
            return None
        return min(value.changed_at, self.at)

    def _keep_as_draft(self, error: ValidationError, remarks: Remarks) -> None:
        remarks.append((" ".join(error.messages), "it lacks what a public story needs, so it is a draft"))

    def _redirect(self, value: values.Story, story: Story, remarks: Remarks) -> None:
        for old in value.addresses if story.live or story.go_live_at else ():
            if not addresses.lead(old=old, new=story.address or "", page=story):
                remarks.append((old, LEADS_ELSEWHERE))

    def _scheduled(self, value: values.Story, story: Story, remarks: Remarks) -> Story:
        if value.published_at is None or value.published_at <= self.at:
            remarks.append(("", "its hour is past and it was not public, so it is a draft"))
            return story
        try:
            return actions.schedule(story=story, by=self.by, at=value.published_at)
        except ValidationError as error:
            self._keep_as_draft(error, remarks)
            return story

    # Again

    def _revise(self, value: values.Story, item: ArchiveItem, story: Story, made: _Made) -> Told:
        for name, content in made.fields.items():
            setattr(story, name, content)
        story.title = made.headline
        story.bylines = [Byline(author=author, sort_order=order) for order, author in enumerate(made.authors)]
        story = actions.revise(story=story, by=self.by)
        story = Story.objects.get(pk=story.pk)
        self._hold(value, story)
        if value.state is State.PUBLIC and story.live:
            story = actions.restore(
                story=story, by=self.by, at=max(value.changed_at or self.at, story.last_published_at)
            )
        elif value.state is State.PUBLIC and story.first_published_at is None:
            story = self._published_now(value, story, made.remarks)
        elif value.state is State.PUBLIC:
            made.remarks.append(("", "it was taken from readers at the desk, so what is new is a draft"))
        self._write(value, story, made, Outcome.REVISED)
        return self._told(value, REVISED, story=story, remarks=made.remarks)

    def _published_now(self, value: values.Story, story: Story, remarks: Remarks) -> Story:
        """Make a draft public that has become so in the archive."""
        if self._is_to_come(value):
            return self._waiting(value, story, remarks)
        at = value.published_at or self.at
        try:
            story = actions.restore(story=story, by=self.by, at=at, changed_at=self._changed(value, at))
        except ValidationError as error:
            self._keep_as_draft(error, remarks)
        self._redirect(value, story, remarks)
        return story

    def _write(self, value: values.Story, story: Story, made: _Made, outcome: str) -> None:
        self.ledger.write(Kind.STORY, value, outcome=outcome, **_row(story, made))

    def _told(
        self,
        value: values.Story,
        outcome: str,
        reason: str = "",
        *,
        story: Story | None = None,
        remarks: Sequence[tuple[str, str]] = (),
    ) -> Told:
        name = value.headline or (story.title if story else "")
        return Told("story", value.key, name, outcome, reason, tuple(remarks), story.pk if story else None)

    # What it says

    def _made(self, value: values.Story, before: Story | None) -> _Made:
        remarks: Remarks = list(value.remarks)
        page = pages.read(value.body, base=value.url)
        remarks += page.left
        lacking = self._show(page, remarks)
        day = timezone.localdate(value.published_at or value.changed_at or self.at, self.zone)
        draft = known_bodies.read(page.blocks, on=day, names=self.labels)
        if value.lede and draft.lede:
            draft.body.insert(0, drafts.point("", draft.lede))
        lede = value.lede or draft.lede or inline.tidy(value.summary) or _opening(draft, remarks)
        hero, is_lacking = self._hero(value, remarks)
        fields: dict[str, Any] = {
            "section": self.filing.section(value.sections),
            "lede": drafts.paragraph(lede),
            "search_description": inline.plain(value.summary),
            "dateline_place": self._place(draft, remarks),
            "hero": hero,
            "hero_caption": _cut(value.hero_caption, remarks),
            "hero_alt_text": _cut(value.hero_alt, remarks),
            "body": self._body(draft, before),
        }
        authors = list(dict.fromkeys(self.filing.author(key) for key in value.authors or filter(None, [self.author])))
        if not authors:
            remarks.append(("", "nobody signed it"))
        return _Made(fields, self._headline(value, lede, remarks), authors, remarks, lacking + is_lacking)

    def _show(self, page: pages.Page, remarks: Remarks) -> int:
        """Find the pictures of a body, and take those out that are not to be had; return how many."""
        lacking = 0
        for shown in page.pictures:
            block = shown.block
            picture = self.pictures.bring(shown.key, shown.url, block.alt, block.caption)
            if picture is None:
                lacking += 1
                page.blocks.remove(block)
                remarks.append(
                    (" ".join([shown.url, block.caption or block.alt]).strip(), "a picture that is not to be had")
                )
                continue
            block.picture = picture.pk
            block.caption = "" if block.caption == picture.caption else _cut(block.caption, remarks)
            block.alt = "" if block.alt == picture.description else _cut(block.alt, remarks)
        return lacking

    def _hero(self, value: values.Story, remarks: Remarks) -> tuple[Picture | None, bool]:
        if not value.hero:
            return None, False
        hero = self.pictures.find(value.hero, "") or self.pictures.bring(
            "", value.hero, value.hero_alt, value.hero_caption
        )
        if hero is None:
            remarks.append((value.hero, "its main picture is not to be had"))
        return hero, hero is None

    def _body(self, draft: Draft, before: Story | None) -> list[Any]:
        return matching.adopt(draft.body, list(before.body.get_prep_value()) if before else [])

    def _place(self, draft: Draft, remarks: Remarks) -> str:
        if len(draft.dateline_place) > LONGEST_PLACE:
            remarks.append((draft.dateline_place, f"a dateline longer than {LONGEST_PLACE} letters"))
            return ""
        return draft.dateline_place

    def _headline(self, value: values.Story, lede: str, remarks: Remarks) -> str:
        words = " ".join(inline.plain(value.headline).split())
        if not words:
            first = inline.plain(lede).split()
            words = " ".join(first[:FIRST_WORDS]).rstrip(",;:.") + ("…" if len(first) > FIRST_WORDS else "")
            words = words or value.slug or value.key
            remarks.append((words, "it had no headline; these are its first words"))
        if len(words) > LONGEST_HEADLINE:
            remarks.append((words, f"a headline longer than {LONGEST_HEADLINE} letters"))
            words = words[: LONGEST_HEADLINE - 1].rsplit(" ", 1)[0] + "…"
        return words

    def _slug(self, value: values.Story, month: ArchiveMonth, remarks: Remarks) -> str:
        slug = _slug_of(value)
        if not slug:
            return ""
        candidate, number = slug, 2
        while Page.objects.child_of(month).filter(slug=candidate).exists():
            candidate = f"{slug}-{number}"
            number += 1
        if candidate != slug:
            remarks.append((slug, "another story of that month has this slug, so a number was added"))
        return candidate


def _slug_of(value: values.Story) -> str:
    return slugify(unquote(value.slug), allow_unicode=True)[:200]


def _row(story: Story, made: _Made) -> dict[str, Any]:
    return {
        "name": made.headline,
        "story": story,
        "revision_id": story.latest_revision_id,
        "remarks": made.remarks,
        "pictures_lacking": made.lacking,
    }


def _cut(words: str, remarks: Remarks) -> str:
    words = " ".join(words.split())
    if len(words) <= LONGEST_CAPTION:
        return words
    remarks.append((words, f"a caption or alternative text longer than {LONGEST_CAPTION} letters, which was cut"))
    return words[: LONGEST_CAPTION - 1].rsplit(" ", 1)[0] + "…"


def _opening(draft: Draft, remarks: Remarks) -> str:
    """Return what a body without an opening paragraph opens with, and take it out of there if it stands first."""
    first = draft.body[0] if draft.body else None
    if first and first["type"] in ("paragraph", "point") and not first["value"]["bullets"] and first["value"]["text"]:
        label = first["value"].get("label", "")
        draft.body = draft.body[1:]
        return f"{label}: {drafts.inner(first['value']['text'])}".removeprefix(": ")
    for part in draft.body:
        value = part["value"]
        words = value.get("words") or value.get("caption") or value.get("alt_text") or ""
        if words:
            remarks.append((words, "it had no opening paragraph, so these words are its lede"))
            return html.escape(words, quote=False)
    return ""


def without_facts(body: list[Any]) -> list[Any]:
    """Return a body without the facts that were found in its words."""
    return [part | {"value": part["value"] | {"facts": []}} if "facts" in part["value"] else part for part in body]
