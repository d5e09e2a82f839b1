"""Choose what to say to a reader who asks for a stored page: which encoding, or that they have it already."""

from __future__ import annotations

from collections.abc import Callable
from email.utils import parsedate_to_datetime
from typing import NamedTuple

from nutgraf.published.stored import ENCODINGS, Headers, StoredPage

# Gives a request's header by its name in small letters, or None.
HeaderOf = Callable[[str], str | None]

# Browsers spell what they accept in a handful of ways, all of them short.
MOST_REMEMBERED, LONGEST_REMEMBERED = 512, 100


class Answer(NamedTuple):
    """What goes back to a reader."""

    status: int
    headers: Headers
    body: bytes


class Variant(NamedTuple):
    """A page in one encoding, with both answers about it ready to be sent."""

    etag: str
    full: Answer
    unchanged: Answer


def variant_of(page: StoredPage, encoding: str) -> Variant:
    """Prepare a page in an encoding."""
    return Variant(
        page.etag_in(encoding),
        Answer(200, page.headers_in(encoding), page.body(encoding)),
        Answer(304, page.validators(encoding), b""),
    )


def choose(variant: Variant, changed_at: float, header: HeaderOf) -> Answer:
    """Return the whole page, or "not modified" to somebody who has these very bytes."""
    if known := header("if-none-match"):
        return variant.unchanged if is_among(variant.etag, known) else variant.full
    if since := header("if-modified-since"):
        return variant.unchanged if _is_moment_of(changed_at, since) else variant.full
    return variant.full


def is_among(etag: str, known: str) -> bool:
    """Say whether a validator is among those that a reader knows."""
    return known == etag or known.strip() == "*" or etag in (tag.strip().removeprefix("W/") for tag in known.split(","))


def _is_moment_of(changed_at: float, since: str) -> bool:
    # The very moment that we told, as any other comes from a clock that may be wrong. HTTP tells whole seconds only.
    try:
        return int(changed_at) == parsedate_to_datetime(since).timestamp()
    except (ValueError, TypeError, OverflowError):
        return False


class Encodings:
    """The best encoding for each way of saying what one accepts, worked out once."""

    def __init__(self) -> None:
        self._known: dict[str | None, str] = {None: "identity"}

    def best(self, accepted: str | None) -> str:
        """Return br, gzip or identity; never one that was refused."""
        if (found := self._known.get(accepted)) is not None:
            return found
        found = best_encoding(accepted or "")
        if len(self._known) < MOST_REMEMBERED and len(accepted or "") <= LONGEST_REMEMBERED:
            self._known[accepted] = found
        return found


def best_encoding(accepted: str) -> str:
    """Return the first of our encodings that the header accepts; identity is always accepted."""
    weights: dict[str, float] = {}
    for choice in accepted.lower().split(","):
        name, _, parameter = choice.partition(";")
        weights[name.strip()] = _weight(parameter)
    for name in ENCODINGS[:-1]:
        if weights.get(name, weights.get("*", 0.0)) > 0:
            return name
    return "identity"


def _weight(parameter: str) -> float:
    name, _, value = parameter.strip().partition("=")
    try:
        return float(value) if name.strip() == "q" else 1.0
    except ValueError:
        return 0.0
