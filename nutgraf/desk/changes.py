"""Public changes in the desk: what a publication is called and says to readers, the versions they had, withdrawal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from django import forms
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, Panel
from wagtail.admin.widgets.button import Button
from wagtail.models import Page

from nutgraf.desk.headings import heading
from nutgraf.stories import actions, changes
from nutgraf.stories.changes import Pending
from nutgraf.stories.models import ChangeKind, Story
from nutgraf.stories.models.changes import LONGEST_SENTENCE

# As many facts are named in a question.
_MOST_NAMED = 3


def question(change: Pending) -> str:
    """Ask what only the editor knows: whether a fact that was replaced was wrong, or is another by now."""
    named = [
        _("“%(before)s” is now “%(after)s”.") % {"before": one.before or "–", "after": one.after or "–"}
        for one in change.differences[:_MOST_NAMED]
    ]
    return " ".join(
        [*named, _("Was it wrong? Then call it a correction. Has it changed since? Then call it an update.")]
    )


class Suggestion(Panel):
    """What changes for readers, and what that looks like."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "desk/panels/change.html"

        def show_panel_furniture(self) -> bool:
            return False

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            change = changes.pending(self.instance)
            said = ChangeKind(change.suggestion).label if change.suggestion else ""
            # What was asked when the button was pressed stands at its field.
            is_asked = "change_kind" in self.form.errors
            return super().get_context_data(parent_context) | {
                "change": change,
                "suggestion": said,
                "question": question(change) if change.is_for_asking else "",
                "is_asked": is_asked,
            }


class ChangePanel(MultiFieldPanel):
    """What the next publication is called and says to readers; of a story that they never had there is nothing to ask."""

    def __init__(self, children: Any = (), *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("heading", gettext_lazy("What changes for readers"))
        kwargs.setdefault("icon", "history")
        own = [Suggestion(), FieldPanel("change_kind"), FieldPanel("change_sentence")]
        super().__init__(children or own, *args, **kwargs)

    class BoundPanel(MultiFieldPanel.BoundPanel):
        def is_shown(self) -> bool:
            return super().is_shown() and self._is_known

        @cached_property
        def _is_known(self) -> bool:
            return bool(self.instance.pk) and self.instance.public_versions.exists()


class WithdrawForm(forms.Form):
    """Why a story is taken from readers for good."""

    reason = forms.CharField(
        max_length=LONGEST_SENTENCE,
        widget=forms.Textarea(attrs={"rows": 3}),
        label=gettext_lazy("Reason, for readers"),
        help_text=gettext_lazy("It stands where the story was, and on the corrections page."),
        error_messages={"required": gettext_lazy("Give a reason: readers will find it where the story was.")},
    )


def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for the reason, and withdraw the story."""
    story = get_object_or_404(Story, pk=pk)
    if not story.permissions_for_user(request.user).can_unpublish():
        raise PermissionDenied
    form = WithdrawForm(request.POST or None)
    if form.is_valid():
        try:
            actions.withdraw(
                story=story, reason=form.cleaned_data["reason"], by=cast(User, request.user), at=timezone.now()
            )
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            said = _("“%(headline)s” is withdrawn. Readers find the reason at its address.")
            messages.success(request, said % {"headline": story.title})
            return redirect("wagtailadmin_home")
    context = {"form": form, "story": story, **_heading(_("Withdraw"), story, icon="cross")}
    return render(request, "desk/changes/withdraw.html", context)


def versions(request: HttpRequest, pk: int) -> HttpResponse:
    """Show every version that readers had: who published it, when, what it was called, and both texts."""
    story = get_object_or_404(Story, pk=pk)
    if not story.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    found = story.public_versions.select_related("by").defer("content", "moments").order_by("-number")
    context = {"story": story, "versions": found, **_heading(_("Public versions"), story, icon="history")}
    return render(request, "desk/changes/versions.html", context)


def _heading(title: str, story: Story, *, icon: str) -> dict[str, Any]:
    form = reverse("wagtailadmin_pages:edit", args=[story.pk])
    way = (reverse("stories:index"), _("Stories")), (form, story.get_admin_display_title())
    return heading(title, *way, icon=icon, about=story.get_admin_display_title())


def buttons(page: Page, user: Any, view_name: str, next_url: str | None = None) -> Iterator[Button]:
    """Offer a public story's versions, and its withdrawal to whoever may take it down."""
    story = page.specific_deferred
    if not isinstance(story, Story) or story.first_published_at is None:
        return
    yield Button(_("Public versions"), reverse("story_versions", args=[page.pk]), icon_name="history", priority=66)
    if page.live and story.permissions_for_user(user).can_unpublish():
        yield Button(_("Withdraw"), reverse("withdraw_story", args=[page.pk]), icon_name="cross", priority=61)


URLS = [
    path("stories/<int:pk>/withdraw/", withdraw, name="withdraw_story"),
    path("stories/<int:pk>/versions/", versions, name="story_versions"),
]
