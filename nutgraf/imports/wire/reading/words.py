"""Words, moments and addresses as somebody else's program writes them, made fit to be kept."""

from __future__ import annotations

import datetime
import re
from email.utils import parsedate_to_datetime
from html import escape
from typing import Any
from urllib.parse import urljoin, urlsplit

import nh3
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from nutgraf.copydesk import inline

Remarks = list[tuple[str, str | Promise]]

EARLIEST = 1500
# Clocks differ by so much.
SLACK = datetime.timedelta(days=1)
# What no database keeps: control signs, and halves of signs.
_UNKEPT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")


def tidy(value: Any) -> str:
    """Return a text without what cannot be kept; of anything but a text or a number, nothing."""
    if isinstance(value, bool) or not isinstance(value, str | int):
        return ""
    return _UNKEPT.sub("", str(value)).strip()


def line(value: Any) -> str:
    """Return a text on one line."""
    return " ".join(tidy(value).split())


def plain(value: Any) -> str:
    """Return the words of some HTML on one line; those of a script or a style sheet are none."""
    return " ".join(inline.plain(nh3.clean(tidy(value))).split())


def as_html(text: Any) -> str:
    """Return a text as HTML; blank lines are paragraphs, or, where there are none, lines."""
    words = tidy(text).replace("\r\n", "\n").replace("\r", "\n")
    paragraphs = re.split(r"\n\s*\n", words)
    if len(paragraphs) == 1:
        paragraphs = words.split("\n")
    return "".join(f"<p>{escape(one.strip(), quote=False)}</p>" for one in paragraphs if one.strip())


def link(address: str, name: str = "") -> str:
    """Return a paragraph that leads to something which goes along."""
    return f'<p><a href="{escape(address)}">{escape(name or address)}</a></p>'


def whole(address: Any, base: str) -> str:
    """Return an address of the web in full, or nothing where it is none."""
    words = tidy(address)
    if not words:
        return ""
    try:
        found = urljoin(base, words)
        parts = urlsplit(found)
    except ValueError:
        return ""
    return found if parts.scheme in ("http", "https") and parts.hostname else ""


def moment(value: Any, remarks: Remarks) -> datetime.datetime | None:
    """Return a moment as ISO or mail writes one, without a zone in the world's own; tell of what is none."""
    words = line(value)
    if not words:
        return None
    try:
        found = datetime.datetime.fromisoformat(words)
    except ValueError:
        try:
            found = parsedate_to_datetime(words)
        except (ValueError, IndexError, OverflowError):
            unreadable(words, remarks)
            return None
    return checked(found, words, remarks)


def checked(found: datetime.datetime, words: str, remarks: Remarks) -> datetime.datetime | None:
    """Return a moment in the world's own zone, if it can be one of a piece of news."""
    found = found if found.tzinfo else found.replace(tzinfo=datetime.UTC)
    try:
        found = found.astimezone(datetime.UTC)
    except OverflowError:
        unreadable(words, remarks)
        return None
    if found.year >= EARLIEST:
        return found
    unreadable(words, remarks)
    return None


def unreadable(words: str, remarks: Remarks) -> None:
    """Tell of a date that is none."""
    remarks.append((words, _("a date that cannot be")))


def past(found: datetime.datetime | None, at: datetime.datetime, remarks: Remarks) -> datetime.datetime | None:
    """Return a moment that is over; of one that is yet to come, nothing, and tell of it."""
    if found is None or found <= at:
        return found
    if found <= at + SLACK:
        return at
    remarks.append((found.isoformat(), _("a date that is yet to come")))
    return None


def begins_alike(one: str, other: str) -> bool:
    """Tell whether a text is the beginning of another, as programs cut summaries out of stories."""
    begun = re.sub(r"\s*(\[?(…|\.\.\.)\]?)?\s*\Z", "", one)
    return bool(begun) and other.startswith(begun)
