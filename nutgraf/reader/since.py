"""Read the moment from which on a reader wants to see what is new: a date, a moment, or a word for one."""

from __future__ import annotations

import datetime
import re

from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime

from nutgraf.newsroom.days import LONG_AGO, NEVER

# What the page offers beside a date of one's own; also what may stand in an address.
DAYS_AGO = {"yesterday": 1, "three-days": 3, "week": 7}

_SECONDS = re.compile(r"\d{1,11}", re.ASCII)


class NotAMoment(ValueError):
    """What stands in an address is neither a date nor a moment."""


def parse(text: str, *, at: datetime.datetime) -> datetime.datetime:
    """Return the moment that a text names; raises NotAMoment for anything else, and for what some zone's calendar lacks.

    A day begins at midnight, and a moment without a zone is one of the newsroom's.
    """
    text = text.strip()
    if text in DAYS_AGO:
        return at - datetime.timedelta(days=DAYS_AGO[text])
    try:
        found = _read(text)
    except (ValueError, OverflowError, OSError) as error:
        raise NotAMoment(text) from error
    if found is None or not LONG_AGO <= found <= NEVER:
        raise NotAMoment(text)
    return found


def _read(text: str) -> datetime.datetime | None:
    if _SECONDS.fullmatch(text):
        return datetime.datetime.fromtimestamp(int(text), datetime.UTC)
    if day := parse_date(text):
        return _local(datetime.datetime.combine(day, datetime.time()))
    # An address writes a blank as a plus, so whoever does not escape the plus of a zone has written a blank.
    moment = parse_datetime(text.replace(" ", "+") if "T" in text else text)
    if moment is None:
        return None
    return moment.astimezone(datetime.UTC) if timezone.is_aware(moment) else _local(moment)


def _local(moment: datetime.datetime) -> datetime.datetime:
    # Where the clock was put forward, a moment that never was is the one that came in its place.
    return moment.replace(tzinfo=timezone.get_current_timezone()).astimezone(datetime.UTC)
