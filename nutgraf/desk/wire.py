"""The wire in the desk: what came, item by item, to be taken or put away; and what has changed in what was taken."""

from __future__ import annotations

from typing import Any, cast

import django_filters
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q, QuerySet
from django.forms import CheckboxSelectMultiple, RadioSelect
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.admin.views.generic import IndexView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import HeaderButton

from nutgraf.desk.filing import may_file
from nutgraf.desk.headings import heading
from nutgraf.imports.models import Wire, WireItem
from nutgraf.imports.wire import actions, queries
from nutgraf.stories import wording
from nutgraf.stories.models import Story

State, Attention = WireItem.State, WireItem.Attention


class WireItemFilter(WagtailFilterSet):
    """Those of some wires; those that were taken or put away, which the inbox leaves out."""

    wire = django_filters.ModelMultipleChoiceFilter(
        queryset=Wire.objects.all(), widget=CheckboxSelectMultiple, label=gettext_lazy("Wire")
    )
    state = django_filters.ChoiceFilter(
        choices=[(State.TAKEN, gettext_lazy("Taken")), (State.DISMISSED, gettext_lazy("Dismissed")), ("ALL", gettext_lazy("All"))],
        widget=RadioSelect,
        label=gettext_lazy("State"),
        empty_label=gettext_lazy("To be looked at"),
    )  # fmt: skip

    class Meta:
        model = WireItem
        fields = ["wire", "state"]

    def filter_queryset(self, queryset: QuerySet[WireItem]) -> QuerySet[WireItem]:
        asked = self.form.cleaned_data
        if wires := asked.get("wire"):
            queryset = queryset.filter(wire__in=wires)
        if asked.get("state") in (State.TAKEN, State.DISMISSED):
            return queryset.filter(state=asked["state"])
        if asked.get("state") == "ALL":
            return queryset
        return queryset.filter(Q(state=State.NEW) | Q(attention__gt="", story__isnull=False))


class Inbox(IndexView):
    """What came and nobody has decided on, the newest first."""

    template_name = "desk/wire/inbox.html"
    results_template_name = "desk/wire/inbox_results.html"
    filterset_class = WireItemFilter
    search_fields = ["headline", "lede"]
    columns = [Column("headline")]
    default_ordering = "-changed_at"
    # Not by the table: whoever may file stories may take them from there.
    any_permission_required = None
    page_title = gettext_lazy("Wire")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not may_file(request.user):
            raise PermissionDenied
        answer: HttpResponse = super().dispatch(request, *args, **kwargs)
        return answer

    @cached_property
    def header_buttons(self) -> list[Any]:
        if not self.request.user.has_perm("imports.change_wire"):
            return []
        return [HeaderButton(_("Wires"), url=reverse("wires:index"), icon_name="cog")]

    def get_base_queryset(self) -> QuerySet[WireItem]:
        return WireItem.objects.in_short().inbox().select_related("wire")

    def order_queryset(self, queryset: QuerySet[WireItem]) -> QuerySet[WireItem]:
        return queryset.order_by("-changed_at", "-pk")

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(*args, **kwargs)
        return context | {
            "now": timezone.now(),
            "has_wires": Wire.objects.exists(),
            "here": self.request.get_full_path(),
        }


class InboxViewSet(ModelViewSet):
    """The inbox and its place in the menu; what is done with an item has pages of its own."""

    model = WireItem
    name = "wire"
    url_prefix = "wire"
    icon = "download"
    index_view_class = Inbox
    index_template_name = Inbox.template_name
    index_results_template_name = Inbox.results_template_name
    search_fields = Inbox.search_fields
    exclude_form_fields: list[str] = []
    list_per_page = 30

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
        ]

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        unused = ("history", "usage", "add", "edit", "delete")
        return super().get_common_view_kwargs(**kwargs) | {f"{name}_url_name": None for name in unused}


class WireMenuItem(MenuItem):
    """The way to what came, for whoever may take it."""

    def __init__(self) -> None:
        super().__init__(gettext_lazy("Wire"), reverse("wire:index"), name="wire", icon_name="download", order=22)

    def is_shown(self, request: HttpRequest) -> bool:
        return may_file(request.user)


@require_GET
def item(request: HttpRequest, pk: int) -> HttpResponse:
    """One item: what came, what has changed, and what can be done with it."""
    row = _row(request, pk)
    shown = queries.shown(row)
    now = timezone.now()
    context = {
        "row": row,
        "item": shown.item,
        "pieces": [(piece, wording.piece_name(piece), wording.text(piece)) for piece in shown.pieces],
        "changes": [
            (wording.piece_name(change.piece), wording.act_name(change), wording.compared(change), change.piece.id in shown.clashes)
            for change in shown.changes
            if not change.piece.is_noted
        ],
        "left": shown.left,
        "credit": actions.credit_of(row, shown.item),
        "is_embargoed": row.is_embargoed(now),
        "may_change": row.story is not None and _may_change(request, row.story),
        **heading(_("Item"), (reverse("wire:index"), _("Wire")), icon="download", about=row.headline or _("Without a headline")),
    }  # fmt: skip
    return render(request, "desk/wire/item.html", context)


@require_POST
def take(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a draft of an item, and open it."""
    row = _row(request, pk)
    try:
        story = actions.take(row=row, by=_by(request), at=timezone.now())
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("wire_item", pk)
    messages.success(request, _("“%(headline)s” is taken: it is a draft now.") % {"headline": story.title})
    return redirect("wagtailadmin_pages:edit", story.pk)


@require_POST
def take_over(request: HttpRequest, pk: int) -> HttpResponse:
    """Put what has changed into the draft, and open it."""
    row = _row(request, pk)
    _require_change(request, row)
    try:
        result = actions.take_over(row=row, by=_by(request), at=timezone.now())
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("wire_item", pk)
    if result.kept:
        words = _("Taken over, but for what you have changed yourself, which stays: %(parts)s.")
        messages.warning(request, words % {"parts": ", ".join(result.kept)})
    elif result.is_unchanged:
        messages.success(request, _("The draft says so already."))
    else:
        messages.success(request, _("What has changed is in the draft. Readers see it when it is published."))
    return redirect("wagtailadmin_pages:edit", result.story.pk)


@require_POST
def dismiss(request: HttpRequest, pk: int) -> HttpResponse:
    """Put an item away, or what has changed in one that was taken."""
    row = _row(request, pk)
    actions.dismiss(row=row)
    if request.headers.get("X-Requested-With") == "XMLHttpRequest":
        return HttpResponse(status=204)
    return _back(request)


@require_POST
def put_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Have an item in the inbox again."""
    actions.put_back(row=_row(request, pk))
    return redirect("wire_item", pk)


@require_POST
def note_kill(request: HttpRequest, pk: int) -> HttpResponse:
    """Take note that an item was taken back; only whoever may publish its story decides that it may go out all the same."""
    row = _row(request, pk)
    if row.story is not None and not row.story.permissions_for_user(request.user).can_publish():
        raise PermissionDenied
    actions.note_kill(row=row, by=_by(request))
    return redirect("wire_item", pk)


def _row(request: HttpRequest, pk: int) -> WireItem:
    """Return an item; raises PermissionDenied for whoever may not file stories."""
    if not may_file(request.user):
        raise PermissionDenied
    return get_object_or_404(WireItem.objects.select_related("wire", "story", "taken_by"), pk=pk)


def _may_change(request: HttpRequest, story: Story) -> bool:
    may = story.permissions_for_user(request.user)
    return bool(may.can_edit() and not may.page_locked())


def _require_change(request: HttpRequest, row: WireItem) -> None:
    if row.story is not None and not _may_change(request, row.story):
        raise PermissionDenied


def _by(request: HttpRequest) -> User:
    return cast(User, request.user)


def _back(request: HttpRequest) -> HttpResponse:
    return redirect(get_valid_next_url_from_request(request) or reverse("wire:index"))


URLS = [
    path("wire/<int:pk>/", item, name="wire_item"),
    path("wire/<int:pk>/take/", take, name="take_wire_item"),
    path("wire/<int:pk>/take-over/", take_over, name="take_over_wire_item"),
    path("wire/<int:pk>/dismiss/", dismiss, name="dismiss_wire_item"),
    path("wire/<int:pk>/put-back/", put_back, name="put_back_wire_item"),
    path("wire/<int:pk>/noted/", note_kill, name="note_wire_kill"),
]
