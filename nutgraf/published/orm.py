"""Tell the ORM's own statements from those that somebody writes in SQL, and lend an ear to both."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import close_old_connections, connection
from django.db.backends.signals import connection_created

# How a statement reaches the database: what Django calls around each one.
Wrapper = Callable[[Callable[..., Any], Any, Any, bool, dict[str, Any]], Any]

_is_speaking: ContextVar[bool] = ContextVar("is_speaking", default=False)
_is_deaf: ContextVar[bool] = ContextVar("is_deaf", default=False)


@contextmanager
def speaking() -> Iterator[None]:
    """Mark the statements in this block as the ORM's, which have been heard already."""
    token = _is_speaking.set(True)
    try:
        yield
    finally:
        _is_speaking.reset(token)


@contextmanager
def deaf() -> Iterator[None]:
    """Hear nothing in this block: it makes the tables, and whoever does that presses every page anew."""
    token = _is_deaf.set(True)
    try:
        yield
    finally:
        _is_deaf.reset(token)


def is_speaking() -> bool:
    """Say whether the statement at hand is the ORM's."""
    return _is_speaking.get()


def is_deaf() -> bool:
    """Say whether changes are not to be heard."""
    return _is_deaf.get()


def close_old() -> None:
    """Close connections that have served their time or have died, but none in the middle of a transaction."""
    if not connection.in_atomic_block:
        close_old_connections()


def wrap_statements(wrapper: Wrapper) -> None:
    """Have a wrapper called around every statement of every connection to come."""

    def install(connection: Any, **kwargs: Any) -> None:
        if wrapper not in connection.execute_wrappers:
            connection.execute_wrappers.append(wrapper)

    connection_created.connect(install, weak=False, dispatch_uid=wrapper)
