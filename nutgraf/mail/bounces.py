"""Read the mailbox to which mail comes back: what could not be delivered, and what was reported as unwanted."""

from __future__ import annotations

import datetime
import email
import email.policy
import imaplib
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import Message
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.utils.translation import gettext as _
from flufl.bounce import all_failures

from nutgraf.mail import names, returns, settling

# As many at a time; the rest has to wait for the next look.
MOST = 500
# What is longer tells nothing that its beginning does not.
LONGEST = 1_000_000
SECONDS = 30
# Where mail programs and servers say which message they are about.
TELLING = ("message-id", "x-failed-recipients", "references", "in-reply-to", "return-path", "to", "delivered-to")

logger = logging.getLogger(__name__)


def read(*, at: datetime.datetime) -> int:
    """Take in what came back since the last look, and return how many of our messages it was about.

    What is read is marked as read, and stays where it is for whoever looks after the mailbox.
    """
    found = 0
    with _opened(settings.MAIL_BOUNCES, settings.MAIL_BOUNCES_SECRET) as box:
        for content in box.new(MOST):
            found += take(content, at=at)
    return found


def take(content: bytes, *, at: datetime.datetime) -> bool:
    """Take in one message; say whether it told of one of ours. Whatever it is, it never fails."""
    message = email.message_from_bytes(content[:LONGEST], policy=email.policy.compat32)
    if (name := _name_in(message)) is None:
        return False
    delivery, number = name
    if _is_complaint(message):
        return returns.note_complaint(delivery=delivery, number=number, reply="", at=at)
    soft, hard = _failures(message)
    if not hard and (not soft or _is_delayed(message)):
        # An answer of a person, of one who is on holiday, or of a server that is still trying.
        return False
    reply = _reply(message)
    is_gone = hard and (settling.is_hard(reply) or not settling.has_code(reply))
    return returns.note_bounce(delivery=delivery, number=number, kind="hard" if is_gone else "soft", reply=reply, at=at)


def _failures(message: Message) -> tuple[bool, bool]:
    """Say whether it tells of a failure that may pass, and of one that won't."""
    try:
        soft, hard = all_failures(message)
    except Exception:  # The library guesses at what many programs write, and anybody may write to this mailbox.
        logger.warning("A message in the mailbox for bounces could not be understood.", exc_info=True)
        return False, False
    return bool(soft), bool(hard)


def _name_in(message: Message) -> tuple[int, int] | None:
    """Return which of our messages this is about: by the address that it came to, or by what it sends back."""
    for part in message.walk():
        for header in TELLING:
            for value in part.get_all(header, []):
                if found := names.read(str(value)):
                    return found
        if part.get_content_type() in ("text/rfc822-headers", "text/plain") and not part.is_multipart():
            text = part.get_payload(decode=True)
            if isinstance(text, bytes) and (found := names.read(text.decode("utf-8", "replace"))):
                return found
    return None


def _is_complaint(message: Message) -> bool:
    """Say whether it is a report by RFC 5965, as mail providers send when somebody says that a mail is unwanted."""
    if message.get_content_type() != "multipart/report" or message.get_param("report-type") != "feedback-report":
        return False
    reports = _within(message, "message/feedback-report")
    return any(str(report.get("feedback-type", "")).strip().lower() == "abuse" for report in reports)


def _status(message: Message) -> Iterator[Message]:
    return _within(message, "message/delivery-status")


def _within(message: Message, kind: str) -> Iterator[Message]:
    """Return the groups of fields that parts of a kind hold."""
    for part in message.walk():
        if part.get_content_type() == kind and part.is_multipart():
            payload: Any = part.get_payload()
            yield from payload


def _is_delayed(message: Message) -> bool:
    """Say whether a server only tells that it is still trying."""
    return any(str(part.get("action", "")).lower() == "delayed" for part in _status(message))


def _reply(message: Message) -> str:
    said = (part.get("diagnostic-code") or part.get("status") for part in _status(message))
    return " ".join(next((str(one) for one in said if one), _("It came back.")).split())[:200]


class _Folder:
    """A mailbox that is a folder of files (Maildir), as servers on this machine write it."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def new(self, most: int) -> Iterator[bytes]:
        for file in sorted((self.path / "new").iterdir())[:most]:
            yield file.read_bytes()
            file.rename(self.path / "cur" / f"{file.name}:2,S")


class _Imap:
    """A mailbox on a server."""

    def __init__(self, connection: imaplib.IMAP4) -> None:
        self.connection = connection

    def new(self, most: int) -> Iterator[bytes]:
        _answer, (found, *_rest) = self.connection.uid("SEARCH", "UNSEEN")
        for uid in (found or b"").split()[:most]:
            _answer, parts = self.connection.uid("FETCH", uid.decode(), f"(BODY.PEEK[]<0.{LONGEST}>)")
            for part in parts:
                if isinstance(part, tuple):
                    yield part[1]
            self.connection.uid("STORE", uid.decode(), "+FLAGS", "(\\Seen)")


@contextmanager
def _opened(address: str, secret: str) -> Iterator[_Folder | _Imap]:
    parts = urlsplit(address)
    if parts.scheme == "maildir":
        yield _Folder(Path(parts.path))
        return
    kind = imaplib.IMAP4_SSL if parts.scheme == "imaps" else imaplib.IMAP4
    with kind(parts.hostname or "", parts.port or (993 if parts.scheme == "imaps" else 143), timeout=SECONDS) as box:
        box.login(unquote(parts.username or ""), secret)
        answer, _said = box.select(unquote(parts.path.strip("/")) or "INBOX")
        if answer != "OK":
            raise imaplib.IMAP4.error(_("There is no such folder in the mailbox."))
        yield _Imap(box)
