"""The mailbox: what was "sent" while mail goes to files, so that a newsroom that is being tried can look at it."""

from __future__ import annotations

import email
import email.policy
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from pathlib import Path
from typing import cast

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET
from wagtail.admin.auth import permission_required
from wagtail.admin.menu import MenuItem

from nutgraf.desk.headings import heading
from nutgraf.mail.providers.files.transport import Files

SHOWN = 60

# Each mail has a reader's address and their own links in it.
may_see = permission_required("audience.view_subscriber")


@dataclass(frozen=True)
class Letter:
    """One mail in a file."""

    delivery: int
    number: int
    at: datetime
    message: EmailMessage

    @property
    def to(self) -> str:
        return str(self.message["To"])

    @property
    def sender(self) -> str:
        return str(self.message["From"])

    @property
    def subject(self) -> str:
        return str(self.message["Subject"])


class MailboxMenuItem(MenuItem):
    """The way there, while mail goes to files."""

    def __init__(self) -> None:
        super().__init__(gettext_lazy("Mailbox"), reverse("mailbox"), name="mailbox", icon_name="download", order=29)

    def is_shown(self, request: HttpRequest) -> bool:
        return settings.MAIL["kind"] == "files" and request.user.has_perm("audience.view_subscriber")


@require_GET
@may_see
def mailbox(request: HttpRequest) -> HttpResponse:
    """The latest mails."""
    files = sorted(_folder().glob("*/*.eml"), key=lambda file: file.stat().st_mtime_ns, reverse=True)
    letters = [letter for file in files[:SHOWN] if (letter := _read(file))]
    context = {
        "letters": letters,
        "more": max(0, len(files) - SHOWN),
        "folder": _folder(),
        **heading(_("Mailbox"), icon="download"),
    }
    return render(request, "desk/mailbox/mailbox.html", context)


@require_GET
@may_see
def letter(request: HttpRequest, delivery: int, number: int) -> HttpResponse:
    """One mail with its headers and both of its forms."""
    found = _found(delivery, number)
    text = cast("EmailMessage | None", found.message.get_body(("plain",)))
    context = {
        "letter": found,
        "headers": [(name, str(value)) for name, value in found.message.items()],
        "text": text.get_content() if text else "",
        "has_html": found.message.get_body(("html",)) is not None,
        **heading(found.to, (reverse("mailbox"), _("Mailbox")), icon="download", about=found.subject),
    }
    return render(request, "desk/mailbox/letter.html", context)


@require_GET
@may_see
def letter_html(request: HttpRequest, delivery: int, number: int) -> HttpResponse:
    """The HTML of a mail alone, for a frame in which nothing runs."""
    html = cast("EmailMessage | None", _found(delivery, number).message.get_body(("html",)))
    if html is None:
        raise Http404
    response = HttpResponse(html.get_content())
    response["Content-Security-Policy"] = (
        "sandbox allow-popups; default-src 'none'; img-src 'self'; style-src 'unsafe-inline'"
    )
    return response


def _folder() -> Path:
    return Files().folder


def _found(delivery: int, number: int) -> Letter:
    found = _read(_folder() / str(delivery) / f"{number}.eml")
    if found is None:
        raise Http404
    return found


def _read(file: Path) -> Letter | None:
    try:
        content, at = file.read_bytes(), file.stat().st_mtime
    except FileNotFoundError:
        # Somebody tidied up in between.
        return None
    message = email.message_from_bytes(content, policy=email.policy.default)
    moment = datetime.fromtimestamp(at, tz=timezone.get_current_timezone())
    return Letter(int(file.parent.name), int(file.stem), moment, message)


URLS = [
    path("written-mail/", mailbox, name="mailbox"),
    path("written-mail/<int:delivery>/<int:number>/", letter, name="mailbox_letter"),
    path("written-mail/<int:delivery>/<int:number>/html/", letter_html, name="mailbox_letter_html"),
]
