"""Answer those who watch the newsroom: /healthz says whether it can serve, /metrics what it has done."""

from __future__ import annotations

import ipaddress
import json
import sqlite3
from collections.abc import Callable

from django.conf import settings
from django.db import DatabaseError, connection

from nutgraf.published import meters, orm
from nutgraf.published.serving.answers import Answer, HeaderOf
from nutgraf.published.store import the_store

HEALTH, METRICS = "/healthz", "/metrics"
ADDRESSES = frozenset([HEALTH, METRICS])

# Whoever was passed on by a server in front of us is not where the request seems to come from.
PASSED_ON = ("forwarded", "x-forwarded-for", "x-forwarded-proto", "x-forwarded-host", "x-real-ip", "via")


def answer(path: str, method: str, client: str, header: HeaderOf) -> Answer:
    """Return what is said at one of our addresses; may wait for the database."""
    if method not in ("GET", "HEAD"):
        return _plain(405, "This can only be read.\n", ("allow", "GET, HEAD"))
    if path == HEALTH:
        return health()
    if not may_see_metrics(client, header):
        return _plain(403, "Not for this address; see NUTGRAF_METRICS_FROM.\n")
    return _answer(200, meters.as_text(), "text/plain; version=0.0.4; charset=utf-8")


def health() -> Answer:
    """Ask the database and the store one small question each, and say which of them answers."""
    parts: dict[str, Callable[[], object]] = {"database": _ask_database}
    if settings.PAGE_STORE:
        parts["store"] = the_store().generation
    found = {name: _state(ask) for name, ask in parts.items()}
    is_well = set(found.values()) == {"ok"}
    said = json.dumps({"status": "ok" if is_well else "trouble", **found})
    return _answer(200 if is_well else 503, f"{said}\n".encode(), "application/json")


def may_see_metrics(client: str, header: HeaderOf) -> bool:
    """Say whether the metrics are for whoever asks from this address, and was not passed on by a server in front."""
    if any(header(name) for name in PASSED_ON):
        return False
    try:
        address = ipaddress.ip_address(client)
    except ValueError:
        return False
    address = getattr(address, "ipv4_mapped", None) or address
    return any(address in ipaddress.ip_network(network) for network in settings.METRICS_FROM)


def _ask_database() -> None:
    orm.close_old()
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def _state(ask: Callable[[], object]) -> str:
    try:
        ask()
    except (OSError, sqlite3.Error, DatabaseError):
        return "does not answer"
    return "ok"


def _plain(status: int, text: str, *headers: tuple[str, str]) -> Answer:
    return _answer(status, text.encode(), "text/plain; charset=utf-8", *headers)


def _answer(status: int, body: bytes, kind: str, *headers: tuple[str, str]) -> Answer:
    fixed = [("content-type", kind), ("cache-control", "no-store"), ("x-content-type-options", "nosniff")]
    return Answer(status, [*fixed, *headers, ("content-length", str(len(body)))], body)
