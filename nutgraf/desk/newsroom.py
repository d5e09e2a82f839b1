"""The newsroom in the desk: labels, authors, sections, and what there is only one of."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Max, Model
from django.urls import path
from django.utils.functional import cached_property
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, ObjectList, Panel, TitleFieldPanel
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import CreateView, EditView
from wagtail.admin.viewsets.base import ViewSet
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets import SlugInput
from wagtail.permissions import policy_registry

from nutgraf.copydesk.labels import label_key, tidy_label
from nutgraf.newsroom.models import Author, Newsroom, Section
from nutgraf.stories.models import Label

# Their addresses are of plain letters, so that is what is made of a name.
PLAIN_SLUG = SlugInput(attrs={"data-w-slug-allow-unicode-value": "false"})


class AddLast(CreateView):
    """Add something to a list in an order of its own: at its end."""

    def get_initial_form_instance(self) -> Model:
        end = self.model._default_manager.aggregate(end=Max("position"))["end"]
        return self.model(position=0 if end is None else end + 1)


class NamedForm(WagtailAdminModelForm):
    """A form whose slug is made of the name where nobody wrote one: by whoever typed a name and pressed Enter."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["slug"].required = False

    def clean_slug(self) -> str:
        longest = self.fields["slug"].max_length
        # A name without a plain letter has to be given its address by hand.
        slug: str = self.cleaned_data["slug"] or slugify(self.cleaned_data.get("name", ""))[:longest].strip("-")
        if not slug:
            raise ValidationError(_("Write the word that is to stand in its address."), code="required")
        return slug


class LabelForm(NamedForm):
    """A label's form, which knows that two spellings may be one label."""

    def clean_name(self) -> str:
        name = tidy_label(self.cleaned_data["name"])
        twin = Label.objects.filter(key=label_key(name)).exclude(pk=self.instance.pk).first()
        if twin:
            raise ValidationError(_("“%(label)s” is in the vocabulary already."), params={"label": twin.name})
        return name


class LabelViewSet(ModelViewSet):
    """The house labels, in the order in which they are offered."""

    model = Label
    url_prefix = "labels"
    icon = "tag"
    menu_label = _("Labels")
    menu_order = 50
    add_to_admin_menu = True
    copy_view_enabled = False
    add_view_class = AddLast
    list_per_page = 60
    sort_order_field = "position"
    ordering = ["position", "name"]
    list_display = [
        "name",
        "job",
        Column("house", label=_("House style"), accessor=lambda label: _("not used") if label.is_forbidden else ""),
    ]
    list_filter = ["job", "is_forbidden"]
    edit_handler = ObjectList(
        [
            TitleFieldPanel("name", classname="ng-name", placeholder=False),
            FieldPanel("job"),
            FieldPanel("is_forbidden"),
            FieldPanel("slug", widget=PLAIN_SLUG),
        ],
        base_form_class=LabelForm,
    )


class AuthorViewSet(ModelViewSet):
    """Who signs stories."""

    model = Author
    url_prefix = "authors"
    icon = "user"
    menu_label = _("Authors")
    menu_order = 60
    add_to_admin_menu = True
    copy_view_enabled = False
    ordering = ["name"]
    list_display = ["name", "role", Column("user", label=_("Account"))]
    edit_handler = ObjectList(
        [
            TitleFieldPanel("name", classname="ng-name", placeholder=False),
            FieldPanel("role"),
            FieldPanel("bio"),
            FieldPanel("portrait"),
            FieldPanel("email"),
            InlinePanel(
                "links", [FieldRowPanel([FieldPanel("title"), FieldPanel("url")])], heading=_("Links"), label=_("link")
            ),
            FieldPanel("slug", widget=PLAIN_SLUG),
            FieldPanel("user", heading=_("Account")),
        ],
        base_form_class=NamedForm,
    )


class SectionViewSet(ModelViewSet):
    """The sections, in the order of the navigation."""

    model = Section
    url_prefix = "sections"
    icon = "list-ul"
    menu_label = _("Sections")
    menu_order = 70
    add_to_admin_menu = True
    copy_view_enabled = False
    add_view_class = AddLast
    sort_order_field = "position"
    ordering = ["position", "name"]
    list_display = ["name", "slug", "description"]
    edit_handler = ObjectList(
        [
            TitleFieldPanel("name", classname="ng-name", placeholder=False),
            FieldPanel("description"),
            FieldPanel("slug", widget=PLAIN_SLUG),
        ],
        base_form_class=NamedForm,
    )


class EditOnly(EditView):
    """Edit a row of which there is only one, made with its defaults if it is not there yet."""

    def setup(self, request: Any, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, pk="", **kwargs)

    def get_object(self, queryset: Any = None) -> Model:
        return self.model.load()

    def get_edit_url(self) -> str:
        return self.get_success_url()

    def get_page_subtitle(self) -> str:
        return str(self.model._meta.verbose_name).capitalize()

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.get_page_subtitle()}]


class OnlyOneViewSet(ViewSet):
    """A page in the settings for a model with one row."""

    model: type[Model]
    edit_handler: Panel
    add_to_settings_menu = True

    @cached_property
    def menu_item_class(self) -> type[MenuItem]:
        def is_shown(item: MenuItem, request: Any) -> bool:
            return policy_registry.get_by_type(self.model).user_has_permission(request.user, "change")

        return type(f"{self.model.__name__}MenuItem", (MenuItem,), {"is_shown": is_shown})

    def get_urlpatterns(self) -> list[Any]:
        panel = self.edit_handler.bind_to_model(self.model)
        view = self.construct_view(
            EditOnly,
            model=self.model,
            panel=panel,
            form_class=panel.get_form_class(),
            index_url_name=self.get_url_name("edit"),
            edit_url_name=self.get_url_name("edit"),
            header_icon=self.icon,
            success_message=_("Saved."),
        )
        return [path("", view, name="edit")]


class NewsroomViewSet(OnlyOneViewSet):
    """The newsroom's name and promise."""

    name = "newsroom"
    model = Newsroom
    icon = "home"
    menu_label = _("Newsroom")
    menu_order = 10
    edit_handler = ObjectList(
        [
            FieldPanel("name"),
            FieldPanel("tagline"),
            FieldPanel("about"),
            FieldPanel("republishing"),
            FieldPanel("offers_llms_txt"),
        ]
    )
