"""Storylines in the desk: their list and their form, and what is in one, to be pinned, hidden, reworded or merged."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList, TitleFieldPanel
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.generic import CreateView, DeleteView, EditView, IndexView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import HeaderButton

from nutgraf.desk.newsroom import PLAIN_SLUG, NamedForm
from nutgraf.storylines import actions
from nutgraf.storylines.models import Storyline


class StorylineForm(NamedForm):
    """A storyline's form; what is written into its summary goes to readers with a version of its own."""

    def save(self, commit: bool = True) -> Storyline:
        # Given by their actions, which keep what was before.
        self.wanted_summary, self.wanted_state = self.instance.summary, self.instance.state
        before = Storyline.objects.filter(pk=self.instance.pk).first()
        self.instance.summary = before.summary if before else ""
        self.instance.state = before.state if before else Storyline.State.DEVELOPING
        self.instance.created_at = self.instance.created_at or timezone.now()
        storyline: Storyline = super().save(commit)
        return storyline

    def act(self, storyline: Storyline) -> None:
        """Give the storyline its summary and its state."""
        by, at = self.for_user, timezone.now()
        actions.summarise(storyline=storyline, text=self.wanted_summary, by=by, at=at)
        if self.wanted_state != storyline.state:
            if self.wanted_state == Storyline.State.CLOSED:
                actions.close(storyline=storyline, by=by, at=at)
            elif self.wanted_state == Storyline.State.DEVELOPING:
                actions.reopen(storyline=storyline, by=by, at=at)


class StorylineListing(IndexView):
    """Every storyline that stands by itself, and the way to what they are in need of."""

    @cached_property
    def header_buttons(self) -> list[Any]:
        upkeep = HeaderButton(_("Upkeep"), url=reverse("storyline_upkeep"), icon_name="tasks")
        places = HeaderButton(_("Places"), url=reverse("map_place:index"), icon_name="globe")
        return [*super().header_buttons, upkeep, places]

    def get_base_queryset(self) -> QuerySet[Storyline]:
        return Storyline.objects.standing().select_related("owner")


class OpenStoryline(CreateView):
    """The form of a new storyline."""

    def get_initial_form_instance(self) -> Storyline:
        return Storyline(owner=self.request.user)

    def save_instance(self) -> Storyline:
        storyline = super().save_instance()
        self.form.act(storyline)
        return storyline


class EditStoryline(EditView):
    """The form of a storyline, and the ways to what is in it."""

    @cached_property
    def header_buttons(self) -> list[Any]:
        return [
            HeaderButton(_("View"), url=self.object.get_absolute_url(), icon_name="view"),
            HeaderButton(
                _("What is in it"), url=reverse("storyline_entries", args=[self.object.pk]), icon_name="list-ul"
            ),
            HeaderButton(_("Merge"), url=reverse("merge_storyline", args=[self.object.pk]), icon_name="link"),
        ]

    def save_instance(self) -> Storyline:
        storyline = super().save_instance()
        self.form.act(storyline)
        return storyline

    def get_success_buttons(self) -> list[Any]:
        return [messages.button(self.object.get_absolute_url(), _("View"), new_window=True)]


class DeleteStoryline(DeleteView):
    """Ask whether a storyline is to be deleted; one that a story belongs to can't be."""

    @cached_property
    def is_protected(self) -> bool:
        return bool(self.object.places.exists() or self.object.merged.exists())

    @property
    def confirmation_message(self) -> str:
        if self.is_protected:
            return _("Stories belong to this storyline, and its address is a promise: close it, or merge it.")
        return str(super().confirmation_message)

    def form_valid(self, form: Any) -> HttpResponse:
        if self.is_protected:
            messages.error(self.request, self.confirmation_message)
            return redirect("storyline:edit", self.object.pk)
        return super().form_valid(form)


class StorylineViewSet(ModelViewSet):
    """Storylines and their place in the menu."""

    model = Storyline
    url_prefix = "storylines"
    icon = "list-ol"
    menu_label = gettext_lazy("Storylines")
    menu_order = 25
    add_to_admin_menu = True
    copy_view_enabled = False
    index_view_class = StorylineListing
    add_view_class = OpenStoryline
    edit_view_class = EditStoryline
    delete_view_class = DeleteStoryline
    ordering = ["-latest_story_at", "name"]
    list_display = [
        "name",
        Column("state", label=gettext_lazy("State"), accessor="get_state_display"),
        Column(
            "owner", label=gettext_lazy("Owner"), accessor=lambda one: one.owner.get_full_name() if one.owner else ""
        ),
        DateColumn("latest_story_at", label=gettext_lazy("Latest story")),
        Column("review_date", label=gettext_lazy("Review by")),
    ]
    list_filter = ["state", "owner"]
    edit_handler = ObjectList(
        [
            TitleFieldPanel("name", classname="ng-name", placeholder=False),
            FieldPanel("summary"),
            FieldPanel("picture"),
            FieldRowPanel([FieldPanel("owner"), FieldPanel("review_date")]),
            FieldPanel("state"),
            FieldRowPanel([FieldPanel("quiet_after_days"), FieldPanel("close_after_days")]),
            FieldPanel("slug", widget=PLAIN_SLUG),
        ],
        base_form_class=StorylineForm,
    )
