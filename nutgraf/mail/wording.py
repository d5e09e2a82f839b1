"""Make the bytes of a mail once for a whole delivery, so that for each recipient only a few pieces are joined."""

from __future__ import annotations

import datetime
import html
import re
import secrets
from binascii import b2a_qp
from collections.abc import Callable
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from email_validator import EmailNotValidError, validate_email

from nutgraf.mail import names, placeholders
from nutgraf.mail.models import Delivery
from nutgraf.mail.recipients import Recipient

# C0, delete, C1, and what Unicode counts as the end of a line or turns the direction of what follows.
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
_HEADER_NAME = re.compile(r"[A-Za-z][A-Za-z0-9-]*")
# What a value in a header may hold that is written as it is.
_PLAIN = re.compile(r"[\x20-\x7e]*")
# Unquoted, as nearly all are, or quoted; what a server makes of it is the server's affair.
_ADDRESS = re.compile(r"""(?:[^\s@<>()\[\]\\,;:"\x00-\x20]+|"(?:[^"\\\x00-\x1f]|\\[\x20-\x7e])*")@[^\s@<>()\\,;:"]+""")
# Those that we write ourselves.
OURS = frozenset("from to cc bcc reply-to subject date message-id sender return-path mime-version".split())
LONGEST_ADDRESS = 254
LONGEST = {"subject": 300, "sender_name": 120, "what": 200}
_DOT = re.compile(rb"^\.", re.MULTILINE)
SOFT_BREAK = b"=\r\n"


# A piece that is the same for all, or the name of a field and how it is written there.
Part = bytes | tuple[str, Callable[[str], bytes]]


class BadAddress(ValueError):
    """No mail can be addressed to it."""


def plain_address(address: str) -> str:
    """Return an address as it is written in a mail, with the name of its host in ASCII; raise BadAddress if it can't be."""
    if len(address) > LONGEST_ADDRESS or _CONTROL.search(address) or not _ADDRESS.fullmatch(address):
        raise BadAddress(_("This is no address that a mail can be sent to."))
    local, _at, domain = address.rpartition("@")
    if not domain.isascii():
        try:
            domain = validate_email(f"x@{domain}", check_deliverability=False, globally_deliverable=False).ascii_domain
        except EmailNotValidError:
            raise BadAddress(_("The part after the @ is no name of a host.")) from None
    return f"{local}@{domain}"


def domain_of(address: str) -> str:
    """Return where an address is, in one spelling."""
    return address.rpartition("@")[2].lower()


def check(delivery: Delivery) -> None:
    """Raise ValidationError, by field, for what can't stand in a mail or would make another header of it."""
    wrong: dict[str, str] = {}
    for name in ("subject", "sender_name", "what"):
        value = getattr(delivery, name)
        if _CONTROL.search(value):
            wrong[name] = _("There is a line break or another control character in it.")
        elif len(value) > LONGEST[name]:
            wrong[name] = _("It is too long.")
    if not delivery.subject.strip():
        wrong["subject"] = _("A mail needs a subject.")
    elif delivery.cut and delivery.cut in delivery.subject:
        wrong["subject"] = _("The subject has to be the same for all.")
    for name in ("sender_address", "reply_to", "to"):
        if value := getattr(delivery, name):
            try:
                plain_address(value)
            except BadAddress as error:
                wrong[name] = str(error)
    if not delivery.sender_address:
        wrong["sender_address"] = _("A mail needs an address that it is from.")
    for name, value in delivery.headers.items():
        if not _HEADER_NAME.fullmatch(name) or name.lower() in OURS:
            wrong["headers"] = _("“%(name)s” is no header that can be set.") % {"name": name}
        elif _CONTROL.search(value):
            wrong["headers"] = _("There is a line break or another control character in “%(name)s”.") % {"name": name}
    if wrong:
        raise ValidationError(wrong)


class Prepared:
    """A delivery's mail, made once: what is the same for all, and the names of what differs."""

    def __init__(
        self, delivery: Delivery, *, sign: Callable[[bytes], bytes] | None = None, return_path: str = ""
    ) -> None:
        """`sign` returns what to write in front of a finished mail; in `return_path`, `{}` is where its name goes."""
        self.pk, self.cut, self.subject = delivery.pk, delivery.cut, delivery.subject
        self.text, self.html, self.headers = delivery.text, delivery.html, dict(delivery.headers)
        self.sender = plain_address(delivery.sender_address)
        self.sender_name, self.reply_to = delivery.sender_name, delivery.reply_to
        self.domain = domain_of(self.sender)
        self._key, self._sign, self._return_path = names.key(), sign, return_path or self.sender
        self._parts: list[Part] = [*self._head(), *self._body()]

    def tag(self, number: int) -> str:
        """Return the name of the message to a recipient."""
        return names.tag(self.pk, number, self._key)

    def message_id(self, number: int) -> str:
        """Return its Message-ID, which is the same each time that it is sent."""
        return f"<{self.tag(number)}@{self.domain}>"

    def envelope(self, recipient: Recipient) -> str:
        """Return the address to which a server sends the mail back that it could not deliver."""
        if "{}" not in self._return_path:
            return self._return_path
        return self._return_path.replace("{}", self.tag(recipient.number))

    def check(self, recipient: Recipient) -> None:
        """Raise BadAddress for a recipient whose address was none."""
        if not recipient.address:
            raise BadAddress(_("This is no address that a mail can be sent to."))

    @property
    def from_header(self) -> str:
        """Return who it is from, as a mail program shows it."""
        local, _at, domain = self.sender.rpartition("@")
        return str(Address(self.sender_name, local, domain))

    def to(self, recipient: Recipient, *, date: str) -> bytes:
        """Return the mail to one recipient; raises BadAddress, or KeyError for a field that is missing."""
        self.check(recipient)
        pieces = [
            f"Date: {date}\r\nMessage-ID: {self.message_id(recipient.number)}\r\nTo: {recipient.address}\r\n".encode()
        ]
        for part in self._parts:
            if isinstance(part, bytes):
                pieces.append(part)
                continue
            name, written = part
            pieces.append(written(recipient.fields[name]))
        content = b"".join(pieces)
        return self._sign(content) + content if self._sign else content

    def filled(self, recipient: Recipient) -> dict[str, Any]:
        """Return subject, text, HTML and headers for one recipient, for providers that make the mail themselves."""
        escaped = {name: _escaped(value) for name, value in recipient.fields.items()}
        return {
            "subject": self.subject,
            "text": placeholders.fill(self.text, self.cut, recipient.fields),
            "html": placeholders.fill(self.html, self.cut, escaped),
            "headers": {
                name: _plain(placeholders.fill(value, self.cut, recipient.fields))
                for name, value in self.headers.items()
            },
        }

    def _head(self) -> list[Part]:
        message = EmailMessage(policy=SMTP)
        local, _at, domain = self.sender.rpartition("@")
        message["From"] = Address(self.sender_name, local, domain)
        if self.reply_to:
            message["Reply-To"] = plain_address(self.reply_to)
        message["Subject"] = self.subject
        parts: list[Part] = []
        for name, value in self.headers.items():
            if self.cut and self.cut in value:
                pieces = placeholders.split(value, self.cut)
                parts.append(f"{name}: ".encode())
                parts += [(piece, _in_header) if turn % 2 else _in_header(piece) for turn, piece in enumerate(pieces)]
                parts.append(b"\r\n")
            else:
                message[name] = value
        return [message.as_bytes().rstrip(b"\r\n") + b"\r\nMIME-Version: 1.0\r\n", *parts]

    def _body(self) -> list[Part]:
        if not self.html:
            return self._text("plain", self.text)
        boundary = f"ng-{secrets.token_hex(16)}"
        return [
            f'Content-Type: multipart/alternative; boundary="{boundary}"\r\n\r\n--{boundary}\r\n'.encode(),
            *self._text("plain", self.text),
            f"\r\n--{boundary}\r\n".encode(),
            *self._text("html", self.html),
            f"\r\n--{boundary}--\r\n".encode(),
        ]

    def _text(self, kind: str, text: str) -> list[Part]:
        pieces = placeholders.split(text, self.cut)
        written = _in_html if kind == "html" else _in_text
        return [
            f'Content-Type: text/{kind}; charset="utf-8"\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n'.encode(),
            *((piece, written) if turn % 2 else quoted(piece) for turn, piece in enumerate(pieces)),
        ]


def quoted(text: str) -> bytes:
    """Return a text as quoted-printable, in which no line is too long or begins with a dot, which ends a mail in SMTP."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    lines = b2a_qp(text.encode(), istext=True).replace(b"\n", b"\r\n")
    while _DOT.search(lines):
        lines = _DOT.sub(b"=2E=\r\n", lines)
    return lines


def _in_text(value: str) -> bytes:
    # Between two breaks that mean nothing, so that lines stay short whatever the value is.
    return SOFT_BREAK + quoted(value) + SOFT_BREAK


def _in_html(value: str) -> bytes:
    return _in_text(_escaped(value))


def _escaped(value: str) -> str:
    # As Django's `conditional_escape` does, which takes as long as all else that is done with a value.
    return str(value) if hasattr(value, "__html__") else html.escape(value)


def _in_header(value: str) -> bytes:
    return _plain(value).encode("ascii")


def _plain(value: str) -> str:
    if not _PLAIN.fullmatch(value):
        raise BadAddress(_("A value that is to stand in a header holds what must not be there."))
    return value


def date_of(moment: datetime.datetime) -> str:
    """Return a moment as a mail says it."""
    return format_datetime(moment)
