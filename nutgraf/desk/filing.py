"""Begin a story: where it goes, who signs it and what stands in it before a word is typed."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser, User
from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.http import HttpRequest, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.permissions import policy_registry

from nutgraf.newsroom.models import Author, Section
from nutgraf.stories.models import Archive, Byline, Label, Story
from nutgraf.storylines.models import Storyline, StorylineStory


def new_story(request: HttpRequest) -> HttpResponseRedirect:
    """Go to an empty story in this month's folder, in a storyline if one is named: nobody is asked for a place."""
    archive = Archive.objects.first()
    if archive is None:
        messages.error(request, _("This newsroom has not been founded yet. Run “nutgraf init”."))
        return redirect("wagtailadmin_home")
    if not may_file(request.user):
        raise PermissionDenied
    month = Archive.month(timezone.localdate())
    form = reverse("wagtailadmin_pages:add", args=["stories", "story", month.pk])
    storyline = chosen_storyline(request)
    return redirect(f"{form}?storyline={storyline.pk}" if storyline else form)


def chosen_storyline(request: HttpRequest) -> Storyline | None:
    """Return the storyline in which somebody asked to begin a story, if there is such."""
    key = request.GET.get("storyline", "")
    is_key = key.isascii() and key.isdecimal() and len(key) < 10
    return Storyline.objects.standing().filter(pk=key).first() if is_key else None


def may_file(user: AbstractBaseUser | AnonymousUser) -> bool:
    """Say whether somebody may start a story."""
    return policy_registry.get_by_type(Story).user_has_permission(user, "add")


def begin(*, story: Story, by: User) -> None:
    """Sign an empty story as its writer does, and start it with the point that says why it matters."""
    author = Author.objects.filter(user=by).first()
    if author:
        story.bylines = [Byline(author=author, sort_order=0)]
        story.section = usual_section(author)
    if label := Label.objects.filter(job=Label.Job.WHY, is_forbidden=False).first():
        # With its id from the first, so that each autosave finds the same block.
        story.body = [{"type": "point", "value": {"label": label.name}, "id": str(uuid.uuid4())}]


def place(*, story: Story, storyline: Storyline, by: User) -> None:
    """Propose that an empty story belongs to a storyline."""
    story.storyline_places = [StorylineStory(storyline=storyline, added_at=timezone.now(), by=by)]


def usual_section(author: Author) -> Section | None:
    """Return the section that an author has written for most, if any."""
    written = Section.objects.filter(stories__bylines__author=author)
    return written.annotate(times=Count("stories")).order_by("-times").first()


def on_new_page(*, page: Any, **kwargs: Any) -> None:
    """Hear that somebody opened an empty form."""
    if isinstance(page, Story):
        begin(story=page, by=page.owner)
