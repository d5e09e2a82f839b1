"""Wires in the desk, for publishers: which addresses are asked for news, how often, and how it is with each."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.auth import permission_required
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.generic import EditView, InspectView
from wagtail.admin.viewsets.model import ModelViewSet

from nutgraf.imports.models import Wire
from nutgraf.imports.wire import polling


class WireEdit(EditView):
    """The form; whoever gives a wire another address, or switches it on again, begins anew with it."""

    def save_instance(self) -> Any:
        former = Wire.objects.get(pk=self.object.pk)
        wire = super().save_instance()
        if wire.address != former.address or (wire.is_on and not former.is_on):
            polling.begin_anew(wire=wire, at=timezone.now())
        elif not wire.is_on:
            # Whoever switched it off knows of it.
            Wire.objects.filter(pk=wire.pk).update(trouble="", failing_since=None)
        return wire


class WireState(InspectView):
    """How it is with one wire."""

    template_name = "desk/wire/wire.html"
    page_title = gettext_lazy("Wire")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        wire = self.object
        more = {"wire": wire, "is_dead": wire.is_dead(timezone.now()), "items": wire.items.count()}
        return super().get_context_data(**kwargs) | more


class WireViewSet(ModelViewSet):
    """The wires that are listened to."""

    model = Wire
    name = "wires"
    url_prefix = "wires"
    icon = "download"
    menu_label = gettext_lazy("Wires")
    menu_order = 605
    add_to_settings_menu = True
    copy_view_enabled = False
    inspect_view_enabled = True
    inspect_view_class = WireState
    edit_view_class = WireEdit
    index_results_template_name = "desk/wire/wires_results.html"
    list_display = [
        "name",
        Column("state", label=gettext_lazy("State"), accessor=lambda wire: state(wire)),
        Column("minutes", label=gettext_lazy("Asked"), accessor="get_minutes_display", width="18%"),
        DateColumn("asked_at", label=gettext_lazy("Latest"), width="15%"),
    ]
    edit_handler = ObjectList(
        [
            FieldPanel("name"),
            FieldPanel("address"),
            FieldPanel("minutes"),
            FieldPanel("is_on"),
            MultiFieldPanel(
                [FieldPanel("section"), FieldPanel("author"), FieldPanel("credit"), FieldPanel("takes_pictures")],
                heading=gettext_lazy("What is taken from it"),
            ),
        ]
    )


def state(wire: Wire) -> str:
    """Say in words how it is with a wire."""
    if not wire.is_on:
        return _("off. %(why)s") % {"why": wire.trouble} if wire.trouble else _("off")
    if wire.failing_since:
        return _("failing. %(said)s") % {"said": wire.said}
    return wire.said or _("about to be asked")


@permission_required("imports.change_wire")
@require_POST
def ask_now(request: HttpRequest, pk: int) -> HttpResponseRedirect:
    """Have a wire asked within seconds."""
    wire = get_object_or_404(Wire, pk=pk)
    polling.begin_anew(wire=wire, at=timezone.now())
    if wire.is_on:
        messages.success(request, _("It is asked in a moment; load this page again to see what it says."))
    else:
        messages.warning(request, _("It is asked as soon as it is switched on."))
    return redirect(reverse("wires:inspect", args=[pk]))


URLS = [path("wires/<int:pk>/ask/", ask_now, name="ask_wire")]
