"""What programs may do with a draft: the desk's own verbs and checks, and what was sent as a story's fields have it."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.permissions import policy_registry

from nutgraf.api import standing
from nutgraf.api.problems import Mistake, Problem, of_body
from nutgraf.api.schemas import blocks
from nutgraf.api.schemas.stories import Filed, FiledCopy, LeftOver, NewDraft, ToPublish, Written
from nutgraf.api.schemas.words import kept
from nutgraf.api.standing import may, newest
from nutgraf.copydesk import drafts as copy_drafts
from nutgraf.copydesk import reading as copy_reading
from nutgraf.copydesk.reading import CopyRefused, Form
from nutgraf.media.models import Picture
from nutgraf.newsroom.models import Author, Section
from nutgraf.stories import actions, copy
from nutgraf.stories.models import Byline, Story

FORMS: dict[str, Form] = {"text/markdown": "markdown", "text/plain": "auto", "text/html": "html"}
# Stories of one copy that are filed at once.
MOST = 50

# Of a story, by our names.
SAME = ("short_head", "eyebrow", "slug", "dateline_place", "dateline_date", "is_not_to_republish")
OTHERWISE = {"headline": "title", "picture_caption": "hero_caption", "picture_alt_text": "hero_alt_text"}


@dataclass(frozen=True)
class Copy:
    """A piece of copy as it was sent."""

    source: bytes
    form: Form


def make(given: NewDraft, *, by: User, at: datetime.datetime) -> Story:
    """File a story."""
    _require_filing(by)
    values = _values(given)
    authors = values.pop("authors", [])
    with _told_of_body():
        story = actions.file(by=by, at=at, headline=values.pop("title"), authors=authors, **values)
    return newest(story.pk)


def revise(story: Story, given: Written, *, by: User) -> Story:
    """Put what was sent in place of what the draft says."""
    values = _values(given)
    if "authors" in values:
        signed = values.pop("authors")
        story.bylines = [Byline(author=author, sort_order=order) for order, author in enumerate(signed)]
    for name, value in values.items():
        setattr(story, name, value)
    with _told_of_body():
        # Its lede and section may still be to come.
        story.full_clean(exclude=["lede", "section", "body"])
        actions.revise(story=story, by=by)
    return newest(story.pk)


def submit(story: Story, *, by: User) -> Story:
    """Ask for approval."""
    if not may(story, by).can_submit_for_moderation():
        raise PermissionDenied
    if story.workflow_in_progress:
        raise Problem(409, _("It has been submitted already."))
    actions.submit(story=story, by=by)
    return newest(story.pk)


def publish(story: Story, how: ToPublish, *, by: User, at: datetime.datetime) -> Story:
    """Publish the newest draft, or have it published later."""
    if not may(story, by).can_publish():
        raise PermissionDenied
    if how.at is None:
        actions.publish(story=story, by=by, at=at, change=how.change, sentence=how.sentence)
    elif how.at <= at:
        raise Problem(422, _("That has passed."), [Mistake(detail=_("That has passed."), pointer="#/at")])
    else:
        story.change_kind, story.change_sentence = how.change, how.sentence
        actions.schedule(story=story, by=by, at=how.at)
    return newest(story.pk)


def unschedule(story: Story, *, by: User) -> Story:
    """Have a draft that was scheduled not be published."""
    if not may(story, by).can_unschedule():
        raise PermissionDenied
    actions.unschedule(story=story, by=by)
    return newest(story.pk)


def withdraw(story: Story, *, reason: str, by: User, at: datetime.datetime) -> Story:
    """Take a public story from readers for good."""
    public = Story.objects.get(pk=story.pk)
    if public.live and not may(public, by).can_unpublish():
        raise PermissionDenied
    actions.withdraw(story=public, reason=reason, by=by, at=at)
    return newest(story.pk)


def file_copy(given: Copy, *, by: User, at: datetime.datetime) -> FiledCopy:
    """Make a draft of each story in a piece of copy."""
    _require_filing(by)
    found = _read(given, at=at)
    filed = []
    for draft in copy_drafts.drafts(found):
        with _told_of_body():
            story, settled = copy.file(draft=draft, by=by, at=at)
        filed.append(_filed(story, settled, at=at))
    return FiledCopy(stories=filed, left_over=_left(found.unplaced))


def revise_by_copy(story: Story, given: Copy, *, by: User, at: datetime.datetime) -> FiledCopy:
    """Put what copy says in place of what the draft says."""
    found = _read(given, at=at)
    drafts = copy_drafts.drafts(found)
    if len(drafts) > 1:
        raise Problem(422, _("These are several stories; send the copy of one."))
    with _told_of_body():
        story, settled = copy.revise(story=story, draft=drafts[0], by=by)
    return FiledCopy(stories=[_filed(story, settled, at=at)], left_over=_left(found.unplaced))


def _require_filing(by: User) -> None:
    if not policy_registry.get_by_type(Story).user_has_permission(by, "add"):
        raise PermissionDenied


def _read(given: Copy, *, at: datetime.datetime) -> Any:
    zone: Any = timezone.get_default_timezone()
    known = {"labels": copy.labels(), "sections": copy.sections()}
    try:
        found = copy_reading.read(given.source, at=at, zone=zone, form=given.form, **known)
    except CopyRefused as refusal:
        raise Problem(422, str(refusal)) from refusal
    many = len(found.stories)
    if not many:
        raise Problem(422, _("There is no story in this copy: neither a headline nor a sentence."))
    if many > MOST:
        words = _("These are %(many)d stories; at most %(most)d are filed at once.") % {"many": many, "most": MOST}
        raise Problem(422, words)
    return found


def _filed(story: Story, settled: copy.Settled, *, at: datetime.datetime) -> Filed:
    return Filed(
        draft=standing.shown(newest(story.pk), at=at),
        left_over=_left(settled.unsettled),
        twins=[twin.pk for twin in copy.twins(story)],
    )


def _left(found: Iterable[Any]) -> list[LeftOver]:
    return [LeftOver(text=one.text, reason=one.reason) for one in found]


class _told_of_body:
    """Tell what is wrong with blocks at their places, which by themselves do not know that they are of a body."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: Any, error: BaseException | None, trace: Any) -> None:
        if isinstance(error, ValidationError) and hasattr(error, "block_errors"):
            found = list(of_body(error))
            raise Problem(422, " ".join(one.detail for one in found), found) from error


def _values(given: Written) -> dict[str, Any]:
    """Return what was sent as a story's fields have it; raises Problem for what names nothing that there is."""
    sent = given.model_fields_set
    wrong: list[Mistake] = []
    values: dict[str, Any] = {name: getattr(given, name) for name in SAME if name in sent}
    values |= {ours: getattr(given, name) for name, ours in OTHERWISE.items() if name in sent}
    if "lede" in sent:
        values["lede"] = kept(given.lede)
    if "section" in sent:
        values["section"] = _section(given.section, wrong)
    if "authors" in sent:
        values["authors"] = _authors(given.authors, wrong)
    if "picture" in sent:
        values["hero"] = _picture(given.picture, "#/picture", wrong)
    if "body" in sent:
        wrong += _twice(given.body)
        for place, block in enumerate(given.body):
            if block.type == "picture":
                _picture(block.value.picture, f"#/body/{place}/value/picture", wrong)
        values["body"] = blocks.as_body(given.body)
    if wrong:
        raise Problem(422, " ".join(dict.fromkeys(one.detail for one in wrong)), wrong)
    return values


def _section(slug: str | None, wrong: list[Mistake]) -> Section | None:
    found = Section.objects.filter(slug=slug).first() if slug else None
    if slug and found is None:
        wrong.append(Mistake(detail=_("There is no such section."), pointer="#/section"))
    return found


def _authors(slugs: list[str], wrong: list[Mistake]) -> list[Author]:
    known = {author.slug: author for author in Author.objects.filter(slug__in=slugs)}
    for place, slug in enumerate(slugs):
        if slug not in known:
            wrong.append(Mistake(detail=_("There is no such author."), pointer=f"#/authors/{place}"))
    return [known[slug] for slug in dict.fromkeys(slugs) if slug in known]


def _picture(key: int | None, pointer: str, wrong: list[Mistake]) -> Picture | None:
    found = Picture.objects.filter(pk=key).first() if key else None
    if key and found is None:
        wrong.append(Mistake(detail=_("There is no such picture in the library."), pointer=pointer))
    return found


def _twice(body: Collection[Any]) -> list[Mistake]:
    seen: set[str] = set()
    found = []
    for key, pointer in blocks.ids(list(body)):
        if key in seen:
            found.append(Mistake(detail=_("Another block has this id: each has its own."), pointer=pointer))
        seen.add(key)
    return found
