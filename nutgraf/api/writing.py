"""What may be done with a draft, by whom, and how it is told: the desk's own verbs and checks, for programs."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.locks import ScheduledForPublishLock
from wagtail.models import PagePermissionTester, Revision, WorkflowState
from wagtail.permissions import page_permission_policy, policy_registry

from nutgraf.api.problems import Mistake, Problem, mistakes, of_body
from nutgraf.api.reading import PAGE_SIZE
from nutgraf.api.schemas import blocks
from nutgraf.api.schemas.lists import Page
from nutgraf.api.schemas.stories import (
    Draft,
    DraftInShort,
    Filed,
    FiledCopy,
    LeftOver,
    NewDraft,
    Status,
    ToPublish,
    Written,
)
from nutgraf.api.schemas.words import kept
from nutgraf.copydesk import drafts as copy_drafts
from nutgraf.copydesk import reading as copy_reading
from nutgraf.copydesk import writing as copy_writing
from nutgraf.copydesk.reading import CopyRefused, Form
from nutgraf.media.models import Picture
from nutgraf.newsroom.models import Author, Section
from nutgraf.stories import actions, copy, readiness
from nutgraf.stories.models import Byline, PublicVersion, Story

FORMS: dict[str, Form] = {"text/markdown": "markdown", "text/plain": "auto", "text/html": "html"}
# Stories of one copy that are filed at once.
MOST = 50

# Of a story, by our names.
SAME = ("short_head", "eyebrow", "slug", "dateline_place", "dateline_date")
OTHERWISE = {"headline": "title", "picture_caption": "hero_caption", "picture_alt_text": "hero_alt_text"}


@dataclass(frozen=True)
class Copy:
    """A piece of copy as it was sent."""

    source: bytes
    form: Form


# What is there


def read(pk: int, *, by: User) -> Story:
    """Return the newest draft of a story; raises Http404 for whoever may not edit it."""
    story = newest(pk)
    if not may(story, by).can_edit():
        raise Http404
    return story


def newest(pk: int) -> Story:
    """Return the newest draft of a story; raises Http404 where there is none."""
    story = Story.objects.select_related("latest_revision").filter(pk=pk).first()
    if story is None:
        raise Http404
    draft: Story = story.get_latest_revision_as_object()
    return draft


def take(pk: int, *, by: User, match: str | None, may_be_scheduled: bool = False) -> Story:
    """Return the newest draft of a story in order to change it, and keep others from that meanwhile.

    Raises Problem if somebody changed it after whoever asks had looked.
    """
    if not Story.objects.select_for_update(of=("self",)).filter(pk=pk).exists():
        raise Http404
    story = read(pk, by=by)
    if match is None:
        words = _("Say in If-Match which draft you have seen: the ETag that it came with.")
        raise Problem(428, words, [Mistake(detail=words, parameter="If-Match")])
    if match.strip() != "*" and etag(story) not in [one.strip() for one in match.split(",")]:
        raise Problem(412, _("Somebody changed this story since you looked: read it again."), headers={"ETag": etag(story)})
    is_kept = may_be_scheduled and isinstance(story.get_lock(), ScheduledForPublishLock)
    if not is_kept and may(story, by).page_locked():
        raise Problem(409, _("This story is locked just now: it waits for an editor, or for the moment it is scheduled for."))
    return story


def etag(story: Story) -> str:
    """Return what stands for this draft and for whether readers have it."""
    now = Story.objects.only("live", "latest_revision", "live_revision").get(pk=story.pk)
    return f'"{now.latest_revision_id}-{now.live_revision_id if now.live else 0}"'


def may(story: Story, user: User) -> PagePermissionTester:
    """Return what somebody may do with a story."""
    return story.permissions_for_user(user)


def listed(*, by: User, status: str, cursor: str) -> Page[DraftInShort]:
    """Return the stories that somebody may edit, those made last first."""
    allowed = page_permission_policy.instances_user_has_permission_for(by, "change")
    found = Story.objects.filter(pk__in=allowed.order_by().values("pk")).defer("body")
    if cursor:
        if not (cursor.isascii() and cursor.isdecimal() and len(cursor) < 19):
            raise Problem(422, _("This is no cursor: take the one that a page gives."))
        found = found.filter(pk__lt=int(cursor))
    rows = list(_of_status(found, status).order_by("-pk")[: PAGE_SIZE + 1])
    known = _statuses(rows)
    items = [
        DraftInShort(
            id=story.pk,
            headline=story.draft_title or story.title,
            status=known[story.pk],
            has_unpublished_changes=story.has_unpublished_changes,
            revised_at=story.latest_revision_created_at,
        )
        for story in rows[:PAGE_SIZE]
    ]
    following = str(rows[PAGE_SIZE - 1].pk) if len(rows) > PAGE_SIZE else None
    return Page[DraftInShort](items=items, next_cursor=following)


def shown(story: Story, *, at: datetime.datetime) -> Draft:
    """Return a draft as it is told, with what stands in the way of publishing it."""
    now = Story.objects.defer("body").get(pk=story.pk)
    story.has_unpublished_changes, story.live = now.has_unpublished_changes, now.live
    lacks = readiness.problems(story, at=at)
    found = list(mistakes(ValidationError(lacks))) if lacks else []
    return Draft.of(story, status=_statuses([now])[now.pk], problems=found)


def as_copy(story: Story) -> str:
    """Return a draft in the copy format, as Markdown."""
    zone: Any = timezone.get_default_timezone()
    at = story.first_published_at or timezone.now()
    return copy_writing.write(copy.as_draft(story), at=at, zone=zone, form="markdown", labels=copy.labels())


# What can be done


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
        draft=shown(newest(story.pk), at=at),
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


def _of_status(found: QuerySet[Story], status: str) -> QuerySet[Story]:
    submitted = WorkflowState.objects.filter(status=WorkflowState.STATUS_IN_PROGRESS).values_list("object_id", flat=True)
    if status == "SUBMITTED":
        return found.filter(pk__in=map(int, submitted))
    if status == "SCHEDULED":
        due = Revision.page_revisions.filter(approved_go_live_at__isnull=False).values_list("object_id", flat=True)
        return found.filter(pk__in=map(int, due))
    if status == "PUBLISHED":
        return found.filter(live=True)
    if status == "WITHDRAWN":
        return found.filter(live=False, public_versions__kind=PublicVersion.Kind.WITHDRAWAL).distinct()
    return found.filter(live=False) if status == "DRAFT" else found


def _statuses(stories: list[Story]) -> dict[int, Status]:
    """Return where each of some stories is on its way to readers: three queries."""
    keys = [str(story.pk) for story in stories]
    submitted = WorkflowState.objects.filter(status=WorkflowState.STATUS_IN_PROGRESS, object_id__in=keys)
    in_workflow = set(submitted.values_list("object_id", flat=True))
    due = Revision.page_revisions.filter(approved_go_live_at__isnull=False, object_id__in=keys)
    scheduled = set(due.values_list("object_id", flat=True))
    versions = PublicVersion.objects.filter(story__in=[story.pk for story in stories]).order_by("number")
    latest = dict(versions.values_list("story", "kind"))

    def status(story: Story) -> Status:
        if str(story.pk) in in_workflow:
            return "SUBMITTED"
        if str(story.pk) in scheduled:
            return "SCHEDULED"
        if story.live:
            return "PUBLISHED"
        return "WITHDRAWN" if latest.get(story.pk) == PublicVersion.Kind.WITHDRAWAL else "DRAFT"

    return {story.pk: status(story) for story in stories}
