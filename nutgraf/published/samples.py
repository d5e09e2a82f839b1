"""Builders for tests of the page store."""

from __future__ import annotations

from nutgraf.published import following, outbox, pressing
from nutgraf.published.store import the_store
from nutgraf.published.stored import StoredPage


def commit() -> int:
    """Do what a commit does, in a test whose transaction never ends: write down what was touched, and follow it."""
    from django.db import connection

    outbox.flush(connection)
    return following.follow()


def stored(address: str) -> StoredPage:
    """Return a page that is in the store, pressed if need be."""
    page = pressing.fetch(address)
    if not isinstance(page, StoredPage):
        raise AssertionError(f"{address} is not stored: {page}")
    return page


def is_true(address: str) -> bool:
    """Say whether the store has a true page at an address, without making one."""
    commit()
    return the_store().find(address) is not None
