"""Say of a view that its pages may be stored, which parts of a query make another page of it, and who is told of changes."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, TypeVar
from urllib.parse import parse_qsl, quote, urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve, reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

View = TypeVar("View", bound=Callable[..., object])

# Longer than any address of ours: a slug is 255 characters at most.
LONGEST_PATH = 1_000

# What other systems say in a query of the page that they mean (WordPress by number, and what is common): an address that
# moved here may be one of these. Any other query is dropped without a look into the database.
ELSEWHERE = frozenset("p page_id attachment_id cat tag m author post id article story node".split())

# How the addresses end at which one is told of changes for as long as one stays connected.
EVENTS = ".events"

# What to tell those who stay connected: of the page as it is, to whoever comes, and of what makes it another than before.
News = Callable[[bytes | None, bytes], str]


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


def events(*, of: str, news: News) -> Callable[..., HttpResponse]:
    """Make the view at whose address one is told when a stored page becomes another: the one of that name and the same arguments.

    The address ends with `.events`. It is answered in front of Django, where
    connections cost little; Django itself has none to spare, and says so.
    """

    def decline(request: HttpRequest, **arguments: str) -> HttpResponse:
        return HttpResponse(status=HTTPStatus.NOT_ACCEPTABLE, headers={"Cache-Control": "no-store"})

    view = only_read(decline)
    view.events_of, view.news = of, news  # type: ignore[attr-defined]  # attributes of ours
    return view


@dataclass(frozen=True)
class Followed:
    """A stored page of whose changes one can be told, and in which words."""

    address: str
    news: News


def followed(path: str) -> Followed | None:
    """Return what one is told of at a path, or None if that is not what it is for."""
    if len(path) > LONGEST_PATH or not path.isprintable():
        return None
    try:
        match = resolve(path)
    except Resolver404:
        return None
    of: str | None = getattr(match.func, "events_of", None)
    if of is None:
        return None
    return Followed(reverse(of, args=match.args, kwargs=match.kwargs), match.func.news)  # type: ignore[attr-defined]  # given with events_of


@dataclass(frozen=True)
class Place:
    """Where a request belongs: the address of a stored page, and whether it has to be asked for under that."""

    address: str
    is_asked_so: bool


def place(path: str, query: str = "") -> Place | None:
    """Return where a decoded path and a raw query belong, or None if no stored page can be there.

    Nor where the query is one by which another system named a page of its own: that is for Django to look up.
    """
    found = _judged(path, query)
    return found[0] if found and not found[1] else None


def asked_as_elsewhere(path: str, query: str) -> str | None:
    """Return the address of the stored page at a path, if the query is one by which another system named a page of its own."""
    found = _judged(path, query)
    return found[0].address if found and found[1] else None


def _judged(path: str, query: str) -> tuple[Place, bool] | None:
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
    found = Place(quote(path) + (f"?{canonical}" if canonical else ""), is_asked_so=query == canonical)
    return found, any(name in ELSEWHERE and name not in declared for name, _value in given)
