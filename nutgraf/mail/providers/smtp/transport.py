"""Greet a server, turn encryption on, sign in, and keep the connection for many letters."""

from __future__ import annotations

import smtplib
import socket
import ssl
from collections.abc import Iterator
from contextlib import suppress
from typing import BinaryIO
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from nutgraf.mail.providers.base import Letter, Log, Trouble
from nutgraf.mail.providers.smtp.conversation import Conversation

SECONDS = 120


class Smtp:
    """A server, and how it is reached."""

    tells_duplicates = False

    def __init__(
        self,
        host: str,
        port: int,
        *,
        user: str = "",
        password: str = "",
        security: str = "starttls",
        connections: int = 4,
        seconds: float = SECONDS,
    ) -> None:
        """`security` is `tls` from the beginning, `starttls` if it is offered, and then insisted on with a password, or `none`."""
        self.host, self.port, self.user, self.password = host, port, user, password
        self.security, self.connections, self.seconds = security, connections, seconds

    def connect(self) -> SmtpConnection:
        try:
            return SmtpConnection(self._greeted())
        except smtplib.SMTPAuthenticationError as error:
            raise Trouble(_("The mail server refused our name and password: “%s”.") % _said(error)) from error
        except smtplib.SMTPResponseException as error:
            raise Trouble(_("The mail server won't talk to us: “%s”.") % _said(error)) from error
        except ssl.SSLCertVerificationError as error:
            raise Trouble(_("The mail server's certificate is not valid (%s).") % error.verify_message) from error
        except (OSError, smtplib.SMTPException) as error:
            raise Trouble(
                _("The mail server %(host)s can't be reached (%(why)s).")
                % {"host": f"{self.host}:{self.port}", "why": getattr(error, "strerror", None) or error}
            ) from error

    def _greeted(self) -> smtplib.SMTP:
        context = ssl.create_default_context()
        if self.security == "tls":
            server: smtplib.SMTP = smtplib.SMTP_SSL(
                self.host, self.port, _our_name(), timeout=self.seconds, context=context
            )
        else:
            server = smtplib.SMTP(self.host, self.port, _our_name(), timeout=self.seconds)
        try:
            server.ehlo_or_helo_if_needed()
            if self.security == "starttls" and server.has_extn("starttls"):
                server.starttls(context=context)
                server.ehlo()
            elif self.security == "starttls" and self.password:
                raise Trouble(_("The mail server offers no encryption, without which no password is sent."))
            if self.user:
                server.login(self.user, self.password)
        except BaseException:  # Whatever ends us, also from outside: nobody else knows of this connection yet.
            server.close()
            raise
        return server


class SmtpConnection:
    """A server that has let us in."""

    def __init__(self, server: smtplib.SMTP) -> None:
        self.server = server
        sock: socket.socket | None = server.sock
        # The library reads through a buffer, which may hold something already.
        answers: BinaryIO | None = server.file
        if sock is None or answers is None:
            raise Trouble(_("The mail server closed the connection."))
        with suppress(OSError):
            # What we send together belongs together; what follows should not wait for the answer.
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.conversation = Conversation(
            sock, answers, is_pipelining=server.has_extn("pipelining"), takes_utf8=server.has_extn("smtputf8")
        )

    def send(self, letters: Iterator[Letter | None], log: Log) -> None:
        self.conversation.send(letters, log)

    def close(self) -> None:
        with suppress(OSError, smtplib.SMTPException):
            if self.server.sock:
                # A polite end must not keep us waiting.
                self.server.sock.settimeout(1)
            self.server.quit()
        self.server.close()


def _our_name() -> str:
    # The library would ask the name servers, which takes seconds where they don't answer.
    return urlsplit(settings.PUBLIC_URL).hostname or socket.gethostname()


def _said(error: smtplib.SMTPResponseException) -> str:
    said = error.smtp_error
    return f"{error.smtp_code} {said.decode('utf-8', 'replace') if isinstance(said, bytes) else said}"[:200]
