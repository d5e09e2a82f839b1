"""Say of a view that its pages may be stored, and which parts of a query make another page of it."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import TypeVar
from urllib.parse import parse_qsl, quote, urlencode

from django.urls import Resolver404, resolve

View = TypeVar("View", bound=Callable[..., object])

# Longer than any address of ours: a slug is 255 characters at most.
LONGEST_PATH = 1_000


def stored(*, query: Collection[str] = ()) -> Callable[[View], View]:
    """Mark a view whose pages are the same for every reader."""

    def mark(view: View) -> View:
        view.stored_query = frozenset(query)  # type: ignore[attr-defined]
        return view

    return mark


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
    address = quote(path) + (f"?{urlencode(sorted(known.items()))}" if known else "")
    return Place(address, is_asked_so=len(given) == len(known))
