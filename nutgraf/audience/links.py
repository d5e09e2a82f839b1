"""Make the links by which subscribers reach what is theirs without a password, and read them back."""

from __future__ import annotations

import base64
import datetime
import hmac
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.conf import settings

# Below the root; the reader's pages answer there.
PATH = "subscriptions/"

CONFIRM = "confirm"
UNSUBSCRIBE = "unsubscribe"
PREFERENCES = "preferences"
MOVE = "move"

# A question is to be answered soon; a mail is kept for long, and may be passed on.
VALID = {
    CONFIRM: datetime.timedelta(days=7),
    MOVE: datetime.timedelta(days=2),
    PREFERENCES: datetime.timedelta(days=60),
    # By law and by good sense.
    UNSUBSCRIBE: datetime.timedelta(days=36_500),
}

# Which subscriber, what it is about (lists, or an edition), the day on which it was made, and the signature.
_TOKEN = re.compile(r"(?P<number>[0-9]{1,18})-(?P<about>[0-9.]{1,600})-(?P<hour>[0-9]{1,9})-(?P<mac>[A-Za-z0-9_-]{22})")
_HOUR = 3600
# That a link to unsubscribe names: with numbers of ten digits it is still a line that every mail server takes.
MOST_LISTS = 50


class BrokenLink(Exception):
    """Of no subscriber's, altered, or made before all links were called back."""


class ExpiredLink(Exception):
    """Right, but too old."""


@dataclass(frozen=True)
class Token:
    """What stands in a link; it says nothing before `check` has."""

    number: int
    about: tuple[int, ...]
    hour: int
    mac: str

    @classmethod
    def read(cls, text: str) -> Token:
        """Take a token apart; raises BrokenLink for what cannot be one."""
        if not (found := _TOKEN.fullmatch(text)):
            raise BrokenLink
        about = found["about"]
        if not all(part.isdecimal() for part in about.split(".")):
            raise BrokenLink
        return cls(int(found["number"]), tuple(map(int, about.split("."))), int(found["hour"]), found["mac"])

    @property
    def left(self) -> tuple[int, ...]:
        """Of a link to unsubscribe: the lists that it leaves; none where it leaves all."""
        first, more = self.about[0], self.about[2:]
        return (first, *more) if first else ()

    @property
    def via(self) -> int:
        """Of a link to unsubscribe: the number of the edition that it stood in, or 0."""
        return (*self.about, 0)[1]

    @property
    def made_at(self) -> datetime.datetime:
        """When it was made, to the hour."""
        return datetime.datetime.fromtimestamp(self.hour * _HOUR, tz=datetime.UTC)

    def check(self, purpose: str, *, key: str, at: datetime.datetime, extra: str = "") -> None:
        """Raise BrokenLink unless it was made for this purpose with this key, ExpiredLink if that is too long ago."""
        about = ".".join(map(str, self.about))
        if not hmac.compare_digest(self.mac, _mac(purpose, self.number, about, self.hour, key, extra)):
            raise BrokenLink
        if at > self.made_at + datetime.timedelta(hours=1) + VALID[purpose]:
            raise ExpiredLink


def token(
    purpose: str, *, number: int, key: str, at: datetime.datetime, about: Iterable[int] = (0,), extra: str = ""
) -> str:
    """Return a token for a purpose; asks nothing of the database, and takes some microseconds."""
    hour, what = int(at.timestamp()) // _HOUR, ".".join(map(str, about)) or "0"
    return f"{number}-{what}-{hour}-{_mac(purpose, number, what, hour, key, extra)}"


def confirm(*, number: int, key: str, lists: Iterable[int], at: datetime.datetime) -> str:
    """Return the address at which one says that it was oneself who subscribed to these lists."""
    return f"{_root('confirm')}{token(CONFIRM, number=number, key=key, at=at, about=lists)}/"


def move(*, number: int, key: str, new_email: str, at: datetime.datetime) -> str:
    """Return the address at which one says that a new address is one's own."""
    return f"{_root('move')}{token(MOVE, number=number, key=key, at=at, extra=new_email)}/"


def preferences(*, number: int, key: str, at: datetime.datetime) -> str:
    """Return the address of a subscriber's own page."""
    return f"{_root('preferences')}{token(PREFERENCES, number=number, key=key, at=at)}/"


def unsubscribe(
    *, number: int, key: str, at: datetime.datetime, list_pk: int = 0, via: int = 0, more: Sequence[int] = ()
) -> str:
    """Return the address at which one leaves a list (0: all); `via` is the number of the edition that it stands in.

    With `more` one leaves those lists, too: as many as an address can hold, and the
    next mail leads out of the others.
    """
    about = (list_pk, via, *more[: MOST_LISTS - 1])
    return f"{_root('unsubscribe')}{token(UNSUBSCRIBE, number=number, key=key, at=at, about=about)}/"


def root() -> str:
    """Return what a mail has to put before the site's addresses."""
    return str(settings.PUBLIC_URL or settings.WAGTAILADMIN_BASE_URL).rstrip("/")


def _root(name: str) -> str:
    return f"{root()}/{PATH}{name}/"


def _mac(purpose: str, number: int, about: str, hour: int, key: str, extra: str) -> str:
    told = f"{purpose}:{number}:{about}:{hour}:{extra}".encode()
    return base64.urlsafe_b64encode(hmac.digest(key.encode(), told, "sha256")[:16]).rstrip(b"=").decode()
