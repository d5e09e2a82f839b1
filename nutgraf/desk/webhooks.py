"""Webhooks in the desk: whom to tell, of what, what became of each call, and send again."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.auth import permission_required
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import EditView, InspectView
from wagtail.admin.viewsets.model import ModelViewSet

from nutgraf.webhooks import actions
from nutgraf.webhooks.models import Call, Webhook, What, everything

SHOWN = 50


class WebhookForm(WagtailAdminModelForm):
    """Whom to tell, and of what."""

    told_of = forms.MultipleChoiceField(
        choices=What.choices,
        initial=everything,
        widget=forms.CheckboxSelectMultiple,
        label=gettext_lazy("Told when a story is"),
    )


class WebhookEdit(EditView):
    """The form; whoever saves it begins anew with the address."""

    def save_instance(self) -> Any:
        hook = super().save_instance()
        actions.looked_after(hook=hook)
        return hook


class WebhookCalls(InspectView):
    """What one address was told lately, how each call went, and by what it knows that we called."""

    template_name = "desk/webhooks/calls.html"
    page_title = gettext_lazy("Calls")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        calls = self.object.calls.all()[:SHOWN]
        return super().get_context_data(**kwargs) | {"hook": self.object, "calls": calls}


class WebhookViewSet(ModelViewSet):
    """The addresses that are told."""

    model = Webhook
    index_results_template_name = "desk/webhooks/index_results.html"
    name = "webhooks"
    url_prefix = "webhooks"
    icon = "rotate"
    menu_label = gettext_lazy("Webhooks")
    menu_order = 610
    add_to_settings_menu = True
    copy_view_enabled = False
    inspect_view_enabled = True
    inspect_view_class = WebhookCalls
    edit_view_class = WebhookEdit
    list_display = [
        "name",
        Column("url", label=gettext_lazy("Address")),
        Column("state", label=gettext_lazy("State"), accessor=lambda hook: state(hook)),
    ]
    edit_handler = ObjectList(
        [FieldPanel("name"), FieldPanel("url"), FieldPanel("told_of"), FieldPanel("is_on")],
        base_form_class=WebhookForm,
    )


def state(hook: Webhook) -> str:
    """Say in words how it is with a webhook."""
    if not hook.is_on:
        return _("off. %(why)s") % {"why": hook.trouble} if hook.trouble else _("off")
    return _("on, but takes nothing just now") if hook.failing_since else _("on")


@permission_required("webhooks.change_webhook")
@require_POST
def send_again(request: HttpRequest, pk: int) -> HttpResponseRedirect:
    """Tell something once more."""
    call = get_object_or_404(Call.objects.select_related("webhook"), pk=pk)
    actions.send_again(call=call, at=timezone.now())
    if call.webhook.is_on:
        messages.success(request, _("It is told again in a moment."))
    else:
        messages.warning(request, _("It is told again as soon as this webhook is switched on."))
    return redirect(reverse("webhooks:inspect", args=[call.webhook_id]))


URLS = [path("webhook-calls/<int:pk>/again/", send_again, name="send_call_again")]
