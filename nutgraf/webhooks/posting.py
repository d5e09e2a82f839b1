"""Post a few bytes to an address that somebody else named: signed, to public machines only, and without waiting for ever."""

from __future__ import annotations

import base64
import hashlib
import hmac
import http.client
import ipaddress
import socket
import ssl
from contextlib import closing
from urllib.parse import urlsplit

from nutgraf import __version__
from nutgraf.webhooks.models import SECRET_PREFIX

SECONDS = 10.0
# So much of an answer is looked at.
MOST_BYTES = 2_000


class NotReached(Exception):
    """Nobody answered; the words say why."""


def is_public(address: str) -> bool:
    """Say whether a numeric address is a machine of the open web: not ours, and not one of our network's."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address) and (inner := ip.ipv4_mapped or ip.sixtofour):
        return is_public(str(inner))
    return ip.is_global and not ip.is_multicast


def signature(secret: str, *, key: str, moment: int, body: bytes) -> str:
    """Return the signature of the Standard Webhooks, of what is told and of when."""
    bare = base64.b64decode(secret.removeprefix(SECRET_PREFIX))
    signed = hmac.digest(bare, b".".join([key.encode(), str(moment).encode(), body]), hashlib.sha256)
    return f"v1,{base64.b64encode(signed).decode()}"


def post(url: str, *, secret: str, key: str, moment: int, body: bytes) -> int:
    """Return the status that was answered; raises NotReached where nothing was.

    Redirects are not followed: whoever moves has a new address to be named.
    """
    parts = urlsplit(url)
    headers = {
        "Content-Type": "application/json",
        "User-Agent": f"Nutgraf/{__version__}",
        "webhook-id": key,
        "webhook-timestamp": str(moment),
        "webhook-signature": signature(secret, key=key, moment=moment, body=body),
    }
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    try:
        with closing(_connection(parts.scheme, parts.hostname or "", parts.port)) as connection:
            connection.request("POST", path, body=body, headers=headers)
            answer = connection.getresponse()
            answer.read(MOST_BYTES)
            return answer.status
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise NotReached(str(getattr(error, "strerror", "") or error or type(error).__name__)) from error


def _connection(scheme: str, host: str, port: int | None) -> http.client.HTTPConnection:
    return (_CheckedSecure if scheme == "https" else _Checked)(host, port, timeout=SECONDS)


class _Checked(http.client.HTTPConnection):
    def connect(self) -> None:
        self.sock = _connect(self.host, self.port)


class _CheckedSecure(http.client.HTTPSConnection):
    def connect(self) -> None:
        self.sock = ssl.create_default_context().wrap_socket(_connect(self.host, self.port), server_hostname=self.host)


def _connect(host: str, port: int) -> socket.socket:
    """Connect to the very address that was looked at, so that a name which means another a moment later deceives nobody."""
    for family, kind, protocol, _, where in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM):
        if not is_public(str(where[0])):
            raise NotReached("It is an address of our own network, to which nothing is posted.")
        opened = socket.socket(family, kind, protocol)
        opened.settimeout(SECONDS)
        try:
            opened.connect(where)
        except OSError:
            opened.close()
            raise
        return opened
    raise NotReached("It has no address.")
