"""Say of a view that its pages may be stored, and which parts of a query make another page of it."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any, TypeVar
from urllib.parse import parse_qsl, quote, urlencode

from django.urls import Resolver404, resolve
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

View = TypeVar("View", bound=Callable[..., object])

# Longer than any address of ours: a slug is 255 characters at most.
LONGEST_PATH = 1_000


def stored(*, query: Collection[str] = ()) -> Callable[[View], View]:
    """Mark a view whose pages are the same for every reader; they can be read and nothing else."""

    def mark(view: View) -> View:
        safe = only_read(view)
        safe.stored_query = frozenset(query)  # type: ignore[attr-defined]  # an attribute of ours
        return safe

    return mark


def only_read(view: View) -> View:
    """Have whoever posts to a view hear that it takes nothing, and not that a token is missing."""
    safe: Any = csrf_exempt(require_safe(view))
    return safe


@dataclass(frozen=True)
class Place:
    """Where a request belongs: the address of a stored page, and whether it has to be asked for under that."""

    address: str
    is_asked_so: bool


def place(path: str, query: str = "") -> Place | None:
    """Return where a decoded path and a raw query belong, or None if no stored page can be there."""
    if len(path) > LONGEST_PATH or not path.isprintable():
        return None
    try:
        declared: frozenset[str] | None = getattr(resolve(path).func, "stored_query", None)
    except Resolver404:
        return None
    if declared is None:
        return None
    given = parse_qsl(query, keep_blank_values=True, errors="replace")
    known = {name: value for name, value in reversed(given) if name in declared and value}
    canonical = urlencode(sorted(known.items()))
    # One spelling only: a worker holds a page in memory under what was asked for.
    return Place(quote(path) + (f"?{canonical}" if canonical else ""), is_asked_so=query == canonical)
