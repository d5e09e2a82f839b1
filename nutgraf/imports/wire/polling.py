"""Ask a wire what is new: politely, within limits, and more and more seldom where it goes wrong."""

from __future__ import annotations

import datetime
import email.utils
import logging
from collections.abc import Callable, Mapping
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from nutgraf import __version__
from nutgraf.imports.models import Wire
from nutgraf.imports.wire import reading
from nutgraf.imports.wire.items import NotAFeed, Read
from nutgraf.imports.wire.receiving import Received, receive
from nutgraf.lib import fetching
from nutgraf.lib.fetching import Fetched, Limits, Refused

LIMITS = Limits(most_bytes=10 * 1024 * 1024, seconds=20.0, redirects=5)
ACCEPT = "application/atom+xml, application/rss+xml, application/feed+json, application/json;q=0.9, application/xml;q=0.8, */*;q=0.1"

DAY = datetime.timedelta(days=1)
# Longer than asking takes: whoever died in the middle of it has somebody else ask.
IN_HAND = datetime.timedelta(seconds=90)
# Who is asked to be left alone for longer is asked again after this all the same.
LONGEST_WAIT = 7 * DAY

Fetch = Callable[..., Fetched]

logger = logging.getLogger(__name__)


def due(*, at: datetime.datetime, most: int = 20) -> list[Wire]:
    """Return the wires that are to be asked now, what has waited longest first."""
    return list(Wire.objects.filter(is_on=True, next_at__lte=at).order_by("next_at", "pk")[:most])


def poll(*, wire: Wire, at: datetime.datetime, fetch: Fetch = fetching.fetch) -> Received | None:
    """Ask a wire once, unless another does, and write down what came; return that, if something was read.

    Whatever goes wrong is said with the wire, and makes the pause until the
    next time twice as long, up to a day.
    """
    claimed = Wire.objects.filter(pk=wire.pk, is_on=True, next_at=wire.next_at)
    if not claimed.update(next_at=at + IN_HAND, asked_at=at):
        return None
    try:
        answer = fetch(
            wire.address, limits=LIMITS, headers=_headers(wire), is_allowed=fetching.reachable(settings.OWN_NETWORKS)
        )
        return _heard(wire, answer, at=at)
    except (Refused, NotAFeed) as error:
        _failed(wire, _sentence(error), at=at)
    except Exception as error:  # A wire that nobody foresaw is asked again later, like any other that fails.
        logger.exception("The wire “%s” could not be read.", wire.name)
        _failed(wire, _("It could not be read (%(error)s).") % {"error": type(error).__name__}, at=at)
    return None


def begin_anew(*, wire: Wire, at: datetime.datetime) -> None:
    """Forget how it was with a wire, and ask it as soon as may be: its address is another, or somebody wants to know."""
    _keep(wire, etag="", last_modified="", failures=0, failing_since=None, trouble="", said="", next_at=at)


def _headers(wire: Wire) -> dict[str, str]:
    headers = {"User-Agent": _agent(), "Accept": ACCEPT}
    if wire.etag:
        headers["If-None-Match"] = wire.etag
    if wire.last_modified:
        headers["If-Modified-Since"] = wire.last_modified
    return headers


def _agent() -> str:
    """Say who asks, and where whoever wonders finds us."""
    return f"Nutgraf/{__version__} (a newsroom's wire{f'; +{settings.PUBLIC_URL}' if settings.PUBLIC_URL else ''})"


def _heard(wire: Wire, answer: Fetched, *, at: datetime.datetime) -> Received | None:
    if answer.status == 304:
        _succeeded(wire, _("Nothing new."), at=at)
    elif answer.status == 410:
        words = _("It says that it is gone for good.")
        _keep(wire, is_on=False, trouble=words, said=words, failures=wire.failures + 1)
        logger.warning("The wire “%s” was switched off. %s", wire.name, words)
    elif answer.status != 200:
        wait = _asked_to_wait(answer.headers, at=at)
        _failed(wire, _("It answers %(status)s.") % {"status": answer.status}, at=at, wait=wait)
    else:
        kind = _header(answer.headers, "content-type")
        read = reading.read(answer.body, content_type=kind, address=answer.url, at=at)
        with transaction.atomic():
            received = receive(wire=wire, items=read.items, at=at)
            _note_read(wire, answer, read, received, at=at)
        return received
    return None


def _note_read(wire: Wire, answer: Fetched, read: Read, received: Received, *, at: datetime.datetime) -> None:
    _succeeded(
        wire,
        _told(received),
        at=at,
        kind=read.kind,
        title=read.title[:255].replace("\x00", ""),
        asks_for=min(read.next_poll, DAY) if read.next_poll else None,
        etag=_kept(_header(answer.headers, "etag"), 500),
        last_modified=_kept(_header(answer.headers, "last-modified"), 100),
        read_at=at,
    )
    if answer.moved_to and answer.moved_to != wire.address and len(answer.moved_to) <= 500:
        _move(wire, answer.moved_to)


def _move(wire: Wire, address: str) -> None:
    try:
        with transaction.atomic():
            moved = Wire.objects.filter(pk=wire.pk, address=wire.address)
            moved.update(address=address, moved_from=wire.address)
    except IntegrityError:
        # Another wire has that address already; which of the two stays is for an editor to say.
        Wire.objects.filter(pk=wire.pk).update(
            said=_("It has moved for good to where another wire is asked: %(address)s.")[:200]
            % {"address": address[:90]}
        )


def _succeeded(wire: Wire, said: str, *, at: datetime.datetime, **found: Any) -> None:
    pause = max(wire.pace, found.get("asks_for", wire.asks_for) or wire.pace)
    _keep(wire, said=said[:300], failures=0, failing_since=None, trouble="", next_at=at + pause, **found)
    if wire.failing_since:
        logger.info("The wire “%s” answers again.", wire.name)


def _failed(wire: Wire, said: str, *, at: datetime.datetime, wait: datetime.timedelta | None = None) -> None:
    failures = wire.failures + 1
    # So many doublings of five minutes are more than a day; more would be more than a number holds.
    pause = min(wire.pace * 2 ** min(failures, 9), max(DAY, wire.pace))
    next_at = at + max(pause, wait or pause)
    _keep(wire, said=said[:300], failures=failures, failing_since=wire.failing_since or at, next_at=next_at)
    if failures == 1:
        logger.warning("The wire “%s” could not be read: %s", wire.name, said)


def _keep(wire: Wire, **values: Any) -> None:
    """Write down what was found out, unless somebody has given the wire another address meanwhile."""
    Wire.objects.filter(pk=wire.pk, address=wire.address).update(**values)


def _told(received: Received) -> str:
    counts = {"new": received.new, "changed": received.changed}
    words = [_("%(new)s new, %(changed)s changed.") % counts if any(counts.values()) else _("Nothing new.")]
    if received.wrong:
        wrong = {"number": received.wrong, "first": received.first_wrong[:180].rstrip(".")}
        words.append(_("Left out: %(number)s (%(first)s).") % wrong)
    if received.is_cut:
        words.append(_("It holds more than is taken at once."))
    return " ".join(words)


def _asked_to_wait(headers: Mapping[str, str], *, at: datetime.datetime) -> datetime.timedelta | None:
    """Return how long whoever answers asks to be left alone, in seconds or until a moment."""
    said = _header(headers, "retry-after").strip()
    if said.isascii() and said.isdecimal():
        return min(datetime.timedelta(seconds=min(int(said[:9]), 10**9)), LONGEST_WAIT)
    try:
        until = email.utils.parsedate_to_datetime(said)
    except ValueError:
        return None
    until = until if until.tzinfo else until.replace(tzinfo=datetime.UTC)
    return min(max(until - at, datetime.timedelta()), LONGEST_WAIT)


def _header(headers: Mapping[str, str], name: str) -> str:
    return next((value for key, value in headers.items() if key.lower() == name), "")


def _kept(value: str, longest: int) -> str:
    """Return a header that is sent back as it came, or nothing: a part of it would mean something else."""
    return value if len(value) <= longest and value.isprintable() else ""


def _sentence(error: Exception) -> str:
    return f"{str(error).rstrip('.')}."
