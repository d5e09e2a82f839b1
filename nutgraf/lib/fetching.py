"""Fetch an address of the web that somebody else named: from public machines only, within limits of size, time and redirects."""

from __future__ import annotations

import ipaddress
import socket
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urljoin, urlsplit

import urllib3
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import HTTPError

AGENT = "Nutgraf/1 (a newsroom; asks once for what somebody named)"
SCHEMES = ("http", "https")
PIECE = 65_536
# What the web's own addresses begin with; all else of IPv6 leads to somewhere near, or through a tunnel.
_PUBLIC_V6 = ipaddress.ip_network("2000::/3")
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_FOR_GOOD = frozenset({301, 308})

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class Refused(Exception):
    """An address that is not fetched, or was not; the words say why, in a sentence."""


@dataclass(frozen=True)
class Limits:
    """How much of whoever answers we put up with; the seconds are for all of it, redirects too.

    Of no bytes at all, nothing is read but the status.
    """

    most_bytes: int = 20 * 1024 * 1024
    seconds: float = 30.0
    redirects: int = 5


@dataclass(frozen=True)
class Fetched:
    """What came."""

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes = field(repr=False)
    # Where what was asked for is from now on, if whoever answers says that it has moved for good.
    moved_to: str = ""


@dataclass(frozen=True)
class _Elsewhere:
    """An answer that what was asked for is somewhere else."""

    target: str
    is_for_good: bool


def is_public(address: str) -> bool:
    """Tell whether a numeric address is a machine of the open web: not ours, not our network's, not many at once."""
    try:
        ip: Address = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        if inner := ip.ipv4_mapped or ip.sixtofour:
            return is_public(str(inner))
        if ip not in _PUBLIC_V6:
            return False
    return ip.is_global and not ip.is_multicast


def reachable(own: Iterable[str]) -> Callable[[str], bool]:
    """Return what tells of a numeric address whether it is of the open web, or in one of these networks of our own."""
    networks = [ipaddress.ip_network(network) for network in own]

    def is_reachable(address: str) -> bool:
        return is_public(address) or any(ipaddress.ip_address(address.partition("%")[0]) in one for one in networks)

    return is_reachable


def fetch(
    url: str,
    *,
    limits: Limits = Limits(),
    headers: Mapping[str, str] | None = None,
    may_ask: Callable[[str], bool] = lambda host: True,
    is_allowed: Callable[[str], bool] = is_public,
    body: bytes | None = None,
) -> Fetched:
    """Return what is at an address; raises Refused where that is not to be had, or not to be asked for.

    `may_ask` is asked for each host by its name, those of redirects too.
    `is_allowed` is asked for the very address that is then connected to, so a
    name that means another machine a moment later deceives nobody. An answer
    with any status is one, but for redirects, which are followed. A `body` is
    posted, and then they are not.
    """
    ends_at = time.monotonic() + limits.seconds
    moved_to, is_for_good = "", True
    for _ in range(limits.redirects + 1):
        _refuse_wrong(url, may_ask)
        answer = _once(url, headers or {}, limits, ends_at, is_allowed, body)
        if isinstance(answer, Fetched):
            return replace(answer, moved_to=moved_to)
        before, url = url, urljoin(url, answer.target)
        # What is asked for in secret is not to be asked for in the open for ever.
        is_downgrade = before.startswith("https:") and not url.startswith("https:")
        is_for_good = is_for_good and answer.is_for_good and not is_downgrade
        moved_to = url if is_for_good else moved_to
    raise Refused(f"It redirects more than {limits.redirects} times.")


def _refuse_wrong(url: str, may_ask: Callable[[str], bool]) -> None:
    try:
        parts = urlsplit(url)
        host, _port = parts.hostname, parts.port
    except ValueError:
        raise Refused("It is no address of the web.") from None
    if parts.scheme not in SCHEMES or not host:
        raise Refused("It is no address of the web: those begin with http:// or https://.")
    if parts.username or parts.password:
        raise Refused("It holds a name or a password.")
    if not may_ask(host):
        raise Refused(f"{host} is not among the hosts that may be asked.")


def _once(
    url: str,
    headers: Mapping[str, str],
    limits: Limits,
    ends_at: float,
    is_allowed: Callable[[str], bool],
    sent: bytes | None = None,
) -> Fetched | _Elsewhere:
    """Return what is there, or where it says that it is."""
    sockets: list[socket.socket] = []
    asked = {"User-Agent": AGENT, "Accept-Encoding": "gzip, deflate", **headers}
    method = "GET" if sent is None else "POST"
    options: dict[str, Any] = {"redirect": False, "retries": False, "preload_content": False, "timeout": limits.seconds}
    try:
        with _hung_up(sockets, ends_at), _pools(sockets, ends_at, is_allowed) as pools:
            response = pools.urlopen(method, url, body=sent, headers=asked, **options)
            if sent is None and response.status in _REDIRECTS and (target := response.headers.get("Location")):
                return _Elsewhere(str(target), response.status in _FOR_GOOD)
            body = b"".join(_body(response, limits)) if limits.most_bytes else b""
    except (HTTPError, OSError, ValueError) as error:
        if isinstance(error.__context__, Refused):
            raise error.__context__ from None
        if time.monotonic() >= ends_at:
            raise Refused(f"It did not answer in full within {limits.seconds:g} seconds.") from None
        raise Refused(f"It cannot be reached ({_reason(error)}).") from None
    if time.monotonic() >= ends_at:
        # Whoever is hung up on says no more; without a length that looks like an end.
        raise Refused(f"It did not answer in full within {limits.seconds:g} seconds.")
    return Fetched(url, response.status, dict(response.headers), body)


def _body(response: urllib3.BaseHTTPResponse, limits: Limits) -> Iterator[bytes]:
    size = 0
    # By read1 and not by read, which waits for a whole piece from whoever sends byte by byte.
    while piece := response.read1(PIECE, decode_content=True):
        size += len(piece)
        if size > limits.most_bytes:
            raise Refused(f"It is larger than {limits.most_bytes // 1024 // 1024} MB.")
        yield piece


def _reason(error: Exception) -> str:
    return str(getattr(error, "strerror", "") or error.__class__.__name__)


@contextmanager
def _hung_up(sockets: list[socket.socket], ends_at: float) -> Iterator[None]:
    """Break the connections off when the time is over: a timeout starts anew with each byte, and some send one a second."""

    def hang_up() -> None:
        for one in sockets:
            try:
                one.shutdown(socket.SHUT_RDWR)
            except OSError:
                continue

    timer = threading.Timer(max(0.0, ends_at - time.monotonic()), hang_up)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


@contextmanager
def _pools(
    sockets: list[socket.socket], ends_at: float, is_allowed: Callable[[str], bool]
) -> Iterator[urllib3.PoolManager]:
    """Yield what asks by connections that are opened by us: the library knows nothing of networks that are near."""

    class Checked(HTTPConnection):
        def _new_conn(self) -> socket.socket:
            sockets.append(opened := _connect(self._dns_host, self.port, ends_at, is_allowed))
            return opened

    class CheckedSecure(HTTPSConnection):
        def _new_conn(self) -> socket.socket:
            sockets.append(opened := _connect(self._dns_host, self.port, ends_at, is_allowed))
            return opened

    plain = type("CheckedPool", (HTTPConnectionPool,), {"ConnectionCls": Checked})
    secure = type("CheckedSecurePool", (HTTPSConnectionPool,), {"ConnectionCls": CheckedSecure})
    with urllib3.PoolManager() as pools:
        pools.pool_classes_by_scheme = {"http": plain, "https": secure}
        yield pools


def _connect(host: str, port: int, ends_at: float, is_allowed: Callable[[str], bool]) -> socket.socket:
    """Connect to the first address of a host that may be connected to."""
    latest: OSError | None = None
    refused = ""
    for family, kind, protocol, _, where in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM):
        if not is_allowed(str(where[0])):
            refused = str(where[0])
            continue
        opened = socket.socket(family, kind, protocol)
        opened.settimeout(max(0.1, ends_at - time.monotonic()))
        try:
            opened.connect(where)
        except OSError as error:
            opened.close()
            latest = error
        else:
            return opened
    if latest is None:
        raise Refused(f"{host} is at {refused}, which is no address of the open web.")
    raise latest
