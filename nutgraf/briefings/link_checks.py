"""Ask whether the links of an edition answer: our own pages as a reader would, others with one short question each."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from urllib.parse import urldefrag, urljoin, urlsplit

from django.utils.encoding import iri_to_uri
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from nutgraf.briefings import rendering
from nutgraf.briefings.checks import Finding
from nutgraf.published import rendering as pages

SECONDS = 6
REDIRECTS = 4
AT_ONCE = 8
MOST = 60


class NoAnswer(Exception):
    """A link leads nowhere; says why."""


def of(urls: Iterable[str]) -> list[Finding]:
    """Return a finding for each link that does not answer."""
    every = list(dict.fromkeys(urls))
    once = every[:MOST]
    root = rendering.whole("/").rstrip("/")
    ours = [url for url in once if url == root or url.startswith((f"{root}/", "/"))]
    others = [url for url in once if url not in ours and url.startswith(("http://", "https://"))]
    found = [_finding(url, why) for url in ours if (why := _own(url.removeprefix(root)))]
    with ThreadPoolExecutor(AT_ONCE) as threads:
        answers = threads.map(_asked, others)
    # That a page of others does not answer us does not mean that it answers nobody.
    found += [_finding(url, why, is_stop=False) for url, why in zip(others, answers, strict=True) if why]
    if left := len(every) - len(once):
        told = ngettext("%(left)d more link was not asked.", "%(left)d more links were not asked.", left)
        found.append(Finding(told % {"left": left}, is_stop=False))
    return found


def _finding(url: str, why: str, *, is_stop: bool = True) -> Finding:
    return Finding(_("A link does not answer (%(why)s): %(url)s") % {"why": why, "url": url}, is_stop=is_stop)


def _own(address: str) -> str:
    # A browser asks for a page without the place in it.
    status = pages.render(urldefrag(address).url or "/").status_code
    return "" if status < HTTPStatus.BAD_REQUEST else str(status)


def _asked(url: str) -> str:
    try:
        status = ask(url)
    except NoAnswer as error:
        return str(error)
    return "" if status < HTTPStatus.BAD_REQUEST else str(status)


def ask(url: str) -> int:
    """Return the status with which an address answers, at the end of its redirects; raises NoAnswer.

    Nothing within the newsroom's own network is asked: what a link is worth is
    what it is to readers, and nobody shall look about in there by way of us.
    """
    for _turn in range(REDIRECTS + 1):
        status, location = _ask_once(url)
        if location is None:
            return status
        url = urljoin(url, location)
    raise NoAnswer(_("it redirects in a circle"))


def _ask_once(url: str) -> tuple[int, str | None]:
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port or (443 if parts.scheme == "https" else 80)
    except ValueError as error:
        raise NoAnswer(_("it is no address")) from error
    if parts.scheme not in ("http", "https") or not host:
        raise NoAnswer(_("it is no address of the web"))
    address = _resolved(host, port)
    path = iri_to_uri((parts.path or "/") + (f"?{parts.query}" if parts.query else ""))
    connection = (
        HTTPSConnection(host, port, timeout=SECONDS)
        if parts.scheme == "https"
        else HTTPConnection(host, port, timeout=SECONDS)
    )
    # The address that was looked at is the one that is asked, whatever the name says a moment later.
    connection._create_connection = lambda _host, timeout, source: socket.create_connection(address, timeout, source)  # type: ignore[attr-defined]  # http.client's own hook
    try:
        connection.request(
            "GET", path, headers={"User-Agent": "Nutgraf link check", "Accept": "*/*", "Connection": "close"}
        )
        answer = connection.getresponse()
        return answer.status, answer.getheader("Location") if answer.status in (301, 302, 303, 307, 308) else None
    except (OSError, HTTPException, ValueError) as error:
        raise NoAnswer(_("no answer")) from error
    finally:
        connection.close()


def _resolved(host: str, port: int) -> tuple[str, int]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise NoAnswer(_("there is no such host")) from error
    addresses = [str(one[4][0]) for one in found]
    if any(not ipaddress.ip_address(one.partition("%")[0]).is_global for one in addresses):
        raise NoAnswer(_("it is within a private network"))
    return addresses[0], port
