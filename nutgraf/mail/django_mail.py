"""Send what Django and Wagtail mail, such as a link to a new password, the way that all other mail goes."""

from __future__ import annotations

from collections.abc import Sequence
from email.utils import parseaddr

from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone

from nutgraf.mail import actions

# What Django sets by itself, or what is ours to say.
_SET_BY_US = frozenset("from to cc bcc reply-to subject date message-id".split())


class Backend(BaseEmailBackend):
    """Takes messages into the queue, with the transaction that asks for them; an attachment is refused, as none is ours."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for message in email_messages:
            if message.attachments:
                raise ValueError("Mail to staff can't have attachments.")
            name, address = parseaddr(message.from_email)
            html = ""
            if isinstance(message, EmailMultiAlternatives):
                html = next((str(content) for content, kind in message.alternatives if kind == "text/html"), "")
            is_html = message.content_subtype == "html"
            for to in message.recipients():
                actions.post(
                    to=parseaddr(to)[1],
                    what=str(message.subject)[:200],
                    sender=actions.Sender(address, name, parseaddr(", ".join(message.reply_to))[1]),
                    subject=str(message.subject),
                    text="" if is_html else str(message.body),
                    html=str(message.body) if is_html else html,
                    headers={
                        name: str(value)
                        for name, value in message.extra_headers.items()
                        if name.lower() not in _SET_BY_US
                    },
                    at=timezone.now(),
                )
        return len(email_messages)
