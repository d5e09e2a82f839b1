"""Briefings and special reports in the desk: their lists and their forms."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    TitleFieldPanel,
)
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.admin.views.generic import CreateView, EditView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import HeaderButton

from nutgraf.briefings import actions
from nutgraf.briefings.models import Briefing, SpecialReport
from nutgraf.desk.newsroom import PLAIN_SLUG, NamedForm


class DaysField(forms.MultipleChoiceField):
    """The days of a week, kept as their numbers in a row."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=[(str(number), name) for number, name in WEEKDAYS.items()], **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return list(value) if isinstance(value, str) else value

    def clean(self, value: Any) -> Any:
        return "".join(sorted(super().clean(value)))

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self.prepare_value(initial), data)


class BriefingForm(NamedForm):
    """A briefing's form; the list of its subscribers takes over what it is called and promises."""

    days = DaysField(
        label=gettext_lazy("Days"),
        help_text=gettext_lazy("The days on which it goes out."),
        error_messages={"required": gettext_lazy("Choose at least one day.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["further_lists"]
        field.queryset = field.queryset.filter(went_into=None).exclude(key=self.instance.list_key)
        if not field.queryset.exists():
            del self.fields["further_lists"]

    def save(self, commit: bool = True) -> Briefing:
        self.instance.created_at = self.instance.created_at or timezone.now()
        briefing: Briefing = super().save(commit)
        return briefing


class OpenBriefing(CreateView):
    """The form of a new briefing."""

    def get_initial_form_instance(self) -> Briefing:
        briefing = Briefing()
        if author := getattr(self.request.user, "author", None):
            briefing.curator = author
        return briefing

    def save_instance(self) -> Briefing:
        briefing: Briefing = super().save_instance()
        actions.keep_list(briefing)
        return briefing


class EditBriefing(EditView):
    """The form of a briefing, and the way to its page."""

    @cached_property
    def header_buttons(self) -> list[Any]:
        return [HeaderButton(_("View"), url=self.object.get_absolute_url(), icon_name="view")]

    def save_instance(self) -> Briefing:
        briefing: Briefing = super().save_instance()
        actions.keep_list(briefing)
        return briefing

    def get_success_buttons(self) -> list[Any]:
        return [messages.button(self.object.get_absolute_url(), _("View"), new_window=True)]


class BriefingViewSet(ModelViewSet):
    """Briefings: who curates them, when they go out and from whom."""

    model = Briefing
    url_prefix = "briefings"
    icon = "mail"
    menu_label = gettext_lazy("Briefings")
    menu_order = 27
    add_to_admin_menu = True
    copy_view_enabled = False
    add_view_class = OpenBriefing
    edit_view_class = EditBriefing
    ordering = ["name"]
    list_display = [
        "name",
        "promise",
        Column("curator", label=gettext_lazy("Curator")),
        BooleanColumn("is_open", label=gettext_lazy("Open")),
    ]
    edit_handler = ObjectList(
        [
            TitleFieldPanel("name", classname="ng-name", placeholder=False),
            FieldPanel("promise"),
            FieldPanel("description"),
            FieldPanel("curator"),
            MultiFieldPanel(
                [
                    FieldPanel("days", classname="ng-days"),
                    FieldRowPanel([FieldPanel("hour"), FieldPanel("time_zone")]),
                    FieldPanel("lateness_minutes"),
                ],
                heading=gettext_lazy("When it goes out"),
                icon="time",
            ),
            MultiFieldPanel(
                [FieldPanel("sender_name"), FieldRowPanel([FieldPanel("sender_address"), FieldPanel("reply_to")])],
                heading=gettext_lazy("From whom it is"),
                icon="mail",
            ),
            FieldPanel("further_lists", widget=forms.CheckboxSelectMultiple),
            FieldPanel("template"),
            FieldPanel("counts_clicks"),
            FieldPanel("is_open"),
            FieldPanel("slug", widget=PLAIN_SLUG),
        ],
        base_form_class=BriefingForm,
    )


class ReportForm(NamedForm):
    """A special report's form."""

    def save(self, commit: bool = True) -> SpecialReport:
        self.instance.created_at = self.instance.created_at or timezone.now()
        report: SpecialReport = super().save(commit)
        return report


class EditReport(EditView):
    """The form of a special report, and the way to its page."""

    @cached_property
    def header_buttons(self) -> list[Any]:
        if not self.object.is_public:
            return []
        return [HeaderButton(_("View"), url=self.object.get_absolute_url(), icon_name="view")]


class SpecialReportViewSet(ModelViewSet):
    """Special reports: pages that gather the stories on a topic."""

    model = SpecialReport
    url_prefix = "special-reports"
    icon = "folder-open-inverse"
    menu_label = gettext_lazy("Special reports")
    menu_order = 28
    add_to_admin_menu = True
    copy_view_enabled = False
    edit_view_class = EditReport
    list_display = [
        "name",
        Column("curator", label=gettext_lazy("Curator")),
        BooleanColumn("is_public", label=gettext_lazy("Public")),
    ]
    edit_handler = ObjectList(
        [
            TitleFieldPanel("name", classname="ng-name", placeholder=False),
            FieldPanel("introduction"),
            FieldPanel("curator"),
            FieldPanel("picture"),
            InlinePanel(
                "chosen", [FieldPanel("story")], heading=gettext_lazy("Start here"), label=gettext_lazy("story")
            ),
            FieldPanel("storyline"),
            FieldPanel("is_public"),
            FieldPanel("slug", widget=PLAIN_SLUG),
        ],
        base_form_class=ReportForm,
    )
