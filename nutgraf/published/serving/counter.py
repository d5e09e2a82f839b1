"""Decide for each request whether it is a reader's for a stored page, and have the answer ready if it is."""

from __future__ import annotations

import time
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpResponseBase
from django.http.request import split_domain_port, validate_host

from nutgraf.published import pages, pressing
from nutgraf.published.serving.answers import Answer, Encodings, HeaderOf, choose
from nutgraf.published.serving.memory import Asked, Held, Memory
from nutgraf.published.serving.tide import Tide, the_tide
from nutgraf.published.stored import Headers

# We are asked for under few names. Those that we do not go by are not remembered: anybody can invent more.
MOST_HOSTS = 64


@dataclass(frozen=True)
class Wanted:
    """A page that a reader asks for and that is not in this worker's memory, or perhaps no longer true there."""

    address: str
    asked: Asked
    tide: int


class Counter:
    """Where readers are served: one for each worker."""

    def __init__(self, tide: Tide | None = None, memory: Memory | None = None) -> None:
        self.tide = tide or the_tide()
        self.memory = memory or Memory()
        self.encodings = Encodings()
        # Of all that is read of `memory`: those who had it already, and those for whom it had to be pressed.
        self.unchanged = self.pressed = self.unkept = self.redirected = 0
        self._session = f"{settings.SESSION_COOKIE_NAME}="
        self._hosts: set[str] = set()
        # A proxy in front of us tells in a header how the reader came; whoever came without https is sent to it.
        self._is_https_told = settings.SECURE_SSL_REDIRECT

    def is_readers(self, method: str, header: HeaderOf) -> bool:
        """Say whether a request is a reader's and safe: nobody signed in, nothing changed, a host that we are."""
        if method not in ("GET", "HEAD"):
            return False
        host = header("host") or ""
        if host not in self._hosts and not self._is_ours(host):
            return False
        if self._is_https_told and header("x-forwarded-proto") != "https":
            return False
        cookie = header("cookie")
        return not (cookie and self._session in cookie)

    def _is_ours(self, host: str) -> bool:
        domain, _ = split_domain_port(host)
        is_ours = bool(domain) and validate_host(domain, settings.ALLOWED_HOSTS)
        if is_ours and len(self._hosts) < MOST_HOSTS:
            self._hosts.add(host)
        return is_ours

    def ready(self, asked: Asked, header: HeaderOf) -> Answer | None:
        """Return the answer at once, if the page is in memory and nothing was committed since it was looked at."""
        held = self.memory.pages.get(asked)
        if held is None or held.tide != self.tide.read() or held.until <= time.time():
            return None
        return self.answer(held, header)

    def answer(self, held: Held, header: HeaderOf) -> Answer:
        """Return the answer from a page that is known to be true."""
        held.hits += 1
        held.was_used = True
        encoding = self.encodings.best(header("accept-encoding"))
        variant = held.variants.get(encoding) or self.memory.variant(held, encoding)
        answer = choose(variant, held.changed_at, header)
        if answer[0] == 304:
            self.unchanged += 1
        return answer

    def wanted(self, path: str, query: str) -> Wanted | Answer | None:
        """Return the page that is asked for, the way to it, or None where there can be no stored page."""
        if not settings.PAGE_STORE or (place := pages.place(path, query)) is None:
            return None
        if not place.is_asked_so:
            self.redirected += 1
            return redirect(place.address)
        return Wanted(place.address, (path, query), self.tide.read())

    def fetch(self, wanted: Wanted) -> Held | HttpResponseBase:
        """Return a page from the store or pressed now, or Django's answer; may wait for the database."""
        found = pressing.fetch(wanted.address)
        if isinstance(found, HttpResponseBase):
            self.unkept += 1
            return found
        self.pressed += found.is_fresh
        return self.memory.put(wanted.asked, found, wanted.tide)


def redirect(address: str) -> Answer:
    """Lead to the one address of a page: what others hang on to it (who sent the reader, mostly) is dropped."""
    return Answer(302, [("location", address), ("cache-control", "no-cache"), ("content-length", "0")], b"")


def plain(response: HttpResponseBase) -> tuple[int, Headers, bytes]:
    """Return Django's answer to a page's request, rendered, as any server sends it."""
    headers = [(name.lower(), str(value)) for name, value in response.items() if name.lower() != "content-length"]
    body: bytes = getattr(response, "content", b"")
    return response.status_code, [*headers, ("content-length", str(len(body)))], body
