"""The story form's parts, in the order in which one writes."""

from __future__ import annotations

import functools
from typing import Any

from django.forms import Media, Script
from django.utils.translation import gettext_lazy as _
from wagtail.admin import compare
from wagtail.admin.panels import (
    CommentPanel,
    FieldPanel,
    FieldRowPanel,
    MultiFieldPanel,
    ObjectList,
    Panel,
    PublishingPanel,
    TabbedInterface,
    TitleFieldPanel,
)
from wagtail.admin.widgets import AdminAutoHeightTextInput

from nutgraf.desk.archive_panel import ArchivePanel
from nutgraf.desk.changes import ChangePanel
from nutgraf.desk.copy_panel import CopyPanel
from nutgraf.desk.forms import StoryForm
from nutgraf.desk.wire_panel import WireNewsPanel, WireSourcePanel
from nutgraf.stories.models import Byline, Label
from nutgraf.storylines.models import StorylineStory


class BodyPanel(FieldPanel):
    """The story's points, with the house labels offered as one types and keys to go from part to part."""

    class BoundPanel(FieldPanel.BoundPanel):
        template_name = "desk/panels/body.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            return super().get_context_data(parent_context) | {"labels": Label.objects.filter(is_forbidden=False)}

        @property
        def media(self) -> Media:
            scripts: list[Any] = [
                Script(f"desk/components/{name}_controller.js", type="module") for name in ("suggest", "filing")
            ]
            return super().media + Media(js=scripts)


class BylinesPanel(FieldPanel):
    """Who signs, by typing names."""

    def __init__(self, field_name: str = "bylines", **kwargs: Any) -> None:
        super().__init__(field_name, **kwargs)

    def get_form_options(self) -> dict[str, Any]:
        return {"fields": [self.field_name], "defer_required_on_fields": [self.field_name]}

    class BoundPanel(FieldPanel.BoundPanel):
        icon = "user"

        def get_comparison(self) -> list[Any]:
            author = functools.partial(compare.ForeignObjectComparison, Byline._meta.get_field("author"))
            relation = self.panel.model._meta.get_field("bylines")
            return [functools.partial(compare.ChildRelationComparison, relation, [author], label=self.heading)]


class PlacesPanel(FieldPanel):
    """Which storylines the story belongs to."""

    def __init__(self, field_name: str = "storyline_places", **kwargs: Any) -> None:
        super().__init__(field_name, **kwargs)

    def get_form_options(self) -> dict[str, Any]:
        return {"fields": [self.field_name]}

    class BoundPanel(FieldPanel.BoundPanel):
        icon = "list-ol"

        def is_shown(self) -> bool:
            return super().is_shown() and self.bound_field.field.is_asked

        def get_comparison(self) -> list[Any]:
            storyline = functools.partial(compare.ForeignObjectComparison, StorylineStory._meta.get_field("storyline"))
            relation = self.panel.model._meta.get_field("storyline_places")
            return [functools.partial(compare.ChildRelationComparison, relation, [storyline], label=self.heading)]


class EnterSaves(Panel):
    """The form's first button, so that a stray Enter saves a draft and never publishes."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "desk/panels/enter_saves.html"

        def show_panel_furniture(self) -> bool:
            return False


WRITING = [
    WireNewsPanel(),
    CopyPanel(),
    TitleFieldPanel(
        "title",
        heading=_("Headline"),
        placeholder=_("Headline"),
        targets=["slug"],
        help_text=" ",
        classname="title ng-headline",
        # Headlines are longer than a line on a phone.
        widget=AdminAutoHeightTextInput(attrs={"rows": 1, "class": "ng-headline__line"}),
    ),
    FieldPanel("lede", classname="ng-sentence"),
    BodyPanel("body", heading=_("Points"), classname="ng-body"),
    ChangePanel(),
    MultiFieldPanel(
        [FieldPanel("hero"), FieldRowPanel([FieldPanel("hero_caption"), FieldPanel("hero_alt_text")])],
        heading=_("Picture"),
        icon="image",
    ),
    MultiFieldPanel([BylinesPanel(), FieldPanel("section")], heading=_("Byline and section"), icon="user"),
    PlacesPanel(heading=_("Storylines"), help_text=_("Readers see it there from the moment the story is published.")),
]

DETAILS = [
    FieldPanel("short_head"),
    FieldPanel("eyebrow"),
    FieldPanel("kind"),
    FieldPanel("slug", help_text=_("The last word of its address. After publication the old address redirects.")),
    FieldRowPanel(
        [
            FieldPanel("dateline_place", heading=_("Reported from")),
            FieldPanel("dateline_date", heading=_("Reported on")),
        ],
        heading=_("Dateline"),
    ),
    FieldPanel("is_not_to_republish"),
    ArchivePanel(heading=_("From the archive"), icon="download"),
    WireSourcePanel(heading=_("From the wire"), icon="download"),
    PublishingPanel(),
    CommentPanel(),
]

FILING_KEYS = "keydown->ng-filing#press:capture click->ng-filing#opened"

STORY = TabbedInterface(
    [
        EnterSaves(),
        ObjectList(
            WRITING,
            heading=_("Story"),
            attrs={"data-controller": "ng-suggest ng-filing", "data-action": FILING_KEYS},
        ),
        ObjectList(DETAILS, heading=_("Details"), attrs={"data-controller": "ng-filing", "data-action": FILING_KEYS}),
    ],
    base_form_class=StoryForm,
)

# The first is the one that opens: most readers hold a phone.
PREVIEW_SIZES = [
    {"name": "phone", "icon": "mobile-alt", "device_width": 390, "label": _("Preview on a phone")},
    {"name": "tablet", "icon": "tablet-alt", "device_width": 820, "label": _("Preview on a tablet")},
    {"name": "desktop", "icon": "desktop", "device_width": 1280, "label": _("Preview on a desktop")},
]
