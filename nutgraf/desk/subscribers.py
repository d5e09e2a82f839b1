"""Subscribers in the desk: their list, what each chose and agreed to, and what the newsroom does for one who asks."""

from __future__ import annotations

from typing import Any

import django_filters
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from wagtail.admin import messages
from wagtail.admin.auth import permission_required
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.generic import IndexView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import HeaderButton

from nutgraf.audience import actions, addresses, exporting, letters, queries, suppressing
from nutgraf.audience.models import Subscriber, Subscription
from nutgraf.desk.headings import heading

may_see = permission_required("audience.view_subscriber")
may_change = permission_required("audience.change_subscriber")
may_forget = permission_required("audience.delete_subscriber")
# Sorts after every letter of an address.
LAST = "\U0010ffff"


class SubscriberFilter(WagtailFilterSet):
    """Those on a list, or in a state, or both at once."""

    list = django_filters.ModelChoiceFilter(queryset=queries.standing(), label=gettext_lazy("List"))
    state = django_filters.ChoiceFilter(choices=Subscription.State, label=gettext_lazy("State"))
    is_suppressed = django_filters.BooleanFilter(label=gettext_lazy("Not to be mailed"))

    class Meta:
        model = Subscriber
        fields = ["list", "state", "is_suppressed"]

    def filter_queryset(self, queryset: QuerySet[Subscriber]) -> QuerySet[Subscriber]:
        asked = self.form.cleaned_data
        # Both are about one choice: whoever is on one list and has left another is not among those who left the first.
        choice = {name: asked[name] for name in ("list", "state") if asked.get(name)}
        if choice:
            queryset = queryset.filter(pk__in=Subscription.objects.filter(**choice).values("subscriber"))
        if asked.get("is_suppressed") is not None:
            queryset = queryset.filter(is_suppressed=asked["is_suppressed"])
        return queryset


class SubscriberListing(IndexView):
    """Everybody who is known, newest first; one is found by how the address begins."""

    is_searchable = True
    filterset_class = SubscriberFilter
    any_permission_required = ["view"]

    @cached_property
    def header_buttons(self) -> list[Any]:
        buttons = [HeaderButton(_("Export"), url=reverse("export_subscribers"), icon_name="download")]
        if self.request.user.has_perm("audience.add_addressfile"):
            buttons.append(HeaderButton(_("Import"), url=reverse("import_addresses"), icon_name="upload"))
        if self.request.user.has_perm("audience.change_subscriber"):
            buttons.append(HeaderButton(_("Suppress an address"), url=reverse("suppress_address"), icon_name="cross"))
        return buttons

    def get_base_queryset(self) -> QuerySet[Subscriber]:
        return Subscriber.objects.prefetch_related("subscriptions__list")

    def search_queryset(self, queryset: QuerySet[Subscriber]) -> QuerySet[Subscriber]:
        # A range is read along the index, whatever the database makes of LIKE and capitals.
        begins = self.search_query.strip().lower() if self.is_searching else ""
        return queryset.filter(normalised__gte=begins, normalised__lt=begins + LAST) if begins else queryset

    def get_edit_url(self, instance: Subscriber) -> str:
        return reverse("subscriber_in_desk", args=[instance.pk])

    def get_list_buttons(self, instance: Subscriber) -> list[Any]:
        return []


def _lists_of(subscriber: Subscriber) -> str:
    if subscriber.is_suppressed:
        return _("not to be mailed")
    states: dict[str, str] = {
        Subscription.State.PENDING: _("%(list)s (not confirmed yet)"),
        Subscription.State.OFF: _("%(list)s (unsubscribed)"),
    }
    choices = subscriber.subscriptions.all()
    return ", ".join(states.get(one.state, "%(list)s") % {"list": one.list.name} for one in choices)


class SubscriberViewSet(ModelViewSet):
    """The list of subscribers and its place in the menu; what is done with one has pages of its own."""

    model = Subscriber
    name = "subscribers"
    url_prefix = "subscribers"
    icon = "group"
    menu_label = gettext_lazy("Subscribers")
    menu_order = 45
    add_to_admin_menu = True
    copy_view_enabled = False
    exclude_form_fields: list[str] = []
    index_view_class = SubscriberListing
    ordering = ["-pk"]
    list_per_page = 50
    list_display = [
        "email",
        Column("lists", label=gettext_lazy("Lists"), accessor=_lists_of),
        DateColumn("created_at", label=gettext_lazy("Since"), width="20%"),
    ]

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
        ]

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        unused = ("history", "usage", "add", "edit", "delete")
        return super().get_common_view_kwargs(**kwargs) | {f"{name}_url_name": None for name in unused}


def way_to_all() -> tuple[str, str]:
    """Return where a heading leads back to."""
    return reverse("subscribers:index"), _("Subscribers")


@may_see
@require_GET
def subscriber(request: HttpRequest, pk: int) -> HttpResponse:
    """What one subscriber chose, and everything that they decided."""
    found = get_object_or_404(Subscriber, pk=pk)
    context = {
        "subscriber": found,
        "choices": found.subscriptions.select_related("list").order_by("list"),
        "decisions": found.consents.select_related("list", "wording"),
        "reason": suppressing.find([found.normalised]).get(found.normalised, ""),
        "reasons": dict(suppressing.Reason.choices),
        "is_paused": bool(found.paused_until and found.paused_until > timezone.now()),
        **heading(_("Subscriber"), way_to_all(), icon="group", about=found.email),
    }
    return render(request, "desk/subscribers/subscriber.html", context)


@may_change
@require_POST
def unsubscribe(request: HttpRequest, pk: int) -> HttpResponseRedirect:
    """Take somebody off all lists who asked for it by another way than the link."""
    found = get_object_or_404(Subscriber, pk=pk)
    actions.leave(subscriber=found, at=timezone.now(), source="desk", words=_("Unsubscribed by the newsroom"))
    messages.success(request, _("Nothing more is mailed to this address."))
    return redirect("subscriber_in_desk", pk)


@may_change
@require_POST
def send_link(request: HttpRequest, pk: int) -> HttpResponseRedirect:
    """Mail somebody the way to their own page."""
    found = get_object_or_404(Subscriber, pk=pk)
    letters.send_link(found, at=timezone.now())
    messages.success(request, _("The link is on its way."))
    return redirect("subscriber_in_desk", pk)


@may_change
@require_POST
def lift(request: HttpRequest, pk: int) -> HttpResponseRedirect:
    """Let an address be mailed again."""
    found = get_object_or_404(Subscriber, pk=pk)
    suppressing.lift(email=found.normalised)
    messages.success(request, _("This address is mailed again, with what it is subscribed to."))
    return redirect("subscriber_in_desk", pk)


@may_forget
@require_POST
def forget(request: HttpRequest, pk: int) -> HttpResponseRedirect:
    """Delete everything about somebody who asked for it."""
    actions.forget(subscriber=get_object_or_404(Subscriber, pk=pk), at=timezone.now())
    messages.success(request, _("Deleted. What remains is a hash, so that no import brings the address back."))
    return redirect("subscribers:index")


@may_change
@require_http_methods(["GET", "POST"])
def suppress(request: HttpRequest) -> HttpResponse:
    """Have an address never be mailed, or be mailed again, whether or not it is a subscriber's."""
    email, error, now = request.POST.get("email", ""), "", timezone.now()
    if request.method == "POST":
        try:
            _suppress(request, email, at=now)
            return redirect("subscribers:index")
        except ValidationError as refusal:
            error = " ".join(refusal.messages)
    context = {"email": email, "error": error, **heading(_("Suppress an address"), way_to_all(), icon="cross")}
    return render(request, "desk/subscribers/suppress.html", context, status=400 if error else 200)


def _suppress(request: HttpRequest, email: str, *, at: Any) -> None:
    addresses.parse(email)
    if "lift" in request.POST:
        was_barred = suppressing.lift(email=email)
        said = _("This address may be mailed again, once somebody subscribes with it or is subscribed already.")
        messages.success(request, said if was_barred else _("This address was not suppressed."))
    else:
        suppressing.suppress(email=email, reason=suppressing.Reason.STAFF, at=at)
        messages.success(request, _("This address is not mailed any more."))


@may_see
@require_GET
def export(request: HttpRequest) -> StreamingHttpResponse:
    """All subscriptions as a table, or those to one list."""
    keys = [key for key in request.GET.getlist("list") if key]
    name = f"subscribers-{timezone.localdate():%Y-%m-%d}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
    pieces = (piece.encode() for piece in exporting.pieces(keys))
    return StreamingHttpResponse(pieces, content_type="text/csv; charset=utf-8", headers=headers)


URLS: list[URLPattern] = [
    path("subscribers/export/", export, name="export_subscribers"),
    path("subscribers/suppress/", suppress, name="suppress_address"),
    path("subscribers/<int:pk>/", subscriber, name="subscriber_in_desk"),
    path("subscribers/<int:pk>/unsubscribe/", unsubscribe, name="unsubscribe_in_desk"),
    path("subscribers/<int:pk>/link/", send_link, name="send_subscriber_link"),
    path("subscribers/<int:pk>/lift/", lift, name="lift_suppression"),
    path("subscribers/<int:pk>/forget/", forget, name="forget_subscriber"),
]
