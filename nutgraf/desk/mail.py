"""Mail to many in the desk: how far each is, what keeps it, and pause, resume, cancel; what nobody knows is decided here."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_POST
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem

from nutgraf.desk.editions import may_curate
from nutgraf.desk.headings import heading
from nutgraf.mail import actions, queries
from nutgraf.mail.models import Delivery

SHOWN = 20


class MailMenuItem(MenuItem):
    """The way to what is being sent."""

    def __init__(self) -> None:
        super().__init__(gettext_lazy("Mail"), reverse("mail"), name="mail", icon_name="mail", order=27)

    def is_shown(self, request: HttpRequest) -> bool:
        return may_curate(request.user)


def _context(request: HttpRequest) -> dict[str, Any]:
    if not may_curate(request.user):
        raise PermissionDenied
    return {"all": queries.progress(list(queries.to_many()[:SHOWN])), **heading(_("Mail"), icon="mail")}


@require_GET
def mail(request: HttpRequest) -> HttpResponse:
    """What is being sent, and what was."""
    return render(request, "desk/mail/mail.html", _context(request))


@require_GET
def progress(request: HttpRequest) -> HttpResponse:
    """The same without a page round it, for one that is open."""
    return render(request, "desk/mail/deliveries.html", _context(request))


def _asked(request: HttpRequest, pk: int) -> dict[str, Any]:
    """Return what every verb is given; raises PermissionDenied for whoever may not."""
    if not may_curate(request.user):
        raise PermissionDenied
    return {"delivery": get_object_or_404(Delivery, pk=pk), "by": cast(User, request.user), "at": timezone.now()}


def _verb(do: Callable[..., bool], late: Any) -> Callable[[HttpRequest, int], HttpResponseRedirect]:
    @require_POST
    def view(request: HttpRequest, pk: int) -> HttpResponseRedirect:
        if not do(**_asked(request, pk)):
            messages.warning(request, late)
        return redirect("mail")

    return view


@require_POST
def send_again(request: HttpRequest, pk: int) -> HttpResponseRedirect:
    """Send to those again of whom nobody knows whether they have it."""
    count = actions.send_again(**_asked(request, pk))
    words = ngettext("%(count)d message is sent again.", "%(count)d messages are sent again.", count)
    messages.success(request, words % {"count": count})
    return redirect("mail")


URLS = [
    path("mail/", mail, name="mail"),
    path("mail/progress/", progress, name="mail_progress"),
    path(
        "mail/<int:pk>/pause/",
        _verb(actions.pause, gettext_lazy("It is not being sent any more, so there is nothing to pause.")),
        name="pause_mail",
    ),
    path(
        "mail/<int:pk>/resume/",
        _verb(actions.resume, gettext_lazy("It does not wait for that.")),
        name="resume_mail",
    ),
    path(
        "mail/<int:pk>/cancel/",
        _verb(actions.cancel, gettext_lazy("All of it was sent, so there is nothing to cancel.")),
        name="cancel_mail",
    ),
    path("mail/<int:pk>/again/", send_again, name="send_mail_again"),
]
