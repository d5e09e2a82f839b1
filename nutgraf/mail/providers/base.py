"""What a provider of mail has to do: take letters one after the other, and say when each was begun and what was answered."""

from __future__ import annotations

import enum
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from nutgraf.mail.recipients import Recipient
from nutgraf.mail.wording import Prepared


class Verdict(enum.StrEnum):
    ACCEPTED = "+"
    DEFERRED = "~"
    REFUSED = "x"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a provider said of one letter."""

    verdict: Verdict
    text: str = ""


@dataclass(slots=True)
class Letter:
    """One message, ready to be made into bytes."""

    prepared: Prepared
    recipient: Recipient
    date: str

    @property
    def key(self) -> tuple[int, int]:
        return self.prepared.pk, self.recipient.number

    @property
    def content(self) -> bytes:
        return self.prepared.to(self.recipient, date=self.date)


class Log(Protocol):
    def begin(self, letter: Letter) -> None:
        """Note that from now on it may have been sent."""

    def answer(self, letter: Letter, answer: Answer) -> None:
        """Note what became of it."""


class Trouble(Exception):
    """Nothing can be sent just now, whoever it is to; its message is for the desk.

    `is_lasting` where it will not pass by itself: a wrong password, a sender that is not allowed.
    """

    def __init__(self, message: str, *, is_lasting: bool = False) -> None:
        super().__init__(message)
        self.is_lasting = is_lasting


class Connection(Protocol):
    def send(self, letters: Iterator[Letter | None], log: Log) -> None:
        """Send each; None says that the next has to wait, so that answers are to be read first. Raises Trouble."""

    def close(self) -> None:
        """End it, even one that is broken, without raising anything."""


class Provider(Protocol):
    # Whether a letter that is sent twice under the same Message-ID arrives once.
    tells_duplicates: bool
    # How many letters may be in hand at the same time.
    connections: int

    def connect(self) -> Connection:
        """Return a connection that is kept for many letters, or raise Trouble."""
