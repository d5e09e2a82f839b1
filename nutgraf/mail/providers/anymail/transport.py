"""Hand letters to a provider through django-anymail, and tell what its answers mean."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import requests
from anymail.exceptions import AnymailAPIError, AnymailConfigurationError, AnymailError
from anymail.message import AnymailMessage
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from nutgraf.mail.providers.base import Answer, Letter, Log, Trouble, Verdict
from nutgraf.mail.wording import BadAddress

TAKEN = {"sent", "queued"}
# Nothing was taken, and nothing will be for a while.
BUSY = {429, 503}
NOT_LET_IN = {401, 403}


class Anymail:
    """A provider by the name that django-anymail has for it; its key and the like are in the settings."""

    tells_duplicates = False

    def __init__(self, esp: str, *, connections: int = 4, **_settings: Any) -> None:
        self.esp, self.connections = esp, connections

    def connect(self) -> Calls:
        try:
            backend = import_string(f"anymail.backends.{self.esp}.EmailBackend")()
            backend.open()
        except (AnymailConfigurationError, ImportError) as error:
            raise Trouble(_("The mail provider is not set up: %s") % str(error).splitlines()[0]) from error
        return Calls(backend)


class Calls:
    """A session with a provider."""

    def __init__(self, backend: Any) -> None:
        self.backend = backend

    def send(self, letters: Iterator[Letter | None], log: Log) -> None:
        for letter in filter(None, letters):
            try:
                message = _message(letter)
            except (BadAddress, KeyError) as error:
                log.answer(letter, Answer(Verdict.REFUSED, str(error)))
                continue
            log.begin(letter)
            self._call(letter, message, log)

    def close(self) -> None:
        self.backend.close()

    def _call(self, letter: Letter, message: AnymailMessage, log: Log) -> None:
        try:
            self.backend.send_messages([message])
        except AnymailAPIError as error:
            answer, trouble = _meaning(error)
            if answer:
                log.answer(letter, answer)
            if trouble:
                raise trouble from error
        except AnymailError as error:
            # It was not even asked: something in the letter is more than it can do.
            log.answer(letter, Answer(Verdict.REFUSED, str(error).splitlines()[0]))
        else:
            states = message.anymail_status.recipients.values()
            refused = next((str(one.status) for one in states if one.status not in TAKEN), "")
            log.answer(letter, Answer(Verdict.REFUSED, refused) if refused else Answer(Verdict.ACCEPTED))


def _message(letter: Letter) -> AnymailMessage:
    letter.prepared.check(letter.recipient)
    filled = letter.prepared.filled(letter.recipient)
    message = AnymailMessage(
        subject=filled["subject"],
        body=filled["text"],
        from_email=letter.prepared.from_header,
        to=[letter.recipient.address],
        reply_to=[letter.prepared.reply_to] if letter.prepared.reply_to else None,
        headers=filled["headers"] | {"Message-ID": letter.prepared.message_id(letter.recipient.number)},
        metadata={"message": letter.prepared.tag(letter.recipient.number)},
    )
    if filled["html"]:
        message.attach_alternative(filled["html"], "text/html")
    return message


def _meaning(error: AnymailAPIError) -> tuple[Answer | None, Trouble | None]:
    """Return what an error says of the letter, if anything, and of all others."""
    status = getattr(error, "status_code", None)
    words = " ".join(str(error).split())[:200]
    if status in NOT_LET_IN:
        trouble = Trouble(_("The mail provider refused our key (%s).") % status)
        return Answer(Verdict.DEFERRED, words), trouble
    if status in BUSY or isinstance(error, requests.ConnectTimeout):
        return Answer(Verdict.DEFERRED, words), Trouble(
            _("The mail provider asks for patience (%s).") % (status or "-")
        )
    if status is not None and 400 <= status < 500:
        return Answer(Verdict.REFUSED, words), None
    # It may have been taken before something broke.
    return None, Trouble(_("The mail provider did not answer as it should (%s).") % (status or type(error).__name__))
