"""Editions in the desk: begin one, edit it, look at what is found in it, try it out, have it go out, tell of an error."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.widgets import AdminDateTimeInput
from wagtail.admin.widgets.button import HeaderButton
from wagtail.snippets.views.snippets import CreateView, DeleteView, EditView, IndexView, SnippetViewSet

from nutgraf.audience import queries as audience
from nutgraf.briefings import actions, checks, composition, figures, link_checks, rendering, sending
from nutgraf.briefings.models import Briefing, Edition
from nutgraf.desk import edition_form
from nutgraf.desk.headings import heading
from nutgraf.mail.dns.checks import check_sender
from nutgraf.stories.models import PublicVersion


def may_curate(user: Any) -> bool:
    """Tell whether somebody may make editions and have them go out."""
    return bool(user.has_perm("briefings.change_edition"))


class EditionListing(IndexView):
    """Every edition, the newest first."""

    @cached_property
    def header_buttons(self) -> list[Any]:
        return [HeaderButton(_("New edition"), url=reverse("new_edition"), icon_name="plus")]

    def get_base_queryset(self) -> QuerySet[Edition]:
        return Edition.objects.in_short().select_related("briefing", "curator")


class AddEdition(CreateView):
    """There is no empty form: an edition begins with a briefing and what is suggested for it."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        return redirect("new_edition")


class EditEdition(EditView):
    """The form of an edition; one that is out is not edited, because its readers have it."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if self.object.is_out:
            return redirect("edition_out", self.object.pk)
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def header_buttons(self) -> list[Any]:
        return [
            *super().header_buttons,
            HeaderButton(_("Check and send"), url=reverse("check_edition", args=[self.object.pk]), icon_name="mail"),
        ]

    def get_success_buttons(self) -> list[Any]:
        return [messages.button(reverse("check_edition", args=[self.object.pk]), _("Check and send"))]

    def get_success_url(self) -> str:
        return str(self.get_edit_url())


class DeleteEdition(DeleteView):
    """Ask whether an edition is to be deleted; one that is out can't be."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if self.object.is_out:
            messages.error(request, _("Readers have this edition, and its address is a promise."))
            return redirect("edition_out", self.object.pk)
        return super().dispatch(request, *args, **kwargs)


class EditionViewSet(SnippetViewSet):
    """Editions and their place in the menu."""

    model = Edition
    base_url_path = "editions"
    icon = "mail"
    menu_label = gettext_lazy("Editions")
    menu_name = "editions"
    menu_order = 26
    add_to_admin_menu = True
    copy_view_enabled = False
    index_view_class = EditionListing
    add_view_class = AddEdition
    edit_view_class = EditEdition
    delete_view_class = DeleteEdition
    list_display = [
        "__str__",
        Column("briefing", label=gettext_lazy("Briefing")),
        Column("day", label=gettext_lazy("Day")),
        Column("state", label=gettext_lazy("State"), accessor="get_state_display"),
        DateColumn("out_at", label=gettext_lazy("Went out")),
    ]
    list_filter = ["briefing", "state"]
    edit_handler = edition_form.EDITION


class NewForm(forms.Form):
    """Which briefing, and whether it is a special edition."""

    briefing = forms.ModelChoiceField(
        Briefing.objects.filter(is_open=True), empty_label=None, label=gettext_lazy("Briefing")
    )
    is_special = forms.BooleanField(
        required=False,
        label=gettext_lazy("Special edition"),
        help_text=gettext_lazy("Outside the rhythm, today: for when something happens."),
    )


def new_edition(request: HttpRequest) -> HttpResponse:
    """Ask of which briefing, and open the edition with what is suggested for it."""
    if not request.user.has_perm("briefings.add_edition"):
        raise PermissionDenied
    form = NewForm(request.POST or None)
    if form.is_valid():
        edition = actions.open_edition(by=_somebody(request), at=timezone.now(), **form.cleaned_data)
        return redirect(_edit(edition))
    has_briefings = Briefing.objects.filter(is_open=True).exists()
    context = {"form": form, "has_briefings": has_briefings, **heading(_("New edition"), _way_to_all(), icon="mail")}
    return render(request, "desk/editions/new.html", context)


class TestForm(forms.Form):
    """To whom a test goes."""

    to = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 2}),
        label=gettext_lazy("Addresses"),
        help_text=gettext_lazy("One a line, or with commas between them."),
        max_length=4_000,
    )


class ScheduleForm(forms.Form):
    """When an edition goes out."""

    send_at = forms.DateTimeField(
        required=False,
        widget=AdminDateTimeInput,
        label=gettext_lazy("At another moment"),
        help_text=gettext_lazy("By the newsroom's clock. Leave empty for its briefing's hour on its day."),
    )


def check_edition(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what is found in an edition, and the ways for it to go on: a test, a moment, now."""
    edition = _curated(request, pk)
    if edition.is_out:
        return redirect("edition_out", edition.pk)
    return _checked(request, edition)


def _checked(request: HttpRequest, edition: Edition, **more: Any) -> HttpResponse:
    at = timezone.now()
    found = checks.of(edition, at=at)
    made = sending.mail_of(edition, at=at, own=sending.nobodys_places())
    briefing = edition.briefing
    context = {
        "edition": edition,
        "findings": found,
        "is_ready": not any(one.is_stop for one in found),
        "size": made.size // 1000,
        "readers": audience.count(briefing.list_keys, at=at),
        "due_at": briefing.moment_on(edition.day),
        "is_past": briefing.moment_on(edition.day) <= at,
        "is_early": edition.day > timezone.localdate(at, briefing.zone),
        "test_form": TestForm(initial={"to": getattr(request.user, "email", "")}),
        "schedule_form": ScheduleForm(),
        **heading(_("Check and send"), _way_to_all(), (_edit(edition), str(edition)), icon="mail", about=str(edition)),
    }
    return render(request, "desk/editions/check.html", context | more)


@require_POST
def check_links(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask each link of an edition whether it answers."""
    edition = _curated(request, pk)
    content = composition.compose(edition, at=timezone.now())
    made = rendering.mail(
        content, rendering.issue_of(edition), newsroom="", places=sending.nobodys_places(), counting=str
    )
    # Its own page is there only once it is out.
    own = rendering.whole(edition.get_absolute_url())
    urls = [url for url, _words in made.links if url != own]
    return _checked(request, edition, link_findings=link_checks.of(urls), link_count=len(urls))


@require_POST
def check_edition_sender(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask what the domain says in whose name an edition is sent."""
    edition = _curated(request, pk)
    return _checked(request, edition, sender_findings=check_sender(edition.briefing.sender_address))


@require_POST
def test_edition(request: HttpRequest, pk: int) -> HttpResponse:
    """Send a test."""
    edition = _curated(request, pk)
    form = TestForm(request.POST)
    if form.is_valid():
        typed = form.cleaned_data["to"].replace(",", "\n").replace(";", "\n").splitlines()
        try:
            sent = actions.test(edition=edition, to=typed, by=_somebody(request), at=timezone.now())
        except ValidationError as error:
            form.add_error("to" if not hasattr(error, "error_dict") else None, error.messages)
        else:
            addresses = ", ".join(one.to for one in sent)
            messages.success(request, _("A test is on its way to %(addresses)s.") % {"addresses": addresses})
            return redirect("check_edition", edition.pk)
    return _checked(request, edition, test_form=form)


@require_POST
def schedule_edition(request: HttpRequest, pk: int) -> HttpResponse:
    """Have an edition go out by itself."""
    edition = _curated(request, pk)
    form = ScheduleForm(request.POST)
    if form.is_valid():
        try:
            actions.schedule(
                edition=edition, by=_somebody(request), at=timezone.now(), send_at=form.cleaned_data["send_at"]
            )
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            when = timezone.localtime(edition.send_at)
            messages.success(request, _("It goes out by itself on %(when)s.") % {"when": f"{when:%-d %B, %H:%M %Z}"})
        return redirect("check_edition", edition.pk)
    return _checked(request, edition, schedule_form=form)


@require_POST
def unschedule_edition(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back that an edition goes out by itself."""
    edition = _curated(request, pk)
    try:
        actions.unschedule(edition=edition, by=_somebody(request), at=timezone.now())
        messages.success(request, _("It does not go out by itself any more; it is a draft again."))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("check_edition", edition.pk)


@require_POST
def send_edition(request: HttpRequest, pk: int) -> HttpResponse:
    """Have an edition go out now."""
    edition = _curated(request, pk)
    try:
        actions.send(edition=edition, by=_somebody(request), at=timezone.now())
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("check_edition", pk)
    messages.success(request, _("“%(subject)s” is on its way, and has its page.") % {"subject": edition.subject})
    return redirect("edition_out", pk)


class CorrectionForm(forms.Form):
    """What those who had an edition are told in a mail of its own."""

    subject = forms.CharField(max_length=200, label=gettext_lazy("Subject"))
    words = forms.CharField(
        max_length=1_200,
        widget=forms.Textarea(attrs={"rows": 5}),
        label=gettext_lazy("What was wrong and what is right"),
        help_text=gettext_lazy("It goes to everybody who had this edition, and stands on its page."),
    )
    version = forms.ModelChoiceField(
        PublicVersion.objects.none(), required=False, label=gettext_lazy("It concerns the correction")
    )

    def __init__(self, edition: Edition, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast(Any, self.fields["version"])
        field.queryset = figures.errors_in(edition)
        field.label_from_instance = lambda version: f"{version.story.card_head}: {version.sentence}"


def edition_out(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what became of an edition that is out, and let an editor tell its readers of an error."""
    edition = _curated(request, pk)
    if not edition.is_out:
        return redirect("check_edition", pk)
    form = CorrectionForm(edition, request.POST or None, initial={"subject": _("Correction: ") + edition.subject[:150]})
    if request.method == "POST":
        if not request.user.has_perm("briefings.add_correctionmail"):
            raise PermissionDenied
        if form.is_valid():
            try:
                actions.correct(edition=edition, by=_somebody(request), at=timezone.now(), **form.cleaned_data)
            except ValidationError as error:
                form.add_error(None, error.messages)
            else:
                messages.success(request, _("Those who had this edition are being told."))
                return redirect("edition_out", pk)
    context = {
        "edition": edition,
        "figures": figures.of(edition),
        "form": form,
        "errors": figures.errors_in(edition),
        **heading(_("What became of it"), _way_to_all(), icon="mail", about=str(edition)),
    }
    return render(request, "desk/editions/out.html", context)


def _curated(request: HttpRequest, pk: int) -> Edition:
    if not may_curate(request.user):
        raise PermissionDenied
    return get_object_or_404(Edition.objects.select_related("briefing", "curator", "report"), pk=pk)


def _way_to_all() -> tuple[str, str]:
    return reverse(Edition.snippet_viewset.get_url_name("list")), _("Editions")


def _edit(edition: Edition) -> str:
    return reverse(Edition.snippet_viewset.get_url_name("edit"), args=[edition.pk])


def _somebody(request: HttpRequest) -> User:
    return cast(User, request.user)


URLS = [
    path("new-edition/", new_edition, name="new_edition"),
    path("editions-out/<int:pk>/", edition_out, name="edition_out"),
    path("editions-check/<int:pk>/", check_edition, name="check_edition"),
    path("editions-check/<int:pk>/links/", check_links, name="check_edition_links"),
    path("editions-check/<int:pk>/sender/", check_edition_sender, name="check_edition_sender"),
    path("editions-check/<int:pk>/test/", test_edition, name="test_edition"),
    path("editions-check/<int:pk>/schedule/", schedule_edition, name="schedule_edition"),
    path("editions-check/<int:pk>/unschedule/", unschedule_edition, name="unschedule_edition"),
    path("editions-check/<int:pk>/send/", send_edition, name="send_edition"),
]
