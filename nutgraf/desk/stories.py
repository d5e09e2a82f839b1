"""Stories in the desk: their list, and the views that write, publish and take them down."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db import transaction
from django.db.models import Prefetch, QuerySet
from django.forms import CheckboxSelectMultiple, RadioSelect
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.action_menu import ActionMenuItem
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.components import MediaContainer
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.ui.tables.pages import PageStatusColumn, PageTitleColumn
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.admin.views.pages.create import CreateView
from wagtail.admin.views.pages.edit import EditView
from wagtail.admin.views.pages.listing import IndexView
from wagtail.admin.views.pages.unpublish import UnpublishView
from wagtail.admin.viewsets.pages import PageListingViewSet, PageViewSet
from wagtail.models import Revision, WorkflowState

from nutgraf.desk import filing
from nutgraf.desk.notes import with_notes
from nutgraf.newsroom.models import Author, Section
from nutgraf.stories.models import Byline, ChangeKind, Story
from nutgraf.stories.models.changes import LONGEST_SENTENCE


class Status:
    """Where a story can be on its way to readers, for the list's filter."""

    DRAFT, WAITING, SCHEDULED, PUBLISHED = "DRAFT", "WAITING", "SCHEDULED", "PUBLISHED"
    CHOICES = [
        (DRAFT, gettext_lazy("Draft")),
        (WAITING, gettext_lazy("Waiting for an editor")),
        (SCHEDULED, gettext_lazy("Scheduled")),
        (PUBLISHED, gettext_lazy("Published")),
    ]

    @classmethod
    def filter(cls, stories: QuerySet[Story], name: str, status: str) -> QuerySet[Story]:
        if status == cls.WAITING:
            return stories.filter(pk__in=keys_in_workflow())
        if status == cls.SCHEDULED:
            return stories.filter(pk__in=scheduled_moments())
        if status == cls.PUBLISHED:
            return stories.filter(live=True)
        return stories.filter(live=False)


def keys_in_workflow() -> list[int]:
    """Return the keys of the stories that somebody has submitted and nobody has decided on."""
    states = WorkflowState.objects.filter(status=WorkflowState.STATUS_IN_PROGRESS)
    return [int(key) for key in states.values_list("object_id", flat=True)]


def scheduled_moments() -> dict[int, Any]:
    """Return when each scheduled story will be published, soonest first."""
    due = Revision.page_revisions.filter(approved_go_live_at__isnull=False).order_by("approved_go_live_at")
    return {int(key): moment for key, moment in due.values_list("object_id", "approved_go_live_at")}


class StoryFilterSet(WagtailFilterSet):
    """Which stories to list."""

    section = django_filters.ModelMultipleChoiceFilter(
        queryset=Section.objects.all(), widget=CheckboxSelectMultiple, label=gettext_lazy("Section")
    )
    author = django_filters.ModelMultipleChoiceFilter(
        field_name="bylines__author",
        queryset=Author.objects.all(),
        widget=CheckboxSelectMultiple,
        label=gettext_lazy("Author"),
    )
    status = django_filters.ChoiceFilter(
        choices=Status.CHOICES,
        method=Status.filter,
        widget=RadioSelect,
        label=gettext_lazy("Status"),
        empty_label=gettext_lazy("All"),
    )

    class Meta:
        model = Story
        fields: list[str] = []


def names(story: Story) -> str:
    """Return who signs a story, for a list."""
    return ", ".join(author.name for author in story.authors)


class StoryListing(IndexView):
    """Every story, newest first, whichever folder it is in."""

    page_title = gettext_lazy("Stories")
    add_item_label = gettext_lazy("New story")
    default_ordering = "-latest_revision_created_at"
    filterset_class = StoryFilterSet
    base_columns = [
        PageTitleColumn("title", label=gettext_lazy("Headline"), sort_key="title", classname="title"),
        Column("section", label=gettext_lazy("Section"), sort_key="section__position", width="12%"),
        Column("authors", label=gettext_lazy("By"), accessor=names, width="18%"),
        DateColumn(
            "latest_revision_created_at",
            label=gettext_lazy("Updated"),
            sort_key="latest_revision_created_at",
            width="12%",
        ),
        PageStatusColumn("status", label=gettext_lazy("Status"), sort_key="live", width="12%"),
    ]

    def annotate_queryset(self, pages: QuerySet[Story]) -> QuerySet[Story]:
        bylines = Prefetch("bylines", Byline.objects.select_related("author"))
        return super().annotate_queryset(pages).prefetch_related("section", bylines)

    def get_add_url(self) -> str | None:
        return reverse("new_story") if self.user_has_permission("add") else None


class StoryListingViewSet(PageListingViewSet):
    """The list of stories and its place in the menu."""

    name = "stories"
    model = Story
    index_view_class = StoryListing
    icon = "doc-full"
    menu_label = gettext_lazy("Stories")
    menu_order = 20
    add_to_admin_menu = True

    @cached_property
    def filterset_class(self) -> type[StoryFilterSet]:
        return StoryFilterSet


# What only publishing and unpublishing change.
MOVED_BY_PUBLISHING = [
    "live",
    "live_revision_id",
    "first_published_at",
    "last_published_at",
    "expired",
    "address_date",
    "updated_at",
]


def _catch_up(story: Story) -> None:
    # Not refreshed, because then it would forget its place in the tree, too.
    for name, value in Story.objects.values(*MOVED_BY_PUBLISHING).get(pk=story.pk).items():
        setattr(story, name, value)


class LeavesForHome:
    """Whoever has finished with a story wants to see what is next, not the folder that it lies in."""

    next_url: str | None

    def redirect_away(self) -> HttpResponseRedirect:
        return redirect(self.next_url or "wagtailadmin_home")


class WriteStory(LeavesForHome, CreateView):
    """The form for a new story."""

    page_title = gettext_lazy("New story")

    def get(self, request: HttpRequest) -> HttpResponse:
        if storyline := filing.chosen_storyline(request):
            filing.place(story=self.page, storyline=storyline, by=self.page.owner)
        return super().get(request)

    # What a press of a button changes is one change: there, or not there, and told to whoever keeps pages once.
    @transaction.atomic
    def form_valid(self, form: Any) -> HttpResponse:
        return super().form_valid(form)

    def get_page_subtitle(self) -> str:
        return ""

    def get_side_panels(self) -> MediaContainer:
        return with_notes(super().get_side_panels(), self.page, self.request)


class EditStory(LeavesForHome, EditView):
    """The form for a story that exists."""

    page: Any

    def get_object(self) -> Story:
        story: Story = super().get_object()
        if self.request.method == "GET" and (sentence := self.request.GET.get("correct")):
            # Whoever comes from a story that differs finds the correction begun; nothing is kept until it is saved.
            story.change_kind, story.change_sentence = ChangeKind.CORRECTION, sentence[:LONGEST_SENTENCE]
        return story

    def get_side_panels(self) -> MediaContainer:
        panels = super().get_side_panels()
        # What is sent after a save brings no news; but of a story that was new, notes can now be waived.
        is_only_saved = self.expects_json_response and not self.hydrate_create_view
        return panels if is_only_saved else with_notes(panels, self.page, self.request)

    @transaction.atomic
    def form_valid(self, form: Any) -> HttpResponse:
        # Pages remember at publication what this one, read before, knows nothing of: saved as it is,
        # a draft would take the story from its readers again.
        _catch_up(self.page)
        return super().form_valid(form)

    def save_action(self) -> HttpResponse:
        now = Story.objects.select_for_update(of=("self",)).only("latest_revision").get(pk=self.page.pk)
        if self.expects_json_response and now.latest_revision_id != self.read_revision_id:
            # What saves itself may be late: the button that was pressed meanwhile has had its say.
            return self.json_error_response("invalid_revision", _("Saving will overwrite a newer version."))
        _catch_up(self.page)
        return super().save_action()

    @cached_property
    def read_revision_id(self) -> int | None:
        """The newest version when this request read the story."""
        return self.latest_revision.pk if self.latest_revision else None

    def publish_action(self) -> HttpResponse:
        # Wagtail's own way past here does not come by Story.publish, which checks, mirrors and
        # commits as one; nothing but that may make a story public.
        self.page = self.form.save(commit=not self.page.live)
        if "comment_notifications" in self.form.changed_data:
            self.subscription.save()
        revision = self.page.save_revision(
            user=self.request.user,
            log_action=True,
            previous_revision=self.previous_revision,
            # What goes out now is cleaned as it does; the form has just done so too.
            clean=self.page.go_live_at is not None,
        )
        if response := self.run_hook("before_publish_page", self.request, self.page):
            return response
        revision.publish(
            user=self.request.user,
            changed=self.has_content_changes,
            previous_revision=self.previous_revision,
            skip_permission_checks=True,
        )
        if self.has_content_changes and "comments" in self.form.formsets:
            changes = self.get_commenting_changes()
            self.log_commenting_changes(changes, revision)
            self.send_commenting_notifications(changes)
        self.page = Story.objects.select_related("section").get(pk=self.page.pk)
        if response := self.run_hook("after_publish_page", self.request, self.page):
            return response
        self._say_published()
        return self.run_hook("after_edit_page", self.request, self.page) or self.redirect_away()

    def add_save_confirmation_message(self) -> None:
        decision = getattr(self, "workflow_action", None)
        if decision == "approve" and Story.objects.get(pk=self.page.pk).live:
            self.page = Story.objects.get(pk=self.page.pk)
            self._say_published()
        elif decision == "reject":
            messages.success(
                self.request, _("“%(headline)s” is sent back.") % {"headline": self.page.get_admin_display_title()}
            )
        else:
            super().add_save_confirmation_message()

    def _say_published(self) -> None:
        headline, buttons = self.page.get_admin_display_title(), [self.get_edit_message_button()]
        # Of what has just been published nothing is still to come.
        if self.page.has_unpublished_changes and (moment := self.page.scheduled_revision):
            when = timezone.localtime(moment.approved_go_live_at)
            message = _("“%(headline)s” will be published on %(day)s at %(time)s.") % {
                "headline": headline,
                "day": f"{when:%d %B}",
                "time": f"{when:%H:%M}",
            }
        else:
            message = _("“%(headline)s” is published.") % {"headline": headline}
            buttons.insert(0, self.get_view_live_message_button())
        messages.success(self.request, message, buttons=buttons)


class UnpublishStory(UnpublishView):
    """Ask whether a story is to be taken from readers, and do so."""

    success_message = gettext_lazy("“%(page_title)s” is taken from readers; it is a draft again.")

    @transaction.atomic
    def unpublish(self) -> HttpResponse | None:
        if response := self.run_hook("before_unpublish_page", self.request, self.object):
            return response
        # As with publishing, by the story's own way, which also takes out its facts.
        self.object.unpublish(user=self.request.user)
        return self.run_hook("after_unpublish_page", self.request, self.object)

    def get_next_url(self) -> str:
        return get_valid_next_url_from_request(self.request) or reverse("wagtailadmin_home")


class StoryViewSet(PageViewSet):
    """Wagtail's views of a page, as far as a story has any use for them."""

    model = Story
    icon = "doc-full"
    add_view_class = WriteStory
    edit_view_class = EditStory
    unpublish_view_class = UnpublishStory


# What the button at the foot of the form does is what this person came for; drafts save themselves.
_FIRST = ("approve", "action-publish", "action-submit")


def put_the_aim_first(items: list[ActionMenuItem], request: HttpRequest, context: dict[str, Any]) -> None:
    """Make the button at the foot of the story form approve, publish or submit, whichever comes first."""
    for name in _FIRST:
        for item in items:
            if item.name == name:
                items.remove(item)
                items.insert(0, item)
                return
