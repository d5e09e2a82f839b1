"""The acts by name, and what they need to choose what an act happens to and who does it."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from django.contrib.auth.models import User
    from django.db import models

    Row = TypeVar("Row", bound=models.Model)


class HalfWay(Exception):
    """Something that nobody foresaw."""


Act = Callable[[int, int], Any]
ACTS: dict[str, Act] = {}

# So few that a step is quick.
MOST_ROWS = 6


def act(verb: Act) -> Act:
    """Have the machine do this, too."""
    ACTS[verb.__name__] = verb
    return verb


def now() -> datetime.datetime:
    from django.utils import timezone

    return timezone.now()


def pick(rows: models.QuerySet[Row], number: int) -> Row | None:
    """Return one of the rows, or None if there is none."""
    found = list(rows.order_by("pk"))
    return found[number % len(found)] if found else None


def editor(number: int) -> User | None:
    from django.contrib.auth.models import User

    return pick(User.objects.all(), number)


def try_to(name: str, a: int, b: int) -> None:
    """Do it, unless the newsroom itself refuses: because of what it is, or of who asks."""
    from django.core.exceptions import PermissionDenied, ValidationError
    from django.db import IntegrityError, transaction
    from django.db.models import ProtectedError

    try:
        with transaction.atomic():
            ACTS[name](a, b)
    except (ValidationError, PermissionDenied, ProtectedError, IntegrityError, HalfWay):
        return
