"""Fronts in the desk: choose what leads the front page and each section's, and what stays near the top."""

from __future__ import annotations

from typing import Any

from django.db.models import F, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.generic import EditView, IndexView
from wagtail.admin.views.generic.chooser import ChooseResultsView, ChooseView
from wagtail.admin.viewsets.chooser import ChooserViewSet
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import HeaderButton

from nutgraf.newsroom.models import Section
from nutgraf.stories.models import Story
from nutgraf.streams import queries
from nutgraf.streams.models import Front


class PublicStories:
    """Stories that readers can see, newest first."""

    ordering = "-first_published_at"

    @property
    def columns(self) -> list[Column]:
        return [
            *super().columns,  # type: ignore[misc]  # a chooser's view comes after us
            Column("section", label=_("Section")),
            DateColumn("first_published_at", label=_("Published")),
        ]

    def get_object_list(self) -> QuerySet[Story]:
        return Story.objects.live().select_related("section").defer("body")


class ChooseStory(PublicStories, ChooseView):
    """The window in which one chooses a story."""


class ChooseStoryResults(PublicStories, ChooseResultsView):
    """The list in that window, as one searches."""


class StoryChooserViewSet(ChooserViewSet):
    """Choose among stories that readers can see; the desk's forms use it wherever a story is asked for."""

    model = Story
    icon = "doc-full"
    choose_one_text = gettext_lazy("Choose a story")
    choose_another_text = gettext_lazy("Choose another story")
    edit_item_text = gettext_lazy("Edit this story")
    choose_view_class = ChooseStory
    choose_results_view_class = ChooseStoryResults


def ensure_fronts() -> None:
    """Give the front page and every section a front to edit, where there is none yet."""
    with_front = set(Front.objects.values_list("section", flat=True))
    wanted = [None, *Section.objects.all()]
    Front.objects.bulk_create(
        Front(section=section) for section in wanted if (section.pk if section else None) not in with_front
    )


def address(front: Front) -> str:
    """Return where readers see a front."""
    return front.section.get_absolute_url() if front.section else reverse("front")


class FrontListing(IndexView):
    """The front page and each section's front."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        ensure_fronts()
        return super().get(request, *args, **kwargs)

    def get_base_queryset(self) -> QuerySet[Front]:
        # The front page first: it has no section to be sorted by.
        return Front.objects.select_related("section", "lead").order_by(
            F("section__position").asc(nulls_first=True), "section__name"
        )

    def order_queryset(self, queryset: QuerySet[Front]) -> QuerySet[Front]:
        return queryset


class EditFront(EditView):
    """The form of one front."""

    @cached_property
    def header_buttons(self) -> list[Any]:
        return [HeaderButton(_("View"), url=address(self.object), icon_name="view")]

    def save_instance(self) -> Front:
        front = super().save_instance()
        self.lead = queries.front(front.section, at=timezone.now(), size=1).lead
        return front

    def get_success_message(self) -> str:
        if self.lead is None:
            return _("%(front)s: saved. There is no story to lead it yet.") % {"front": self.object}
        return _("%(front)s: “%(headline)s” leads.") % {"front": self.object, "headline": self.lead.headline}

    def get_success_buttons(self) -> list[Any]:
        return [messages.button(address(self.object), _("View"), new_window=True)]

    def get_success_url(self) -> str:
        return self.get_edit_url()


class FrontViewSet(ModelViewSet):
    """Fronts and their place in the menu; there is one for each section, so none is added or deleted."""

    model = Front
    icon = "pick"
    menu_label = gettext_lazy("Fronts")
    menu_order = 40
    add_to_admin_menu = True
    copy_view_enabled = False
    index_view_class = FrontListing
    edit_view_class = EditFront
    list_display = [
        "__str__",
        Column("lead", label=gettext_lazy("Led by"), accessor=lambda front: front.lead or _("the newest story")),
        DateColumn("lead_until", label=gettext_lazy("Until")),
    ]
    edit_handler = ObjectList(
        [
            MultiFieldPanel(
                [FieldRowPanel([FieldPanel("lead"), FieldPanel("lead_until")])],
                heading=gettext_lazy("On top"),
                icon="pick",
            ),
            InlinePanel(
                "pins",
                [FieldRowPanel([FieldPanel("story"), FieldPanel("until")])],
                heading=gettext_lazy("Near the top"),
                label=gettext_lazy("story"),
                help_text=gettext_lazy("In this order, after the story on top; then come the newest."),
                icon="thumbtack",
            ),
        ]
    )

    @cached_property
    def url_prefix(self) -> str:
        return "fronts"
