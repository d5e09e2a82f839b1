"""Importing addresses in the desk: hand in a file and state the consent, see what would become of it, then take it in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from wagtail.admin import messages
from wagtail.admin.auth import permission_required

from nutgraf.audience import address_files, importing, queries, tasks
from nutgraf.audience.models import AddressFile
from nutgraf.desk.headings import heading
from nutgraf.desk.subscribers import way_to_all

may_import = permission_required("audience.add_addressfile")
SECONDS_BETWEEN_LOOKS = 2

KINDS = {
    importing.NEW: gettext_lazy("new"),
    importing.KNOWN: gettext_lazy("known, but not on every one of these lists"),
    importing.THERE: gettext_lazy("on these lists already"),
    importing.LEFT: gettext_lazy("unsubscribed: stay so"),
    importing.WAITING: gettext_lazy("asked, and did not confirm: stay so"),
    importing.SUPPRESSED: gettext_lazy("suppressed: not to be mailed"),
    importing.DOUBLE: gettext_lazy("named before in this file"),
    importing.BROKEN: gettext_lazy("no address, or a broken row"),
}


class AddressFileForm(forms.Form):
    """A file, the lists it is for, and the consent of those in it."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy(
            "A table as text (CSV), in any encoding and with any separator, one row for each address."
        ),
    )
    lists = forms.ModelMultipleChoiceField(
        queries.standing(), label=gettext_lazy("Lists"), widget=forms.CheckboxSelectMultiple
    )
    source = forms.CharField(
        label=gettext_lazy("Where and when they agreed"),
        max_length=200,
        help_text=gettext_lazy("For example “Sign-up form of our former site, 2019 to 2026”. Kept with each of them."),
    )
    words = forms.CharField(
        label=gettext_lazy("The words that they agreed to"),
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("As they stood there. Whoever agreed to something else is not to be imported."),
    )
    is_stated = forms.BooleanField(
        label=gettext_lazy("Everybody in this file asked to be mailed by us, and we can show it"),
    )


@may_import
@require_http_methods(["GET", "POST"])
def hand_in(request: HttpRequest) -> HttpResponse:
    """The form, and the files that were handed in before."""
    form = AddressFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            kept = importing.hand_in(
                name=data["file"].name,
                file=data["file"],
                lists=data["lists"],
                source=data["source"],
                words=data["words"],
                by=request.user,  # type: ignore[arg-type]  # staff, or they would not be here
                at=timezone.now(),
            )
        except ValidationError as error:
            form.add_error("file", ValidationError(error.messages))
        else:
            tasks.look_through.enqueue(pk=kept.pk)
            return redirect("address_file", kept.pk)
    context = {
        "form": form,
        "earlier": AddressFile.objects.select_related("by")[:20],
        **heading(_("Import addresses"), way_to_all(), icon="upload"),
    }
    return render(request, "desk/subscribers/import.html", context, status=400 if form.errors else 200)


@may_import
@require_GET
def address_file(request: HttpRequest, pk: int) -> HttpResponse:
    """What was found in a file, and what became of it."""
    kept = get_object_or_404(AddressFile, pk=pk)
    total = sum(kept.counts.values())
    way = reverse("import_addresses"), _("Import addresses")
    wanted = kept.counts.get(importing.NEW, 0) + kept.counts.get(importing.KNOWN, 0)
    context: dict[str, Any] = {
        "kept": kept,
        "lists": kept.lists.all(),
        "separator": address_files.SEPARATORS.get(kept.form.get("separator", ""), ""),
        "counts": [(KINDS[kind], kept.counts[kind]) for kind in KINDS if kind in kept.counts],
        "problems": [(KINDS[kind], line, typed, fault) for kind, line, typed, fault in kept.problems],
        "total": total,
        "wanted": wanted,
        **heading(_("File of addresses"), way_to_all(), way, icon="upload", about=kept.name),
    }
    response = render(request, "desk/subscribers/address_file.html", context)
    if kept.state in {AddressFile.State.LOOKING, AddressFile.State.IMPORTING}:
        response.headers["Refresh"] = str(SECONDS_BETWEEN_LOOKS)
    return response


@may_import
@require_POST
def begin(request: HttpRequest, pk: int) -> HttpResponseRedirect:
    """Import a file that was looked through."""
    kept = get_object_or_404(AddressFile, pk=pk)
    if importing.begin(kept):
        tasks.take_in.enqueue(pk=kept.pk)
    return redirect("address_file", pk)


@may_import
@require_POST
def cancel(request: HttpRequest, pk: int) -> HttpResponseRedirect:
    """Go no further with a file."""
    if importing.cancel(get_object_or_404(AddressFile, pk=pk), at=timezone.now()):
        messages.success(request, _("Cancelled, and the file is deleted. Whoever was imported by then stays."))
    return redirect("address_file", pk)


URLS: list[URLPattern] = [
    path("subscribers/import/", hand_in, name="import_addresses"),
    path("subscribers/import/<int:pk>/", address_file, name="address_file"),
    path("subscribers/import/<int:pk>/begin/", begin, name="begin_import"),
    path("subscribers/import/<int:pk>/cancel/", cancel, name="cancel_import"),
]
