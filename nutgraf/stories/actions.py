"""What can be done with a story: found an archive, file, submit, publish, schedule, hold, withdraw, waive a note."""

from __future__ import annotations

import datetime
import logging
from collections.abc import Sequence
from typing import Any

from django.contrib.auth.models import AbstractBaseUser, User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from wagtail.coreutils import cautious_slugify, find_available_slug
from wagtail.log_actions import log
from wagtail.models import Page, Revision, Site, Workflow

from nutgraf.copydesk import rules
from nutgraf.copydesk.house_labels import LABELS_BY_JOB
from nutgraf.copydesk.labels import label_key
from nutgraf.newsroom.models import Author
from nutgraf.stories import changes, readiness
from nutgraf.stories.models import Archive, ArchiveMonth, Byline, Hold, Label, Story, Waiver

logger = logging.getLogger(__name__)


@transaction.atomic
def found(*, at: datetime.datetime) -> Archive:
    """Make the archive that every story lives in, and the labels to start with.

    Doing it twice changes nothing.
    """
    if archive := Archive.objects.first():
        return archive
    root = Page.get_first_root_node()
    archive = root.add_child(instance=Archive(title="Stories", slug="stories"))
    # Wagtail's own welcome page has no reader here.
    Site.objects.all().delete()
    Page.objects.filter(depth=2).exclude(pk=archive.pk).delete()
    Site.objects.create(hostname="localhost", root_page=archive, is_default_site=True)
    Archive.month(timezone.localdate(at))
    Label.objects.bulk_create(
        Label(name=name, key=label_key(name), slug=slugify(name), job=job, position=position)
        for position, (job, name) in enumerate(LABELS_BY_JOB)
    )
    return archive


@transaction.atomic
def file(
    *, by: AbstractBaseUser | None, at: datetime.datetime, headline: str, authors: Sequence[Author] = (), **fields: Any
) -> Story:
    """Start a story as a draft in its month's folder, signed in the given order.

    `fields` are the story's own (lede, section, hero, body …); without a slug
    one is made from the headline.
    """
    month: ArchiveMonth = Archive.month(timezone.localdate(at))
    story = Story(title=headline, owner=by, live=False, **fields)
    story.tidy()
    if not story.slug and not cautious_slugify(headline):
        # Of signs alone no slug can be made, and only one story of a month could do without.
        story.slug = find_available_slug(month, "story")
    story.bylines = [Byline(author=author, sort_order=order) for order, author in enumerate(authors)]
    month.add_child(instance=story)
    log(instance=story, action="wagtail.create", user=by)
    return revise(story=story, by=by)


@transaction.atomic
def revise(*, story: Story, by: AbstractBaseUser | None) -> Story:
    """Keep the story as it now stands as its newest draft; readers see nothing of it yet.

    A draft may be unfinished, but not malformed: raises ValidationError for a
    number that is not one or an event that ends before it starts. Markup that
    stories don't hold is taken out.
    """
    story.tidy()
    story.save_revision(user=by, log_action=True, clean=False)
    return story


@transaction.atomic
def submit(*, story: Story, by: AbstractBaseUser) -> None:
    """Ask for approval by the workflow that is set for the story.

    Raises readiness.NotReady if something in it is still to come.
    """
    if stops := list(readiness.stops(story.get_latest_revision_as_object())):
        raise readiness.NotReady(dict(stops), story=story)
    workflow: Workflow = story.get_workflow()
    workflow.start(story, by)


@transaction.atomic
def publish(
    *, story: Story, by: AbstractBaseUser | None, at: datetime.datetime, change: str = "", sentence: str = ""
) -> Story:
    """Make the newest draft public as of `at`, and return the story as readers have it.

    Of a story that they have had before, `change` says what the change is
    called (a ChangeKind) and `sentence` what readers are told; otherwise the
    draft says so, or the change itself. Raises readiness.NotReady, and changes
    nothing, if something is missing.
    """
    revision = story.get_latest_revision() or story.save_revision(user=by)
    if change or sentence:
        revision.content |= {"change_kind": change, "change_sentence": sentence}
    story.publish(revision, user=by, at=at, skip_permission_checks=True)
    return Story.objects.get(pk=story.pk)


@transaction.atomic
def restore(
    *, story: Story, by: AbstractBaseUser | None, at: datetime.datetime, changed_at: datetime.datetime | None = None
) -> Story:
    """Make public what readers have had elsewhere since `at`, as it was there, and return it as they have it.

    What a story of ours would need beside (an author, what a picture lacks, a
    label of the house) is not asked for until somebody works at it. Nobody is
    told of it as news. Raises readiness.NotReady, and changes nothing, where
    without it there would be no page.
    """
    revision = story.get_latest_revision() or story.save_revision(user=by, clean=False)
    story.publish(revision, user=by, at=at, skip_permission_checks=True, is_restored=True)
    if changed_at and changed_at > at:
        Story.objects.filter(pk=story.pk).update(updated_at=changed_at, last_published_at=changed_at)
    return Story.objects.get(pk=story.pk)


@transaction.atomic
def schedule(*, story: Story, by: AbstractBaseUser | None, at: datetime.datetime) -> Story:
    """Have the newest draft published at a later moment; the clock does it."""
    story.go_live_at = at
    revision = story.save_revision(user=by)
    story.publish(revision, user=by, skip_permission_checks=True)
    return Story.objects.get(pk=story.pk)


@transaction.atomic
def unschedule(*, story: Story, by: AbstractBaseUser | None) -> Story:
    """Take back that a draft is published at a later moment, and return it as it now stands."""
    for revision in story.revisions.filter(approved_go_live_at__isnull=False):
        log(
            instance=story,
            action="wagtail.schedule.cancel",
            user=by,
            data={
                "revision": {
                    "id": revision.pk,
                    "created": revision.created_at.strftime("%d %b %Y %H:%M"),
                    "go_live_at": revision.approved_go_live_at.strftime("%d %b %Y %H:%M"),
                    "has_live_version": story.live,
                }
            },
            revision=revision,
        )
        revision.approved_go_live_at = None
        revision.save(update_fields=["approved_go_live_at"])
    # Otherwise publishing it would schedule it again.
    story.go_live_at = None
    return revise(story=story, by=by)


@transaction.atomic
def waive(*, story: Story, rule: str, words: str, reason: str, by: User | None, at: datetime.datetime) -> Waiver:
    """Set a note aside for this story, for a reason.

    Waiving twice keeps the first reason. Raises ValidationError without one.
    """
    if not (reason := " ".join(reason.split())):
        raise ValidationError(_("Give a reason: whoever approves the story will read it."))
    waiver, is_new = Waiver.objects.get_or_create(
        story=story,
        key=Waiver.key_of(rule, words),
        defaults={"rule": rule, "words": words, "reason": reason[:300], "by": by, "at": at},
    )
    if is_new:
        _log_waiver(waiver, "nutgraf.note.waived", by=by)
    return waiver


@transaction.atomic
def take_back(*, waiver: Waiver, by: AbstractBaseUser | None) -> None:
    """Let the note speak again; the story's history keeps that it was waived."""
    _log_waiver(waiver, "nutgraf.note.restored", by=by)
    waiver.delete()


def _log_waiver(waiver: Waiver, action: str, *, by: AbstractBaseUser | None) -> None:
    rule = rules.find(waiver.rule)
    data = {"rule": rule.name if rule else waiver.rule, "words": waiver.words[:200], "reason": waiver.reason}
    log(instance=waiver.story, action=action, user=by, data=data)


@transaction.atomic
def hold(*, story: Story, reason: str, until: datetime.datetime | None, at: datetime.datetime) -> None:
    """Keep a story from being published before a moment, or until the hold is lifted; what is public stays so.

    There is one hold of a story at a time: the last word counts.
    """
    former = Hold.objects.filter(story=story.pk).first()
    if former and (former.until, former.reason) == (until, reason[:300]):
        return
    Hold.objects.update_or_create(story_id=story.pk, defaults={"reason": reason[:300], "until": until, "at": at})
    log(instance=story, action="nutgraf.hold.placed", data={"reason": reason[:300]})


@transaction.atomic
def lift(*, story: Story, by: AbstractBaseUser | None) -> bool:
    """Let a story that was held be published; return whether it was."""
    was_held = bool(Hold.objects.filter(story=story.pk).delete()[0])
    if was_held:
        log(instance=story, action="nutgraf.hold.lifted", user=by)
    return was_held


def unpublish(*, story: Story, by: AbstractBaseUser | None) -> Story:
    """Take the story from readers; its drafts stay."""
    story.unpublish(user=by)
    return Story.objects.get(pk=story.pk)


@transaction.atomic
def withdraw(*, story: Story, reason: str, by: AbstractBaseUser | None, at: datetime.datetime) -> Story:
    """Take a public story from readers for good, and tell them why where it was.

    Publishing it again undoes it. Raises ValidationError without a reason, or
    for a story that readers do not have.
    """
    changes.withdraw(Story.objects.select_for_update(of=("self",)).get(pk=story.pk), reason=reason, by=by, at=at)
    return unpublish(story=story, by=by)


def publish_due(*, at: datetime.datetime) -> int:
    """Publish what was scheduled up to that moment and take down what has expired; return how many.

    A story that is no longer ready stays a draft, loses its schedule and leaves
    an entry in its history; one that something else keeps back is tried again,
    and told in the log each time. The others go out.
    """
    due = Revision.objects.filter(approved_go_live_at__lte=at).order_by("approved_go_live_at")
    done = sum(_publish_on_schedule(revision) for revision in due)
    for story in Story.objects.live().filter(expire_at__lte=at):
        story.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")
        done += 1
    return done


def _publish_on_schedule(revision: Revision) -> bool:
    try:
        revision.publish(log_action="wagtail.publish.scheduled")
    except ValidationError as error:
        sentence = " ".join(error.messages)
        logger.error("Not published as scheduled: “%s”. %s", revision.object_str, sentence)
        Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=None)
        log(instance=revision.content_object, action="nutgraf.schedule.refused", data={"reason": sentence})
        return False
    except Exception:  # Whatever one story has come upon, the others are due, too; the log has all of it.
        logger.exception("“%s” could not be published as scheduled; it is tried again.", revision.object_str)
        return False
    return True
